"""A dump seen as a cluster: the apps' workloads, pods and Services, and what a Service selects."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from bot.cluster.model import NOTHING, Dump, Fields, Item

WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob")
PROXIES = {"istio": "istio-proxy", "linkerd": "linkerd-proxy"}
"""Mesh → the container that is its proxy."""
MESH_CONTAINERS = frozenset(
    {*PROXIES.values(), "istio-init", "istio-validation", "linkerd-init", "ztunnel"}
)
OTHER_PROXIES = {
    "consul-dataplane": "consul",
    "envoy-sidecar": "consul",
    "kuma-sidecar": "kuma",
    "envoy": "envoy",
}
"""Container → the mesh whose proxy it is by its name; `envoy` may be App Mesh's, or anybody's."""
LABEL_OS = "kubernetes.io/os"


Backends = tuple[Item, ...]
"""Workloads that a Service selects; one value for all Services with the same selector."""


class Port(NamedTuple):
    """One port of a Service."""

    service: Item
    number: int
    target: int | str
    """The container's port, by number or name; the Service's own number where none is given."""
    name: str
    protocol: str
    declared: str
    """Its `appProtocol`."""

    @property
    def key(self) -> str:
        """`Service/shop/cart:80`."""
        return f"{self.service.key}:{self.number}"

    @property
    def spoken(self) -> str:
        """The protocol that its appProtocol or its name says, as Istio reads it; else nothing."""
        return self.declared.casefold() or self.name.partition("-")[0].casefold()


class Cluster:
    """What a dump shows of a cluster; `system` are namespaces that hold no apps."""

    def __init__(self, dump: Dump, system: Collection[str] = ()) -> None:
        self.dump, self._system = dump, frozenset(system)

    def is_app_space(self, namespace: str) -> bool:
        """Whether a namespace is for apps: not Kubernetes' own, nor a mesh's."""
        return namespace not in self._system

    def is_app(self, item: Item) -> bool:
        """Whether it stands in a namespace for apps."""
        return self.is_app_space(item.namespace)

    def apps(self, *kinds: str, group: str | None = None) -> Iterator[Item]:
        """The apps' objects of some kinds."""
        return filter(self.is_app, self.dump.objects(*kinds, group=group))

    @cached_property
    def all_workloads(self) -> tuple[Item, ...]:
        """Deployments, StatefulSets, DaemonSets, Jobs and CronJobs that nothing else made."""
        return tuple(each for each in self.dump.objects(*WORKLOADS) if not each.owners)

    @cached_property
    def workloads(self) -> tuple[Item, ...]:
        """Those of the apps."""
        return tuple(filter(self.is_app, self.all_workloads))

    @cached_property
    def services(self) -> tuple[Item, ...]:
        """The apps' Services; `default/kubernetes` is the API server's."""
        own = (each for each in self.apps("Service") if each.group == "")
        return tuple(each for each in own if each.key != "Service/default/kubernetes")

    @cached_property
    def ports(self) -> tuple[Port, ...]:
        """Every port of the apps' Services."""
        return tuple(
            Port(
                service,
                each["port"],
                each.get("targetPort", each["port"]),
                each.get("name", ""),
                each.get("protocol", "TCP"),
                each.get("appProtocol", ""),
            )
            for service in self.services
            for each in service.spec.get("ports", ())
            if "port" in each
        )

    @cached_property
    def backends(self) -> Mapping[str, Backends]:
        """The apps' Services by key → the workloads whose pods they select."""
        known = dict[tuple[str, frozenset[tuple[str, str]]], Backends]()
        by_service = dict[str, Backends]()
        for each in self.services:
            selector = each.spec.get("selector") or {}
            if each.spec.get("type") == "ExternalName":
                selector = {}
            wanted = (each.namespace, frozenset(selector.items()))
            if wanted not in known:
                known[wanted] = tuple(self._selected(each.namespace, selector))
            by_service[each.key] = known[wanted]
        return by_service

    @cached_property
    def selections(self) -> Collection[Backends]:
        """What Services select, each selection once."""
        return {id(each): each for each in self.backends.values()}.values()

    def _selected(self, namespace: str, selector: Mapping[str, str]) -> Iterator[Item]:
        if not selector:
            return
        pair = next(iter(selector.items()))
        for each in self._by_label.get((namespace, *pair), ()):
            if selector.items() <= each.pod_labels.items():
                yield each

    @cached_property
    def _by_label(self) -> Mapping[tuple[str, str, str], list[Item]]:
        by_label: dict[tuple[str, str, str], list[Item]] = {}
        for each in self.workloads:
            for name, value in each.pod_labels.items():
                by_label.setdefault((each.namespace, name, value), []).append(each)
        return by_label

    @cached_property
    def behind_a_service(self) -> frozenset[str]:
        """Keys of the apps' workloads that a Service selects."""
        return frozenset(each.key for selected in self.selections for each in selected)

    @cached_property
    def running(self) -> tuple[Item, ...]:
        """Every pod that runs."""
        pods = self.dump.objects("Pod")
        return tuple(each for each in pods if each.status.get("phase") == "Running")

    @cached_property
    def running_apps(self) -> tuple[Item, ...]:
        """The apps' pods that run."""
        return tuple(filter(self.is_app, self.running))

    @cached_property
    def nodes(self) -> tuple[Item, ...]:
        """The nodes."""
        return tuple(self.dump.objects("Node"))

    def ambient(self, namespace: str) -> bool:
        """Whether a namespace is labelled for Istio's ambient mode."""
        return self.dump.labels_of(namespace).get("istio.io/dataplane-mode") == "ambient"

    def injected(self, namespace: str) -> str:
        """The mesh whose sidecars a namespace asks for; else nothing."""
        labels = self.dump.labels_of(namespace)
        own = self.dump.namespace(namespace)
        if labels.get("istio-injection") == "enabled" or labels.get("istio.io/rev"):
            return "istio"
        asked = own.annotations.get("linkerd.io/inject") if own else None
        return "linkerd" if asked in ("enabled", "ingress") else ""

    def meshed_by(self, pod: Item) -> str:
        """Of a running pod: istio or linkerd by the proxy beside it, ambient by label, or none."""
        beside = next((each for each in PROXIES if has_proxy(pod, each)), "")
        own = pod.labels.get("istio.io/dataplane-mode")
        ambient = own == "ambient" or (self.ambient(pod.namespace) and own != "none")
        on_the_node = bool(pod.spec.get("hostNetwork"))
        return beside or ("ambient" if ambient and not on_the_node else "none")


def containers(item: Item, *, init: bool = True) -> Iterator[Fields]:
    """The containers of a pod, or of the pods that a workload makes."""
    yield from item.pod_spec.get("containers", ())
    if init:
        yield from item.pod_spec.get("initContainers", ())


def own_containers(item: Item, *, init: bool = True) -> Iterator[Fields]:
    """The containers of the app itself, without what a mesh put beside it."""
    return (each for each in containers(item, init=init) if each.get("name") not in MESH_CONTAINERS)


def has_proxy(pod: Item, mesh: str) -> bool:
    """Whether a mesh's proxy runs in a pod, as a container or as a native sidecar."""
    return any(each.get("name") == PROXIES[mesh] for each in containers(pod))


def os_of(node: Item) -> str:
    """A node's operating system: linux or windows."""
    info: Fields = node.status.get("nodeInfo", NOTHING)
    return str(info.get("operatingSystem") or node.labels.get(LABEL_OS) or "")


def version_of(node: Item) -> str:
    """A node's kubelet version, such as `v1.33.4`."""
    return str(node.status.get("nodeInfo", NOTHING).get("kubeletVersion") or "")
