"""A dump → the pods that policies tell apart, each under the workload that it stands for.

A pod stands for its controller, a ReplicaSet for its Deployment and a Job for its CronJob where
both are there. A workload without pods stands for itself, by its template. Pods that have ended
count only where their workload has no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.cluster.model import Dump, Item
from bot.cluster.reach.detours import unguarded, unproxied
from bot.cluster.reach.proxies import labelled, proxy, uses_waypoint
from bot.cluster.reach.services import Behind
from bot.domain.reach.model import ContainerPort, Pods, Proxy

TEMPLATED = [
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "CronJob",
    "ReplicaSet",
    "Job",
    "ReplicationController",
]
ENDED = {"Succeeded", "Failed"}
DEFAULT_INBOUND = "config.linkerd.io/default-inbound-policy"


def workload(item: Item) -> str:
    """`namespace/name[Kind]`."""
    return _named(item.namespace, item.name, item.kind)


def _named(namespace: str, name: str, kind: str) -> str:
    return f"{namespace}/{name}[{kind}]"


@dataclass
class _Alike:
    """Pods of one workload that look the same."""

    first: Item
    addresses: list[str] = field(default_factory=list)


class Roster:
    """Whom every pod stands for."""

    def __init__(self, dump: Dump) -> None:
        self._dump = dump
        self._there = {
            (each.kind, each.namespace, each.name): each for each in dump.objects(*TEMPLATED)
        }
        self._spaces = {each.name: each for each in dump.objects("Namespace")}

    def stands_for(self, item: Item) -> str:
        """The workload of a pod, or of a controller that another one controls."""
        owner = item.owner
        if owner is None or owner.kind == "Node":
            return workload(item)
        owner_item = self._there.get((owner.kind, item.namespace, owner.name))
        if owner_item is not None:
            above = owner_item.owner
            over = above and self._there.get((above.kind, item.namespace, above.name))
            return workload(over or owner_item)
        if item.kind != "Pod":
            return workload(item)
        return self._by_hash(item, owner.name) or _named(item.namespace, owner.name, owner.kind)

    def _by_hash(self, pod: Item, replicas: str) -> str:
        """The Deployment of a ReplicaSet that is not in the dump, known by the pod's hash."""
        hashed = pod.labels.get("pod-template-hash", "")
        name = replicas.removesuffix(f"-{hashed}") if hashed else ""
        deployment = self._there.get(("Deployment", pod.namespace, name))
        return workload(deployment) if deployment else ""

    def pods(self) -> Iterator[Pods]:
        """Everyone, workload by workload."""
        live, ended = self._by_workload()
        behind = Behind(self._dump)
        members: dict[str, list[Item]] = {**ended, **live}
        for each in self._there.values():
            if self._counts(each, members):
                members[workload(each)] = [each]
        for name in sorted(members):
            for alike in _told_apart(members[name]):
                yield self._pods(name, alike, behind)

    def _by_workload(self) -> tuple[dict[str, list[Item]], dict[str, list[Item]]]:
        live, ended = defaultdict[str, list[Item]](list), defaultdict[str, list[Item]](list)
        for pod in self._dump.objects("Pod"):
            into = ended if pod.status.get("phase") in ENDED else live
            into[self.stands_for(pod)].append(pod)
        return live, ended

    def _counts(self, item: Item, members: Mapping[str, list[Item]]) -> bool:
        """Whether a controller without pods is a workload of its own."""
        if workload(item) in members or self.stands_for(item) != workload(item):
            return False
        return item.kind != "ReplicaSet" or bool(item.template and item.spec.get("replicas", 1))

    def _pods(self, name: str, alike: _Alike, behind: Behind) -> Pods:
        item = alike.first
        space = self._spaces.get(item.namespace)
        spec, ports = item.pod_spec, tuple(_ports(item))
        shown = proxy(item, space)
        own = item.pod_annotations.get(DEFAULT_INBOUND, "")
        spaces = space.annotations.get(DEFAULT_INBOUND, "") if space else ""
        return Pods(
            workload=name,
            namespace=item.namespace,
            labels=item.pod_labels,
            account=spec.get("serviceAccountName") or "default",
            ports=ports,
            plain=behind.plain(item, ports),
            proxy=shown,
            labelled=labelled(item, space),
            waypoint=shown is Proxy.AMBIENT
            and (uses_waypoint(item, space) or behind.waypoint(item)),
            addresses=tuple(alike.addresses),
            host_network=bool(spec.get("hostNetwork")),
            inbound=own or spaces,
            inbound_of_space=bool(spaces and not own and shown is Proxy.LINKERD),
            unguarded=unguarded(item, shown),
            unproxied=unproxied(item, shown),
            dialled=behind.dialled(item, ports),
        )


def _told_apart(items: Iterable[Item]) -> Iterable[_Alike]:
    """Pods of one workload, grouped by all that a policy or a mesh may look at."""
    alike_by: dict[object, _Alike] = {}
    for each in items:
        key = (
            frozenset(each.pod_labels.items()),
            frozenset(each.pod_annotations.items()),
            repr(each.pod_spec),
        )
        alike = alike_by.setdefault(key, _Alike(each))
        if address := each.status.get("podIP"):
            alike.addresses.append(address)
    return alike_by.values()


def _ports(item: Item) -> Iterator[ContainerPort]:
    """What the containers declare, those that stay from the beginning included."""
    spec = item.pod_spec
    stay = [
        each for each in spec.get("initContainers", ()) if each.get("restartPolicy") == "Always"
    ]
    for container in (*spec.get("containers", ()), *stay):
        for port in container.get("ports", ()):
            if "containerPort" in port:
                yield ContainerPort(
                    port["containerPort"], port.get("protocol", "TCP"), port.get("name", "")
                )
