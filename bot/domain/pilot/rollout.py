"""Whether the rollout may go one stage on: by policy scope, never by the number of services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.pack import Pack
from bot.domain.pack.rollout import Stage
from bot.domain.pilot.model import OpenLine, PolicyException, RolloutState, StageLine
from bot.domain.words import on_day

GONE = (
    "This rollout's stage is no longer in the knowledge pack: go back one stage, and on from there."
)


def next_stage(pack: Pack, state: RolloutState) -> Stage | None:
    """The stage that would come now; None after the last."""
    order = [*pack.stages.values()]
    if state.stage is None:
        return order[0] if order else None
    at = list(pack.stages).index(state.stage) if state.stage in pack.stages else len(order)
    return order[at + 1] if at + 1 < len(order) else None


def runs(pack: Pack, state: RolloutState) -> bool:
    """Whether it has begun and is not complete; where its stage left the pack, nobody can tell."""
    if state.stage is None or state.stage not in pack.stages:
        return state.stage is not None
    return next_stage(pack, state) is not None or bool(open_lines(pack, state))


def onwards(state: RolloutState, stage: Stage) -> RolloutState:
    """At the stage that comes now; the one that it leaves is remembered."""
    passed = (*state.passed, state.stage) if state.stage else ()
    return state.model_copy(update={"stage": stage.id, "passed": passed})


def backwards(pack: Pack, state: RolloutState) -> RolloutState:
    """One stage back; from one that left the pack, to the last passed that is still in it."""
    order = list(pack.stages)
    passed = [each for each in state.passed if each in order]
    earlier = order[: order.index(state.stage)] if state.stage in order else passed
    stage = earlier[-1] if earlier else None
    at = order.index(stage) if stage else 0
    kept = tuple(each for each in passed if order.index(each) < at)
    return state.model_copy(update={"stage": stage, "passed": kept})


def expired(exceptions: Sequence[PolicyException], today: date) -> tuple[PolicyException, ...]:
    """Exceptions whose last day is over and whose service does not keep the policy yet."""
    return tuple(each for each in exceptions if not each.closed and each.ends_on < today)


def unapproved(exceptions: Sequence[PolicyException]) -> tuple[PolicyException, ...]:
    """Exceptions whose approver has not said yes: they open no stage."""
    return tuple(each for each in exceptions if not each.closed and each.approval != "approved")


def open_lines(pack: Pack, state: RolloutState) -> tuple[OpenLine, ...]:
    """What must still hold before the next stage: leaving this one, then entering that one."""
    lines = [*_leaving(pack, state), *_entering(pack, state)]
    return tuple(each for each in lines if not _holds(each, state))


def may_advance(
    pack: Pack, state: RolloutState, exceptions: Sequence[PolicyException], today: date
) -> tuple[str, ...]:
    """Every reason why the rollout stays where it is; none: it may go on."""
    if state.stage is not None and state.stage not in pack.stages:
        return (GONE,)
    if next_stage(pack, state) is None:
        return ("This is the last stage. Nothing comes after it.",)
    over = (
        f"The exception of {each.service} ended on {on_day(each.ends_on)}: end it, or agree on a "
        "new date."
        for each in expired(exceptions, today)
    )
    asked = (
        f"The exception of {each.service} is not approved yet: the person asked to approve it has "
        "not answered."
        for each in unapproved(exceptions)
    )
    return (*(each.words.text for each in open_lines(pack, state)), *over, *asked)


def _leaving(pack: Pack, state: RolloutState) -> Iterator[OpenLine]:
    stage = pack.stages.get(state.stage or "")
    for name, line in stage.leave.items() if stage else ():
        yield OpenLine(StageLine(stage.id if stage else "", name), line)


def _entering(pack: Pack, state: RolloutState) -> Iterator[OpenLine]:
    stage = next_stage(pack, state)
    for name, line in stage.enter.items() if stage else ():
        yield OpenLine(StageLine(stage.id if stage else "", name), line)


def _holds(each: OpenLine, state: RolloutState) -> bool:
    known_by = each.words.given
    return str(each.at) in state.ticked if known_by is None else known_by in state.known
