"""Random clusters, judged by the product and by the slow reading alike."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cluster.reach.comparing import answers, differences
from tests.cluster.reach.objects import (
    Object,
    account,
    admin,
    istio,
    ns,
    operation,
    pod,
    policy,
    port,
    source,
)

pytestmark = pytest.mark.exhaustive

SPACES = ("shop", "lab")
APPS = ("web", "cart", "db")
PORTS = (53, 80, 81, 5432)


def cluster(chance: Random, kinds: str) -> list[Object]:
    """A few pods in two namespaces, and a few policies of some kinds."""
    objects: list[Object] = [ns("shop", team="a")] + ([ns("lab", team="b")] * chance.randrange(2))
    for at in range(5):
        name = f"{chance.choice(SPACES)}/p{at}"
        ports = [port(chance.choice(PORTS), "sql")] if chance.random() < 0.5 else []
        objects.append(
            pod(name, chance.choice(APPS), ports=ports, account=chance.choice(("", "own")))
        )
    policies = (_policy(chance, at, chance.choice(kinds.split())) for at in range(4))
    return [*objects, *policies][: len(objects) + chance.randrange(1, 5)]


def _policy(chance: Random, at: int, kind: str) -> Object:
    home = f"{chance.choice(SPACES)}/n{at}"
    if kind == "network":
        return policy(home, _selector(chance), **_network(chance))
    if kind == "istio":
        home = chance.choice((home, home, f"istio-system/n{at}"))
        select = {"app": chance.choice(APPS)} if chance.random() < 0.6 else None
        action = chance.choice(("ALLOW", "ALLOW", "DENY", "AUDIT"))
        rules = [_istio_rule(chance) for _ in range(chance.randrange(3))]
        spec: Object = {"action": action} | ({"rules": rules} if rules else {})
        return istio(home, select, **spec)
    priority = None if kind == "baseline" else at
    ways = {
        way: [_admin_rule(chance, peers, kind) for _ in range(chance.randrange(3))]
        for way, peers in (("ingress", "from"), ("egress", "to"))
    }
    name = f"b{at}" if priority is None else f"a{at}"
    return admin(name, priority, _subject(chance), **ways)


def _selector(chance: Random) -> Object:
    values = sorted(chance.sample(APPS, chance.randrange(1, 3)))
    key = chance.choice(("app", "app", "none"))
    return chance.choice(
        (
            {},
            {"matchLabels": {"app": chance.choice(APPS)}},
            {
                "matchExpressions": [
                    {"key": key, "operator": chance.choice(("In", "NotIn")), "values": values}
                ]
            },
            {
                "matchExpressions": [
                    {"key": key, "operator": chance.choice(("Exists", "DoesNotExist"))}
                ]
            },
        )
    )


def _space(chance: Random) -> Object:
    name = "kubernetes.io/metadata.name"
    labels = ({"team": "a"}, {"team": "b"}, {name: "lab"})
    return chance.choice(({}, *({"matchLabels": each} for each in labels)))


def _network(chance: Random) -> Object:
    types = chance.choice((None, ["Ingress"], ["Egress"], ["Ingress", "Egress"]))
    spec: Object = {"policyTypes": types} if types else {}
    for way, peers in (("ingress", "from"), ("egress", "to")):
        if chance.random() < 0.7:
            spec[way] = [_network_rule(chance, peers) for _ in range(chance.randrange(3))]
    return spec


def _network_rule(chance: Random, peers: str) -> Object:
    rule: Object = {}
    if chance.random() < 0.7:
        rule[peers] = [_peer(chance) for _ in range(chance.randrange(3))]
    if chance.random() < 0.6:
        rule["ports"] = [_port(chance) for _ in range(chance.randrange(1, 3))]
    return rule


def _peer(chance: Random) -> Object:
    if chance.random() < 0.1:
        return {"ipBlock": {"cidr": "203.0.113.0/24"}}
    peer = {"namespaceSelector": _space(chance)} if chance.random() < 0.5 else {}
    return peer | ({"podSelector": _selector(chance)} if chance.random() < 0.6 or not peer else {})


def _port(chance: Random) -> Object:
    protocol = chance.choice(({}, {"protocol": "UDP"}, {"protocol": "TCP"}))
    number = chance.choice(PORTS)
    return protocol | chance.choice(
        ({}, {"port": number}, {"port": "sql"}, {"port": number, "endPort": number + 2})
    )


def _subject(chance: Random) -> Object:
    if chance.random() < 0.5:
        return {"namespaces": _space(chance)}
    return {"pods": {"namespaceSelector": _space(chance), "podSelector": _selector(chance)}}


def _admin_rule(chance: Random, peers: str, kind: str) -> Object:
    actions = ("Allow", "Deny") if kind == "baseline" else ("Allow", "Deny", "Pass")
    to = [_subject(chance) for _ in range(chance.randrange(1, 3))]
    rule: Object = {"action": chance.choice(actions), peers: to}
    if chance.random() < 0.5:
        number = chance.choice(PORTS)
        one = {"portNumber": {"protocol": "TCP", "port": number}}
        span = {"portRange": {"protocol": "UDP", "start": number, "end": number + 2}}
        rule["ports"] = [chance.choice((one, span, {"namedPort": "sql"}))]
    return rule


def _istio_rule(chance: Random) -> Object:
    rule: Object = {}
    if chance.random() < 0.6:
        rule["from"] = [_source(chance) for _ in range(chance.randrange(1, 3))]
    if chance.random() < 0.6:
        rule["to"] = [_operation(chance) for _ in range(chance.randrange(1, 3))]
    if chance.random() < 0.3:
        key = chance.choice(("source.namespace", "destination.port"))
        values = {"source.namespace": ["lab"], "destination.port": ["80", "81"]}[key]
        rule["when"] = [{"key": key, chance.choice(("values", "notValues")): values}]
    return rule


def _source(chance: Random) -> Object:
    space, name = chance.choice(SPACES), chance.choice(("own", "default"))
    principals = chance.choice(([account(space, name)], ["*"], [f"*/sa/{name}"]))
    fields = {
        "principals": principals,
        "notPrincipals": [account(space, name)],
        "namespaces": [chance.choice((space, "sh*"))],
        "notNamespaces": [space],
    }
    chosen = chance.sample(sorted(fields), chance.randrange(1, 3))
    return source(**{key: fields[key] for key in chosen})


def _operation(chance: Random) -> Object:
    fields = {
        "ports": [str(each) for each in chance.sample(PORTS, 2)],
        "notPorts": [str(chance.choice(PORTS))],
        "methods": [chance.choice(("GET", "POST"))],
        "paths": [chance.choice(("/admin", "/api/*", "*/x"))],
    }
    chosen = chance.sample(sorted(fields), chance.randrange(1, 3))
    return operation(**{key: fields[key] for key in chosen})


def _agree(objects: list[Object]) -> None:
    assert list(differences(objects, answers(objects))) == []


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_network_policies(chance: Random) -> None:
    _agree(cluster(chance, "network"))


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_admin_tiers_beside_network_policies(chance: Random) -> None:
    _agree(cluster(chance, "network admin admin baseline"))


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_istio_beside_network_policies(chance: Random) -> None:
    _agree(cluster(chance, "istio istio istio network"))
