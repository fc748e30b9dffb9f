"""What Services say of the pods behind them: which ports are no HTTP, and if there is a waypoint.

https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from bot.cluster.model import Dump, Item
from bot.domain.reach.model import ContainerPort

NO_HTTP = frozenset({"tcp", "tls", "https", "mongo", "mysql", "redis", "udp"})
"""What a port's name begins with, or its appProtocol says, where it is no HTTP to the proxy."""


class Behind:
    """The Services before each pod."""

    def __init__(self, dump: Dump) -> None:
        self._services: dict[str, list[Item]] = defaultdict(list)
        for each in dump.objects("Service"):
            if each.spec.get("selector"):
                self._services[each.namespace].append(each)

    def before(self, item: Item) -> Iterator[Item]:
        """The Services that select a pod."""
        labels = item.pod_labels.items()
        for each in self._services.get(item.namespace, ()):
            if each.spec["selector"].items() <= labels:
                yield each

    def plain(self, item: Item, ports: Iterable[ContainerPort]) -> frozenset[int]:
        """The pod's ports that a Service declares to be no HTTP."""
        named = {each.name: each.number for each in ports if each.name}
        return frozenset(
            number
            for service in self.before(item)
            for port in service.spec.get("ports", ())
            if _protocol(port) in NO_HTTP and (number := _target(port, named))
        )

    def dialled(self, item: Item, ports: Iterable[ContainerPort]) -> frozenset[tuple[int, int]]:
        """The ports of the Services before a pod, each with the pod's own that it leads to."""
        named = {each.name: each.number for each in ports if each.name}
        return frozenset(
            (port.get("port", 0), number)
            for service in self.before(item)
            for port in service.spec.get("ports", ())
            if (number := _target(port, named))
        )

    def waypoint(self, item: Item) -> bool:
        """Whether a Service before the pod asks for a waypoint."""
        return any(
            each.labels.get("istio.io/use-waypoint", "none") != "none" for each in self.before(item)
        )


def _protocol(port: Any) -> str:  # noqa: ANN401 - JSON
    declared = port.get("appProtocol") or port.get("name", "").partition("-")[0]
    return str(declared).lower()


def _target(port: Any, named: dict[str, int]) -> int:  # noqa: ANN401 - JSON
    wanted = port.get("targetPort") or port.get("port", 0)
    return wanted if isinstance(wanted, int) else named.get(wanted, 0)
