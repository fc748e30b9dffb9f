"""Pods as policies see them: namespace, labels, account, ports, proxy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

LAST = 65_535


class SelectorRequirement(NamedTuple):
    """One requirement of a selector, as in `matchExpressions`."""

    key: str
    operator: str
    """In, NotIn, Exists or DoesNotExist."""
    values: frozenset[str] = frozenset()


Selector = tuple[SelectorRequirement, ...]
"""All must hold; an empty one selects everything."""


class Proxy(StrEnum):
    """What a pod shows of a mesh."""

    ISTIO = "an Istio sidecar"
    GATEWAY = "an Istio gateway"
    """The proxy alone, without an app beside it."""
    AMBIENT = "Istio's ambient mode"
    LINKERD = "a Linkerd proxy"
    NONE = "no proxy"
    UNSEEN = "no pod seen"
    """Only the template is there, and proxies are added when pods are made."""


class PortRange(NamedTuple):
    """Ports of one protocol, ends included; or whatever a container gives a name."""

    protocol: str
    """Empty: of whichever protocol the named port is."""
    first: int = 1
    last: int = LAST
    name: str = ""


class ContainerPort(NamedTuple):
    """A port that a container declares."""

    number: int
    protocol: str = "TCP"
    name: str = ""


@dataclass(frozen=True)
class Pods:
    """Those pods of one workload that no policy can tell apart."""

    workload: str
    """`namespace/name[Kind]`."""
    namespace: str
    labels: Mapping[str, str] = field(default_factory=dict)
    account: str = "default"
    ports: tuple[ContainerPort, ...] = ()
    plain: frozenset[int] = frozenset()
    """The ports that a Service declares to be no HTTP."""
    proxy: Proxy = Proxy.NONE
    labelled: bool = False
    """Whether it is marked for a proxy, be it there or not."""
    waypoint: bool = False
    addresses: tuple[str, ...] = ()
    host_network: bool = False
    inbound: str = ""
    """Linkerd's default for ports that no Server names; empty where it is not written down."""
    inbound_of_space: bool = False
    """Whether that stands at the namespace alone, and pods that are there do not carry it."""
    unguarded: tuple[PortRange, ...] = ()
    """Ports that its annotations lead around its own proxy,"""
    unproxied: tuple[PortRange, ...] = ()
    """and those that it calls around it."""
    dialled: frozenset[tuple[int, int]] = frozenset()
    """The ports of Services before it, each with the port of its own that it leads to."""
