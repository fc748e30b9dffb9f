"""Small clusters and who may call whom in them, written from Kubernetes' and Istio's own pages.

Each is there for one rule that is easily read wrongly; test_wrong.py shows that it catches that.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.cluster.reach.objects import (
    Object,
    account,
    admin,
    app,
    istio,
    ns,
    operation,
    pod,
    policy,
    port,
    source,
)

ALL = "All Connections"
Expected = dict[str, dict[str, str]]


class Case(NamedTuple):
    name: str
    objects: list[Object]
    expected: Expected
    """Target → caller → ports; the targets that are not named are not looked at."""


WEB, CART, DB = pod("shop/web", "web"), pod("shop/cart", "cart"), pod("shop/db", "db")
SPY = pod("lab/cart", "cart")
SHOP, LAB = ns("shop", team="shop"), ns("lab", team="lab")
FOUR = [SHOP, LAB, WEB, CART, DB, SPY]
EVERYBODY = {"shop/web": ALL, "shop/cart": ALL, "lab/cart": ALL}

NETWORK = [
    Case("no policy lets everybody in", FOUR, {"shop/db": EVERYBODY}),
    Case(
        "a policy's own namespace, and podSelector alone stays in it",
        [*FOUR, policy("shop/db", app("db"), ingress=[{"from": [{"podSelector": app("cart")}]}])],
        {
            "shop/db": {"shop/cart": ALL},
            "lab/cart": {"shop/web": ALL, "shop/cart": ALL, "shop/db": ALL},
        },
    ),
    Case(
        "an empty podSelector selects its own namespace alone",
        [*FOUR, policy("shop/none", policyTypes=["Ingress"])],
        {"shop/db": {}, "lab/cart": {"shop/web": ALL, "shop/cart": ALL, "shop/db": ALL}},
    ),
    Case(
        "both selectors in one item: and",
        [
            *FOUR,
            policy(
                "shop/db",
                app("db"),
                ingress=[
                    {
                        "from": [
                            {
                                "namespaceSelector": {"matchLabels": {"team": "shop"}},
                                "podSelector": app("cart"),
                            }
                        ]
                    }
                ],
            ),
        ],
        {"shop/db": {"shop/cart": ALL}},
    ),
    Case(
        "in two items: or",
        [
            *FOUR,
            policy(
                "shop/db",
                app("db"),
                ingress=[
                    {
                        "from": [
                            {"namespaceSelector": {"matchLabels": {"team": "lab"}}},
                            {"podSelector": app("web")},
                        ]
                    }
                ],
            ),
        ],
        {"shop/db": {"shop/web": ALL, "lab/cart": ALL}},
    ),
    Case(
        "policies add up",
        [
            *FOUR,
            policy("shop/a", app("db"), ingress=[{"from": [{"podSelector": app("web")}]}]),
            policy("shop/b", app("db"), ingress=[{"from": [{"podSelector": app("cart")}]}]),
        ],
        {"shop/db": {"shop/web": ALL, "shop/cart": ALL}},
    ),
    Case(
        "egress of the caller and ingress of the target",
        [
            *FOUR,
            policy(
                "shop/web",
                app("web"),
                policyTypes=["Egress"],
                egress=[{"to": [{"podSelector": app("cart")}], "ports": [{"port": 80}]}],
            ),
            policy("shop/db", app("db"), ingress=[{"ports": [{"port": 5432}, {"port": 80}]}]),
        ],
        {
            "shop/db": {"shop/cart": "TCP 80,5432", "lab/cart": "TCP 80,5432"},
            "shop/cart": {"shop/web": "TCP 80", "shop/db": ALL, "lab/cart": ALL},
        },
    ),
    Case(
        "policyTypes missing: egress applies where there are rules",
        [*FOUR, policy("shop/web", app("web"), egress=[{"to": [{"podSelector": app("cart")}]}])],
        {"shop/db": {"shop/cart": ALL, "lab/cart": ALL}, "shop/web": {}},
    ),
    Case(
        "policyTypes missing and egress empty: it does not apply",
        [*FOUR, policy("shop/web", app("web"), ingress=[{}], egress=[])],
        {"shop/db": EVERYBODY},
    ),
    Case(
        "policyTypes without Egress: its rules have no effect",
        [
            *FOUR,
            policy(
                "shop/web",
                app("web"),
                policyTypes=["Ingress"],
                ingress=[{}],
                egress=[{"to": [{"podSelector": app("cart")}]}],
            ),
        ],
        {"shop/db": EVERYBODY, "shop/web": {"shop/cart": ALL, "shop/db": ALL, "lab/cart": ALL}},
    ),
    Case(
        "an empty list of peers is everybody",
        [*FOUR, policy("shop/db", app("db"), ingress=[{"from": [], "ports": [{"port": 80}]}])],
        {"shop/db": dict.fromkeys(EVERYBODY, "TCP 80")},
    ),
    Case(
        "a port without a protocol is TCP, a protocol without a port is all of it",
        [
            *FOUR,
            policy("shop/db", app("db"), ingress=[{"ports": [{"port": 53}, {"protocol": "UDP"}]}]),
        ],
        {"shop/db": dict.fromkeys(EVERYBODY, "TCP 53,UDP all")},
    ),
    Case(
        "endPort, ends included",
        [
            *FOUR,
            policy("shop/db", app("db"), ingress=[{"ports": [{"port": 32000, "endPort": 32768}]}]),
        ],
        {"shop/db": dict.fromkeys(EVERYBODY, "TCP 32000-32768")},
    ),
    Case(
        "all ports of all three protocols are all connections",
        [
            *FOUR,
            policy(
                "shop/db",
                app("db"),
                ingress=[
                    {
                        "ports": [
                            {"port": 1, "endPort": 65535, "protocol": each}
                            for each in ("TCP", "UDP", "SCTP")
                        ]
                    }
                ],
            ),
        ],
        {"shop/db": EVERYBODY},
    ),
    Case(
        "a named port is the target's, of name and protocol both",
        [
            SHOP,
            pod("shop/web", "web", ports=[port(1111, "sql")]),
            pod("shop/db", "db", ports=[port(5432, "sql"), port(53, "dns", "UDP")]),
            policy(
                "shop/db",
                app("db"),
                ingress=[{"ports": [{"port": "sql"}, {"port": "dns"}, {"port": "none"}]}],
            ),
        ],
        {"shop/db": {"shop/web": "TCP 5432"}},
    ),
    Case(
        "a named port in egress is the target's too",
        [
            SHOP,
            pod("shop/web", "web", ports=[port(1111, "sql")]),
            pod("shop/db", "db", ports=[port(5432, "sql")]),
            pod("shop/cart", "cart"),
            policy(
                "shop/web",
                app("web"),
                policyTypes=["Egress"],
                egress=[{"ports": [{"port": "sql"}]}],
            ),
        ],
        {"shop/db": {"shop/web": "TCP 5432", "shop/cart": ALL}, "shop/cart": {"shop/db": ALL}},
    ),
    Case(
        "NotIn and DoesNotExist match where the key is missing",
        [
            SHOP,
            pod("shop/bare"),
            pod("shop/web", "web"),
            pod("shop/db", "db"),
            pod("shop/old", "old", labels={"legacy": "yes"}),
            policy(
                "shop/db",
                app("db"),
                ingress=[
                    {
                        "from": [
                            {
                                "podSelector": {
                                    "matchExpressions": [
                                        {"key": "app", "operator": "NotIn", "values": ["web"]},
                                        {"key": "legacy", "operator": "DoesNotExist"},
                                    ]
                                }
                            }
                        ]
                    }
                ],
            ),
        ],
        {"shop/db": {"shop/bare": ALL}},
    ),
    Case(
        "Exists, and In with several values",
        [
            SHOP,
            pod("shop/bare"),
            pod("shop/web", "web"),
            pod("shop/cart", "cart"),
            pod("shop/db", "db"),
            policy(
                "shop/db",
                app("db"),
                ingress=[
                    {
                        "from": [
                            {
                                "podSelector": {
                                    "matchExpressions": [
                                        {"key": "app", "operator": "Exists"},
                                        {"key": "app", "operator": "In", "values": ["cart", "x"]},
                                    ]
                                }
                            }
                        ]
                    }
                ],
            ),
        ],
        {"shop/db": {"shop/cart": ALL}},
    ),
    Case(
        "every namespace carries its name as a label, in the dump or not",
        [
            WEB,
            CART,
            DB,
            SPY,
            policy(
                "shop/db",
                app("db"),
                ingress=[
                    {
                        "from": [
                            {
                                "namespaceSelector": {
                                    "matchLabels": {"kubernetes.io/metadata.name": "lab"}
                                }
                            }
                        ]
                    }
                ],
            ),
        ],
        {"shop/db": {"lab/cart": ALL}},
    ),
    Case(
        "an address block matches no pod",
        [
            *FOUR,
            policy("shop/db", app("db"), ingress=[{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}]),
        ],
        {"shop/db": {}},
    ),
    Case(
        "no rules while Ingress applies: nobody",
        [*FOUR, policy("shop/db", app("db"), policyTypes=["Ingress"], ingress=[])],
        {"shop/db": {}},
    ),
    Case(
        "an object without namespace is in default",
        [
            {
                "apiVersion": "v1",
                "kind": "Pod",
                "metadata": {"name": "here", "labels": {"app": "here"}},
                "spec": {"containers": [{"name": "app"}]},
            },
            pod("default/db", "db"),
            policy("default/db", app("db"), ingress=[{"from": [{"podSelector": app("here")}]}]),
        ],
        {"default/db": {"default/here": ALL}},
    ),
]

_EVERY = {"namespaces": {}}
_ALL_PODS = [{"namespaces": {}}]
_OF_LAB = [{"namespaces": {"matchLabels": {"team": "lab"}}}]
_DB = {"pods": {"namespaceSelector": {"matchLabels": {"team": "shop"}}, "podSelector": app("db")}}
_SHUT = policy("shop/db", app("db"), policyTypes=["Ingress"])


def _rule(action: str, peers: list[Object], *ports: Object, way: str = "from") -> Object:
    return {"action": action, way: peers} | ({"ports": list(ports)} if ports else {})


def _number(number: int) -> Object:
    return {"portNumber": {"protocol": "TCP", "port": number}}


ADMIN = [
    Case(
        "an admin's Allow is stronger than a NetworkPolicy",
        [*FOUR, _SHUT, admin("a", 5, _DB, ingress=[_rule("Allow", _OF_LAB, _number(80))])],
        {"shop/db": {"lab/cart": "TCP 80"}},
    ),
    Case(
        "the lowest priority is first, and the first match decides",
        [
            *FOUR,
            admin("late", 20, _DB, ingress=[_rule("Allow", _ALL_PODS)]),
            admin("early", 10, _DB, ingress=[_rule("Deny", _OF_LAB, _number(80))]),
        ],
        {
            "shop/db": {
                "shop/web": ALL,
                "shop/cart": ALL,
                "lab/cart": "SCTP all,TCP 1-79,81-65535,UDP all",
            }
        },
    ),
    Case(
        "rules in order: an Allow before a Deny",
        [
            *FOUR,
            admin(
                "a",
                1,
                _DB,
                ingress=[_rule("Allow", _OF_LAB, _number(80)), _rule("Deny", _ALL_PODS)],
            ),
        ],
        {"shop/db": {"lab/cart": "TCP 80"}},
    ),
    Case(
        "Pass hands over to the NetworkPolicy, past later admin rules",
        [
            *FOUR,
            policy("shop/db", app("db"), ingress=[{"from": [{"podSelector": app("web")}]}]),
            admin("a", 1, _DB, ingress=[_rule("Pass", _ALL_PODS), _rule("Deny", _ALL_PODS)]),
        ],
        {"shop/db": {"shop/web": ALL}},
    ),
    Case(
        "the baseline is asked where no NetworkPolicy selects the pod",
        [*FOUR, admin("default", None, _EVERY, ingress=[_rule("Deny", _OF_LAB)])],
        {"shop/db": {"shop/web": ALL, "shop/cart": ALL}},
    ),
    Case(
        "and not where one does",
        [
            *FOUR,
            policy("shop/db", app("db"), ingress=[{"from": [{"namespaceSelector": {}}]}]),
            admin("default", None, _EVERY, ingress=[_rule("Deny", _OF_LAB)]),
        ],
        {"shop/db": EVERYBODY, "shop/web": {"shop/cart": ALL, "shop/db": ALL}},
    ),
    Case(
        "admin egress, with a named port and a range",
        [
            SHOP,
            LAB,
            WEB,
            pod("shop/db", "db", ports=[port(5432, "sql")]),
            SPY,
            admin(
                "a",
                1,
                {"namespaces": {"matchLabels": {"team": "lab"}}},
                egress=[
                    _rule("Allow", _ALL_PODS, {"namedPort": "sql"}, way="to"),
                    _rule(
                        "Allow",
                        _ALL_PODS,
                        {"portRange": {"protocol": "UDP", "start": 5, "end": 9}},
                        way="to",
                    ),
                    _rule("Deny", _ALL_PODS, way="to"),
                ],
            ),
        ],
        {"shop/db": {"shop/web": ALL, "lab/cart": "TCP 5432,UDP 5-9"}},
    ),
    Case(
        "nodes and networks are no pods",
        [
            *FOUR,
            admin("a", 1, _EVERY, egress=[_rule("Deny", [{"networks": ["0.0.0.0/0"]}], way="to")]),
        ],
        {"shop/db": EVERYBODY},
    ),
    Case(
        "a baseline's Allow before its Deny",
        [
            *FOUR,
            admin(
                "default",
                None,
                _DB,
                ingress=[_rule("Allow", _OF_LAB), _rule("Deny", _ALL_PODS)],
            ),
        ],
        {"shop/db": {"lab/cart": ALL}},
    ),
]

_WEB_ID = source(principals=[account("shop", "web")])
MESH = [
    SHOP,
    LAB,
    pod("shop/web", "web", account="web"),
    pod("shop/cart", "cart"),
    pod("shop/db", "db", account="db"),
    pod("lab/cart", "cart", account="web"),
]
TCP = "TCP all"
ALL_TCP = {"shop/web": TCP, "shop/cart": TCP, "lab/cart": TCP}
DB_ONLY = {"app": "db"}

ISTIO = [
    Case(
        "principals name an account in its namespace",
        [*MESH, istio("shop/db", DB_ONLY, rules=[{"from": [_WEB_ID]}])],
        {
            "shop/db": {"shop/web": TCP},
            "shop/web": {"shop/cart": TCP, "shop/db": TCP, "lab/cart": TCP},
        },
    ),
    Case(
        "a pod without an account has the namespace's default",
        [
            *MESH,
            istio(
                "shop/db",
                DB_ONLY,
                rules=[{"from": [source(principals=[account("shop", "default")])]}],
            ),
        ],
        {"shop/db": {"shop/cart": TCP}},
    ),
    Case(
        "an empty spec allows nothing",
        [*MESH, istio("shop/none")],
        {"shop/db": {}, "lab/cart": {"shop/web": TCP, "shop/cart": TCP, "shop/db": TCP}},
    ),
    Case(
        "a rule without anything matches everything",
        [*MESH, istio("shop/all", rules=[{}])],
        {"shop/db": ALL_TCP},
    ),
    Case(
        "DENY is stronger than ALLOW",
        [
            *MESH,
            istio("shop/allow", DB_ONLY, rules=[{}]),
            istio("shop/deny", DB_ONLY, action="DENY", rules=[{"from": [_WEB_ID]}]),
        ],
        {"shop/db": {"shop/cart": TCP, "lab/cart": TCP}},
    ),
    Case(
        "AUDIT changes nothing",
        [*MESH, istio("shop/audit", DB_ONLY, action="AUDIT", rules=[{"from": [_WEB_ID]}])],
        {"shop/db": ALL_TCP},
    ),
    Case(
        "from and to: and; ports are the target's",
        [
            *MESH,
            istio(
                "shop/db",
                DB_ONLY,
                rules=[{"from": [_WEB_ID], "to": [operation(ports=["5432", "80"])]}],
            ),
        ],
        {"shop/db": {"shop/web": "TCP 80,5432"}},
    ),
    Case(
        "the fields of one source: and; two sources: or",
        [
            *MESH,
            istio(
                "shop/db",
                DB_ONLY,
                rules=[
                    {
                        "from": [
                            source(namespaces=["lab"], principals=[account("shop", "web")]),
                            source(namespaces=["lab"], notPrincipals=[account("shop", "web")]),
                        ]
                    }
                ],
            ),
        ],
        {"shop/db": {"lab/cart": TCP}},
    ),
    Case(
        "when: and; its values: or; notValues: none of them",
        [
            *MESH,
            istio(
                "shop/db",
                DB_ONLY,
                rules=[
                    {
                        "from": [source(namespaces=["shop", "lab"])],
                        "when": [
                            {"key": "source.namespace", "notValues": ["lab", "x"]},
                            {"key": "destination.port", "values": ["80", "81"]},
                        ],
                    }
                ],
            ),
        ],
        {"shop/db": {"shop/web": "TCP 80-81", "shop/cart": "TCP 80-81"}},
    ),
    Case(
        "starts, ends, and what is merely present",
        [
            *MESH,
            istio(
                "shop/db",
                DB_ONLY,
                rules=[{"from": [source(principals=["cluster.local/ns/shop/*"])]}],
            ),
            istio("shop/web", {"app": "web"}, rules=[{"from": [source(principals=["*/sa/web"])]}]),
            istio("shop/cart", {"app": "cart"}, rules=[{"from": [source(principals=["*"])]}]),
        ],
        {
            "shop/db": {"shop/web": TCP, "shop/cart": TCP},
            "shop/web": {"lab/cart": TCP},
            "shop/cart": {"shop/web": TCP, "shop/db": TCP, "lab/cart": TCP},
        },
    ),
    Case(
        "the root namespace holds everywhere",
        [*MESH, istio("istio-system/none")],
        {"shop/db": {}, "lab/cart": {}},
    ),
    Case(
        "methods",
        [
            *MESH,
            istio(
                "shop/db",
                DB_ONLY,
                rules=[{"to": [operation(methods=["GET", "POST"], ports=["80"])]}],
            ),
        ],
        {"shop/db": dict.fromkeys(ALL_TCP, "TCP 80 methods GET|POST")},
    ),
    Case(
        "a method denied leaves the others",
        [
            *MESH,
            istio("shop/db", DB_ONLY, action="DENY", rules=[{"to": [operation(methods=["GET"])]}]),
        ],
        {"shop/db": dict.fromkeys(ALL_TCP, "TCP all methods all but GET")},
    ),
    Case(
        "paths let some requests through",
        [*MESH, istio("shop/db", DB_ONLY, rules=[{"to": [operation(paths=["/api/*"])]}])],
        {"shop/db": dict.fromkeys(ALL_TCP, "TCP all (some requests: path or host)")},
    ),
    Case(
        "what ALLOW lets in by path, DENY takes away by path",
        [
            *MESH,
            istio("shop/allow", DB_ONLY, rules=[{"to": [operation(paths=["/admin"])]}]),
            istio(
                "shop/deny", DB_ONLY, action="DENY", rules=[{"to": [operation(paths=["/adm*"])]}]
            ),
        ],
        {"shop/db": {}},
    ),
    Case(
        "the usual rule for tokens: none, no request; one, this path",
        [
            *MESH,
            istio("shop/allow", DB_ONLY, rules=[{"from": [source(requestPrincipals=["*"])]}]),
            istio(
                "shop/deny",
                DB_ONLY,
                action="DENY",
                rules=[{"from": [source(notRequestPrincipals=["*"])]}],
            ),
        ],
        {"shop/db": dict.fromkeys(ALL_TCP, "TCP all (some requests: path or host)")},
    ),
    Case(
        "HTTP fields on a port that is no HTTP: ALLOW never, DENY always",
        [
            *MESH,
            {
                "apiVersion": "v1",
                "kind": "Service",
                "metadata": {"name": "db", "namespace": "shop"},
                "spec": {"selector": DB_ONLY, "ports": [{"name": "tcp-sql", "port": 5432}]},
            },
            istio(
                "shop/deny",
                DB_ONLY,
                action="DENY",
                rules=[{"to": [operation(ports=["5432", "80"], paths=["/x"])]}],
            ),
        ],
        {
            "shop/db": dict.fromkeys(
                ALL_TCP, "TCP 1-79,81-5431,5433-65535,TCP 80 (some requests: path or host)"
            )
        },
    ),
    Case(
        "both Istio and the network must permit",
        [
            *MESH,
            istio("shop/db", DB_ONLY, rules=[{"from": [source(namespaces=["shop"])]}]),
            policy(
                "shop/db",
                app("db"),
                ingress=[{"from": [{"podSelector": app("cart")}], "ports": [{"port": 80}]}],
            ),
        ],
        {"shop/db": {"shop/cart": "TCP 80"}},
    ),
    Case(
        "ipBlocks match no pod",
        [*MESH, istio("shop/db", DB_ONLY, rules=[{"from": [source(ipBlocks=["203.0.113.0/24"])]}])],
        {"shop/db": {}},
    ),
    Case(
        "serviceAccounts, with and without a namespace",
        [
            *MESH,
            istio(
                "shop/db", DB_ONLY, rules=[{"from": [source(serviceAccounts=["web", "lab/other"])]}]
            ),
            istio(
                "shop/cart",
                {"app": "cart"},
                rules=[{"from": [source(serviceAccounts=["lab/web"])]}],
            ),
        ],
        {"shop/db": {"shop/web": TCP}, "shop/cart": {"lab/cart": TCP}},
    ),
]

CASES = [*NETWORK, *ADMIN, *ISTIO]
