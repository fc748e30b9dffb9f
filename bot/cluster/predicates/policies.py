"""What policies would do to a mesh, or do to it already."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from bot.cluster.apps import Cluster
from bot.cluster.model import NOTHING, Fields, Item
from bot.cluster.predicates.hits import Hit, ProbePort, probe_ports
from bot.cluster.selecting import selects
from bot.domain.pack.readiness import ReadinessCheck

ENFORCE = "pod-security.kubernetes.io/enforce"
PROBE_ADDRESS = ip_address("169.254.7.127")
"""From where the kubelet's probes come in Istio's ambient mode."""

_REQUESTS = frozenset(
    {
        *("methods", "notMethods", "paths", "notPaths", "hosts", "notHosts"),
        *("requestPrincipals", "notRequestPrincipals", "remoteIpBlocks", "notRemoteIpBlocks"),
    }
)
"""Fields of a rule that only who reads requests can judge."""


def network_policies(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """NetworkPolicies."""
    return (Hit(each.key) for each in _policies(cluster))


def mesh_port_shut(cluster: Cluster, finding: ReadinessCheck) -> Iterator[Hit]:
    """NetworkPolicies with an ingress rule that lists ports, and not the mesh's.

    One is no finding where another lets the mesh's port in to all that it selects.
    """
    policies = [each for each in _policies(cluster) if _applies(each, "Ingress")]
    open_to = [
        each
        for each in policies
        if any(_opens_to(rule, finding) for rule in _rules(each, "ingress"))
    ]
    for policy in policies:
        rules = _rules(policy, "ingress")
        shut = any(rule.get("ports") and not _lets_in(rule, finding) for rule in rules)
        if shut and not _all_in(cluster, policy, open_to):
            yield Hit(policy.key)


def _opens_to(rule: Fields, finding: ReadinessCheck) -> bool:
    """Whether a rule names the mesh's port, or lets everybody in everywhere."""
    return _lets_in(rule, finding) if rule.get("ports") else not rule.get("from")


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
    """Probed workloads of which NetworkPolicies keep a probe out that comes from its address."""
    for item, own in _guarded(cluster, "Ingress"):
        rules = [rule for each in own for rule in _rules(each, "ingress")]
        letting = [each for each in rules if _lets_probes_in(each)]
        if not all(any(_at(each, port) for each in letting) for port in probe_ports(item)):
            yield Hit(item.key, sure=False)


def _at(rule: Fields, port: ProbePort) -> bool:
    """Whether a rule's ports hold one, by its number or by a name."""
    listed = [each for each in rule.get("ports", ()) if each.get("protocol", "TCP") == "TCP"]
    for each in listed:
        first = each.get("port")
        last = each.get("endPort", first)
        numbers = (at for at in port if isinstance(at, int) and isinstance(first, int))
        if first is None or first in port or any(first <= at <= last for at in numbers):
            return True
    return not rule.get("ports")


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
    """Rules on requests in an ambient namespace, left to ztunnel, which reads no requests.

    It enforces what is bound to no waypoint by targetRefs, whether a waypoint is there or not.
    """
    for each in cluster.dump.objects("AuthorizationPolicy", group="security.istio.io"):
        aimed = "targetRefs" in each.spec or "targetRef" in each.spec
        enforced = each.spec.get("action", "ALLOW") in ("ALLOW", "DENY")
        asks = any(map(_on_requests, each.spec.get("rules", ())))
        if asks and enforced and not aimed and cluster.ambient(each.namespace):
            yield Hit(each.key)


def _on_requests(rule: Fields) -> bool:
    """Whether a rule asks for what only HTTP has."""
    asked = {name for to in rule.get("to", ()) for name in to.get("operation", NOTHING)}
    asked |= {name for each in rule.get("from", ()) for name in each.get("source", NOTHING)}
    keys = (each.get("key", "") for each in rule.get("when", ()))
    return bool(asked & _REQUESTS) or any(key.startswith("request.") for key in keys)


def cilium_mutual(cluster: Cluster, _finding: ReadinessCheck) -> Iterator[Hit]:
    """Cilium policies that ask for its mutual authentication."""
    for each in cluster.dump.objects("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"):
        rules = (*each.spec.get("ingress", ()), *each.spec.get("egress", ()))
        if any(rule.get("authentication", NOTHING).get("mode") for rule in rules):
            yield Hit(each.key)
