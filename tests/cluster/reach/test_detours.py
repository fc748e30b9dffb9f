"""Ports that annotations lead around Istio's proxies, on either side."""

from __future__ import annotations

import pytest

from bot.domain.reach.model import Callers
from tests.cluster.reach.objects import (
    Object,
    account,
    istio,
    mtls,
    ns,
    operation,
    pod,
    reach_of,
    source,
)

PROXY = ("istio-proxy",)
TRAFFIC = "traffic.sidecar.istio.io"
WEB = pod("shop/web", "web", account="web", beside=PROXY)
BAD = pod("shop/bad", "bad", account="bad", beside=PROXY)
ONLY_WEB = istio(
    "shop/db", {"app": "db"}, rules=[{"from": [source(principals=[account("shop", "web")])]}]
)


def noted(name: str, **notes: str) -> Object:
    annotations = {f"{TRAFFIC}/{key}": value for key, value in notes.items()}
    return pod(f"shop/{name}", name, account=name, beside=PROXY, meta={"annotations": annotations})


def judged(*objects: Object) -> Callers:
    return reach_of(ns("shop"), *objects).callers("shop/db[Pod]")


def ports(callers: Callers) -> dict[str, str]:
    return {each.workload.partition("[")[0]: each.ports for each in callers.callers}


@pytest.mark.parametrize(
    ("notes", "open_to_all"),
    [
        ({"excludeInboundPorts": "9090, 9091"}, "TCP 9090-9091"),
        ({"includeInboundPorts": "8080"}, "TCP 1-8079,8081-65535"),
        ({"includeInboundPorts": ""}, "TCP all"),
        ({"includeInboundPorts": "*", "excludeInboundPorts": "9090"}, "TCP 9090"),
    ],
)
def test_what_goes_around_the_targets_proxy_is_open_to_everybody(
    notes: dict[str, str], open_to_all: str
) -> None:
    callers = judged(WEB, BAD, noted("db", **notes), ONLY_WEB)
    assert ports(callers) == {"shop/web": "TCP all", "shop/bad": open_to_all}
    assert any("around its proxy" in each.why for each in callers.not_judged)


def service(port: int, target: int) -> Object:
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "db", "namespace": "shop"},
        "spec": {"selector": {"app": "db"}, "ports": [{"port": port, "targetPort": target}]},
    }


@pytest.mark.parametrize("policy", [ONLY_WEB, mtls("shop/default", "STRICT")])
def test_a_caller_that_goes_around_its_own_proxy_is_not_judged_there(policy: Object) -> None:
    web, db = noted("web", excludeOutboundPorts="80"), pod("shop/db", "db", beside=PROXY)
    callers = judged(web, BAD, db, service(80, 5432), policy)
    assert ports(callers)["shop/web"] == "TCP 1-79,81-5431,5433-65535"
    doubt = next(each for each in callers.not_judged if "around their proxies" in each.why)
    assert doubt.workloads == ("shop/web[Pod]",)


def test_a_denial_of_all_others_may_meet_whoever_goes_around_its_proxy() -> None:
    only = [{"from": [source(notPrincipals=[account("shop", "web")])]}]
    refusing = istio("shop/db", {"app": "db"}, action="DENY", rules=only)
    db = pod("shop/db", "db", beside=PROXY)
    callers = judged(noted("web", excludeOutboundPorts="5432"), BAD, db, refusing)
    assert ports(callers) == {"shop/web": "TCP 1-5431,5433-65535"}


def test_a_service_tells_what_is_no_http_also_where_no_container_declares_the_port() -> None:
    get = istio("shop/db", {"app": "db"}, rules=[{"to": [operation(methods=["GET"])]}])
    plain = service(5432, 5432)
    plain["spec"]["ports"][0]["name"] = "tcp-sql"
    callers = judged(WEB, pod("shop/db", "db", beside=PROXY), plain, get)
    assert ports(callers) == {"shop/web": "TCP 1-5431,5433-65535 methods GET"}


def test_ambient_mode_knows_no_such_annotation() -> None:
    space = ns("shop", **{"istio.io/dataplane-mode": "ambient"})
    notes = {"annotations": {f"{TRAFFIC}/excludeInboundPorts": "9090"}}
    pods = [pod("shop/web", "web", account="web"), pod("shop/db", "db", meta=notes)]
    other = pod("shop/bad", "bad", account="bad")
    callers = reach_of(space, *pods, other, ONLY_WEB).callers("shop/db[Pod]")
    assert ports(callers) == {"shop/web": "TCP all"}
