"""What Services say of their ports: who speaks first, which protocol is declared, and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.cluster.apps import Backends, Cluster, Port, own_containers
from bot.cluster.predicates.hits import Hit, probes_of
from bot.domain.pack.readiness import ReadinessCheck

ISTIO_PROTOCOLS = frozenset(
    {"http", "http2", "https", "grpc", "grpc-web", "tcp", "tls", "mongo", "mysql", "redis", "udp"}
)
LINKERD_PROTOCOLS = frozenset({"http", "kubernetes.io/h2c", "linkerd.io/opaque", "linkerd.io/tcp"})
REQUESTS = frozenset({"grpc", "http2", "h2c", "kubernetes.io/h2c"})
TLS_PORTS = frozenset({443, 8443})
_PLAIN = re.compile(r"(https?|grpc|metrics|prom|exporter|admin|management|monitor)")


def speaks_first(cluster: Cluster, finding: ReadinessCheck) -> Iterator[Hit]:
    """TCP ports of the Service or its target that stand in the finding's list."""
    for port in cluster.ports:
        for number in (port.number, port.target):
            if port.protocol == "TCP" and isinstance(number, int) and number in finding.numbers:
                yield Hit(f"{port.key} {finding.numbers[number]}{_declared(port)}")
                break


def speaks_first_elsewhere(cluster: Cluster, finding: ReadinessCheck) -> Iterator[Hit]:
    """A product that is known by name or image, on a port of no mesh's own list."""
    images = {id(each): _images(each) for each in cluster.selections}
    for port in cluster.ports:
        if port.protocol != "TCP":
            continue
        listed = finding.numbers.get(port.number) or (
            finding.numbers.get(port.target) if isinstance(port.target, int) else None
        )
        own = images[id(cluster.backends[port.service.key])]
        if product := listed or _product(port, own, finding):
            yield Hit(f"{port.key} {product}{_declared(port)}")


def _images(items: Backends) -> set[str]:
    """Images of those workloads that have one container, without their tags."""
    alone = (list(own_containers(each, init=False)) for each in items)
    return {
        str(own[0].get("image", "")).partition(":")[0].casefold() for own in alone if len(own) == 1
    }


def _product(port: Port, images: set[str], finding: ReadinessCheck) -> str:
    """The product behind a port that is on no list, by the port's name or an image there."""
    if {port.number, port.target} & set(finding.listed) or _PLAIN.match(port.name.casefold()):
        return ""
    named = {*port.name.casefold().split("-")}
    return next((each for near in (named, images) for each in finding.products if each in near), "")


def _declared(port: Port) -> str:
    return " declared tcp" if port.spoken == "tcp" else ""


def protocol_undeclared(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """A TCP port without appProtocol, whose name says no protocol of Istio's."""
    for port in cluster.ports:
        if port.protocol == "TCP" and not port.declared and port.spoken not in ISTIO_PROTOCOLS:
            yield Hit(port.key)


def approtocol_linkerd(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """An appProtocol that Linkerd does not know and takes as opaque."""
    for port in cluster.ports:
        if port.declared and port.declared not in LINKERD_PROTOCOLS:
            yield Hit(f"{port.key}={port.declared}")


def two_protocols(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """One port of a workload that two Services declare differently."""
    spoken_at: dict[tuple[int, int | str], set[str]] = {}
    for port in cluster.ports:
        if port.spoken in ISTIO_PROTOCOLS or port.declared:
            backends = id(cluster.backends[port.service.key])
            spoken_at.setdefault((backends, port.target), set()).add(port.spoken)
    items = {id(each): each for each in cluster.selections}
    of_items: dict[tuple[str, int | str], set[str]] = {}
    for (backends, target), protocols in spoken_at.items():
        for item in items[backends]:
            of_items.setdefault((item.key, target), set()).update(protocols)
    for (key, number), spoken in sorted(of_items.items(), key=str):
        if len(spoken) > 1:
            yield Hit(f"{key}:{number} {', '.join(sorted(spoken))}")


def not_tcp(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """UDP and SCTP ports of Services and of the apps' own containers."""
    for port in cluster.ports:
        if port.protocol != "TCP":
            yield Hit(f"{port.key}/{port.protocol}")
    for item in cluster.workloads:
        for container in own_containers(item):
            for each in container.get("ports", ()):
                if each.get("protocol", "TCP") != "TCP":
                    yield Hit(f"{item.key}:{each.get('containerPort', '')}/{each['protocol']}")


def app_tls(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Ports that look like the app's own TLS; a probe by HTTPS shows it too."""
    for port in cluster.ports:
        if port.protocol == "TCP" and (
            {port.number, port.target} & TLS_PORTS or port.spoken in ("https", "tls")
        ):
            yield Hit(port.key)
    for item in cluster.workloads:
        schemes = (each.get("httpGet", {}).get("scheme", "") for each in probes_of(item))
        if any(each.upper() == "HTTPS" for each in schemes):
            yield Hit(item.key)


def grpc(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Ports declared as gRPC or HTTP/2, and gRPC probes."""
    for port in cluster.ports:
        if port.spoken in REQUESTS or port.declared.casefold() in REQUESTS:
            yield Hit(port.key)
    for item in cluster.workloads:
        if any("grpc" in each for each in probes_of(item)):
            yield Hit(item.key)
