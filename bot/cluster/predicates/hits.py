"""What a predicate finds: an object, and whether it is one of those that matter most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.cluster.apps import own_containers
from bot.cluster.model import NOTHING, Fields, Item

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_BY_NETWORK = {"httpGet", "tcpSocket", "grpc"}


class Hit(NamedTuple):
    """One object that a finding is about."""

    object: str
    """Such as `Service/shop/cart:80`, with what was seen where the name does not say it."""
    sure: bool = True
    """False: the finding may be softer, as far as a dump can tell."""


def probes_of(item: Item) -> Iterator[Fields]:
    """Every probe of a workload's own containers."""
    for container in own_containers(item):
        for name in _PROBES:
            if name in container:
                yield container[name]


ProbePort = frozenset[int | str]
"""A port that is probed: its number, if it is known, and all names that it has."""


def probe_ports(item: Item) -> Iterator[ProbePort]:
    """The ports at which the kubelet probes a workload over the network."""
    for container in own_containers(item):
        named = {each.get("name"): each.get("containerPort") for each in container.get("ports", ())}
        for name in _PROBES:
            for kind in _BY_NETWORK & container.get(name, NOTHING).keys():
                port = container[name][kind].get("port")
                number = named.get(port, port)
                names = (each for each, at in named.items() if each and at == number)
                yield frozenset(filter(None, (port, number, *names)))


def probed(item: Item) -> bool:
    """Whether the kubelet probes it over the network."""
    return any(_BY_NETWORK & each.keys() for each in probes_of(item))
