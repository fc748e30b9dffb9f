"""What changed between two moments: outcome, rule, hours, rules, and each answer, as a table."""

from __future__ import annotations

import html
from collections.abc import Sequence

from bot.blocks import ids, kit
from bot.blocks.kit import Block, Element
from bot.blocks.pages import brief
from bot.blocks.surfaces import Payload, message
from bot.blocks.tables import table
from bot.blocks.words import day
from bot.domain.model import Answer
from bot.domain.pack import Pack
from bot.domain.snapshots.model import Between, Snapshot
from bot.domain.team import Changed
from bot.domain.words import count, number, on_day

MOST_BARS = 12
_WHY = {"round": "a round closed", "closed": "closed", "now": "now"}


def changes(pack: Pack, between: Between) -> Payload:
    """For whoever asked."""
    before, after = between.before, between.after
    answers = [_row(pack, each) for each in between.changed if each.question in pack.questions]
    rows = [["", _label(before), _label(after)], *_decision(before, after), *answers]
    return message(
        kit.section("head", "\n".join(_head(between, len(answers)))),
        table("changes", rows),
        *_chart(between.hours),
    )


def choice(kept: Sequence[Snapshot]) -> Element:
    """Since which of them."""
    chosen = [(each.id, f"{_label(each)}: {each.title}") for each in kept]
    return kit.select(ids.CHANGES_SINCE, chosen, empty="What changed since …")


def _head(between: Between, answers: int) -> list[str]:
    before, after = between.before, between.after
    turned = (
        f"still {after.title}"
        if before.outcome == after.outcome and before.title == after.title
        else f"{before.title} → {after.title}"
    )
    of = count(answers, "answer") if answers else "no answer"
    lines = [
        f"*From {day(before.at)} ({_why(before)}) to {_until(after)}:* {turned}; {of} changed."
    ]
    if between.asked is not None:
        lines.append("Nothing was kept by the day that you gave, so this begins with the first.")
    if before.assessment != after.assessment:
        lines.append("They are of two assessments: the earlier one was closed in between.")
    if between.today is not None:
        same = "still " if between.today == before.title else ""
        lines.append(
            f"The rules have changed since: {_pack(before)} then. Under today's, the answers of "
            f"then {same}come to *{between.today}*."
        )
    return lines


def _decision(before: Snapshot, after: Snapshot) -> list[list[str]]:
    return [
        ["Outcome", before.headline, after.headline],
        ["Decided by rule", before.rule, after.rule],
        ["Hours a month left over", _net(before), _net(after)],
        ["Rules", _pack(before), _pack(after)],
    ]


def _row(pack: Pack, each: Changed) -> list[str]:
    question = pack.questions[each.question]

    def said(answer: Answer | None) -> str:
        # A cell is plain text: what `brief` escapes for mrkdwn would show as it is written.
        return html.unescape(brief(question, answer.value)) if answer else "not answered"

    return [question.short, said(each.before), said(each.after)]


def _chart(kept: Sequence[Snapshot]) -> list[Block]:
    """The hours at each of them; with one alone there is nothing to compare."""
    bars = [(each, each.hours) for each in kept if each.hours][-MOST_BARS:]
    if len(bars) < 2:
        return []
    labels = [f"{at}: {each.at:%-d %b %y}" for at, (each, _) in enumerate(bars, 1)]
    today = [(label, f"{hours.total}") for label, (_, hours) in zip(labels, bars, strict=True)]
    mesh = [(label, f"{hours.with_mesh}") for label, (_, hours) in zip(labels, bars, strict=True)]
    series = [("Without a mesh", today), ("With a mesh", mesh)]
    return [kit.bars("hours", "Engineer hours a month, as they were counted", "hours", series)]


def _label(each: Snapshot) -> str:
    return "Now" if each.kind == "now" else f"{on_day(each.at.date())}, {_why(each)}"


def _why(each: Snapshot) -> str:
    return f"record {each.number:04}" if each.number is not None else _WHY.get(each.kind, "")


def _until(each: Snapshot) -> str:
    return "now" if each.kind == "now" else f"{day(each.at)} ({_why(each)})"


def _net(each: Snapshot) -> str:
    return number(each.hours.net) if each.hours else "not counted"


def _pack(each: Snapshot) -> str:
    return f"{each.pack.name} {each.pack.version}"
