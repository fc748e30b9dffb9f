"""The App Home tab: what waits for me, my drafts, my teams, how to start."""

from __future__ import annotations

from bot.blocks import ids, kit
from bot.blocks.kit import Block
from bot.blocks.pages import ALREADY
from bot.blocks.surfaces import Payload, home
from bot.blocks.words import day
from bot.domain.replies import HomeTab
from bot.domain.team import Standing

MOST = 20
"""Rows of each kind; a Home tab holds a hundred blocks."""


def tab(seen: HomeTab, meta: str) -> Payload:
    """One person's Home, useful before anything was ever answered."""
    return home(
        [
            kit.header("headline", "Should we add a service mesh?"),
            kit.section(
                "hello",
                "I walk a team through a checklist to a recommendation it can defend, answer "
                "questions, and keep the pilot's checklist. I decide with rules and arithmetic you "
                "can read; there is no language model in me. In a channel, type `/meshfit`.",
            ),
            kit.actions(
                "do",
                kit.button(ids.START, "Try it for myself", style="primary"),
                kit.button(ids.START_THERE, ALREADY),
                kit.button(ids.ASK_SOMETHING, "Ask a question"),
            ),
            *_waiting(seen),
            *_group("draft", "My private drafts", seen.drafts, "Nobody sees these but you."),
            *_group("team", "Teams in which I took part", seen.teams, ""),
        ],
        meta,
    )


def _waiting(seen: HomeTab) -> list[Block]:
    rows = [
        kit.section(
            f"waiting.{each.assessment.id}",
            f"You were named as owner of a mesh in <#{each.assessment.channel}>.",
            kit.button(ids.OWN_THIS, "I own this", each.assessment.id, style="primary"),
        )
        for each in seen.waiting[:MOST]
    ]
    rows += [_row("due", each, "To be looked at again by now: ") for each in seen.due[:MOST]]
    return [kit.section("waiting", "*Waits for you*"), *rows] if rows else []


def _group(block_id: str, title: str, found: tuple[Standing, ...], note: str) -> list[Block]:
    if not found:
        return []
    more = [kit.context(f"{block_id}.more", f"and {len(found) - MOST} more")]
    return [
        kit.section(block_id, f"*{title}* {note}".strip()),
        *(_row(block_id, each) for each in found[:MOST]),
        *(more if len(found) > MOST else []),
    ]


def _row(block_id: str, standing: Standing, lead: str = "") -> Block:
    held = standing.assessment
    where = "this conversation" if held.channel.startswith("D") else f"<#{held.channel}>"
    said = f"{lead}{where}: *{standing.advice.headline}* · {day(held.touched_at)}"
    button = None
    if held.status == "draft":
        button = kit.button(ids.START, "Go on", held.channel)
    elif held.card_link:
        button = kit.button(ids.GO_TO_CARD, "Go to the card", held.id, url=held.card_link)
    return kit.section(f"{block_id}.{held.id}", said, button)
