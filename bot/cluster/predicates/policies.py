"""What policies would do to a mesh, or do to it already."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from bot.cluster.apps import Cluster
from bot.cluster.model import NOTHING, Fields, Item
from bot.cluster.predicates.hits import Hit, probed
from bot.cluster.selecting import selects
from bot.domain.pack.readiness import ReadinessCheck

ENFORCE = "pod-security.kubernetes.io/enforce"
PROBE_ADDRESS = ip_address("169.254.7.127")
"""From where the kubelet's probes come in Istio's ambient mode."""


def network_policies(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """NetworkPolicies."""
    return (Hit(each.key) for each in _policies(cluster))


def mesh_port_shut(cluster: Cluster, finding: ReadinessCheck) -> Iterator[Hit]:
    """NetworkPolicies with an ingress rule that lists ports, and not the mesh's.

    One is no finding where another lets the mesh's port in to all that it selects.
    """
    open_to = [
        each
        for each in _policies(cluster)
        if any(rule.get("ports") and _lets_in(rule, finding) for rule in _rules(each, "ingress"))
    ]
    for policy in _policies(cluster):
        rules = _rules(policy, "ingress")
        shut = any(rule.get("ports") and not _lets_in(rule, finding) for rule in rules)
        if shut and not _all_in(cluster, policy, open_to):
            yield Hit(policy.key)


def _all_in(cluster: Cluster, policy: Item, others: list[Item]) -> bool:
    """Whether each workload that a policy selects is selected by one of the others."""
    near = [_selector(each) for each in others if each.namespace == policy.namespace]
    if not near or any(not any(each.values()) for each in near):
        return bool(near)
    own = (
        item
        for item in cluster.workloads
        if item.namespace == policy.namespace and selects(_selector(policy), item.pod_labels)
    )
    covered = [any(selects(each, item.pod_labels) for each in near) for item in own]
    return bool(covered) and all(covered)


def _selector(policy: Item) -> Fields:
    selector: Fields = policy.spec.get("podSelector", NOTHING)
    return selector


def _rules(policy: Item, direction: str) -> tuple[Fields, ...]:
    return tuple(policy.spec.get(direction, ()))


def control_plane_shut(cluster: Cluster, finding: ReadinessCheck) -> Iterator[Hit]:
    """Workloads whose NetworkPolicies let out neither everything nor the mesh's port."""
    for item, own in _guarded(cluster, "Egress"):
        rules = [rule for each in own for rule in _rules(each, "egress")]
        if not any(not rule.get("ports") or _lets_in(rule, finding) for rule in rules):
            yield Hit(item.key, sure=False)


def _guarded(cluster: Cluster, direction: str) -> Iterator[tuple[Item, list[Item]]]:
    """Workloads with the policies that select them in a direction; those with none are left out."""
    policies = dict[str, list[Item]]()
    for each in _policies(cluster):
        if _applies(each, direction):
            policies.setdefault(each.namespace, []).append(each)
    for item in cluster.workloads:
        near = policies.get(item.namespace, ())
        if own := [each for each in near if selects(_selector(each), item.pod_labels)]:
            yield item, own


def _lets_in(rule: Fields, finding: ReadinessCheck) -> bool:
    """Whether the ports of a rule hold one of the finding's."""
    for each in rule.get("ports", ()):
        if each.get("protocol", "TCP") != "TCP":
            continue
        first = each.get("port")
        last = each.get("endPort", first)
        if first is None:
            return True
        if isinstance(first, int) and any(first <= port <= last for port in finding.numbers):
            return True
    return False


def probes_shut(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Probed workloads whose NetworkPolicies let nothing in from the address of the probes."""
    for item, own in _guarded(cluster, "Ingress"):
        rules = [rule for each in own for rule in _rules(each, "ingress")]
        if probed(item) and not any(map(_lets_probes_in, rules)):
            yield Hit(item.key, sure=False)


def _lets_probes_in(rule: Fields) -> bool:
    peers = rule.get("from")
    return not peers or any(
        _covers(each["ipBlock"]) for each in peers if "cidr" in each.get("ipBlock", NOTHING)
    )


def _covers(block: Fields) -> bool:
    try:
        cut = [ip_network(each, strict=False) for each in block.get("except", ())]
        whole = ip_network(block["cidr"], strict=False)
    except ValueError:
        return False
    return PROBE_ADDRESS in whole and not any(PROBE_ADDRESS in each for each in cut)


def _applies(policy: Item, direction: str) -> bool:
    types = policy.spec.get("policyTypes")
    if types:
        return direction in types
    return direction == "Ingress" or bool(policy.spec.get("egress"))


def _policies(cluster: Cluster) -> Iterator[Item]:
    return cluster.apps("NetworkPolicy", group="networking.k8s.io")


def pod_security(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Namespaces of apps that enforce a level which allows no NET_ADMIN."""
    for each in cluster.dump.objects("Namespace"):
        level = each.labels.get(ENFORCE, "")
        if level in ("restricted", "baseline") and cluster.is_app_space(each.name):
            yield Hit(f"{each.name}={level}")


def mtls_mode(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """PeerAuthentications with their mode; sure where STRICT meets pods without a proxy."""
    outside = any(cluster.meshed_by(each) == "none" for each in cluster.running_apps)
    for each in cluster.dump.objects("PeerAuthentication"):
        mode = each.spec.get("mtls", NOTHING).get("mode") or "UNSET"
        ports = each.spec.get("portLevelMtls", NOTHING)
        yield Hit(f"{each.key}={mode}", sure=mode == "STRICT" and outside)
        for number, mtls in sorted(ports.items()):
            at = mtls.get("mode", "UNSET")
            yield Hit(f"{each.key}:{number}={at}", sure=at == "STRICT" and outside)


def no_waypoint(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Rules on requests in an ambient namespace that has no waypoint."""
    for each in cluster.dump.objects("AuthorizationPolicy", group="security.istio.io"):
        on_requests = any(
            {"methods", "paths", "hosts", "notMethods", "notPaths", "notHosts"}
            & to.get("operation", NOTHING).keys()
            for rule in each.spec.get("rules", ())
            for to in rule.get("to", ())
        )
        aimed = "targetRefs" in each.spec or "targetRef" in each.spec
        space = each.namespace
        if on_requests and not aimed and cluster.ambient(space) and not _waypoint(cluster, space):
            yield Hit(each.key)


def _waypoint(cluster: Cluster, namespace: str) -> bool:
    if "istio.io/use-waypoint" in cluster.dump.labels_of(namespace):
        return True
    gateways = cluster.dump.objects("Gateway", group="gateway.networking.k8s.io")
    return any(
        each.namespace == namespace and each.spec.get("gatewayClassName") == "istio-waypoint"
        for each in gateways
    )


def cilium_mutual(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Cilium policies that ask for its mutual authentication."""
    for each in cluster.dump.objects("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"):
        rules = (*each.spec.get("ingress", ()), *each.spec.get("egress", ()))
        if any(rule.get("authentication", NOTHING).get("mode") for rule in rules):
            yield Hit(each.key)
