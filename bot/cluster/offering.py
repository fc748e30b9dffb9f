"""What a look offers beside the checklist and the estimate, as counted or as a hint."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cluster.apps import OTHER_PROXIES, Cluster, containers, has_proxy, os_of, own_containers
from bot.cluster.model import Item
from bot.cluster.predicates.nodes import FARGATE
from bot.cluster.predicates.policies import ENFORCE
from bot.cluster.quantities import quantity
from bot.cluster.signs import signs
from bot.domain.evidence.model import Offered
from bot.domain.pack.readiness import LookWords

PLATFORMS = {
    "eks.amazonaws.com/": "eks",
    "cloud.google.com/gke-": "gke",
    "kubernetes.azure.com/": "aks",
    "node.openshift.io/": "openshift",
}
"""Beginning of a node's label → the platform that sets it."""
AGENTS = {
    "cilium": "cilium",
    "calico-node": "calico",
    "aws-node": "aws-vpc-cni",
    "kube-flannel-ds": "flannel",
    "weave-net": "weave",
    "antrea-agent": "antrea",
    "kube-router": "kube-router",
}
"""DaemonSet → the network plugin whose agent it is."""
LEAST_VCPU, MOST_VCPU = 0.1, 10_000
"""Beyond these no node is; the estimate takes none either."""
SERVING = ("Deployment", "StatefulSet", "DaemonSet")


def offered(words: LookWords, cluster: Cluster) -> Offered:
    """Everything that a look can offer."""
    serving = [
        each
        for each in cluster.workloads
        if each.kind in SERVING and each.key in cluster.behind_a_service
    ]
    return Offered(
        services=len(serving),
        services_without_databases=sum(not _is_database(words, each) for each in serving),
        pods=len(cluster.running_apps),
        nodes=sum(map(_takes_proxies, cluster.nodes)),
        node_vcpu=_vcpu(cluster),
        cluster_hints=tuple(_hints(cluster)),
        platform=_platform(cluster),
        network=tuple(
            AGENTS[each.name] for each in cluster.dump.objects("DaemonSet") if each.name in AGENTS
        ),
        mesh=tuple(dict.fromkeys(_meshes(cluster))),
        windows=sum(os_of(each).casefold() == "windows" for each in cluster.nodes),
        signs=signs(words, cluster),
        guarded_namespaces=_guarded(cluster),
    )


def _guarded(cluster: Cluster) -> int:
    """Of the namespaces in which workloads of the apps stand, as they are counted beside it."""
    apps = {each.namespace for each in cluster.workloads}
    return sum(
        each.labels.get(ENFORCE) in ("baseline", "restricted") and each.name in apps
        for each in cluster.dump.objects("Namespace")
    )


def _is_database(words: LookWords, item: Item) -> bool:
    images = (str(each.get("image", "")) for each in own_containers(item, init=False))
    return any(each.partition(":")[0].casefold() in words.databases for each in images)


def _takes_proxies(node: Item) -> bool:
    name, value = FARGATE
    virtual = node.labels.get("type") == "virtual-kubelet"
    return not virtual and node.labels.get(name) != value and os_of(node).casefold() != "windows"


def _vcpu(cluster: Cluster) -> float | None:
    """What pods may use on a node that takes proxies, on average of those that say it."""
    known = [
        cores
        for each in cluster.nodes
        if _takes_proxies(each)
        and (cores := quantity(str(each.status.get("allocatable", {}).get("cpu", ""))))
        and LEAST_VCPU <= cores <= MOST_VCPU
    ]
    return round(float(sum(known) / len(known)), 2) if known else None


def _hints(cluster: Cluster) -> Iterator[str]:
    if len({each.labels.get("topology.istio.io/network") for each in cluster.nodes} - {None}) > 1:
        yield "networks"
    for kind in ("ServiceImport", "ServiceExport", "Link"):
        if cluster.dump.kinds.get(kind):
            yield kind


def _platform(cluster: Cluster) -> str:
    for start, platform in PLATFORMS.items():
        if any(name.startswith(start) for each in cluster.nodes for name in each.labels):
            return platform
    return ""


def _meshes(cluster: Cluster) -> Iterator[str]:
    yield from (each for each in ("istio", "linkerd") if _is_there(cluster, each))
    names = {str(one.get("name")) for pod in cluster.running_apps for one in containers(pod)}
    yield from (OTHER_PROXIES[each] for each in OTHER_PROXIES if each in names)


def _is_there(cluster: Cluster, mesh: str) -> bool:
    return any(each.group.endswith(f".{mesh}.io") for each in cluster.dump.items) or any(
        has_proxy(each, mesh) for each in cluster.running
    )
