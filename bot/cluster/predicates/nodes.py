"""What nodes and the networks beneath a mesh show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bot.cluster.apps import Cluster, version_of
from bot.cluster.counts import ZONE
from bot.cluster.predicates.hits import Hit
from bot.domain.pack.readiness import ReadinessCheck

LINKERD_RUNS_ON = range(31, 36)
"""Minor versions of Kubernetes 1.x that Linkerd 2.20 supports."""
FARGATE = ("eks.amazonaws.com/compute-type", "fargate")
_VERSION = re.compile(r"v?1\.(\d{1,3})\b")


def minor(version: str) -> int | None:
    """33 for `v1.33.4-eks-1`; None where it is no version of Kubernetes 1.x."""
    match = _VERSION.match(version)
    return int(match[1]) if match else None


def versions(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Each version of the kubelets, with how many nodes have it."""
    return _versions(version_of(each) for each in cluster.nodes)


def unsupported(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Versions on which Linkerd is not supported."""
    versions = (version_of(each) for each in cluster.nodes)
    return _versions(
        each for each in versions if minor(each) is not None and minor(each) not in LINKERD_RUNS_ON
    )


def _versions(versions: Iterable[str]) -> Iterator[Hit]:
    for version, many in sorted(Counter(filter(None, versions)).items()):
        yield Hit(f"{version}: {many} node{'s' if many > 1 else ''}")


def zones(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """The zones, where there are several."""
    zones = sorted({each.labels[ZONE] for each in cluster.nodes if ZONE in each.labels})
    if len(zones) > 1:
        yield from map(Hit, zones)


def fargate(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Nodes of EKS Fargate."""
    name, value = FARGATE
    return (Hit(each.name) for each in cluster.nodes if each.labels.get(name) == value)


def autopilot(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Nodes that are named as GKE Autopilot names them."""
    return (Hit(each.name, sure=False) for each in cluster.nodes if each.name.startswith("gk3-"))


def virtual(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Virtual nodes."""
    for each in cluster.nodes:
        if each.labels.get("type") == "virtual-kubelet":
            yield Hit(each.name)


def gke(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Nodes that carry GKE's labels."""
    for each in cluster.nodes:
        if any(name.startswith("cloud.google.com/gke-") for name in each.labels):
            yield Hit(each.name)


def openshift(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Objects of OpenShift's API groups, or nodes that carry its label."""
    groups = {each.group for each in cluster.dump.items if each.group.endswith(".openshift.io")}
    yield from map(Hit, sorted(groups))
    if not groups:
        yield from (
            Hit(each.name) for each in cluster.nodes if "node.openshift.io/os_id" in each.labels
        )


def cilium(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Cilium's agent."""
    return (Hit(each.key) for each in cluster.dump.objects("DaemonSet") if each.name == "cilium")


def calico(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Calico's agent, or its policies."""
    for each in cluster.dump.objects("DaemonSet"):
        if each.name == "calico-node":
            yield Hit(each.key)
    for each in cluster.dump.items:
        if each.group in ("crd.projectcalico.org", "projectcalico.org"):
            yield Hit(each.key)
