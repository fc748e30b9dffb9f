"""What a proxy changes: who has an identity, what mTLS refuses, what ambient mode carries where."""

import pytest

from bot.domain.reach.model import Callers
from tests.cluster.reach.objects import (
    Object,
    account,
    admin,
    app,
    istio,
    mtls,
    ns,
    operation,
    pod,
    policy,
    reach_of,
    source,
)

EVERY: Object = {"from": [{"namespaces": {}}]}
NO_SUCH: Object = {"port": "no such name"}
NOT_LET_IN = "no network policy lets it in"
PROXY = ("istio-proxy",)
WEB = pod("shop/web", "web", account="web", beside=PROXY)
DB = pod("shop/db", "db", account="db", beside=PROXY)
OLD = pod("shop/old", "old", account="old")
ONLY_OLD = istio(
    "shop/db",
    {"app": "db"},
    rules=[{"from": [source(principals=[account("shop", "old"), account("shop", "web")])]}],
)


def judged(target: str, *objects: Object) -> Callers:
    return reach_of(*objects).callers(f"{target}[Pod]")


def names(callers: Callers) -> list[str]:
    return [each.workload.partition("[")[0] for each in callers.callers]


def reasons(callers: Callers) -> dict[str, str]:
    return {each.workload.partition("[")[0]: each.why for each in callers.shut_out}


def test_a_caller_without_a_proxy_has_no_identity_and_is_said_to_be_shut_out() -> None:
    callers = judged("shop/db", ns("shop"), WEB, DB, OLD, ONLY_OLD)
    assert names(callers) == ["shop/web"]
    assert "no proxy" in reasons(callers)["shop/old"]
    assert "PERMISSIVE" in reasons(callers)["shop/old"]


def test_labelled_and_not_restarted_is_said() -> None:
    labelled = ns("shop", **{"istio-injection": "enabled"})
    callers = judged("shop/db", labelled, WEB, DB, OLD, ONLY_OLD)
    assert "not restarted" in reasons(callers)["shop/old"]


def test_strict_refuses_who_has_no_proxy_before_any_rule() -> None:
    let_all = istio("shop/db", {"app": "db"}, rules=[{}])
    callers = judged(
        "shop/db", ns("shop"), WEB, DB, OLD, let_all, mtls("istio-system/all", "STRICT")
    )
    assert names(callers) == ["shop/web"]
    named = judged("shop/db", ns("shop"), WEB, DB, OLD, ONLY_OLD, mtls("shop/all", "STRICT"))
    assert "STRICT" in reasons(named)["shop/old"]


def test_strict_alone_shuts_out_and_is_not_anybody() -> None:
    callers = judged("shop/db", ns("shop"), WEB, DB, OLD, mtls("shop/all", "STRICT"))
    assert (names(callers), callers.anybody) == (["shop/web"], False)
    all_meshed = judged("shop/db", ns("shop"), WEB, DB, mtls("shop/all", "STRICT"))
    assert (names(all_meshed), all_meshed.anybody) == (["shop/web"], False)
    assert all_meshed.policies == ("PeerAuthentication/shop/all",)


def test_a_workloads_own_mode_is_stronger_than_the_namespaces_and_a_ports_own_than_both() -> None:
    modes = [mtls("shop/all", "STRICT"), mtls("shop/db", "PERMISSIVE", {"app": "db"})]
    assert names(judged("shop/db", ns("shop"), WEB, DB, OLD, *modes)) == ["shop/old", "shop/web"]
    by_port = mtls("shop/db", "STRICT", {"app": "db"}, portLevelMtls={"80": {"mode": "PERMISSIVE"}})
    callers = judged("shop/db", ns("shop"), WEB, DB, OLD, by_port)
    assert {each.workload: each.ports for each in callers.callers} == {
        "shop/old[Pod]": "TCP 80",
        "shop/web[Pod]": "TCP all",
    }


def test_permissive_lets_plain_callers_past_what_only_excludes_identities() -> None:
    but_web = istio(
        "shop/db",
        {"app": "db"},
        rules=[{"from": [source(notPrincipals=[account("shop", "web")])]}],
    )
    assert names(judged("shop/db", ns("shop"), WEB, DB, OLD, but_web)) == ["shop/old"]


def test_mtls_switched_off_leaves_nobody_an_identity() -> None:
    callers = judged("shop/db", ns("shop"), WEB, DB, OLD, ONLY_OLD, mtls("shop/all", "DISABLE"))
    assert names(callers) == []
    assert "DISABLE" in reasons(callers)["shop/web"]


def test_a_target_without_a_proxy_enforces_nothing_and_that_is_said() -> None:
    bare = pod("shop/db", "db")
    callers = judged("shop/db", ns("shop"), WEB, bare, OLD, ONLY_OLD)
    assert names(callers) == ["shop/old", "shop/web"]
    assert not callers.anybody
    assert any("nothing enforces it" in each.why for each in callers.not_judged)


def test_without_any_proxy_all_are_taken_to_be_meshed_and_that_is_said() -> None:
    bare = [pod("shop/web", "web", account="web"), pod("shop/db", "db")]
    callers = judged("shop/db", ns("shop"), *bare, ONLY_OLD)
    assert names(callers) == ["shop/web"]
    assert any(each.what == "Istio's proxies" for each in callers.not_judged)


def test_a_gateway_is_no_proof_that_the_others_are_meshed() -> None:
    gateway = pod("shop/gate", "gate")
    gateway["spec"]["containers"] = [{"name": "istio-proxy"}]
    bare = [pod("shop/web", "web", account="web"), pod("shop/db", "db"), gateway]
    assert names(judged("shop/db", ns("shop"), *bare, ONLY_OLD)) == ["shop/web"]


def test_a_custom_provider_is_not_judged_and_adds_nobody() -> None:
    custom = istio("shop/ask", {"app": "db"}, action="CUSTOM", provider={"name": "opa"}, rules=[{}])
    callers = judged("shop/db", ns("shop"), WEB, DB, custom)
    assert names(callers) == []
    doubt = next(each for each in callers.not_judged if each.what.endswith("shop/ask"))
    assert "opa" in doubt.why
    assert doubt.workloads == ("shop/web[Pod]",)


def test_another_trust_domain_is_not_judged() -> None:
    other = istio(
        "shop/db", {"app": "db"}, rules=[{"from": [source(principals=["acme.org/ns/shop/sa/web"])]}]
    )
    callers = judged("shop/db", ns("shop"), WEB, DB, other)
    assert names(callers) == []
    assert ("shop/web[Pod]",) in [each.workloads for each in callers.not_judged]


@pytest.mark.parametrize(("action", "let"), [("ALLOW", []), ("DENY", [])])
def test_a_block_that_covers_pods_is_not_judged_in_istio(action: str, let: list[str]) -> None:
    block = istio(
        "shop/db", {"app": "db"}, action=action, rules=[{"from": [source(ipBlocks=["10.0.0.0/8"])]}]
    )
    web = pod("shop/web", "web", beside=PROXY, status={"podIP": "10.1.2.3"})
    callers = judged("shop/db", ns("shop"), web, DB, block)
    assert names(callers) == let
    assert any("block" in each.why and each.workloads for each in callers.not_judged)


AMBIENT = ns("shop", **{"istio.io/dataplane-mode": "ambient"})
PLAIN_WEB, PLAIN_DB = pod("shop/web", "web", account="web"), pod("shop/db", "db")


def test_in_ambient_mode_a_network_policy_sees_15008() -> None:
    let_80 = policy("shop/db", app("db"), ingress=[{"ports": [{"port": 80}]}])
    callers = judged("shop/db", AMBIENT, PLAIN_WEB, PLAIN_DB, let_80)
    assert names(callers) == []
    let_15008 = policy(
        "shop/db",
        app("db"),
        ingress=[{"from": [{"podSelector": app("web")}], "ports": [{"port": 15008}]}],
    )
    callers = judged("shop/db", AMBIENT, PLAIN_WEB, PLAIN_DB, let_15008)
    assert [each.ports for each in callers.callers] == ["TCP all"]
    let_web = policy(
        "shop/db",
        app("db"),
        ingress=[{"from": [{"podSelector": app("web")}], "ports": [{"port": 80}]}],
    )
    callers = judged("shop/db", AMBIENT, PLAIN_WEB, PLAIN_DB, let_web)
    assert "15008" in reasons(callers)["shop/web"]


def test_in_ambient_mode_without_a_waypoint_rules_on_methods_are_not_judged() -> None:
    get = istio("shop/db", {"app": "db"}, rules=[{"to": [operation(methods=["GET"])]}])
    callers = judged("shop/db", AMBIENT, PLAIN_WEB, PLAIN_DB, get)
    assert names(callers) == []
    assert any("waypoint" in each.why and each.workloads for each in callers.not_judged)


def test_a_waypoint_is_not_judged() -> None:
    space = ns("shop", **{"istio.io/dataplane-mode": "ambient", "istio.io/use-waypoint": "way"})
    let = istio("shop/db", {"app": "db"}, rules=[{}])
    callers = judged("shop/db", space, PLAIN_WEB, PLAIN_DB, let)
    assert names(callers) == []
    assert any("waypoint" in each.why and each.workloads for each in callers.not_judged)


def test_a_waypoint_matters_where_policies_select_what_is_behind_it() -> None:
    space = ns("shop", **{"istio.io/dataplane-mode": "ambient", "istio.io/use-waypoint": "way"})
    strict = mtls("shop/all", "STRICT")
    assert names(judged("shop/db", space, PLAIN_WEB, PLAIN_DB, strict)) == ["shop/web"]
    open_to_web = policy(
        "shop/db",
        app("db"),
        ingress=[{"from": [{"podSelector": app("web")}], "ports": [{"port": 15008}]}],
    )
    callers = judged("shop/db", space, PLAIN_WEB, PLAIN_DB, open_to_web)
    assert names(callers) == []
    assert any("waypoint" in each.why and each.workloads for each in callers.not_judged)


def test_a_policy_on_a_service_is_not_judged_where_there_is_a_waypoint_and_void_elsewhere() -> None:
    attached = istio(
        "shop/db",
        targetRefs=[{"kind": "Service", "name": "db"}],
        rules=[{"from": [source(namespaces=["x"])]}],
    )
    assert names(judged("shop/db", ns("shop"), WEB, DB, attached)) == ["shop/web"]
    space = ns("shop", **{"istio.io/dataplane-mode": "ambient", "istio.io/use-waypoint": "way"})
    assert names(judged("shop/db", space, PLAIN_WEB, PLAIN_DB, attached)) == []


def test_what_a_waypoint_refuses_may_still_come_straight_to_the_pod() -> None:
    space = ns("shop", **{"istio.io/dataplane-mode": "ambient", "istio.io/use-waypoint": "way"})
    refusing = istio(
        "shop/db", targetRefs=[{"kind": "Service", "name": "db"}], action="DENY", rules=[{}]
    )
    only_waypoint = policy("shop/db", app("db"), ingress=[{"from": [{"podSelector": app("way")}]}])
    for each in (refusing, only_waypoint):
        callers = judged("shop/db", space, PLAIN_WEB, PLAIN_DB, each)
        assert names(callers) == []
        assert ("shop/web[Pod]",) in [doubt.workloads for doubt in callers.not_judged]


def test_ambient_mode_ignores_disable() -> None:
    off = mtls("shop/all", "DISABLE")
    callers = judged("shop/db", AMBIENT, PLAIN_WEB, PLAIN_DB, off, ONLY_OLD)
    assert names(callers) == ["shop/web"]


def dated(item: Object, year: int) -> Object:
    made = {"creationTimestamp": f"{year}-01-01T00:00:00Z"}
    return item | {"metadata": item["metadata"] | made}


def test_of_several_peer_authentications_the_oldest_holds() -> None:
    strict, lax = mtls("shop/strict", "STRICT"), mtls("shop/lax", "PERMISSIVE")
    let = istio("shop/db", rules=[{}])
    for first, second, let_in in ((strict, lax, False), (lax, strict, True)):
        callers = judged(
            "shop/db", ns("shop"), DB, OLD, let, dated(second, 2025), dated(first, 2024)
        )
        assert (names(callers) == ["shop/old"]) is let_in
        assert not any("oldest" in each.why for each in callers.not_judged)
    undated = judged("shop/db", ns("shop"), DB, OLD, let, strict, lax)
    assert any("oldest" in each.why for each in undated.not_judged)


def test_one_that_is_unset_inherits_from_the_namespace_and_not_from_its_like() -> None:
    unset = dated(mtls("shop/a", "UNSET", {"app": "db"}), 2024)
    newer = dated(mtls("shop/b", "STRICT", {"app": "db"}), 2025)
    let = istio("shop/db", rules=[{}])
    assert names(judged("shop/db", ns("shop"), DB, OLD, let, unset, newer)) == ["shop/old"]


def test_the_root_namespace_is_where_istiod_runs() -> None:
    istiod = pod("mesh/istiod", "istiod")
    none = istio("mesh/none")
    assert names(judged("shop/db", ns("shop"), WEB, DB, istiod, none)) == []
    assert names(judged("shop/db", ns("shop"), WEB, DB, none)) == ["shop/web"]


def test_a_meshs_policies_that_were_not_asked_for_are_said() -> None:
    def missing(*objects: Object) -> set[str]:
        return {
            each.what
            for each in judged("shop/db", ns("shop"), *objects).not_judged
            if "though" in each.why
        }

    linkerd = pod("shop/db", "db", beside=("linkerd-proxy",))
    assert missing(WEB, DB) == {"AuthorizationPolicy", "PeerAuthentication"}
    assert missing(WEB, DB, ONLY_OLD) == {"PeerAuthentication"}
    assert missing(WEB, DB, ONLY_OLD, mtls("shop/all", "STRICT")) == set()
    assert missing(linkerd) == {"Linkerd's policies"}
    assert missing(pod("shop/db", "db")) == set()


@pytest.mark.parametrize(
    ("before", "why"),
    [
        ([], "AdminNetworkPolicy/deny: ingress[0] denies it first"),
        ([admin("pass", 1, {"namespaces": {}}, ingress=[EVERY | {"action": "Pass"}])], NOT_LET_IN),
    ],
)
def test_an_admin_policy_that_denies_first_is_told(before: list[Object], why: str) -> None:
    shut = admin("deny", 5, {"namespaces": {}}, ingress=[EVERY | {"action": "Deny"}])
    let = policy(
        "shop/db", app("db"), ingress=[{"from": [{"podSelector": app("web")}], "ports": [NO_SUCH]}]
    )
    callers = judged("shop/db", ns("shop"), WEB, DB, shut, let, *before)
    assert reasons(callers) == {"shop/web": why}
