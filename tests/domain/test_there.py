"""A mesh that is there already: keep it, or find the way out."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import parse_answers
from bot.domain.decision import decide, outcome_of
from tests.domain.situations import PACK, answers_of, any_answers

THERE = [option.code for option in PACK.questions["existing_mesh"].options if option.code != "none"]
NEEDS = ("zero_trust", "traffic_management", "observability", "multi_cluster")


def example(name):
    return parse_answers(PACK, PACK.examples[name].answers)


@settings(deadline=None, max_examples=200)
@given(any_answers, st.sampled_from(THERE))
def test_the_table_of_adding_one_never_speaks_where_one_is_there(answers, mesh):
    answers = answers | answers_of(existing_mesh=mesh)
    assert outcome_of(PACK, answers)[1] in ("keep", "leave", "undecided")


@settings(deadline=None, max_examples=200)
@given(any_answers)
def test_none_changes_nothing_of_the_table(answers):
    said = answers | answers_of(existing_mesh="none")
    silent = {name: each for name, each in answers.items() if name != "existing_mesh"}
    assert outcome_of(PACK, said) == outcome_of(PACK, silent)


@settings(deadline=None, max_examples=300)
@given(any_answers, st.sampled_from(THERE), st.sampled_from(NEEDS))
def test_a_need_that_grows_never_turns_keep_to_leave(answers, mesh, need):
    there = answers | answers_of(existing_mesh=mesh)
    ladder = [outcome_of(PACK, there | answers_of(**{need: code}))[1] for code in RISING]
    assert ("keep", "leave") not in set(pairwise(ladder))


RISING = ("no", "becoming", "yes")


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
