"""Every finding of the shipped pack: seen where it is, not seen beside it, and how bad it is."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.cluster.looking import Look, cluster_of, look, modes_of
from bot.cluster.predicates import PREDICATES
from bot.domain.pack.vocabulary import Sight
from bot.errors import BadInput
from tests.cluster.dumps import Thing, dump_of, pod, workload
from tests.cluster.situations import (
    AMBIENT,
    CASES,
    NEW,
    istio,
    netpol,
    node,
    ports,
    probed,
    sidecar_pod,
    thing,
)
from tests.shipped import SHIPPED as PACK


def seen(*things: Thing, modes: tuple[str, ...] = ()) -> Look:
    """The look at a dump of some objects."""
    return look(PACK, cluster_of(PACK, dump_of(*things)), modes)


def severity_and_objects(name: str, *things: Thing) -> tuple[str, tuple[str, ...]] | None:
    """Severity and objects of one finding, if it is there."""
    return next(
        (
            (each.severity, each.objects)
            for each in seen(*things).findings
            if each.finding.id == name
        ),
        None,
    )


def test_every_finding_has_a_case_and_every_predicate_a_finding() -> None:
    assert set(CASES) == set(PACK.readiness)
    assert set(PREDICATES) == set(get_args(Sight))
    assert {each.sight for each in PACK.readiness.values()} == set(PREDICATES)


@pytest.mark.parametrize("name", CASES)
def test_what_shows_a_finding_is_found_with_its_objects(name: str) -> None:
    case = CASES[name]
    assert severity_and_objects(name, *case.things) == (case.severity, case.objects)


@pytest.mark.parametrize(
    ("name", "at"), [(name, at) for name, case in CASES.items() for at in range(len(case.near))]
)
def test_what_is_only_near_is_not_found(name: str, at: int) -> None:
    assert severity_and_objects(name, *CASES[name].near[at]) is None


def strict(mode: str) -> Thing:
    return istio("PeerAuthentication", "all", {"mtls": {"mode": mode}})


def limited(cpu: str) -> Thing:
    limits = [{"type": "Container", "max": {"cpu": cpu}}]
    return thing("LimitRange", "l", {"limits": limits}, namespace="shop")


JOB = workload("import", kind="Job")
WEIGHED = {
    "jobs on new nodes": ("jobs", [NEW, JOB], "configure"),
    "jobs beside ordinary proxies": ("jobs", [NEW, JOB, sidecar_pod("a")], "breaks"),
    "STRICT where all are meshed": ("mtls_mode", [strict("STRICT"), sidecar_pod("a")], "info"),
    "PERMISSIVE": ("mtls_mode", [strict("PERMISSIVE"), pod("a")], "info"),
    "a limit with room": ("limit_range", [limited("2")], "configure"),
    "a limit without": ("limit_range", [limited("1999m")], "breaks"),
}


@pytest.mark.parametrize("what", WEIGHED)
def test_how_bad_it_is_depends_on_what_else_is_there(what: str) -> None:
    name, things, severity = WEIGHED[what]
    assert (severity_and_objects(name, *things) or ("", ()))[0] == severity


def test_a_probe_at_another_port_than_is_let_in_is_kept_out() -> None:
    elsewhere = netpol(
        "web", {"ingress": [ports(81), {**ports(53), "from": [{"podSelector": {}}]}]}
    )
    found = severity_and_objects("probes_ambient", elsewhere, probed())
    assert found == ("configure", ("Deployment/shop/cart",))


WAYPOINT = thing(
    "Gateway",
    "w",
    {"gatewayClassName": "istio-waypoint"},
    api="gateway.networking.k8s.io/v1",
    namespace="shop",
)


@pytest.mark.parametrize(
    "rule",
    [
        {"to": [{"operation": {"methods": ["GET"]}}]},
        {"from": [{"source": {"requestPrincipals": ["*"]}}]},
        {"when": [{"key": "request.headers[x]", "values": ["y"]}]},
    ],
)
def test_a_waypoint_does_not_help_a_policy_that_is_not_bound_to_it(rule: Thing) -> None:
    policy = istio("AuthorizationPolicy", "get", {"rules": [rule]})
    found = severity_and_objects("l7_needs_waypoint", AMBIENT, policy, WAYPOINT)
    assert found == ("breaks", ("AuthorizationPolicy/shop/get",))


def test_the_worst_stand_first_and_in_the_order_of_the_pack() -> None:
    everything = [each for case in CASES.values() for each in case.things]
    severities = [each.severity for each in seen(*everything).findings]
    assert severities == sorted(severities, key=["breaks", "configure", "loses", "info"].index)


def test_a_mode_leaves_out_what_does_not_matter_for_it() -> None:
    things = [*CASES["netpol_15008"].things, *CASES["approtocol_linkerd"].things]
    linkerd = {
        each.finding.id for each in seen(*things, modes=modes_of(PACK, ["linkerd"])).findings
    }
    ambient = {
        each.finding.id for each in seen(*things, modes=modes_of(PACK, ["istio-ambient"])).findings
    }
    assert "approtocol_linkerd" in linkerd - ambient
    assert "netpol_15008" in ambient - linkerd
    for unknown in ("osm", "kuma"):
        with pytest.raises(
            BadInput, match=f"{unknown}: nothing .*There is cilium, istio_ambient_l4"
        ):
            modes_of(PACK, [unknown])


def test_who_is_meshed_is_told_by_running_pods() -> None:
    ambient = thing("Namespace", "amb", labels={"istio.io/dataplane-mode": "ambient"})
    asked = thing("Namespace", "shop", labels={"istio-injection": "enabled"})
    dump = [
        *(ambient, asked, sidecar_pod("a"), sidecar_pod("l", "linkerd-proxy"), pod("bare")),
        *(pod("z", "amb"), pod("out", "amb", labels={"istio.io/dataplane-mode": "none"})),
        pod("done", status={"phase": "Succeeded"}),
    ]
    meshed = seen(*dump).meshed
    assert meshed.pods == {"istio": 1, "linkerd": 1, "ambient": 1, "none": 2}
    assert meshed.labelled == ("shop",)


def test_what_is_open_is_said() -> None:
    open_points = {each.id: each.why for each in seen(workload("cart")).unjudged}
    assert "Objects of one namespace were seen, shop" in open_points["one_namespace"]
    assert {"no_node", "no_pod", "no_service", "no_namespace", "kinds", "enforcement"} <= set(
        open_points
    )
    whole = seen(workload("a"), workload("b", "other"), node(), pod("p"))
    assert "one_namespace" not in {each.id for each in whole.unjudged}


@pytest.mark.parametrize(
    ("beside", "kinds"),
    [
        ("istio-proxy", "CronJob, AuthorizationPolicy, PeerAuthentication."),
        ("linkerd-proxy", "CronJob, Server, AuthorizationPolicy."),
    ],
)
def test_a_mesh_without_its_policies_in_the_dump_is_open(beside: str, kinds: str) -> None:
    open_points = {each.id: each.why for each in seen(sidecar_pod("a", beside)).unjudged}
    assert kinds in open_points["kinds"]
    bare = {each.id: each.why for each in seen(pod("a")).unjudged}
    assert "CronJob. Either" in bare["kinds"]
