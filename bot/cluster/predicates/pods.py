"""What pods and the workloads that make them show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.cluster.apps import (
    LABEL_OS,
    PROXIES,
    Cluster,
    containers,
    os_of,
    own_containers,
    version_of,
)
from bot.cluster.model import NOTHING, Item
from bot.cluster.predicates.hits import Hit, probed
from bot.cluster.predicates.nodes import minor
from bot.cluster.quantities import quantity
from bot.domain.pack.readiness import ReadinessCheck

NATIVE_SINCE = 29
"""Kubernetes 1.29: native sidecars are on by default."""
NAMES = ("app.kubernetes.io/name", "app", "k8s-app")


def host_network(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Workloads on the node's own network."""
    return (Hit(each.key) for each in cluster.workloads if each.pod_spec.get("hostNetwork"))


def runs_as(cluster: Cluster, finding: ReadinessCheck) -> Iterator[Hit]:
    """Workloads of which a container runs as one of the finding's users."""
    for item in cluster.workloads:
        whole = item.pod_spec.get("securityContext", NOTHING).get("runAsUser")
        users = (
            each.get("securityContext", NOTHING).get("runAsUser", whole)
            for each in own_containers(item)
        )
        if any(each in finding.numbers for each in users):
            yield Hit(item.key)


def proxy_ports(cluster: Cluster, finding: ReadinessCheck) -> Iterator[Hit]:
    """Apps that listen where the proxy would."""
    for item in cluster.workloads:
        for container in own_containers(item, init=False):
            for each in container.get("ports", ()):
                if each.get("containerPort") in finding.numbers:
                    yield Hit(f"{item.key}:{each['containerPort']}")


def init_containers(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Workloads with init containers that are no sidecars; what they do cannot be seen."""
    for item in cluster.workloads:
        if any(_is_init(item)):
            yield Hit(item.key)


def init_beside_cni(cluster: Cluster, finding: ReadinessCheck) -> Iterator[Hit]:
    """The same where a mesh's CNI plugin runs."""
    plugins = {"istio-cni-node", "istio-cni", "linkerd-cni"}
    if any(each.name in plugins for each in cluster.dump.objects("DaemonSet")):
        yield from (Hit(each.object, sure=False) for each in init_containers(cluster, finding))


def _is_init(item: Item) -> Iterator[bool]:
    own = {id(each) for each in own_containers(item, init=False)}
    for each in own_containers(item):
        if id(each) not in own:
            yield each.get("restartPolicy") != "Always"


def jobs(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Jobs and CronJobs; sure where a node, or the proxies that run, are no native sidecars yet."""
    versions = [minor(version_of(each)) for each in cluster.nodes]
    old = any(each is not None and each < NATIVE_SINCE for each in versions)
    ordinary = any(map(_beside, cluster.running_apps))
    for each in cluster.workloads:
        if each.kind in ("Job", "CronJob"):
            yield Hit(each.key, sure=old or ordinary)


def _beside(pod: Item) -> bool:
    """Whether a proxy runs beside an app as an ordinary container."""
    own = {each.get("name") for each in containers(pod, init=False)}
    return len(own) > 1 and bool(own & set(PROXIES.values()))


def stateful_sets(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """StatefulSets."""
    return (Hit(each.key) for each in cluster.workloads if each.kind == "StatefulSet")


def probes(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Workloads that the kubelet probes; sure where Istio is told not to rewrite the probes."""
    for each in cluster.workloads:
        if probed(each):
            kept = each.pod_annotations.get("sidecar.istio.io/rewriteAppHTTPProbers")
            yield Hit(each.key, sure=kept == "false")


def automount(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Workloads whose pods are given no token."""
    for each in cluster.workloads:
        if each.pod_spec.get("automountServiceAccountToken") is False:
            yield Hit(each.key)


def shared_account(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Service accounts of more than one workload."""
    accounts = Counter(
        f"{each.namespace}/{each.pod_spec.get('serviceAccountName') or 'default'}"
        for each in cluster.workloads
    )
    for name, many in sorted(accounts.items()):
        if many > 1:
            yield Hit(f"{name}: {many} workloads")


def unnamed(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Workloads whose pods carry no label with a name, or none with a version."""
    for each in cluster.workloads:
        labels = each.pod_labels
        version = "version" in labels or "app.kubernetes.io/version" in labels
        if not version or not any(name in labels for name in NAMES):
            yield Hit(each.key)


def windows(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Nodes that run Windows, and workloads that ask for one."""
    for node in cluster.nodes:
        if os_of(node).casefold() == "windows":
            yield Hit(node.name)
    for item in cluster.workloads:
        wanted = item.pod_spec.get("nodeSelector", NOTHING)
        asked = {wanted.get(LABEL_OS), wanted.get(f"beta.{LABEL_OS}")}
        if "windows" in asked | {item.pod_spec.get("os", NOTHING).get("name")}:
            yield Hit(item.key)


def hpa_resource(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Autoscalers that look at a pod's CPU or memory as a whole."""
    for each in cluster.apps("HorizontalPodAutoscaler"):
        kinds = {metric.get("type") for metric in each.spec.get("metrics", ())}
        if "Resource" in kinds or "targetCPUUtilizationPercentage" in each.spec:
            yield Hit(each.key)


def limit_range(cluster: Cluster, finding: ReadinessCheck) -> Iterator[Hit]:
    """LimitRanges; sure where a maximum is below what the finding says a proxy is given."""
    for item in cluster.apps("LimitRange"):
        low = (
            _below(limit.get("max", NOTHING).get(name), finding.amounts.get(name))
            for limit in item.spec.get("limits", ())
            for name in ("cpu", "memory")
            if limit.get("type") in ("Container", "Pod")
        )
        yield Hit(item.key, sure=any(low))


def resource_quota(cluster: Cluster, finding: ReadinessCheck) -> Iterator[Hit]:
    """ResourceQuotas; sure where what is left is less than what one proxy asks for."""
    for item in cluster.apps("ResourceQuota"):
        hard, used = item.spec.get("hard", NOTHING), item.status.get("used", NOTHING)
        left = (
            _left(hard.get(name), used.get(name), asked) for name, asked in finding.amounts.items()
        )
        yield Hit(item.key, sure=any(left))


def _below(version: str | None, wanted: str | None) -> bool:
    low, high = quantity(version or ""), quantity(wanted or "")
    return low is not None and high is not None and low < high


def _left(hard: str | None, used: str | None, asked: str) -> bool:
    most, taken, wanted = quantity(hard or ""), quantity(used or ""), quantity(asked)
    return None not in (most, taken, wanted) and most - taken < wanted  # type: ignore[operator]
