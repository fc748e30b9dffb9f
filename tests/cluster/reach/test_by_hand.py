"""Ten clusters of which who may call whom was worked out by hand before they were ever run."""

from __future__ import annotations

import pytest

from tests.cluster.reach.objects import (
    Object,
    account,
    admin,
    app,
    callers_of,
    istio,
    mtls,
    ns,
    operation,
    pod,
    policy,
    port,
    source,
)

PROXY = ("istio-proxy",)
EVERY = "All Connections"
OF_ISTIO = "TCP all"
"""Every port, where only Istio's policies are in the way: of UDP they say nothing."""
SPACES = [ns("a", team="a"), ns("b", team="b"), ns("c")]
WEB, WEB_B, JOB = pod("a/web", "web"), pod("b/web", "web"), pod("c/job", "job")
DB = pod("a/db", "db", ports=[port(5432, "sql"), port(8080, "http"), port(53, "dns", "UDP")])
BASE = [*SPACES, WEB, WEB_B, JOB, DB]


def within(space: Object, pods: Object) -> Object:
    return {"namespaceSelector": {"matchLabels": space}, "podSelector": pods}


def key(name: str, operator: str, *values: str) -> Object:
    return {"matchExpressions": [{"key": name, "operator": operator, "values": list(values)}]}


CASES: dict[str, tuple[str, list[Object], dict[str, str]]] = {
    # An egress list alone, types unsaid: Ingress applies as well, and nothing is let in.
    "types unsaid": (
        "a/db",
        [*BASE, policy("a/out", app("db"), egress=[{"to": [{"podSelector": {}}]}])],
        {},
    ),
    # One item asks for both; the other item is another way in. c/job has no label team.
    "and within, or between": (
        "a/db",
        [
            *BASE,
            policy(
                "a/in",
                app("db"),
                ingress=[
                    {"from": [within({"team": "b"}, app("web")), {"podSelector": app("web")}]},
                    {"from": [{"namespaceSelector": key("team", "DoesNotExist")}],
                     "ports": [{"port": "sql"}, {"port": "sql", "protocol": "UDP"}]},
                ],
            ),
        ],
        {"a/web": EVERY, "b/web": EVERY, "c/job": "TCP 5432"},
    ),
    # NotIn holds where the key is missing, also for the namespace's own name label.
    "not in": (
        "a/db",
        [
            *BASE,
            policy(
                "a/in",
                app("db"),
                ingress=[
                    {"from": [{"namespaceSelector": key("team", "NotIn", "b"),
                               "podSelector": key("app", "NotIn", "web")}]},
                    {"from": [{"namespaceSelector": key("kubernetes.io/metadata.name", "In", "b")}],
                     "ports": [{"protocol": "UDP", "port": 53}]},
                ],
            ),
        ],
        {"b/web": "UDP 53", "c/job": EVERY},
    ),
    # What the caller may send meets what the target takes: 8050 to 8100, and no UDP.
    "ranges meet": (
        "a/db",
        [
            *BASE,
            policy("a/in", app("db"), ingress=[{"ports": [{"port": 8000, "endPort": 8100}]}]),
            policy(
                "b/out",
                policyTypes=["Egress"],
                egress=[
                    {"to": [{"namespaceSelector": {}}], "ports": [{"port": 8050, "endPort": 8200}]},
                    {"ports": [{"port": 8060, "protocol": "UDP"}]},
                ],
            ),
            policy("c/shut", policyTypes=["Egress"]),
        ],
        {"a/web": "TCP 8000-8100", "b/web": "TCP 8050-8100"},
    ),
    # Egress written under Ingress alone has no effect.
    "egress that does not count": (
        "a/db",
        [*BASE, policy("b/odd", policyTypes=["Ingress"], egress=[])],
        {"a/web": EVERY, "b/web": EVERY, "c/job": EVERY},
    ),
    # The lowest number first; what is passed goes to the NetworkPolicy, not to the baseline.
    "pass goes on": (
        "a/db",
        [
            *BASE,
            admin(
                "one", 5, {"namespaces": {"matchLabels": {"team": "a"}}},
                ingress=[
                    {"action": "Pass", "from": [{"namespaces": {"matchLabels": {"team": "b"}}}],
                     "ports": [{"portNumber": {"protocol": "TCP", "port": 5432}}]},
                    {"action": "Deny", "from": [{"namespaces": {"matchLabels": {"team": "b"}}}]},
                ],
            ),
            admin(
                "two", 9, {"namespaces": {}},
                ingress=[{"action": "Allow", "from": [{"namespaces": {}}],
                          "ports": [{"portNumber": {"protocol": "TCP", "port": 8080}}]}],
            ),
            admin("default", None, {"namespaces": {}},
                  ingress=[{"action": "Deny", "from": [{"namespaces": {}}]}]),
            policy("a/in", app("db"), ingress=[{"ports": [{"port": 5432}]}]),
        ],
        {"a/web": "TCP 5432,8080", "b/web": "TCP 5432", "c/job": "TCP 5432,8080"},
    ),
    # No NetworkPolicy selects the web of a: what is not decided goes to the baseline.
    "the baseline decides": (
        "a/web",
        [
            *BASE,
            admin(
                "default", None, {"namespaces": {}},
                ingress=[
                    {"action": "Allow", "from": [{"pods": {"namespaceSelector": {},
                                                          "podSelector": app("job")}}]},
                    {"action": "Deny", "from": [{"namespaces": {"matchLabels": {"team": "b"}}}]},
                ],
            ),
            policy("a/in", app("db"), ingress=[]),
        ],
        {"a/db": EVERY, "c/job": EVERY},
    ),
    # Under STRICT a caller without a proxy is shut out; DENY comes before ALLOW; no account named
    # is the account `default`.
    "identities": (
        "a/db",
        [
            *SPACES,
            pod("a/db", "db", ports=[port(5432), port(8080)], beside=PROXY),
            pod("a/web", "web", beside=PROXY),
            pod("b/web", "web", account="shop", beside=PROXY),
            pod("b/evil", "evil", account="evil", beside=PROXY),
            pod("c/job", "job"),
            mtls("istio-system/strict", "STRICT"),
            istio(
                "a/allow", {"app": "db"}, action="ALLOW",
                rules=[
                    {"from": [source(principals=[account("a", "default")])]},
                    {"from": [source(namespaces=["b", "c"])], "to": [operation(ports=["8080"])]},
                ],
            ),
            istio("a/deny", {"app": "db"}, action="DENY",
                  rules=[{"from": [source(principals=["*/sa/evil"])]}]),
        ],
        {"a/web": OF_ISTIO, "b/web": "TCP 8080"},
    ),
    # A policy of the root namespace holds everywhere, a selector keeps to its own namespace, and
    # what nothing selects is open.
    "whose namespace": (
        "b/web",
        [
            *SPACES,
            *(pod(each, each[2:], ports=[port(80)], beside=PROXY)
              for each in ("a/web", "b/web", "c/job")),
            istio("istio-system/never", action="DENY",
                  rules=[{"from": [source(namespaces=["c"])]}]),
            istio("a/nothing"),
            istio("a/elsewhere", {"app": "web"}, action="DENY", rules=[{}]),
        ],
        {"a/web": OF_ISTIO},
    ),
    # Allowed by Istio and not by the network, or the other way round, is not allowed.
    "both must agree": (
        "a/db",
        [
            *SPACES,
            pod("a/db", "db", ports=[port(80), port(90)], beside=PROXY),
            *(pod(each, each[2:], beside=PROXY) for each in ("a/web", "b/web", "c/job")),
            istio("a/allow", {"app": "db"}, action="ALLOW",
                  rules=[{"from": [source(namespaces=["a", "b"])],
                          "to": [operation(ports=["80"])]}]),
            policy("a/in", app("db"),
                   ingress=[{"from": [{"namespaceSelector": key("team", "NotIn", "b")}]}]),
        ],
        {"a/web": "TCP 80"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_who_may_call_is_what_was_worked_out(name: str) -> None:
    target, objects, expected = CASES[name]
    assert callers_of(target, *objects) == expected
