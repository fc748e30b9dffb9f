"""The card's lines in their order, and which of them give way where they are too many.

The order, and who gives way to whom, stands in docs/design.md, section 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.blocks import actions, goal, phrases
from bot.blocks.pages import shown
from bot.blocks.words import capital, cut, day, person
from bot.domain.model import Advice
from bot.domain.pack import Pack
from bot.domain.snapshots.model import rules_since
from bot.domain.team import Standing
from bot.domain.words import count, on_day, side_labels

MOST_LINES, MOST_SAID = 12, 1200
"""Of a card: its lines, and the characters that a reader sees in them, a hundred a line."""
POINTS = (99, 4, 2)
"""How many points a side lists, before it leaves."""
SMALL = 3
"""Parts of the small line that never give way."""
GIVES_WAY = (*("for", "against") * 2, *("small",) * 8, "hours", "for", "against", "goal")
"""Which line becomes shorter first, and so on until the card has room."""


class Fitted(NamedTuple):
    """What is left of the lines once each that had to has given way."""

    facts: list[str]
    small: str


def fitted(pack: Pack, standing: Standing, beside: Sequence[str]) -> Fitted:
    """The lines between the outcome and *Next*, and the small one; `beside` stands there anyway."""
    ways = dict(_ways(pack, standing))
    at = dict.fromkeys(ways, 0)

    def lines() -> list[str]:
        return [line for name, each in ways.items() if (line := each[at[name]])]

    for name in GIVES_WAY:
        if _fits([*beside, *lines()]):
            break
        at[name] = min(at[name] + 1, len(ways[name]) - 1)
    *facts, small = lines()
    return Fitted(facts, small)


def _fits(lines: Sequence[str]) -> bool:
    whole = "\n".join(lines)
    return len(whole.splitlines()) <= MOST_LINES and len(seen(whole)) <= MOST_SAID


def seen(text: str) -> str:
    """What a reader sees of mrkdwn: a date as it is shown, a name instead of an id."""
    dated = re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", text)
    return re.sub(r"<[@#][^>]*>", "@somebody", dated).replace("*", "")


def _ways(pack: Pack, standing: Standing) -> Iterator[tuple[str, Sequence[str]]]:
    """Line → how it reads in full, then shorter; empty where it leaves."""
    advice = standing.advice
    speaks_for, against, stops = side_labels(advice)
    for name, label in (("for", speaks_for), ("against", against)):
        yield name, _side(label, [r.phrase for r in advice.reasons if r.speaks == name])
    yield "stops", [_stops(advice, stops)]
    yield "lasting", [" ".join(phrases.lasting(advice))]
    yield "hours", [phrases.hours(pack, advice, standing), ""]
    upward = phrases.upward(pack, advice) or phrases.unknown(pack, advice)
    yield "upward", [" ".join(upward)]
    yield "goal", _goal(pack, standing)
    parts = list(_small(pack, standing))
    yield "small", [" · ".join(parts[:many]) for many in range(len(parts), SMALL - 1, -1)] or [""]


def _side(label: str, points: Sequence[str]) -> list[str]:
    """One side with all its points, then with fewer, then not at all."""
    if not points:
        return [""]
    lines = []
    for most in POINTS:
        more = len(points) - most
        rest = [f"{more} more in the thread"] if more > 0 else []
        lines.append(f"*{label}:* {' · '.join([*points[:most], *rest])}")
    return [*lines, ""]


def _stops(advice: Advice, label: str) -> str:
    """What stops it, and what meets the duty meanwhile."""
    points = [each.phrase for each in advice.blockers]
    stops = [f"*{label}:* {' · '.join(points)}{'.' if advice.duty else ''}"] if points else []
    return " ".join([*stops, *phrases.duty(advice)])


def _goal(pack: Pack, standing: Standing) -> list[str]:
    metric = standing.answered.get("success_metric")
    if standing.advice.outcome == "leave":
        return [""]
    where = pack.pages[pack.questions["success_metric"].page or ""].title
    if metric is None:
        return [f"*Goal:* none with a number yet (Change answers, {where})."]
    value = shown(pack.questions["success_metric"], metric.answer.value)
    reason = standing.advice.driver
    driver = f"{pack.drivers[reason].label}: " if reason else ""
    shortened = [f"{driver}{cut(value, most)}" for most in (300, 80)]
    same = standing.goal if standing.goal and _same(standing) else None
    number, was = (goal.line(same), goal.before(same)) if same else ("", "")
    if number:
        return [f"*Goal:* {each}: {number}{f'. {was}' if was else ''}" for each in shortened]
    after = f" {was}." if was else ""
    if standing.advice.goal_vague:
        vague = "*Goal:* none that can be checked yet (said is “{}”).{}"
        return [vague.format(each, after) for each in shortened]
    rest = "." * bool(after) if reason else f", for no main reason yet (Change answers, {where})."
    return [f"*Goal:* {each}{rest}{after}" for each in shortened]


def _same(standing: Standing) -> bool:
    """Whether the pilot's number is the one that the team named."""
    metric = standing.answered.get("success_metric")
    return bool(metric and standing.goal and standing.goal.metric == metric.answer.value)


def _small(pack: Pack, standing: Standing) -> Iterator[str]:
    """Owner or who was asked, evidence, when to look again, who answered; least needed last."""
    assessment, due = standing.assessment, standing.advice.deadline
    rules = rules_since(standing)
    yield from [f"*{capital(rules)}*"] if rules else []
    owner = [*phrases.owned(pack, standing), *phrases.asked_to_own(standing)]
    if owner:
        yield f"*Owner:* {' '.join(owner).rstrip('.')}"
    yield from actions.small(standing)
    yield phrases.counted(standing)
    if again := standing.look_again_at:
        yield f"*Look again:* {day(again)}"
    if due:
        yield f"*Auditor's date:* {on_day(due)}"
    yield from phrases.who_answered(standing)
    if standing.dissent:
        yield f"{count(len(standing.dissent), 'other answer')} noted"
    if standing.aged:
        yield f"evidence of {on_day(standing.aged)} is older than 90 days"
    shared = assessment.shared_by
    yield f"shared by {person(shared)}" if shared else f"begun by {person(assessment.started_by)}"
    yield f"updated {day(assessment.touched_at)}"
    if by := assessment.still_true_by:
        yield f"still true {day(assessment.said_at)} ({person(by)})"
    yield from [] if rules else [f"rules {standing.advice.pack.version}"]
    yield "details in thread"
