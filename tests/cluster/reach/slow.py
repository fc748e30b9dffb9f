"""An independent reading of the same rules: pod by pod, port by port, on the dump as it is written.

It is slow and shares nothing with the product. `wrong` names one rule that is read wrongly: the
cases must tell each of those from the right reading.
"""

from __future__ import annotations

import ipaddress
from typing import Any, NamedTuple

Object = dict[str, Any]
PROTOCOLS = ("TCP", "UDP", "SCTP")
NAME = "kubernetes.io/metadata.name"
METHODS = ("GET", "POST", "PUT")
PATHS = ("/", "/admin", "/api/x", "/x")

WRONG = [
    "egress-ignored",
    "ingress-ignored",
    "egress-types-default",
    "egress-rules-without-type",
    "or-for-and",
    "and-for-or",
    "end-port-ignored",
    "named-port-of-caller",
    "named-port-any-protocol",
    "not-in-missing-key",
    "does-not-exist-missing-key",
    "any-protocol",
    "pod-selector-everywhere",
    "empty-peers-nobody",
    "no-rules-everybody",
    "block-matches-pods",
    "no-name-label",
    "policies-intersect",
    "policy-selects-elsewhere",
    "pass-allows",
    "pass-goes-on",
    "priority-reversed",
    "deny-wins",
    "baseline-always",
    "unmatched-denied",
    "no-default-account",
    "allow-before-deny",
    "empty-spec-allows",
    "empty-rule-nothing",
    "from-or-to",
    "fields-or",
    "no-root-namespace",
    "patterns-exact",
    "audit-allows",
    "either-suffices",
    "methods-ignored",
    "not-values-ignored",
    "networks-match-pods",
    "rules-unordered",
    "portless-nothing",
]


class Ask(NamedTuple):
    """One request."""

    caller: Object
    target: Object
    protocol: str
    port: int
    method: str = "GET"
    path: str = "/"


def _labels(item: Object) -> dict[str, str]:
    return item["metadata"].get("labels") or {}


def _home(item: Object) -> str:
    return item["metadata"].get("namespace") or "default"


class Slow:
    """One cluster, read rightly, or with one rule read wrongly."""

    def __init__(self, objects: list[Object], wrong: str = "") -> None:
        self.wrong = wrong
        self.of = lambda *kinds: [each for each in objects if each["kind"] in kinds]
        self.pods = self.of("Pod")
        self.spaces = {each["metadata"]["name"]: _labels(each) for each in self.of("Namespace")}
        self.admin = sorted(
            self.of("AdminNetworkPolicy"),
            key=lambda each: each["spec"]["priority"],
            reverse=wrong == "priority-reversed",
        )
        self.istio = self.of("AuthorizationPolicy")

    def may(self, ask: Ask) -> bool:
        if self.istio:
            both = (self._network(ask), ask.protocol == "TCP" and self._istio(ask))
            return any(both) if self.wrong == "either-suffices" else all(both)
        return self._network(ask)

    def _network(self, ask: Ask) -> bool:
        ways = []
        if self.wrong != "ingress-ignored":
            ways.append(self._way(ask, "ingress", "from", ask.target, ask.caller))
        if self.wrong != "egress-ignored":
            ways.append(self._way(ask, "egress", "to", ask.caller, ask.target))
        return all(ways)

    def _way(  # noqa: C901, PLR0911 - the rules in the order of the page, and the wrong ones
        self, ask: Ask, way: str, peers: str, own: Object, other: Object
    ) -> bool:
        actions = self._matches(self.admin, ask, way, peers, own, other)
        if self.wrong == "deny-wins" and "Deny" in actions:
            return False
        if self.wrong == "rules-unordered" and "Allow" in actions:
            return True
        for action in actions:
            if action == "Pass" and self.wrong == "pass-goes-on":
                continue
            if action == "Pass" and self.wrong != "pass-allows":
                break
            return action != "Deny"
        if not actions and self.wrong == "unmatched-denied" and self.admin:
            return False
        policies = [each for each in self.of("NetworkPolicy") if self._bound(each, way, own)]
        if policies and self.wrong == "policies-intersect":
            return all(self._lets(each, ask, way, peers, other) for each in policies)
        if policies and self.wrong != "baseline-always":
            return any(self._lets(each, ask, way, peers, other) for each in policies)
        baseline = self.of("BaselineAdminNetworkPolicy")
        last = self._matches(baseline, ask, way, peers, own, other)
        let = not policies or any(self._lets(each, ask, way, peers, other) for each in policies)
        return let and (not last or last[0] == "Allow")

    def _matches(
        self, policies: list[Object], ask: Ask, way: str, peers: str, own: Object, other: Object
    ) -> list[str]:
        return [
            rule["action"]
            for policy in policies
            if self._subject(policy["spec"]["subject"], own)
            for rule in policy["spec"].get(way, [])
            if any(self._subject(each, other) for each in rule[peers])
            and self._admin_ports(rule.get("ports"), ask)
        ]

    def _subject(self, subject: Object, pod: Object) -> bool:
        if "namespaces" in subject:
            return self._fits(subject["namespaces"], self._space(pod))
        if "pods" in subject:
            return self._fits(
                subject["pods"]["namespaceSelector"], self._space(pod)
            ) and self._fits(subject["pods"]["podSelector"], _labels(pod))
        return self.wrong == "networks-match-pods"

    def _admin_ports(self, ports: list[Object] | None, ask: Ask) -> bool:
        if not ports:
            return True
        for each in ports:
            if one := each.get("portNumber"):
                if (one.get("protocol", "TCP"), one["port"]) == (ask.protocol, ask.port):
                    return True
            elif span := each.get("portRange"):
                inside = span["start"] <= ask.port <= span["end"]
                if span.get("protocol", "TCP") == ask.protocol and inside:
                    return True
            elif (each["namedPort"], ask.port) in {
                (port.get("name"), port["containerPort"])
                for port in self._ports(ask)
                if port.get("protocol", "TCP") == ask.protocol
            }:
                return True
        return False

    def _ports(self, ask: Ask) -> list[Object]:
        pod = ask.caller if self.wrong == "named-port-of-caller" else ask.target
        return [port for each in pod["spec"]["containers"] for port in each.get("ports", [])]

    def _space(self, pod: Object) -> dict[str, str]:
        own = {} if self.wrong == "no-name-label" else {NAME: _home(pod)}
        return self.spaces.get(_home(pod), {}) | own

    def _fits(self, selector: Object, labels: dict[str, str]) -> bool:
        for key, value in (selector.get("matchLabels") or {}).items():
            if labels.get(key) != value:
                return False
        return all(self._meets(each, labels) for each in selector.get("matchExpressions") or [])

    def _meets(self, each: Object, labels: dict[str, str]) -> bool:
        key, operator, values = each["key"], each["operator"], each.get("values", [])
        match operator:
            case "In":
                return labels.get(key) in values
            case "NotIn":
                if self.wrong == "not-in-missing-key" and key not in labels:
                    return False
                return labels.get(key) not in values
            case "Exists":
                return key in labels
        return key not in labels and self.wrong != "does-not-exist-missing-key"

    def _bound(self, policy: Object, way: str, pod: Object) -> bool:
        spec = policy["spec"]
        types = spec.get("policyTypes")
        if not types:
            types = ["Ingress"]
            if spec.get("egress") or self.wrong == "egress-types-default":
                types = ["Ingress", "Egress"]
        if self.wrong == "egress-rules-without-type" and spec.get("egress"):
            types = [*types, "Egress"]
        here = _home(policy) == _home(pod) or self.wrong == "policy-selects-elsewhere"
        return (
            way.title() in types and here and self._fits(spec.get("podSelector", {}), _labels(pod))
        )

    def _lets(self, policy: Object, ask: Ask, way: str, peers: str, other: Object) -> bool:
        rules = policy["spec"].get(way) or []
        if not rules and self.wrong == "no-rules-everybody":
            return True
        return any(
            self._peers(rule.get(peers), _home(policy), other)
            and self._any_port(rule.get("ports"), ask)
            for rule in rules
        )

    def _peers(self, peers: list[Object] | None, home: str, pod: Object) -> bool:
        if not peers:
            return not (peers == [] and self.wrong == "empty-peers-nobody")
        peers_in = [self._peer(each, home, pod) for each in peers]
        return all(peers_in) if self.wrong == "and-for-or" else any(peers_in)

    def _peer(self, peer: Object, home: str, pod: Object) -> bool:
        if "ipBlock" in peer:
            return self.wrong == "block-matches-pods"
        tests = []
        if "namespaceSelector" in peer:
            tests.append(self._fits(peer["namespaceSelector"], self._space(pod)))
        elif self.wrong != "pod-selector-everywhere":
            tests.append(_home(pod) == home)
        if "podSelector" in peer:
            tests.append(self._fits(peer["podSelector"], _labels(pod)))
        return any(tests) if self.wrong == "or-for-and" else all(tests)

    def _any_port(self, ports: list[Object] | None, ask: Ask) -> bool:
        return not ports or any(self._port(each, ask) for each in ports)

    def _port(self, each: Object, ask: Ask) -> bool:
        protocol = each.get("protocol", ask.protocol if self.wrong == "any-protocol" else "TCP")
        wanted = each.get("port")
        if isinstance(wanted, str):
            return any(
                port.get("name") == wanted
                and port["containerPort"] == ask.port
                and (
                    port.get("protocol", "TCP") == protocol == ask.protocol
                    or self.wrong == "named-port-any-protocol"
                )
                for port in self._ports(ask)
            )
        if protocol != ask.protocol:
            return False
        if wanted is None:
            return self.wrong != "portless-nothing"
        last = wanted if self.wrong == "end-port-ignored" else each.get("endPort", wanted)
        return bool(wanted <= ask.port <= last)

    def _istio(self, ask: Ask) -> bool:
        mine = [each for each in self.istio if self._applies(each, ask.target)]
        denied = any(self._hit(each, ask) for each in mine if each["spec"].get("action") == "DENY")
        action = {"ALLOW", "AUDIT"} if self.wrong == "audit-allows" else {"ALLOW"}
        allows = [each for each in mine if each["spec"].get("action", "ALLOW") in action]
        allowed = not allows or any(self._hit(each, ask) for each in allows)
        if self.wrong == "allow-before-deny" and allows and allowed:
            return True
        return allowed and not denied

    def _applies(self, policy: Object, pod: Object) -> bool:
        root = _home(policy) == "istio-system" and self.wrong != "no-root-namespace"
        selector = policy["spec"].get("selector", {})
        return (root or _home(policy) == _home(pod)) and self._fits(selector, _labels(pod))

    def _hit(self, policy: Object, ask: Ask) -> bool:
        rules = policy["spec"].get("rules")
        if rules is None:
            return self.wrong == "empty-spec-allows"
        return any(self._rule(each, ask) for each in rules)

    def _rule(self, rule: Object, ask: Ask) -> bool:
        if not rule:
            return self.wrong != "empty-rule-nothing"
        parts = []
        if "from" in rule:
            parts.append(any(self._every(each["source"], ask) for each in rule["from"]))
        if "to" in rule:
            parts.append(any(self._every(each["operation"], ask) for each in rule["to"]))
        if self.wrong == "from-or-to" and parts:
            parts = [any(parts)]
        parts += [self._when(each, ask) for each in rule.get("when", [])]
        return all(parts)

    def _every(self, fields: Object, ask: Ask) -> bool:
        found = []
        for name, values in fields.items():
            positive = name.removeprefix("not")
            positive = positive[0].lower() + positive[1:]
            hit = any(self._value(positive, each, ask) for each in values)
            found.append(hit is not name.startswith("not"))
        return any(found) if self.wrong == "fields-or" else all(found)

    def _when(self, when: Object, ask: Ask) -> bool:
        name = {"source.namespace": "namespaces", "destination.port": "ports"}[when["key"]]
        hit = any(self._value(name, each, ask) for each in when.get("values", []))
        missed = not any(self._value(name, each, ask) for each in when.get("notValues", []))
        if self.wrong == "not-values-ignored":
            missed = True
        return (hit or "values" not in when) and missed

    def _value(self, field: str, value: str, ask: Ask) -> bool:
        nameless = "" if self.wrong == "no-default-account" else "default"
        own = ask.caller["spec"].get("serviceAccountName") or nameless
        home = _home(ask.caller)
        match field:
            case "principals":
                return self._like(f"cluster.local/ns/{home}/sa/{own}", value)
            case "namespaces":
                return self._like(home, value)
            case "ports":
                return str(ask.port) == value
            case "methods":
                return self.wrong == "methods-ignored" or self._like(ask.method, value)
            case "paths":
                return self._like(ask.path, value)
            case "ipBlocks":
                return ipaddress.ip_network(value).prefixlen < 0
        raise AssertionError(field)

    def _like(self, text: str, pattern: str) -> bool:
        if self.wrong == "patterns-exact" or "*" not in pattern:
            return text == pattern
        if pattern == "*":
            return bool(text)
        if pattern.endswith("*"):
            return text.startswith(pattern[:-1])
        return text.endswith(pattern[1:])
