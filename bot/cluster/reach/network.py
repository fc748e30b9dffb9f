"""Kubernetes' policies of a dump, and those that this cannot judge.

https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ and
https://network-policy-api.sigs.k8s.io/reference/spec/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.cluster.model import NOTHING, Dump, Fields, Item
from bot.cluster.reach.selectors import UnreadablePolicy, selector
from bot.domain.reach.model import (
    AdminPolicy,
    AdminRule,
    Block,
    NetworkPolicy,
    Peer,
    PolicyRule,
    PortRange,
)
from bot.domain.reach.model.network import RuleAction
from bot.domain.reach.model.pods import LAST

GROUPS = {"networking.k8s.io", "extensions", ""}
"""Where NetworkPolicy is, and was, Kubernetes' own; Calico and others have one of the same name."""
_DIRECTIONS = (("ingress", "from"), ("egress", "to"))


def network_policies(dump: Dump) -> Iterator[Item]:
    """Kubernetes' own NetworkPolicies."""
    return (each for each in dump.objects("NetworkPolicy") if each.group in GROUPS)


def network_policy(item: Item) -> NetworkPolicy:
    """One NetworkPolicy. Raises `UnreadablePolicy`."""
    rules = {way: _rules(item.spec, way, peers) for way, peers in _DIRECTIONS}
    types = item.spec.get("policyTypes") or ["Ingress", *(["Egress"] if rules["egress"] else [])]
    return NetworkPolicy(
        key=item.key,
        namespace=item.namespace,
        pods=selector(item.spec.get("podSelector")),
        ingress=rules["ingress"] if "Ingress" in types else None,
        egress=rules["egress"] if "Egress" in types else None,
        vague=bool(item.unread),
    )


def _rules(spec: Fields, way: str, peers: str) -> tuple[PolicyRule, ...]:
    return tuple(
        PolicyRule(
            where=f"{way}[{at}]",
            peers=tuple(map(_peer, rule[peers])) if rule.get(peers) else None,
            ports=tuple(map(_port, rule["ports"])) if rule.get("ports") else None,
        )
        for at, rule in enumerate(spec.get(way, ()))
    )


def _peer(written: Mapping[str, Any]) -> Peer:
    if block := written.get("ipBlock"):
        return Peer(block=Block(block.get("cidr", ""), tuple(block.get("except", ()))))
    return Peer(
        namespaces=_selector_of(written, "namespaceSelector"),
        pods=_selector_of(written, "podSelector"),
    )


def _selector_of(written: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - Selector | None
    return selector(written[name]) if name in written else None


def _port(written: Mapping[str, Any]) -> PortRange:
    protocol, port = written.get("protocol", "TCP"), written.get("port")
    if port is None:
        return PortRange(protocol)
    if isinstance(port, str):
        return PortRange(protocol, name=port)
    return PortRange(protocol, port, written.get("endPort", port))


def admin_policy(item: Item) -> AdminPolicy:
    """An AdminNetworkPolicy or the baseline. Raises `UnreadablePolicy`."""
    if item.unread:
        raise UnreadablePolicy(f"fields of {', '.join(item.unread)} that this does not know")
    subject = item.spec.get("subject", NOTHING)
    pods = subject.get("pods", NOTHING)
    baseline = item.kind == "BaselineAdminNetworkPolicy"
    return AdminPolicy(
        key=item.key,
        priority=None if baseline else item.spec.get("priority", 0),
        namespaces=selector(subject.get("namespaces") or pods.get("namespaceSelector")),
        pods=selector(pods.get("podSelector")) if pods else None,
        ingress=tuple(_admin_rules(item.spec.get("ingress", ()), "ingress", "from")),
        egress=tuple(_admin_rules(item.spec.get("egress", ()), "egress", "to")),
    )


def _admin_rules(written: Iterable[Fields], way: str, peers: str) -> Iterator[AdminRule]:
    for at, rule in enumerate(written):
        name = f" ({rule['name']})" if rule.get("name") else ""
        if rule.get("action") not in set(RuleAction):
            raise UnreadablePolicy(f"a rule with the action {rule.get('action') or 'missing'}")
        yield AdminRule(
            where=f"{way}[{at}]{name}",
            action=RuleAction(rule["action"]),
            peers=tuple(map(_admin_peer, rule.get(peers, ()))),
            ports=tuple(map(_admin_port, rule["ports"])) if rule.get("ports") else None,
        )


def _admin_peer(written: Mapping[str, Any]) -> Peer:
    if "namespaces" in written:
        return Peer(namespaces=selector(written["namespaces"]))
    if "pods" in written:
        pods = written["pods"]
        return Peer(selector(pods.get("namespaceSelector")), selector(pods.get("podSelector")))
    return Peer(nobody=True)


def _admin_port(written: Mapping[str, Any]) -> PortRange:
    if number := written.get("portNumber"):
        return PortRange(
            number.get("protocol", "TCP"), number.get("port", 0), number.get("port", 0)
        )
    if name := written.get("namedPort"):
        return PortRange("", name=name)
    span = written.get("portRange", NOTHING)
    return PortRange(span.get("protocol", "TCP"), span.get("start", 1), span.get("end", LAST))
