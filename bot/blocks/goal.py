"""The pilot's goal: today, aim, reached, by whom, when, how known; and the form that asks."""

from __future__ import annotations

from itertools import pairwise

from bot.blocks import ids, kit
from bot.blocks.phrases import capital
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import cut, day, escaped, person
from bot.domain.model import Goal, Reached
from bot.domain.pilot.model import Dossier
from bot.domain.words import number, on_day

VALUE, KNOWN, WHERE, REASON = "reached", "known", "where", "reason"
KNOWN_AS = {"measured": "Measured by a tool or a query", "counted": "Counted by a person"}
MOST_EARLIER = 3
LONGEST = 500
"""Characters of the sentence."""
_STANDS = {"reached": "reached", "missed": "missed"}


def line(goal: Goal) -> str:
    """`today 10 %, aim 95 %, reached 96 % (measured, @ana, 28 Nov)`; empty without a number."""
    if goal.today is None or goal.aim is None:
        return ""
    return f"today {_said(goal.today, goal)}, aim {_said(goal.aim, goal)}, {_found(goal)}"


def on_board(dossier: Dossier) -> str:
    """The sentence, who wrote it, how its number stands, what the smell test says."""
    board, stands = dossier.board, line(dossier.goal)
    was = [f"{earlier}." for earlier in [before(dossier.goal)] if earlier]
    if not board.metric:
        lines = ["*Goal:* not written down yet. One number, before the first run.", *was]
        return "\n".join(lines)
    by = f" ({person(board.metric_by)})" if board.metric_by else ""
    now = [f"{capital(stands)}."] if stands else []
    first = f"*Goal:* {escaped(board.metric, LONGEST * 5)}{by}"
    found = " ".join([*now, *was])
    return "\n".join(filter(None, [first, f"{found} _{board.smell}_".strip()]))


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
    return f"not measured yet{' under this wording' if goal.earlier else ''}"


def _said(value: float, goal: Goal | Reached) -> str:
    return f"{number(value)} {escaped(goal.unit, 60)}".strip()


def before(goal: Goal) -> str:
    """What was found last under another wording, for a card; empty where nothing was."""
    if not goal.earlier:
        return ""
    return f"Measured under an earlier wording: {_under_another(goal.earlier[-1])}"


def _under_another(found: Reached) -> str:
    word = "" if found.missed is None else "missed with " if found.missed else "reached "
    return f"{word}{_said(found.value, found)} ({found.known}, {person(found.by)}, {day(found.at)})"


def told(goal: Goal) -> list[str]:
    """The goal at length: the number, where it can be seen, what it replaced."""
    lines = [f"*Goal:* {escaped(goal.metric, 400)}: {line(goal)}"] if line(goal) else []
    if lines and goal.reached and goal.reached.where:
        lines.append(f"Seen in: {escaped(goal.reached.where, 500)}")
    lines += [
        f"Measured under the earlier wording “{escaped(each.metric, 300)}”: {_under_another(each)}"
        for each in goal.earlier[-MOST_EARLIER:]
    ]
    first = goal.figures[0].at if goal.figures else None
    found = [*(each for each in goal.earlier[-1:] if first and each.at <= first), *goal.figures]
    return [*lines, *[_again(goal, *each) for each in pairwise(found)][-3:]]


def _again(goal: Goal, before: Reached, after: Reached) -> str:
    why = f": {escaped(after.reason, 500)}" if after.reason else ""
    was = _said(before.value, before if before in goal.earlier else goal)
    turn = f"{was} → {_said(after.value, goal)}"
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
    if goal.asks_why:
        why = kit.text_input(ids.ANSWER, most=500, lines=True)
        hint = "It was measured before. The reason stays beside both figures."
        blocks.append(kit.field(REASON, "Why is it measured again?", why, hint))
    return modal(ids.GOAL, "Measure the goal", blocks, submit="Save", meta=meta)


def measured(dossier: Dossier) -> Payload:
    """What the goal came to, for the thread."""
    goal = dossier.goal
    lines = [f"*The goal is {_STANDS.get(goal.stands, 'not measured yet')}.*", *told(goal)]
    return message(kit.section("goal", cut("\n".join(lines), 3000)))


def moved(dossier: Dossier, user: str) -> Payload:
    """For the thread: sentence, numbers or unit are not what they were when it was measured."""
    goal = dossier.goal
    head = f"*The goal was changed after it was measured*, by {person(user)}."
    then = [each.aim for each in goal.figures if each.aim is not None]
    aims = [f"Its aim was {_said(each, goal)} by then." for each in then[:1] if each != goal.aim]
    now = f"*Goal:* {escaped(goal.metric, 400) or 'not written down'}."
    lines = [*([] if line(goal) else [now]), *told(goal), *aims]
    return message(kit.section("goal", cut("\n".join([head, *lines]), 3000)))
