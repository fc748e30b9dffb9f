"""What if: every flip is true, none says more than it needs, and nothing is missed."""

from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import parse_answers
from bot.domain.decision import decide, outcome_of
from bot.domain.decision.facts import state
from bot.domain.decision.flips import flips_of, nearest
from bot.domain.decision.trials import Trials
from bot.domain.model import Answer
from tests.domain.situations import CORE, PACK, SKETCH, answers_of, any_answers, likely_answers


def changed(answers, changes):
    return {**answers, **{each.question: Answer(value=each.after) for each in changes}}


def lines(advice):
    return {
        (tuple((each.question, each.after) for each in flip.changes), flip.outcome, flip.changeable)
        for flip in advice.flips
    }


@cache
def example_answers():
    return [parse_answers(PACK, example.answers) for example in PACK.examples.values()]


@cache
def advised():
    """The sketch and every example decided, once for all that look at them."""
    return [decide(PACK, answers) for answers in (SKETCH, *example_answers())]


def test_the_flips_of_the_sketch():
    flips = lines(decide(PACK, SKETCH))
    owner = ("platform_owner", "named")
    assert ((owner,), "pilot", True) in flips
    assert ((owner, ("mesh_hours_per_month", 25.0)), "adopt", True) in flips
    assert ((owner, ("incidents_per_month", 5.0)), "adopt", False) in flips
    assert decide(PACK, SKETCH).flips[0].title == "Pilot first"


def test_what_changes_nothing_in_the_sketch():
    inert = decide(PACK, SKETCH).inert
    assert {"l7_scope", "restart_tolerance"} <= set(inert)
    assert "multi_cluster" not in inert  # with an open answer it may still matter
    assert "clusters" not in inert  # not answered: unknown, which is something else
    assert not {"platform_owner", "mesh_hours_per_month", "incidents_per_month"} & set(inert)


def check_flips(answers):
    """Every flip is true when applied, minimal, and says where it starts."""
    advice = decide(PACK, answers)
    for flip in advice.flips:
        assert outcome_of(PACK, changed(answers, flip.changes))[1] == flip.outcome != advice.outcome
        for size in range(1, len(flip.changes)):
            for part in combinations(flip.changes, size):
                assert outcome_of(PACK, changed(answers, part))[1] != flip.outcome
        for each in flip.changes:
            assert each.before == (
                answers[each.question].value if each.question in answers else None
            )
            assert each.before != each.after
            assert each.after not in ("unknown", "na")
            assert PACK.questions[each.question].flippable


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", PACK.examples)
def test_the_flips_of_every_example_are_true_and_minimal(name):
    check_flips(parse_answers(PACK, PACK.examples[name].answers))


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=40)
@given(likely_answers | any_answers)
def test_any_flips_are_true_and_minimal(answers):
    check_flips(answers)


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=40)
@given(st.fixed_dictionaries({name: st.sampled_from(codes) for name, codes in CORE.items()}))
def test_every_single_change_and_every_pair_of_core_answers_is_found(core):
    answers = answers_of(**core)
    advice = decide(PACK, answers)
    named = {change for change, *_ in lines(advice)}
    moves = [
        (name, code)
        for name, codes in CORE.items()
        for code in codes
        if code not in (core[name], "unknown")
    ]
    outcomes = {(move,): outcome_of(PACK, answers_of(**core | dict([move])))[1] for move in moves}
    for one, two in combinations(moves, 2):
        if one[0] != two[0]:
            outcome = outcome_of(PACK, answers_of(**core | dict([one, two])))[1]
            alone = {outcomes[(one,)], outcomes[(two,)], advice.outcome}
            assert ((one, two) in named) == (outcome not in alone)
    for move, outcome in outcomes.items():
        assert (move in named) == (outcome != advice.outcome)


@pytest.mark.exhaustive
@pytest.mark.parametrize("answers", example_answers())
def test_a_number_that_flips_alone_is_found_on_both_sides(answers):
    advice = decide(PACK, answers)
    changes = {(each.question, each.after) for flip in advice.flips for each in flip.changes}
    for question in PACK.questions.values():
        if question.kind != "number" or question.id not in answers:
            continue
        now = answers[question.id].value
        ends = [value for value in (question.least, question.most) if value != now]
        for end in ends:
            there = {**answers, question.id: Answer(value=end)}
            if outcome_of(PACK, there)[1] != advice.outcome:
                side = [v for q, v in changes if q == question.id and (v < now) == (end < now)]
                assert side, (question.id, end)


hundredths = st.integers(0, 50_000).map(lambda number: number / 100)


@given(near=hundredths, threshold=hundredths, up=st.booleans())
def test_the_nearest_number_differs_and_is_on_the_coarsest_grain(near, threshold, up):
    def differs(value):
        return value > threshold if up else value < threshold

    far = 1000.0 if up else -1000.0
    if differs(near):
        return
    flips = nearest(differs, near, far)
    assert differs(flips)
    assert flips == int(flips)
    assert not differs(flips - 1 if up else flips + 1) or abs(flips - near) <= 1


def test_a_narrow_gap_is_met_on_a_finer_grain():
    assert nearest(lambda value: value < 0.25, 0.4, 0.1) == pytest.approx(0.2)
    assert nearest(lambda value: value < 0.25, 0.28, 0.21) == pytest.approx(0.24)
    assert nearest(lambda value: value <= 0.001, 0.004, 0.001) == 0.001


def test_facts_are_told_from_what_is_in_the_teams_hands():
    advice = decide(PACK, SKETCH)
    for flip in advice.flips:
        in_hand = {PACK.questions[each.question].changeable for each in flip.changes}
        assert flip.changeable == all(in_hand)
    assert not PACK.questions["clusters"].changeable


def test_steps_back_come_last():
    answers = parse_answers(PACK, PACK.examples["rising-before-the-need"].answers)
    outcomes = [flip.outcome for flip in decide(PACK, answers).flips]
    ahead = [outcome == "adopt" for outcome in outcomes]
    assert ahead == sorted(ahead, reverse=True)


def test_nobody_is_told_to_stop_themselves_first():
    for advice in advised():
        mine, _, back = advice.levers
        assert all(each.outcome != "not_yet" for each in mine)
        assert [each.holds_back for each in back] == [True] * len(back)
    owner = next(each for each in decide(PACK, SKETCH).turns if each.changeable)
    assert owner.changes[0].after == ("named", "planned")


def test_flips_that_differ_in_one_code_are_read_as_one_and_none_is_lost():
    for advice in advised():
        codes = [each.changes[-1].after for each in advice.turns]
        assert len(advice.flips) == sum(len(c) if isinstance(c, tuple) else 1 for c in codes)


def test_what_if_tries_a_bounded_number_of_changes():
    for answers in (SKETCH, {}, *example_answers()):
        trials = Trials(PACK, state(PACK, answers))
        flips_of(PACK, answers, trials)
        assert 0 < trials.count < 2500


def test_no_lever_is_a_mesh_that_runs_itself():
    assert any(("mesh_hours_per_month", 0) in moves(each.turns) for each in advised())
    for each in advised():
        assert ("mesh_hours_per_month", 0) not in moves(
            flip for part in each.levers for flip in part
        )


def moves(flips):
    return [(each.question, each.after) for flip in flips for each in flip.changes]
