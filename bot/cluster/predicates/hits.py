"""What a predicate finds: an object, and whether it is one of those that matter most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.cluster.apps import own_containers
from bot.cluster.model import Fields, Item


class Hit(NamedTuple):
    """One object that a finding is about."""

    object: str
    """Such as `Service/shop/cart:80`, with what was seen where the name does not say it."""
    sure: bool = True
    """False: the finding may be softer, as far as a dump can tell."""


def probes_of(item: Item) -> Iterator[Fields]:
    """Every probe of a workload's own containers."""
    for container in own_containers(item):
        for name in ("livenessProbe", "readinessProbe", "startupProbe"):
            if name in container:
                yield container[name]


def probed(item: Item) -> bool:
    """Whether the kubelet probes it over the network."""
    return any({"httpGet", "tcpSocket", "grpc"} & each.keys() for each in probes_of(item))
