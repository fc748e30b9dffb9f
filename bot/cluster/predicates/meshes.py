"""Which mesh is there already, and how far it got."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cluster.apps import Cluster, has_proxy
from bot.cluster.model import Item
from bot.cluster.predicates.hits import Hit
from bot.domain.pack.readiness import ReadinessCheck


def existing_istio(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Namespaces labelled for Istio and objects of its kinds; else its agents and proxies."""
    signs = [
        each.name
        for each in cluster.dump.objects("Namespace")
        if cluster.injected(each.name) == "istio" or cluster.ambient(each.name)
    ]
    signs += _objects(cluster, "istio.io") or [
        each.key
        for each in cluster.dump.objects("DaemonSet", "Deployment")
        if each.name in ("istiod", "ztunnel", "istio-cni-node")
    ]
    return map(Hit, signs or _with_proxy(cluster, "istio"))


def existing_linkerd(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Namespaces annotated for Linkerd and objects of its kinds; else its parts and proxies."""
    signs = [
        each.name
        for each in cluster.dump.objects("Namespace")
        if cluster.injected(each.name) == "linkerd"
    ]
    signs += _objects(cluster, "linkerd.io") or [
        each.key
        for each in cluster.dump.objects("Deployment", "DaemonSet")
        if each.name in ("linkerd-destination", "linkerd-cni")
    ]
    return map(Hit, signs or _with_proxy(cluster, "linkerd"))


def _objects(cluster: Cluster, domain: str) -> list[str]:
    return [each.key for each in cluster.dump.items if each.group.endswith(f".{domain}")]


def _with_proxy(cluster: Cluster, mesh: str) -> list[str]:
    return [each.key for each in cluster.running if has_proxy(each, mesh)]


def not_restarted(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Namespaces that ask for a proxy, with how many running pods have none."""
    pods: dict[str, list[Item]] = {}
    for each in cluster.running_apps:
        pods.setdefault(each.namespace, []).append(each)
    for space, own in pods.items():
        mesh = cluster.injected(space)
        bare = [each for each in own if mesh and not _left_out(each) and not has_proxy(each, mesh)]
        if bare:
            yield Hit(f"{space}: {len(bare)} of {len(own)} pods without a proxy")


def _left_out(pod: Item) -> bool:
    """Whether a pod asks for no proxy, or cannot have one."""
    asked = {
        pod.labels.get("sidecar.istio.io/inject"),
        pod.annotations.get("sidecar.istio.io/inject"),
        pod.annotations.get("linkerd.io/inject"),
    }
    return bool({"false", "disabled"} & asked) or bool(pod.spec.get("hostNetwork"))


def both_modes(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Namespaces labelled for sidecars and for ambient."""
    for each in cluster.dump.objects("Namespace"):
        if cluster.ambient(each.name) and cluster.injected(each.name) == "istio":
            yield Hit(each.name)


def cert_manager(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """cert-manager's controller."""
    for each in cluster.dump.objects("Deployment"):
        if each.name == "cert-manager":
            yield Hit(each.key)
