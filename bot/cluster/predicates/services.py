"""What Services, Ingresses and the Gateway API show."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cluster.apps import Cluster
from bot.cluster.predicates.hits import Hit
from bot.domain.pack.readiness import ReadinessCheck


def headless(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Services without an address of their own."""
    return (Hit(each.key) for each in cluster.services if each.spec.get("clusterIP") == "None")


def external_name(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Services that are only a name for something outside."""
    return (Hit(each.key) for each in cluster.services if each.spec.get("type") == "ExternalName")


def exposed_service(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Services that are reachable from outside the cluster."""
    for each in cluster.services:
        if each.spec.get("type") in ("LoadBalancer", "NodePort"):
            yield Hit(f"{each.key}:{each.spec['type']}")


def ingress(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Ingresses."""
    return (Hit(each.key) for each in cluster.apps("Ingress"))


def gateway_api(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Objects of the Gateway API."""
    for each in cluster.dump.items:
        if each.group == "gateway.networking.k8s.io":
            yield Hit(each.key)


def no_service(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Workloads that no Service selects."""
    for each in cluster.workloads:
        if each.key not in cluster.behind_a_service:
            yield Hit(each.key)


def security_groups(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """EKS security groups for pods."""
    return (Hit(each.key) for each in cluster.dump.objects("SecurityGroupPolicy"))
