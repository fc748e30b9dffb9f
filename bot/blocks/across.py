"""A decision for the platform: which teams it stands on, and how that is said."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import ids, kit
from bot.blocks.steps import Steps, pages_of
from bot.blocks.words import cut, escaped
from bot.domain.model.teams import TeamRow, TeamsToChoose
from bot.domain.words import count, listed

A_FIELD, MOST, NAMED = 10, 200, 8
"""Boxes of a field, teams of a form, channels that one sentence names."""
FIELD = "teams."
SAYS = (
    "*A decision for the platform* is an assessment like any other, by the same rules, in this "
    "channel. What the teams answered stands beside its questions, added up, and you answer: "
    "nothing is filled in. Owner, measuring and what running the mesh takes are asked anew."
)


def choose(seen: TeamsToChoose) -> Steps:
    """Which teams; all that show it are ticked at first."""
    rows = seen.rows[:MOST]
    left = len(seen.rows) - len(rows)
    over = f" {count(left, 'team')} more do not fit here." if left else ""
    parts = [rows[at : at + A_FIELD] for at in range(0, len(rows), A_FIELD)]
    pages = pages_of([[_field(at, part, seen)] for at, part in enumerate(parts)])
    pages[0].insert(0, kit.section("intro", SAYS))
    pages[-1].append(kit.context("shown", f"Teams that show you their card.{over}"))
    return Steps(ids.CHOOSE_TEAMS, "For the platform", "Answer it", pages)


def _field(at: int, rows: Sequence[TeamRow], seen: TeamsToChoose) -> kit.Block:
    boxes = [(row.channel, cut(f"<#{row.channel}>: {escaped(row.title)}", 75)) for row in rows]
    ticked = [row.channel for row in rows if row.channel in seen.chosen]
    label = "Teams that it stands on" if at == 0 else "More teams"
    return kit.field(
        f"{FIELD}{at}", label, kit.checkboxes(ids.ANSWER, boxes, ticked), optional=True
    )


def stands_on(channels: Sequence[str]) -> list[str]:
    """In the card's thread; nothing for a team's own decision."""
    if not channels:
        return []
    named = [f"<#{each}>" for each in channels[:NAMED]]
    left = len(channels) - len(named)
    who = listed([*named, *([f"{left} more"] if left else [])])
    return [
        f"*A decision for the platform.* The answers of {count(len(channels), 'team')} were "
        f"offered beside its questions: {who}."
    ]
