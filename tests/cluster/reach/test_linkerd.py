"""Linkerd's Servers and authorizations, after its reference on authorization policy."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.reach.model import Callers
from tests.cluster.reach.objects import Object, app, ns, pod, port, reach_of

PROXY = ("linkerd-proxy",)
DEFAULT = "config.linkerd.io/default-inbound-policy"
WEB = pod("shop/web", "web", account="web", beside=PROXY)
LAB = pod("lab/web", "web", account="web", beside=PROXY)
BARE = pod("shop/bare", "bare", account="bare")
DB = pod("shop/db", "db", beside=PROXY, ports=[port(5432, "sql"), port(9990, "admin")])
ALL = [ns("shop"), ns("lab"), WEB, LAB, BARE]
TRUSTED = "serviceaccount.identity.linkerd.cluster.local"


def thing(kind: str, name: str, **spec: Any) -> Object:
    meta = {"name": name, "namespace": "shop"} | spec.pop("meta", {})
    return {"apiVersion": "policy.linkerd.io/v1", "kind": kind, "metadata": meta, "spec": spec}


def server(name: str = "sql", at: int | str = 5432, **spec: Any) -> Object:
    return thing("Server", name, podSelector=app("db"), port=at, **spec)


def let(*refs: tuple[str, str], kind: str = "Server", name: str = "sql") -> Object:
    group = "" if kind == "Namespace" else "policy.linkerd.io"
    return thing(
        "AuthorizationPolicy",
        "let",
        targetRef={"group": group, "kind": kind, "name": name},
        requiredAuthenticationRefs=[{"kind": one, "name": called} for one, called in refs],
    )


def judged(*objects: Object, db: Object = DB) -> Callers:
    return reach_of(*ALL, db, *objects).callers("shop/db[Pod]")


def callers_of(*objects: Object, db: Object = DB) -> dict[str, str]:
    callers = judged(*objects, db=db).callers
    return {each.workload.removesuffix("[Pod]"): each.ports for each in callers}


REST = "TCP 1-5431,5433-65535"
ONE = ("MeshTLSAuthentication", "one")
NET = ("NetworkAuthentication", "net")


def test_without_policies_linkerd_lets_everybody_in() -> None:
    assert set(callers_of()) == {"shop/web", "lab/web", "shop/bare"}


def test_a_server_denies_its_port_and_leaves_the_others_to_the_default() -> None:
    assert callers_of(server()) == dict.fromkeys(("shop/web", "lab/web", "shop/bare"), REST)
    assert not judged(server()).anybody


def test_a_servers_port_may_be_a_name() -> None:
    assert callers_of(server(at="sql")) == dict.fromkeys(("shop/web", "lab/web", "shop/bare"), REST)


@pytest.mark.parametrize(
    ("policy", "let_in"),
    [
        ("all-unauthenticated", {"shop/web", "lab/web", "shop/bare"}),
        ("cluster-unauthenticated", {"shop/web", "lab/web", "shop/bare"}),
        ("audit", {"shop/web", "lab/web", "shop/bare"}),
        ("all-authenticated", {"shop/web", "lab/web"}),
        ("cluster-authenticated", {"shop/web", "lab/web"}),
        ("deny", set()),
    ],
)
def test_an_access_policy_and_a_pods_default(policy: str, let_in: set[str]) -> None:
    by_server = callers_of(server(accessPolicy=policy))
    assert {name for name, ports in by_server.items() if ports == "TCP all"} == let_in
    noted = pod(
        "shop/db",
        "db",
        beside=PROXY,
        meta={"annotations": {DEFAULT: policy}},
    )
    assert set(callers_of(db=noted)) == let_in


@pytest.mark.parametrize(
    ("spec", "let_in"),
    [
        ({"identities": ["*"]}, {"shop/web", "lab/web"}),
        ({"identities": [f"web.shop.{TRUSTED}"]}, {"shop/web"}),
        ({"identities": [f"*.lab.{TRUSTED}"]}, {"lab/web"}),
        ({"identityRefs": [{"kind": "ServiceAccount", "name": "web"}]}, {"shop/web"}),
        (
            {"identityRefs": [{"kind": "ServiceAccount", "name": "web", "namespace": "lab"}]},
            {"lab/web"},
        ),
        ({"identityRefs": [{"kind": "Namespace", "name": "lab"}]}, {"lab/web"}),
    ],
)
def test_mesh_tls_names_identities(spec: Object, let_in: set[str]) -> None:
    one = thing("MeshTLSAuthentication", "one", **spec)
    for target in (("Server", "sql"), ("Namespace", "shop")):
        by = callers_of(server(), one, let(ONE, kind=target[0], name=target[1]))
        assert {name for name, ports in by.items() if ports == "TCP all"} == let_in


def test_all_authentications_must_be_met() -> None:
    one = thing("MeshTLSAuthentication", "one", identities=["*"])
    net = thing("NetworkAuthentication", "net", networks=[{"cidr": "10.0.0.0/8"}])
    near = pod("shop/near", "x", beside=PROXY, status={"podIP": "10.0.0.7"})
    far = pod("shop/far", "x", beside=PROXY, status={"podIP": "192.0.2.7"})
    by = callers_of(server(), one, net, let(ONE, NET), near)
    assert by["shop/near"] == "TCP all"
    assert by["shop/web"] == by["shop/bare"] == REST
    by = callers_of(server(), one, net, let(ONE, NET), near, far)
    assert by["shop/near"] == by["shop/far"] == REST


def test_a_network_of_some_pods_addresses_is_not_judged_for_they_change() -> None:
    net = thing("NetworkAuthentication", "net", networks=[{"cidr": "10.0.0.0/24"}])
    near = pod("shop/near", "x", status={"podIP": "10.0.0.7"})
    far = pod("shop/far", "x", status={"podIP": "10.0.9.7"})
    answer = judged(server(), net, let(NET), near, far)
    doubt = next(each for each in answer.not_judged if each.what.endswith("/let"))
    assert "shop/near[Pod]" in doubt.workloads
    assert "shop/far[Pod]" not in doubt.workloads


def test_a_port_that_skips_the_proxy_is_open_to_everybody() -> None:
    skipping = {"annotations": {"config.linkerd.io/skip-inbound-ports": "25,5000-5500"}}
    answer = judged(server(), db=pod("shop/db", "db", beside=PROXY, meta=skipping))
    assert {each.ports for each in answer.callers} == {"TCP all"}
    assert any("around its proxy" in each.why for each in answer.not_judged)


def test_a_caller_that_skips_its_proxy_is_identified_only_elsewhere() -> None:
    one = thing("MeshTLSAuthentication", "one", identities=["*"])
    skipping = {"annotations": {"config.linkerd.io/skip-outbound-ports": "5432"}}
    shy = pod("shop/shy", "shy", beside=PROXY, meta=skipping)
    answer = judged(server(), one, let(ONE), shy)
    assert ("shop/shy[Pod]", REST) in [each[:2] for each in answer.callers]
    doubt = next(each for each in answer.not_judged if "around their proxies" in each.why)
    assert doubt.workloads == ("shop/shy[Pod]",)


def test_a_default_of_the_namespace_that_pods_do_not_carry_is_not_judged() -> None:
    space = ns("shop") | {"metadata": {"name": "shop", "annotations": {DEFAULT: "deny"}}}
    answer = reach_of(space, WEB, DB).callers("shop/db[Pod]")
    assert answer.callers == ()
    assert any(each.workloads == ("shop/web[Pod]",) for each in answer.not_judged)


def test_a_server_at_a_port_that_is_not_declared_is_not_judged_there() -> None:
    answer = judged(server(at=7777))
    doubt = next(each for each in answer.not_judged if each.what == "Server/shop/sql")
    assert "declared" in doubt.why
    assert len(doubt.workloads) == 3


def test_a_policy_for_another_namespace_authorizes_nobody() -> None:
    one = thing("MeshTLSAuthentication", "one", identities=["*"])
    by = callers_of(server(), one, let(ONE, kind="Namespace", name="lab"))
    assert set(by.values()) == {REST}


def test_what_is_referred_to_and_not_read_in_full_is_not_judged() -> None:
    one = thing("MeshTLSAuthentication", "one", identities=["*"], newer=True)
    answer = judged(server(), one, let(ONE))
    assert {each.ports for each in answer.callers} == {REST}
    assert any("not read" in each.why and each.workloads for each in answer.not_judged)


def test_a_network_that_may_hold_a_pod_is_not_judged() -> None:
    net = thing("NetworkAuthentication", "net", networks=[{"cidr": "10.0.0.0/8"}])
    answer = judged(server(), net, let(NET))
    doubt = next(each for each in answer.not_judged if each.what.endswith("/let"))
    assert doubt.workloads == ("lab/web[Pod]", "shop/bare[Pod]", "shop/web[Pod]")


def test_every_network_is_everybody() -> None:
    net = thing("NetworkAuthentication", "net", networks=[{"cidr": "0.0.0.0/0"}, {"cidr": "::/0"}])
    assert set(callers_of(server(), net, let(NET)).values()) == {"TCP all"}


def test_an_authorization_that_names_what_is_not_there_is_ignored() -> None:
    assert set(callers_of(server(), let(ONE)).values()) == {REST}


def test_a_service_account_may_be_named_at_once() -> None:
    by = callers_of(server(), let(("ServiceAccount", "web")))
    assert by == {"shop/web": "TCP all", "lab/web": REST, "shop/bare": REST}


def test_a_route_lets_some_requests_in() -> None:
    route = thing(
        "HTTPRoute",
        "get",
        parentRefs=[{"kind": "Server", "name": "sql", "group": "policy.linkerd.io"}],
        rules=[{"matches": [{"method": "GET"}]}],
    )
    by = callers_of(server(), route, let(("ServiceAccount", "web"), kind="HTTPRoute", name="get"))
    assert by["shop/web"] == f"{REST},TCP 5432 (some requests: path or host)"
    assert by["lab/web"] == REST


@pytest.mark.parametrize(
    ("client", "let_in"),
    [
        ({"unauthenticated": True}, {"shop/web", "lab/web", "shop/bare"}),
        ({"unauthenticated": False, "meshTLS": {"identities": ["*"]}}, {"shop/web", "lab/web"}),
        ({"meshTLS": {"serviceAccounts": [{"name": "web"}]}}, {"shop/web"}),
        ({"meshTLS": {"serviceAccounts": [{"name": "web", "namespace": "lab"}]}}, {"lab/web"}),
    ],
)
def test_the_older_server_authorization(client: Object, let_in: set[str]) -> None:
    labelled = server(meta={"labels": {"tier": "db"}})
    for wanted in ({"name": "sql"}, {"selector": {"matchLabels": {"tier": "db"}}}):
        by = callers_of(labelled, thing("ServerAuthorization", "let", server=wanted, client=client))
        assert {name for name, ports in by.items() if ports == "TCP all"} == let_in


def test_who_is_named_without_a_proxy_is_shut_out() -> None:
    only = pod(
        "shop/db",
        "db",
        beside=PROXY,
        meta={"annotations": {DEFAULT: "deny"}},
    )
    answer = judged(server(), let(("ServiceAccount", "bare")), db=only)
    assert [(each.workload, each.by) for each in answer.shut_out] == [
        ("shop/bare[Pod]", ("AuthorizationPolicy/shop/let",))
    ]
    assert "no Linkerd proxy" in answer.shut_out[0].why


def test_a_target_without_a_proxy_enforces_nothing_and_that_is_said() -> None:
    answer = judged(server(), db=pod("shop/db", "db"))
    assert len(answer.callers) == 3
    assert any("nothing enforces it" in each.why for each in answer.not_judged)


def test_the_clusters_default_is_said_to_be_unknown() -> None:
    assert any(each.what == "Linkerd's default policy" for each in judged(server()).not_judged)


def test_another_trust_domain_is_not_judged() -> None:
    one = thing("MeshTLSAuthentication", "one", identities=["web.shop.serviceaccount.acme.org"])
    answer = judged(server(), one, let(ONE))
    assert any("trust domain" in each.why and each.workloads for each in answer.not_judged)
