"""What is counted in a dump; the keys are relied on by whoever reads `--json`."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from bot.cluster.apps import Cluster, containers, has_proxy, version_of
from bot.cluster.model import NOTHING, Fields, Item
from bot.cluster.quantities import quantity
from bot.domain.model import Frozen

ZONE = "topology.kubernetes.io/zone"


class ClusterCounts(Frozen):
    """Counts of one dump. "App" leaves out the namespaces of Kubernetes and of meshes."""

    items: int
    """Objects of every kind, each once."""
    nodes: int
    zones: int
    namespaces: int
    app_namespaces: tuple[str, ...]
    """Those in which workloads of the apps stand."""
    workloads_all: int
    """Deployments, StatefulSets, DaemonSets, Jobs, CronJobs without an owner."""
    workloads_app: int
    services_app: int
    workloads_behind_a_service: int
    pods_all: int
    pods_running: int
    pods_running_app: int
    containers_without_cpu_request_app: int
    """Of running pods, like the two sums below; proxies included, init containers left out."""
    cpu_requests_app_m: int
    """In millicores."""
    memory_requests_app_mib: int
    pods_with_istio_proxy: int
    """Running pods, like the two below."""
    pods_with_linkerd_proxy: int
    pods_in_ambient_namespaces: int
    team_labels: tuple[str, ...]
    """Values of the label `team` on the apps' workloads."""
    part_of_labels: tuple[str, ...]
    images_app: int
    """Different images of the apps' workloads, by name and tag without the registry."""


def counted(cluster: Cluster) -> ClusterCounts:
    """Every count of a dump."""
    dump, apps = cluster.dump, cluster.workloads
    spaces = list(dump.objects("Namespace")) or {each.namespace for each in dump.items} - {""}
    images = (each.get("image") for item in apps for each in containers(item, init=False))
    return ClusterCounts(
        items=sum(dump.kinds.values()),
        nodes=len(cluster.nodes),
        zones=len({each.labels[ZONE] for each in cluster.nodes if ZONE in each.labels}),
        namespaces=len(spaces),
        app_namespaces=_sorted(each.namespace for each in apps),
        workloads_all=len(cluster.all_workloads),
        workloads_app=len(apps),
        services_app=len(cluster.services),
        workloads_behind_a_service=len(cluster.behind_a_service),
        team_labels=_labels(apps, "team"),
        part_of_labels=_labels(apps, "app.kubernetes.io/part-of"),
        images_app=len(set(images)),
        **_pods(cluster),
    )


def _pods(cluster: Cluster) -> dict[str, int]:
    """The counts of pods, and of what those of the apps ask for."""
    running, apps = cluster.running, cluster.running_apps
    asked = [_requests(each) for pod in apps for each in containers(pod, init=False)]
    return {
        "pods_all": cluster.dump.kinds.get("Pod", 0),
        "pods_running": len(running),
        "pods_running_app": len(apps),
        "containers_without_cpu_request_app": sum("cpu" not in each for each in asked),
        "cpu_requests_app_m": round(1000 * _sum(asked, "cpu")),
        "memory_requests_app_mib": round(_sum(asked, "memory") / 2**20),
        "pods_with_istio_proxy": sum(has_proxy(each, "istio") for each in running),
        "pods_with_linkerd_proxy": sum(has_proxy(each, "linkerd") for each in running),
        "pods_in_ambient_namespaces": sum(cluster.ambient(each.namespace) for each in running),
    }


def kubernetes(cluster: Cluster) -> tuple[str, ...]:
    """The kubelets' versions."""
    return _sorted(filter(None, map(version_of, cluster.nodes)))


def _requests(container: Fields) -> Fields:
    requests: Fields = container.get("resources", NOTHING).get("requests", NOTHING)
    return requests


def _sum(asked: Iterable[Fields], name: str) -> Fraction:
    values = (quantity(each[name]) for each in asked if name in each)
    return sum((each for each in values if each is not None), Fraction(0))


def _labels(items: Iterable[Item], name: str) -> tuple[str, ...]:
    return _sorted(each.labels[name] for each in items if name in each.labels)


def _sorted(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))
