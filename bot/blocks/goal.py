"""The pilot's goal: today, aim, reached, by whom, when, how known; and the form that asks."""

from __future__ import annotations

from itertools import pairwise

from bot.blocks import ids, kit
from bot.blocks.nominations import answers, named_since, said_since, said_why
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import capital, cut, day, escaped, person
from bot.domain.model import Goal, Reached
from bot.domain.model.nominations import Nominated
from bot.domain.pilot.model import Dossier
from bot.domain.words import number, on_day

VALUE, KNOWN, WHERE, REASON = "reached", "known", "where", "reason"
KNOWN_AS = {"measured": "Measured by a tool or a query", "counted": "Counted by a person"}
MOST_EARLIER = 3
LONGEST = 500
"""Characters of the sentence."""
_STANDS = {"reached": "reached", "missed": "missed"}


def line(goal: Goal, *, stays: bool = False) -> str:
    """`today 10 %, aim 95 %, reached 96 % (measured, @ana, 28 Nov)`; empty without a number.

    A figure that was found before the day on which it was to show says so. What `stays` as it is
    in a thread does not say that somebody has not answered.
    """
    if goal.today is None or goal.aim is None:
        return ""
    reached = _reached(goal, stays=stays)
    return f"today {_said(goal.today, goal)}, aim {_said(goal.aim, goal)}, {reached}"


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
    figures = " ".join([*now, *was])
    return "\n".join(filter(None, [first, f"{figures} _{board.smell}_".strip()]))


def _reached(goal: Goal, *, stays: bool) -> str:
    """What was found, or when it will be, by whom."""
    reached = goal.reached
    if reached is not None:
        word = "reached" if goal.stands == "reached" else "missed with"
        by = f"{reached.known}, {person(reached.by)}, {day(reached.at)}"
        early = f", before {on_day(goal.early)}, when it was to show" if goal.early else ""
        return f"{word} {_said(reached.value, goal)} ({by}){early}"
    wording = " under this wording" if goal.earlier else ""
    if goal.shows_on is None:
        return f"not measured yet{wording}"
    on, who = on_day(goal.shows_on), who_measures(goal, stays=stays)
    if goal.stands == "later" or not goal.measured_by:
        return f"shows on {on}, {who}"
    return f"was to show on {on}, not measured yet{wording}, {who}"


def who_measures(goal: Goal, *, stays: bool = False) -> str:
    """Who is to measure it later, and whether they said that they will."""
    if not goal.measured_by:
        return "nobody is named to measure it"
    who = person(goal.measured_by)
    if goal.measurer == "named":
        return f"{who} is named to measure it"
    if goal.measurer == "accepted":
        return f"for {who}, who accepted, to measure"
    if stays:
        return f"{who} was asked to measure it"
    until = f"; until then for {person(goal.measurer_before)}" if goal.measurer_before else ""
    return f"{who} was asked to measure it and has not answered{until}"


def _said(value: float, goal: Goal | Reached) -> str:
    return f"{number(value)} {escaped(goal.unit, 60)}".strip()


def before(goal: Goal) -> str:
    """What was found last under another wording, for a card; empty where nothing was."""
    if not goal.earlier:
        return ""
    return f"Measured under an earlier wording: {_under_another(goal.earlier[-1])}"


def _under_another(reached: Reached) -> str:
    word = "" if reached.missed is None else "missed with " if reached.missed else "reached "
    measured_by = f"{reached.known}, {person(reached.by)}, {day(reached.at)}"
    return f"{word}{_said(reached.value, reached)} ({measured_by})"


def told(goal: Goal, *, stays: bool = False) -> list[str]:
    """The goal at length: the number, where it can be seen, what it replaced."""
    number_now = line(goal, stays=stays)
    lines = [f"*Goal:* {escaped(goal.metric, 400)}: {number_now}"] if number_now else []
    if lines and goal.reached and goal.reached.where:
        lines.append(f"Seen in: {escaped(goal.reached.where, 500)}")
    lines += [
        f"Measured under the earlier wording “{escaped(each.metric, 300)}”: {_under_another(each)}"
        for each in goal.earlier[-MOST_EARLIER:]
    ]
    first = goal.figures[0].at if goal.figures else None
    figures = [*(each for each in goal.earlier[-1:] if first and each.at <= first), *goal.figures]
    return [*lines, *[_again(goal, *each) for each in pairwise(figures)][-3:]]


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
    """What the goal came to, for the thread; and the pilot by it, where it was closed before."""
    goal, board = dossier.goal, dossier.board
    lines = [f"*The goal is {_STANDS.get(goal.stands, 'not measured yet')}.*", *told(goal)]
    if goal.reached and goal.reached.afterwards:
        ends = "it stays without a result" if board.result == "open" else f"it {board.result}"
        closed = f"*The pilot was closed before its number showed: {ends}.*"
        lines.append(f"{closed} {dossier.verdict.because}")
    return message(kit.section("goal", cut("\n".join(lines), 3000)))


def moved(dossier: Dossier, user: str) -> Payload:
    """For the thread: sentence, numbers or unit are not what they were when it was measured."""
    goal = dossier.goal
    head = f"*The goal was changed after it was measured*, by {person(user)}."
    then = next((each for each in goal.figures if each.aim is not None), None)
    both = [] if then is None else [("today", then.today, goal.today), ("aim", then.aim, goal.aim)]
    aims = [
        f"Its {what} was {_said(was, then or goal)} by then."
        for what, was, now in both
        if was is not None and was != now
    ]
    now = f"*Goal:* {escaped(goal.metric, 400) or 'not written down'}."
    why = [f"Why: {escaped(goal.moved_why, 500)}"] if goal.moved_why else []
    lines = [*([] if line(goal) else [now]), *told(goal, stays=True), *aims, *why]
    return message(kit.section("goal", cut("\n".join([head, *lines]), 3000)))


def request(dossier: Dossier, by: str) -> Payload:
    """In the pilot's thread, to whoever is to measure it later."""
    goal = dossier.goal
    on = f" on {on_day(goal.shows_on)}" if goal.shows_on else ""
    text = (
        f"{person(goal.measured_by)}: {person(by)} named you as the one who will measure the "
        f"pilot's goal{on}: {escaped(goal.metric, 600)}\nIt is not yours until you say so, and "
        "stays as it was if you say no."
    )
    return message(
        kit.section("ask", text), kit.actions("do", *answers("measure", dossier.board.id))
    )


def request_over(now: Nominated) -> Payload:
    """The request once nobody waits for the person's word any more."""
    who = person(now.nomination.person)
    match now.stands:
        case "accepted":
            text = f"{who} accepted to measure the pilot's goal{_when(now)}.{said_since(now)}"
        case "declined":
            why = said_why(now.nomination.reason)
            text = f"{who} will not measure the pilot's goal{_when(now)}.{why}"
        case "another":
            text = f"{who} was asked to measure the pilot's goal. {named_since(now)}."
        case _:
            text = f"{who} was asked to measure the pilot's goal, and need not answer any more."
    return message(kit.section("ask", text))


def _when(now: Nominated) -> str:
    """The day that stands now; of what was taken back nobody knows which it was."""
    return f" on {now.named[1]}" if now.named[1:] and now.named[1] and not now.lapsed else ""
