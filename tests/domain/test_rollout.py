"""The rollout: one stage on, and only when every line holds and no exception has run out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pilot.model import PolicyException, RolloutState
from bot.domain.pilot.rollout import (
    backwards,
    expired,
    may_advance,
    next_stage,
    onwards,
    open_lines,
    runs,
)
from tests.domain.situations import PACK

TODAY = date(2026, 11, 23)
STAGES = list(PACK.stages)
KEYS = [
    f"{stage.id}.{name}"
    for stage in PACK.stages.values()
    for name, line in (*stage.enter.items(), *stage.leave.items())
    if line.given is None
]
SELF_KNOWN = frozenset(
    line.given for stage in PACK.stages.values() for line in stage.enter.values() if line.given
)
STATES = st.builds(
    RolloutState,
    mesh=st.sampled_from(list(PACK.meshes)),
    stage=st.none() | st.sampled_from(STAGES),
    ticked=st.frozensets(st.sampled_from(KEYS)),
    known=st.frozensets(st.sampled_from(sorted(SELF_KNOWN))),
)


def exception(days=30, *, closed=False, service="legacy", approval="approved"):
    return PolicyException(
        id="E1",
        service=service,
        reason="A client that nobody can change.",
        approver="U1",
        ends_on=TODAY + timedelta(days=days),
        approval=approval,
        closed=closed,
    )


EXCEPTIONS = st.lists(
    st.builds(exception, days=st.integers(-400, 400), closed=st.booleans()), max_size=4
)


def ready(stage, **more):
    return RolloutState(
        mesh="linkerd", stage=stage, **{"ticked": frozenset(KEYS), "known": SELF_KNOWN, **more}
    )


def test_a_rollout_goes_stage_by_stage_to_the_end():
    passed, stage = [], None
    while (state := ready(stage)) and not may_advance(PACK, state, (), TODAY):
        stage = next_stage(PACK, state).id
        passed.append(stage)
    assert passed == STAGES
    assert may_advance(PACK, state, (), TODAY) == (
        "This is the last stage. Nothing comes after it.",
    )


def test_before_the_first_stage_the_pilot_and_its_owners_must_be_settled():
    reasons = may_advance(PACK, ready(None, known=frozenset()), (), TODAY)
    assert reasons == ("The pilot's verdict is Roll on.", "Each role has a person, who said yes.")


@pytest.mark.parametrize("stage", [None, *STAGES[:-1]])
def test_nothing_ticked_names_every_line_of_leaving_and_entering(stage):
    state = RolloutState(mesh="linkerd", stage=stage)
    left = PACK.stages[stage].leave.values() if stage else ()
    entered = next_stage(PACK, state).enter.values()
    assert may_advance(PACK, state, (), TODAY) == tuple(line.text for line in (*left, *entered))


def test_an_exception_holds_on_its_last_day_and_blocks_on_the_next():
    assert may_advance(PACK, ready("observe"), [exception(days=0)], TODAY) == ()
    (reason,) = may_advance(PACK, ready("observe"), [exception(days=-1)], TODAY)
    assert reason.startswith("The exception of legacy ended on 22 Nov 2026:")


def test_an_exception_that_was_closed_blocks_nothing():
    assert may_advance(PACK, ready("observe"), [exception(days=-9, closed=True)], TODAY) == ()


@given(STATES, EXCEPTIONS, st.integers(-400, -1))
def test_nothing_goes_on_past_an_exception_that_ran_out(state, exceptions, days):
    over = [*exceptions, exception(days=days)]
    assert may_advance(PACK, state, over, TODAY) != ()


@given(STATES, EXCEPTIONS)
def test_it_goes_on_exactly_when_nothing_is_open(state, exceptions):
    may = not may_advance(PACK, state, exceptions, TODAY)
    waits = state.stage != STAGES[-1] and not open_lines(PACK, state)
    assert may is (waits and not expired(exceptions, TODAY))


def test_a_rollout_runs_from_its_first_stage_to_the_last_line_of_the_last():
    assert not runs(PACK, ready(None))
    assert all(runs(PACK, ready(stage)) for stage in STAGES[:-1])
    assert runs(PACK, ready(STAGES[-1], ticked=frozenset()))
    assert not runs(PACK, ready(STAGES[-1]))
    assert runs(PACK, ready("gone"))


@given(STATES, EXCEPTIONS, st.sampled_from(KEYS))
def test_one_more_tick_never_adds_a_reason(state, exceptions, key):
    more = state.model_copy(update={"ticked": state.ticked | {key}})
    before, after = (may_advance(PACK, each, exceptions, TODAY) for each in (state, more))
    assert set(after) <= set(before)


@given(STATES)
def test_an_open_line_is_ticked_by_its_key(state):
    for line in open_lines(PACK, state):
        if line.words.given is None:
            more = state.model_copy(update={"ticked": state.ticked | {str(line.at)}})
            assert str(line.at) not in [str(each.at) for each in open_lines(PACK, more)]


def test_what_meshfit_knows_cannot_be_ticked_instead():
    state = ready(None, known=frozenset(), ticked=frozenset({*KEYS, "observe.pilot"}))
    assert "The pilot's verdict is Roll on." in may_advance(PACK, state, (), TODAY)


def without(*gone):
    """The pack without some of its stages."""
    kept = {key: stage for key, stage in PACK.stages.items() if key not in gone}
    return PACK.model_copy(update={"stages": kept})


@given(st.lists(st.booleans(), max_size=12))
def test_one_goes_back_the_way_one_came(steps):
    state, at = RolloutState(mesh="linkerd"), 0
    for forth in steps:
        following = next_stage(PACK, state)
        if forth and following:
            state, at = onwards(state, following), at + 1
        elif not forth:
            state, at = backwards(PACK, state), max(0, at - 1)
        assert state.stage == (STAGES[at - 1] if at else None)
        assert state.passed == tuple(STAGES[: max(0, at - 1)])


def test_a_stage_that_left_the_pack_leads_back_and_not_on():
    assert next_stage(PACK, ready("gone")) is None
    (reason,) = may_advance(PACK, ready("gone"), (), TODAY)
    assert "no longer in the knowledge pack: go back one stage" in reason


def test_from_a_stage_that_left_the_pack_one_goes_back_to_the_nearest_that_is_there():
    state = RolloutState(mesh="linkerd")
    for stage in [*PACK.stages.values()][:4]:
        state = onwards(state, stage)
    back = backwards(without(STAGES[3]), state)
    assert (back.stage, back.passed) == (STAGES[2], tuple(STAGES[:2]))
    further = backwards(without(*STAGES[1:4]), state)
    assert (further.stage, further.passed) == (STAGES[0], ())
    assert backwards(without(*STAGES[:4]), state).stage is None


def test_a_rollout_from_before_its_way_was_remembered_begins_again():
    assert backwards(PACK, ready("gone")).stage is None
    assert backwards(PACK, ready(STAGES[2])).stage == STAGES[1]


def test_every_stage_can_be_undone_and_is_judged_by_lines():
    for stage in PACK.stages.values():
        assert stage.back
        assert stage.leave
        assert set(stage.gates) <= set(PACK.meshes)
