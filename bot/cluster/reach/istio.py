"""Istio's policies of a dump, and the namespace whose policies hold in all others.

https://istio.io/latest/docs/reference/config/security/authorization-policy/ and
https://istio.io/latest/docs/reference/config/security/peer_authentication/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.cluster.model import NOTHING, Dump, Fields, Item
from bot.cluster.reach.selectors import selector
from bot.domain.reach.model import Authorization, AuthorizationRule, Strictness, Test

SECURITY = "security.istio.io"
USUAL_ROOT = "istio-system"
_OF_SOURCES = {
    "principals": "principal",
    "namespaces": "namespace",
    "serviceAccounts": "account",
    "ipBlocks": "ip",
    "remoteIpBlocks": "ip",
    "requestPrincipals": "request.auth.principal",
}
_OF_OPERATIONS = {"ports": "port", "methods": "method", "paths": "path", "hosts": "host"}
_OF_CONDITIONS = {
    "source.principal": "principal",
    "source.namespace": "namespace",
    "source.serviceAccount": "account",
    "source.ip": "ip",
    "remote.ip": "ip",
    "destination.port": "port",
}
NAMES_PODS = frozenset({"Deployment", "StatefulSet", "DaemonSet", "Pod", "ReplicaSet"})


def authorization_items(dump: Dump) -> Iterator[Item]:
    """Istio's AuthorizationPolicies; Linkerd has a kind of the same name."""
    return dump.objects("AuthorizationPolicy", group=SECURITY)


def root_namespace(dump: Dump) -> tuple[str, bool]:
    """The mesh's root namespace, and whether that is a guess: its setting is in a ConfigMap."""
    for each in dump.objects("Deployment", "Pod"):
        if each.pod_labels.get("app") == "istiod":
            return each.namespace, False
    policed = {each.namespace for each in authorization_items(dump)}
    if USUAL_ROOT in policed:
        return USUAL_ROOT, False
    peopled = {each.namespace for each in dump.objects(*NAMES_PODS)}
    likely = sorted(each for each in policed - peopled if each.startswith("istio"))
    return (likely[0], True) if len(likely) == 1 else (USUAL_ROOT, False)


def authorization(item: Item, root: str) -> Authorization:
    """One AuthorizationPolicy."""
    spec, refs = item.spec, [*item.spec.get("targetRefs", ())]
    if "targetRef" in spec:
        refs.append(spec["targetRef"])
    return Authorization(
        key=item.key,
        namespace="" if item.namespace == root else item.namespace,
        pods=selector(spec.get("selector")),
        action=spec.get("action", "ALLOW"),
        rules=tuple(
            _rule(at, each, item.namespace) for at, each in enumerate(spec.get("rules", ()))
        ),
        attached=tuple(f"{each.get('kind', '')}/{each.get('name', '')}" for each in refs),
        vague=bool(item.unread),
        provider=spec.get("provider", NOTHING).get("name", ""),
    )


def _rule(at: int, written: Fields, namespace: str) -> AuthorizationRule:
    sources = (
        _qualified(each.get("source", NOTHING), namespace) for each in written.get("from", ())
    )
    clauses = [
        _clause(sources, _OF_SOURCES),
        _clause((each.get("operation", NOTHING) for each in written.get("to", ())), _OF_OPERATIONS),
        *((_condition(each),) for each in written.get("when", ())),
    ]
    return AuthorizationRule(f"rules[{at}]", tuple(filter(None, clauses)))


def _qualified(source: Fields, namespace: str) -> Fields:
    """A source whose service accounts all say their namespace: a bare name is the policy's own."""
    accounts = {
        field: [each if "/" in each else f"{namespace}/{each}" for each in source[field]]
        for field in ("serviceAccounts", "notServiceAccounts")
        if field in source
    }
    return {**source, **accounts}


def _clause(
    options: Iterable[Mapping[str, Any]], attributes: Mapping[str, str]
) -> tuple[tuple[Test, ...], ...]:
    return tuple(tuple(_tests(each, attributes)) for each in options)


def _tests(option: Mapping[str, Any], attributes: Mapping[str, str]) -> Iterator[Test]:
    """Each field of a source or an operation, and its opposite, such as `notPaths`."""
    for field, attribute in attributes.items():
        for name, negated in ((field, False), (f"not{field[0].upper()}{field[1:]}", True)):
            if option.get(name):
                yield Test(attribute, tuple(option[name]), negated)


def _condition(written: Mapping[str, Any]) -> tuple[Test, ...]:
    key = written.get("key", "")
    attribute = _OF_CONDITIONS.get(key, key)
    if attribute == key:
        return (Test(key, ()),)
    pairs = ((written.get("values"), False), (written.get("notValues"), True))
    return tuple(Test(attribute, tuple(values), negated) for values, negated in pairs if values)


def strictness(item: Item, root: str) -> Strictness:
    """One PeerAuthentication."""
    by_port: Mapping[str, Fields] = item.spec.get("portLevelMtls", NOTHING)
    return Strictness(
        key=item.key,
        namespace="" if item.namespace == root else item.namespace,
        pods=selector(item.spec.get("selector")),
        mode=item.spec.get("mtls", NOTHING).get("mode", "UNSET"),
        by_port=tuple(
            (int(port), each.get("mode", "UNSET"))
            for port, each in sorted(by_port.items())
            if port.isdecimal() and len(port) < 6
        ),
        created=item.created,
    )
