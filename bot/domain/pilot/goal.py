"""Whether a pilot reached what it was for, and the row of the verdict that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from bot.domain.model import Goal, GoalMove, GoalStands, Measurer, Reached
from bot.domain.pack.pilot import GOAL
from bot.domain.pilot.model import Plan, Result, VerdictRow
from bot.domain.words import number, on_day

_RESULTS: Mapping[GoalStands, Result] = {
    "reached": "pass",
    "missed": "fail",
    "later": "later",
    "open": "missing",
}

_MOVABLE = {"today": "What it was before the pilot", "aim": "The aim", "unit": "The unit"}
_WORD: Mapping[Measurer, str] = {
    "named": ", who is named for it",
    "asked": ", who was asked and has not answered",
    "accepted": ", who accepted",
}


def goal_of(plan: Plan, reached: Sequence[Reached], today: date) -> Goal:
    """The plan's number with what was found of it, oldest first."""
    figures = [each for each in reached if each.metric == plan.metric]
    goal = Goal(
        metric=plan.metric,
        today=plan.baseline,
        aim=plan.target,
        unit=plan.unit,
        shows_on=plan.shows_on,
        measured_by=plan.measured_by,
        measurer=plan.measurer,
        measurer_before=plan.measurer_before,
        figures=tuple(figures),
        earlier=tuple(each for each in reached if each.metric != plan.metric),
        moved_why=plan.moved_why,
        moves=plan.moves,
        stands=_stands(plan, figures, today),
    )
    return goal.model_copy(update={"moved": tuple(_moved(goal))})


def _stands(plan: Plan, figures: Sequence[Reached], today: date) -> GoalStands:
    if plan.baseline is None or plan.target is None:
        return "open"
    if not figures:
        later = plan.measured_by and plan.shows_on and plan.shows_on > today
        return "later" if later else "open"
    return "missed" if misses(figures[-1].value, plan.baseline, plan.target) else "reached"


def to_measure(before: Plan, after: Plan, by: str) -> Plan:
    """A plan after it was saved: who is to measure its goal later is asked, or named themselves.

    Asked anew where the person, the day or the sentence is another: their word was to those.
    """
    if _promised(before) == _promised(after):
        return after
    if not after.measured_by:
        stands: Measurer = "named"
    else:
        stands = "accepted" if after.measured_by == by else "asked"
    measurer = before.measured_by if before.measurer == "accepted" else before.measurer_before
    keeps = stands == "asked" and measurer not in ("", after.measured_by)
    keeps = keeps and _promised(before)[1:] == _promised(after)[1:]
    return after.model_copy(
        update={"measurer": stands, "measurer_before": measurer if keeps else ""}
    )


def _promised(plan: Plan) -> tuple[str, date | None, str]:
    return plan.measured_by, plan.shows_on, plan.metric


def measurer_answered(plan: Plan, *, accepts: bool) -> Plan:
    """A plan after who was asked answered; declined, it is whose it was before, or nobody's."""
    if accepts:
        return plan.model_copy(update={"measurer": "accepted", "measurer_before": ""})
    measurer = plan.measurer_before
    back = {
        "measured_by": measurer,
        "measurer": "accepted" if measurer else "named",
        "measurer_before": "",
    }
    return plan.model_copy(update=back)


def misses(figure: float, today: float, aim: float) -> bool:
    """Whether a figure falls short of the aim, on whichever side of today that lies."""
    return figure < aim if aim > today else figure > aim


def moved_goal(goal: Goal) -> Iterator[str]:
    """What to know about a goal that is no longer the one that was measured."""
    for each in goal.earlier:
        figure = f"{number(each.value)} {each.unit}".strip()
        missed = ", missed" if each.missed else ""
        yield f"Measured under the earlier wording “{each.metric}”: {figure}{missed}."
    yield from goal.moved


def _moved(goal: Goal) -> Iterator[str]:
    """What of its numbers was moved after it was measured, each time, and why."""
    if len(goal.moves) > 1:
        yield from _each_move(goal)
        return
    why = f": {goal.moved_why}" if goal.moved_why else ", no reason given"
    for what, turn in _turns(goal):
        yield f"{what} was moved after the goal was measured: {turn}{why}."


def _each_move(goal: Goal) -> Iterator[str]:
    """The same of what was moved more than once: every step with its day and its reason."""
    first = next((each for each in goal.figures if each.aim is not None), None)
    states: list[Reached | GoalMove] = [*([first] if first else []), *goal.moves]
    for field, what in _MOVABLE.items():
        moved = [
            after
            for before, after in pairwise(states)
            if isinstance(after, GoalMove) and getattr(after, field) != getattr(before, field)
        ]
        if moved:
            times = f", {len(moved)} times" if len(moved) > 1 else ""
            steps = [f"{_at(each, field)} ({on_day(each.at)}: {each.why})" for each in moved]
            path = " → ".join([_at(states[0], field), *steps])
            yield f"{what} was moved after the goal was measured{times}: {path}."


def _at(then: Reached | GoalMove, field: str) -> str:
    """One of the goal's numbers with its unit, or the unit itself, as it stood then."""
    if field == "unit":
        return f"“{then.unit}”"
    value = getattr(then, field)
    return "open" if value is None else f"{number(value)} {then.unit}".strip()


def _turns(goal: Goal) -> Iterator[tuple[str, str]]:
    """What of its numbers is another than at its first figure; entries of before kept no aim."""
    first = next((each for each in goal.figures if each.aim is not None), None)
    if first is None:
        return
    both = [(each, getattr(first, each), getattr(goal, each)) for each in ("today", "aim")]
    for field, then, now in both:
        if then is not None and now is not None and then != now:
            of = f" {first.unit}" if first.unit != goal.unit else ""
            yield (
                _MOVABLE[field],
                f"{number(then)}{of} → {number(now)} {goal.unit}".strip(),
            )
    if first.unit != goal.unit:
        yield _MOVABLE["unit"], f"“{first.unit}” → “{goal.unit}”"


def goal_row(goal: Goal) -> VerdictRow:
    """The first row of a verdict: today, aim, reached, by whom, when, how known."""
    reached = goal.reached
    why, by, rest = _why(goal)
    return VerdictRow(
        budget=GOAL,
        label=goal.metric or "The goal",
        unit=goal.unit,
        budgeted=goal.aim,
        measured=reached and reached.value,
        baseline=goal.today,
        mesh=reached and reached.value,
        side_unit=goal.unit,
        result=_RESULTS[goal.stands],
        why=why,
        by=by,
        rest=rest,
        ask=(goal.measured_by,) if goal.measured_by else (),
        supplied_by="whoever counts the plan's number",
    )


def _why(goal: Goal) -> tuple[str, str, str]:
    """Before the pilot, how known, by whom, when; or who is to measure it, and their word."""
    before = "" if goal.today is None else f"{number(goal.today)} {goal.unit}".strip()
    today = f"Before the pilot {before}. " if before else ""
    if (reached := goal.reached) is not None:
        early = f", before {on_day(goal.early)}, when it was to show" if goal.early else ""
        when = f" on {on_day(reached.at.date())}{early}"
        return f"{today}{reached.known.capitalize()}", reached.by, when
    if goal.stands == "later" and goal.shows_on:
        stands = f"{today}Shows on {on_day(goal.shows_on)}"
    else:
        stands = f"{today}Not measured yet{' under this wording' if goal.earlier else ''}"
    if not goal.measured_by:
        return f"{stands}.", "", ""
    return f"{stands}, to be measured", goal.measured_by, _WORD[goal.measurer]
