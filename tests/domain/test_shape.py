"""Needs and data-plane modes: what is given up, who else does it, what bites, what instead."""

import pytest
from hypothesis import given, settings

from bot.domain.answers import parse_answers
from bot.domain.decision import decide
from bot.domain.decision.refusing import refused_whole
from bot.domain.decision.shape import shape_for
from bot.domain.decision.trials import trials_of
from tests.domain.situations import PACK, answers_of, any_answers


def shape(**said):
    return shape_for(PACK, trials_of(PACK, answers_of(**said)).facts)


def mode(advised, name):
    return next(each for each in advised.modes if each.id == name)


def ids(items):
    return [each.id for each in items]


def test_identity_alone_is_met_by_the_node_and_gives_nothing_up():
    advised = shape(zero_trust="yes", l7_scope="none")
    assert (advised.id, advised.gives_up) == ("node_connections", ())
    assert ids(advised.modes) == ["istio_ambient_l4", "cilium"]
    assert advised.modes[0].meets == (
        "mTLS with an identity for each workload: with the least overhead of these",
    )
    assert "beta" in mode(advised, "cilium").partly[0]


@pytest.mark.parametrize("need", ["traffic_management", "observability"])
def test_a_need_made_of_requests_outweighs_nowhere(need):
    advised = shape(**{need: "yes", "l7_scope": "none"})
    assert advised.id == "node_requests"
    assert "istio_ambient_waypoint" in ids(advised.modes)
    assert advised.gives_up == ()


def test_what_is_covered_by_something_simpler_asks_nothing_of_the_mesh():
    advised = shape(traffic_management="yes", gateway_enough="yes", l7_scope="none")
    assert advised.id == "node_connections"


def test_several_clusters_are_beta_on_the_node_and_done_elsewhere():
    advised = shape(zero_trust="yes", multi_cluster="yes", l7_scope="selective")
    assert any(each.startswith("Several clusters: beta") for each in advised.gives_up)
    assert any(each.startswith("Authorization") for each in mode(advised, "cilium").unknown)
    alone = shape(multi_cluster="yes", l7_scope="none")
    assert alone.gives_up == ("Several clusters: beta, since 1.29",)
    assert alone.others == (
        "Istio, a proxy in every pod",
        "Linkerd, a proxy in every pod",
        "Consul, a proxy beside every workload",
    )


def test_restarts_that_hurt_speak_against_the_pod():
    advised = shape(zero_trust="yes", l7_scope="everywhere", restart_tolerance="no")
    assert advised.id == "try_both"
    assert ids(advised.modes)[0] == "istio_ambient_waypoint"
    assert mode(advised, "istio_sidecar").lacks == (
        "Joining without a restart: every pod restarts to join",
    )


TRAPS = [
    ({"zero_trust": "yes", "l7_scope": "none"}, {"http_deny", "dry_run", "node_identity"}),
    ({"zero_trust": "yes", "l7_scope": "everywhere"}, {"audit_version", "probes"}),
    ({"traffic_management": "yes", "l7_scope": "selective"}, {"first_route"}),
    ({"l7_scope": "none", "restart_tolerance": "no"}, {"node_upgrade"}),
    ({"l7_scope": "everywhere"}, set()),
]


@pytest.mark.parametrize(("said", "expected"), TRAPS)
def test_traps_of_the_modes_that_are_advised(said, expected):
    traps = set(ids(shape(**said).traps))
    assert expected <= traps
    assert bool(traps) == bool(expected)


def test_no_trap_of_a_mode_that_is_not_advised():
    sidecars = shape(zero_trust="yes", l7_scope="everywhere")
    assert not {"http_deny", "dry_run"} & set(ids(sidecars.traps))


def test_a_pack_without_modes_still_advises_a_shape():
    bare = PACK.model_copy(update={"modes": {}, "abilities": {}, "traps": {}})
    advised = shape_for(
        bare, trials_of(bare, answers_of(zero_trust="yes", l7_scope="everywhere")).facts
    )
    assert (advised.id, advised.modes, advised.gives_up, advised.traps) == ("sidecar", (), (), ())


def test_every_mode_that_is_advised_stands_in_the_table():
    shown = {name for each in PACK.abilities.values() for name in each.fits}
    assert shown == set(PACK.modes)
    assert {name for each in PACK.modes.values() for name in each.shapes} == set(PACK.shapes)
    for each in PACK.abilities.values():
        assert all(fit.note for fit in each.fits.values() if fit.mark == "no")


@settings(deadline=None, max_examples=60)
@given(any_answers)
def test_laws_of_fit(answers):
    """Each need stands in one place a mode; nothing is given up that one of the modes does."""
    facts = trials_of(PACK, answers).facts
    advised = shape_for(PACK, facts)
    if advised is None:
        return
    needed = [each for each in PACK.abilities.values() if each.when and each.when.holds(facts)]
    for each in advised.modes:
        abilities = (*each.meets, *each.partly, *each.lacks, *each.unknown)
        assert len(abilities) == len(needed)
        assert {text.split(":")[0] for text in abilities} == {each.title for each in needed}
    lost = {text.split(":")[0] for text in advised.gives_up}
    done = {text.split(":")[0] for each in advised.modes for text in each.meets}
    assert not advised.modes or lost == {each.title for each in needed} - done
    assert bool(advised.others) <= bool(advised.gives_up)
    out = refused_whole(PACK, facts)
    all_modes = {name for name, each in PACK.modes.items() if advised.id in each.shapes}
    assert {each.id for each in advised.modes} == all_modes - out
    assert bool(advised.left) <= (not advised.modes)
    named = {title for each in advised.refused for title in each.modes}
    assert {PACK.modes[name].title for name in out} <= named


REFUSED = [
    ({"platform": ("serverless",)}, {"istio_sidecar", "linkerd", "istio_ambient_l4", "cilium"}),
    ({"platform": ("serverless", "self_run")}, set()),
    ({"cni": "calico"}, {"cilium"}),
    ({"cni": "cilium"}, set()),
    ({"privileges": "neither"}, {"istio_sidecar", "linkerd", "istio_ambient_l4", "cilium"}),
    ({"privileges": "node_agents"}, set()),
    ({"windows_nodes": "yes"}, set()),
    ({"platform": ("vms",)}, {"istio_ambient_l4", "istio_ambient_waypoint"}),
    ({"platform": ("vms", "eks")}, set()),
]


@pytest.mark.parametrize(("said", "out"), REFUSED, ids=[str(said) for said, _ in REFUSED])
def test_what_the_platform_refuses_is_named_with_the_reason(said, out):
    facts = trials_of(PACK, answers_of(**said)).facts
    assert out <= refused_whole(PACK, facts)
    assert bool(out) == bool(refused_whole(PACK, facts))
    advised = shape(zero_trust="yes", l7_scope="selective", **said)
    assert not {each.id for each in advised.modes} & out
    assert bool(advised.refused) == (said != {"cni": "cilium"})
    for each in advised.refused:
        assert each.text
        assert set(each.sources) <= set(PACK.sources)


def test_where_nothing_of_the_shape_is_left_the_rest_is_named():
    advised = shape(zero_trust="yes", l7_scope="selective", platform=("serverless",))
    assert advised.modes == ()
    assert advised.left == ("gRPC without proxies",)
    assert any("neither usual way" in each.text for each in advised.refused)


def test_the_examples_of_what_a_platform_refuses():
    """One refuses all that is of the shape, the other a part of the services."""
    none, part = (
        decide(PACK, parse_answers(PACK, PACK.examples[name].answers))
        for name in ("no-sidecars-on-fargate", "windows-nodes")
    )
    assert {each.id for each in none.refused} >= {"fargate_sidecars", "no_redirection"}
    assert not any(each.part for each in none.refused)
    assert [(each.id, each.part) for each in part.refused] == [("windows_agent", True)]


def test_the_simplest_mesh_is_named_where_it_fits():
    linkerd = "Linkerd, a proxy in every pod"
    assert linkerd in shape(zero_trust="yes", l7_scope="none").simplest
    hurting = shape(zero_trust="yes", l7_scope="none", restart_tolerance="no")
    assert linkerd not in hurting.simplest
    assert "Istio ambient" in hurting.simplest
    assert (
        linkerd not in shape(zero_trust="yes", l7_scope="none", platform=("serverless",)).simplest
    )


def test_what_the_platform_runs_is_told_of_that_platform():
    for code, said in (("gke", "Google"), ("aks", "AKS"), ("openshift", "OpenShift")):
        advised = shape(traffic_management="yes", l7_scope="everywhere", platform=(code,))
        assert [said in each.text for each in advised.managed] == [True]
    assert shape(traffic_management="yes", l7_scope="everywhere", platform=("eks",)).managed == ()


def test_fips_is_a_row_where_it_is_asked_for():
    asked = shape(zero_trust="yes", l7_scope="everywhere", fips="yes")
    assert any("FIPS" in each for each in mode(asked, "consul").partly)
    assert any("FIPS" in each for each in mode(asked, "istio_sidecar").unknown)
    silent = shape(zero_trust="yes", l7_scope="everywhere")
    assert not any("FIPS" in each for fit in silent.modes for each in (*fit.partly, *fit.unknown))


def alternatives(**said):
    return {each.need: each for each in decide(PACK, answers_of(**said)).alternatives}


def test_each_covered_need_names_things_that_exist():
    others = alternatives(
        zero_trust="yes", clusters="one", uniform_stack="yes", threat_level="low",
        traffic_management="yes", gateway_enough="yes",
        observability="yes", instrumentation_strong="yes",
        driver="glue", shared_library_realistic="yes",
    )  # fmt: skip
    assert ids(others["Zero trust"].options)[0] == "wireguard"
    assert "certificates_on_a_volume" in ids(others["Zero trust"].options)
    assert ids(others["Traffic control"].options) == ["argo", "flagger_gateway"]
    assert "from_the_kernel" in ids(others["Same telemetry everywhere"].options)
    assert ids(others["Less retry code"].options) == ["grpc_config"]
    for each in others.values():
        for option in each.options:
            assert option.gives
            assert option.lacks
            assert set(option.sources) <= set(PACK.sources)


@pytest.mark.parametrize(
    ("platform", "named"),
    [
        ((), ["wireguard", "workload_identity", "clouds_own"]),
        (("gke",), ["wireguard", "workload_identity"]),
        (("gke", "ecs"), ["wireguard", "workload_identity", "clouds_own"]),
        (("ecs",), ["workload_identity", "clouds_own"]),
        (("vms",), ["workload_identity"]),
        (("serverless",), ["workload_identity"]),
    ],
)
def test_what_is_named_instead_runs_where_the_services_run(platform, named):
    answers = {"zero_trust": "yes", "traffic_management": "yes"} | (
        {"platform": platform} if platform else {}
    )
    others = alternatives(**answers)
    assert ids(others["Zero trust"].options) == named
    on_kubernetes = not platform or bool({"gke", "serverless"} & {*platform})
    steered = ["argo", "flagger_gateway"] if on_kubernetes else ["weights_at_the_load_balancer"]
    assert ids(others["Traffic control"].options) == steered


def test_the_network_that_is_there_is_the_one_that_encrypts():
    answers = {"zero_trust": "yes", "encryption_scope": "encryption", "observability": "yes"}
    for cni, first in (("cilium", "wireguard"), ("calico", "wireguard_calico")):
        others = alternatives(**answers, cni=cni)
        assert ids(others["Zero trust"].options)[0] == first
        assert ("flows" in ids(others["Same telemetry everywhere"].options)) == (cni == "cilium")


def test_what_covers_a_need_is_told_as_its_headline_tells_it():
    advice = decide(
        PACK,
        answers_of(
            zero_trust="no", traffic_management="yes", observability="no", multi_cluster="no",
            problem_location="between", few_services="no", platform_owner="named",
            measurement_ready="yes", gateway_enough="yes", traffic_features=("grpc_balancing",),
        ),
    )  # fmt: skip
    assert advice.rule == "grpc_balancing_alone"
    assert "gRPC calls alone" in advice.alternatives[0].text


@pytest.mark.parametrize(("platform", "where"), [("nomad", "Nomad"), ("ecs", "ECS")])
def test_a_mesh_is_not_taken_to_run_where_nobody_checked(platform, where):
    advised = shape(zero_trust="yes", l7_scope="everywhere", platform=(platform,))
    assert any(where in each for each in mode(advised, "consul").meets)
    for name in ("istio_sidecar", "linkerd"):
        assert any(where in each for each in mode(advised, name).unknown)
    [control] = [each for each in advised.refused if each.id == "control_plane"]
    assert control.part
    beside = shape(zero_trust="yes", l7_scope="everywhere", platform=(platform, "eks"))
    assert "control_plane" not in ids(beside.refused)
    simple = shape(zero_trust="yes", l7_scope="none", platform=(platform,)).simplest
    assert simple
    assert "Linkerd" not in simple


def test_machines_ask_what_a_mesh_does_for_them():
    advised = shape(zero_trust="yes", l7_scope="everywhere", platform=("vms",))
    assert any("machines" in each for each in mode(advised, "consul").meets)
    assert any("beta" in each for each in mode(advised, "istio_sidecar").partly)


def test_a_library_is_named_where_its_language_is_written():
    languages = {"go": [], "java": ["jvm_library"], "dotnet": ["dotnet_library"]}
    for code, library in languages.items():
        answers = answers_of(driver="glue", shared_library_realistic="yes")
        answers |= answers_of(languages=(code,))
        [glue] = decide(PACK, answers).alternatives
        assert ids(glue.options) == [*library, "grpc_config"]


def test_every_need_has_something_cheaper():
    assert {each.need for each in PACK.alternatives.values()} == set(PACK.needs)
