"""The pilot's goal: today, aim, reached, by whom, when, how known; and the form that asks."""

from __future__ import annotations

from bot.blocks import ids, kit
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import cut, day, escaped, person
from bot.domain.model import Goal, Reached
from bot.domain.pilot.model import Dossier
from bot.domain.words import number, on_day

VALUE, KNOWN, WHERE, REASON = "reached", "known", "where", "reason"
KNOWN_AS = {"measured": "Measured by a tool or a query", "counted": "Counted by a person"}
_STANDS = {"reached": "reached", "missed": "missed"}


def line(goal: Goal) -> str:
    """`today 10 %, aim 95 %, reached 96 % (measured, @ana, 28 Nov)`; empty without a number."""
    if goal.today is None or goal.aim is None:
        return ""
    return f"today {_said(goal.today, goal)}, aim {_said(goal.aim, goal)}, {_found(goal)}"


def _found(goal: Goal) -> str:
    """What was found, or when it will be, by whom."""
    reached = goal.reached
    if reached is not None:
        word = "reached" if goal.stands == "reached" else "missed with"
        by = f"{reached.known}, {person(reached.by)}, {day(reached.at)}"
        return f"{word} {_said(reached.value, goal)} ({by})"
    if goal.stands == "later" and goal.shows_on:
        return (
            f"shows on {on_day(goal.shows_on)}, {person(goal.measured_by)} is named to measure it"
        )
    return "not measured yet"


def _said(value: float, goal: Goal) -> str:
    return f"{number(value)} {escaped(goal.unit, 60)}".strip()


def told(goal: Goal) -> list[str]:
    """The goal at length: the number, where it can be seen, what it replaced."""
    if not line(goal):
        return []
    lines = [f"*Goal:* {escaped(goal.metric, 400)}: {line(goal)}"]
    if goal.reached and goal.reached.where:
        lines.append(f"Seen in: {escaped(goal.reached.where, 500)}")
    pairs = zip(goal.figures, goal.figures[1:], strict=False)
    return [*lines, *(_again(goal, before, after) for before, after in list(pairs)[-3:])]


def _again(goal: Goal, before: Reached, after: Reached) -> str:
    why = f": {escaped(after.reason, 500)}" if after.reason else ""
    turn = f"{_said(before.value, goal)} → {_said(after.value, goal)}"
    return f"Measured again: {turn}, by {person(after.by)}{why}"


def form(dossier: Dossier, meta: str) -> Payload:
    """What was reached, how that is known, where it can be seen."""
    goal = dossier.goal
    value = kit.number_input(ids.ANSWER, "", least="0", most=None, whole=False)
    where = kit.text_input(ids.ANSWER, most=500, lines=True)
    unit = f" ({goal.unit})" if goal.unit else ""
    blocks = [
        kit.section("goal", cut("\n".join(told(goal)) or "No number is planned yet.", 3000)),
        kit.field(VALUE, f"What was reached{unit}", value),
        kit.field(KNOWN, "How do you know?", kit.radio(ids.ANSWER, KNOWN_AS.items())),
        kit.field(WHERE, "Where can it be seen?", where, "A link or a query.", optional=True),
    ]
    if goal.stands == "missed":
        why = kit.text_input(ids.ANSWER, most=500, lines=True)
        hint = "It was missed before. The reason stays beside both figures."
        blocks.append(kit.field(REASON, "Why is it measured again?", why, hint))
    return modal(ids.GOAL, "Measure the goal", blocks, submit="Save", meta=meta)


def measured(dossier: Dossier) -> Payload:
    """What the goal came to, for the thread."""
    goal = dossier.goal
    lines = [f"*The goal is {_STANDS.get(goal.stands, 'not measured yet')}.*", *told(goal)]
    return message(kit.section("goal", cut("\n".join(lines), 3000)))
