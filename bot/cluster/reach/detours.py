"""Ports that a pod's annotations lead around its proxy: no policy of the mesh is asked there.

https://istio.io/latest/docs/reference/config/annotations/ and
https://linkerd.io/2/features/protocol-detection/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.cluster.model import Item
from bot.domain.reach.model import PortRange, Proxy
from bot.domain.reach.model.pods import LAST

_ISTIO = "traffic.sidecar.istio.io/"
_LINKERD = "config.linkerd.io/"
_SPAN = re.compile(r"\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*", re.ASCII)
_MAY_HAVE = {"istio": {Proxy.ISTIO, Proxy.UNSEEN}, "linkerd": {Proxy.LINKERD, Proxy.UNSEEN}}


def unguarded(item: Item, proxy: Proxy) -> tuple[PortRange, ...]:
    """The ports at which a pod takes in what its proxy does not see."""
    notes, spans = item.pod_annotations, list[PortRange]()
    if proxy in _MAY_HAVE["istio"]:
        only = notes.get(f"{_ISTIO}includeInboundPorts", "*")
        spans += _spans(notes, f"{_ISTIO}excludeInboundPorts") if only == "*" else _beside(only)
    if proxy in _MAY_HAVE["linkerd"]:
        spans += _spans(notes, f"{_LINKERD}skip-inbound-ports")
    return tuple(spans)


def unproxied(item: Item, proxy: Proxy) -> tuple[PortRange, ...]:
    """The ports that a pod calls around its proxy, without an identity."""
    notes, spans = item.pod_annotations, list[PortRange]()
    if proxy in _MAY_HAVE["istio"]:
        spans += _spans(notes, f"{_ISTIO}excludeOutboundPorts")
    if proxy in _MAY_HAVE["linkerd"]:
        spans += _spans(notes, f"{_LINKERD}skip-outbound-ports")
    return tuple(spans)


def _spans(notes: Mapping[str, str], name: str) -> Iterator[PortRange]:
    for each in notes.get(name, "").split(","):
        if match := _SPAN.fullmatch(each):
            first = int(match[1])
            yield PortRange("TCP", first, int(match[2] or first))


def _beside(listed: str) -> Iterator[PortRange]:
    """All ports but those that are listed."""
    at = 1
    for each in sorted(_spans({"": listed}, ""), key=lambda span: span.first):
        if at < each.first:
            yield PortRange("TCP", at, each.first - 1)
        at = max(at, each.last + 1)
    if at <= LAST:
        yield PortRange("TCP", at, LAST)
