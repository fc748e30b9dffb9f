"""A mesh that is there already: keep it, or find the way out."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import parse_answers
from bot.domain.decision import decide, outcome_of
from bot.domain.decision.facts import MESH_HERE, facts_of, mesh_here
from bot.domain.pack.condition import Condition
from bot.domain.pack.modes import Running
from bot.domain.words import leaving
from tests.domain.situations import PACK, answers_of, any_answers

THERE = [option.code for option in PACK.questions["existing_mesh"].options if option.code != "none"]
NEEDS = ("zero_trust", "traffic_management", "observability", "multi_cluster")


def example(name):
    return parse_answers(PACK, PACK.examples[name].answers)


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=200)
@given(any_answers, st.sampled_from(THERE))
def test_the_table_of_adding_one_never_speaks_where_one_is_there(answers, mesh):
    answers = answers | answers_of(existing_mesh=mesh)
    assert outcome_of(PACK, answers)[1] in ("keep", "leave", "undecided")


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=200)
@given(any_answers)
def test_none_changes_nothing_of_the_table(answers):
    changed = answers | answers_of(existing_mesh="none")
    silent = {name: each for name, each in answers.items() if name != "existing_mesh"}
    assert outcome_of(PACK, changed) == outcome_of(PACK, silent)


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=300)
@given(any_answers, st.sampled_from(THERE), st.sampled_from(NEEDS))
def test_a_need_that_grows_never_turns_keep_to_leave(answers, mesh, need):
    there = answers | answers_of(existing_mesh=mesh)
    ladder = [outcome_of(PACK, there | answers_of(**{need: code}))[1] for code in RISING]
    assert ("keep", "leave") not in set(pairwise(ladder))


@settings(deadline=None, max_examples=100)
@given(any_answers, st.sampled_from([*THERE, "none", "unknown", None]))
def test_whether_one_runs_is_told_by_its_own_answer_as_by_all_facts(answers, mesh):
    changed = {name: each for name, each in answers.items() if name != "existing_mesh"}
    changed |= answers_of(existing_mesh=mesh) if mesh else {}
    lacks_the_rest = PACK.model_copy(update={"needs": None})  # so every fact cannot be worked out
    assert mesh_here(lacks_the_rest, changed) == facts_of(PACK, changed)[MESH_HERE]


def test_whether_one_runs_may_rest_on_what_follows_from_answers():
    rests = Condition.model_validate({"mesh_ended": True})
    pack = PACK.model_copy(update={"facts": {**PACK.facts, MESH_HERE: rests}})
    assert mesh_here(pack, answers_of(existing_mesh="app_mesh"))
    assert not mesh_here(pack, answers_of(existing_mesh="istio_sidecar"))
    none = PACK.model_copy(update={"facts": {}})
    assert not mesh_here(none, answers_of(existing_mesh="istio_sidecar"))


RISING = ("no", "becoming", "yes")


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=200)
@given(any_answers, st.sampled_from(THERE))
def test_the_wish_never_decides(answers, mesh):
    there = answers | answers_of(existing_mesh=mesh)
    wishes = [option.code for option in PACK.questions["mesh_wish"].options]
    assert len({outcome_of(PACK, there | answers_of(mesh_wish=wish))[1] for wish in wishes}) == 1


@pytest.mark.parametrize("name", ["leave-nothing-needs-it", "leave-for-the-hours"])
def test_the_way_out_shows_no_shape_and_no_road_to_adopt(name):
    advice = decide(PACK, example(name) | answers_of(l7_scope="everywhere"))
    assert (advice.outcome, advice.shape, advice.to_adopt) == ("leave", None, ())
    assert "Before it goes" in advice.actions[0]


def test_what_is_missing_becomes_an_action_and_the_shape_stays():
    advice = decide(PACK, example("keep-but-nobody-runs-it") | answers_of(l7_scope="everywhere"))
    assert (advice.outcome, advice.to_adopt) == ("keep", ())
    assert "within 90 days" in advice.headline
    assert PACK.reasons["goal_missing"].action in advice.actions
    assert advice.shape is not None
    assert not any(flip.outcome in ("adopt", "pilot") for flip in advice.flips)


def test_a_duty_is_not_refused_on_hours():
    hours = example("leave-or-a-duty")
    assert decide(PACK, hours).upward.parts == ("Threat level",)
    assert decide(PACK, hours | answers_of(threat_level="regulated")).outcome == "keep"
    assert decide(PACK, hours | answers_of(threat_level="low")).outcome == "leave"


def test_an_ended_mesh_is_never_kept_as_it_is():
    advice = decide(PACK, example("app-mesh-has-ended") | answers_of(mesh_wish="keep"))
    assert (advice.outcome, advice.title) == ("keep", "Keep one, change it")


def test_what_is_kept_says_how_often_it_must_be_upgraded():
    kept = example("keep-what-proves-it")
    assert "two to three times a year" in decide(PACK, kept).cadence.text
    for mesh in THERE:
        advice = decide(PACK, kept | answers_of(existing_mesh=mesh))
        assert advice.outcome == "keep"
        assert (advice.cadence is None) == (mesh == "other")
        assert advice.cadence is None or advice.cadence.ended == (mesh == "app_mesh")
    assert decide(PACK, example("leave-for-the-hours")).cadence is None


def test_the_end_of_life_is_a_date_that_had_passed_when_it_was_written():
    assert {name for name, each in PACK.running.items() if each.ended} == {"app_mesh"}
    assert str(PACK.running["app_mesh"].ended) == "2026-09-30"
    assert set(PACK.running) == {*THERE} - {"other"}
    late = PACK.running["app_mesh"].model_dump() | {"ended": "2027-01-01"}
    with pytest.raises(ValueError, match="had not ended"):
        Running.model_validate(late)


def test_an_ended_mesh_without_an_owner_says_both():
    advice = decide(PACK, example("app-mesh-has-ended") | answers_of(platform_owner="none"))
    assert advice.rule == "keep_another"
    assert any("within 90 days" in each for each in advice.actions)
    assert "within 90 days" in advice.blockers[0].phrase


def test_the_way_out_says_what_must_run_before_it_goes():
    gone = decide(PACK, example("leave-for-the-hours"))
    assert gone.before_it_goes[0].startswith("Zero trust: WireGuard")
    assert gone.before_it_goes[0].endswith("Is it enough?")
    unneeded = decide(PACK, example("leave-nothing-needs-it"))
    assert unneeded.before_it_goes == ()
    assert leaving(unneeded)[0].startswith("Nothing in its place")
    assert leaving(decide(PACK, example("article"))) == ()


def test_what_no_rule_still_looks_at_is_not_called_decisive():
    """Of one that runs the number of services decides nothing; what would cover a need may."""
    unneeded = decide(PACK, example("leave-nothing-needs-it"))
    assert not {"services", "trend", "pilot_result"} & {*unneeded.decisive}
    assert "driver" in unneeded.decisive
    hours = decide(PACK, example("leave-for-the-hours") | answers_of(zero_trust="no"))
    assert hours.decisive == ()
    assert (
        "1 hour a month"
        in decide(
            PACK,
            example("leave-for-the-hours")
            | answers_of(teams=1, incidents_per_month=0, drift_hours_per_team=1),
        ).because
    )


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=100)
@given(any_answers, st.sampled_from(THERE))
def test_no_step_back_is_offered_as_something_to_do(answers, mesh):
    advice = decide(PACK, answers | answers_of(existing_mesh=mesh))
    if advice.outcome == "keep":
        assert all(flip.holds_back for flip in advice.flips)
    assert advice.lift is None
    assert advice.to_adopt == ()
    assert "existing_mesh" not in advice.decisive


@pytest.mark.parametrize(
    ("question", "words"),
    [("platform_owner", "Say who upgrades it"), ("measurement_ready", "Find out whether p50")],
)
def test_what_nobody_said_of_a_mesh_that_stays_becomes_an_action(question, words):
    answers = example("keep-the-canaries")
    assert decide(PACK, answers).rule == "keep"
    for open_ in ({}, answers_of(**{question: "unknown"})):
        without = {name: each for name, each in answers.items() if name != question} | open_
        advice = decide(PACK, without)
        assert advice.rule == "keep"
        assert any(each.startswith(words) for each in advice.actions)
        adding = {name: each for name, each in without.items() if name != "existing_mesh"}
        assert not any(each.startswith(words) for each in decide(PACK, adding).actions)
