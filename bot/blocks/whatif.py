"""What would change the outcome: in your hands, not in your hands, and what changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import ids, kit, next_step, phrases
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import cut, person
from bot.domain.model import Flip
from bot.domain.pack import Pack
from bot.domain.team import Standing
from bot.domain.words import downwards

KINDS = ("In your hands", "Not in your hands")
MOST = 5
"""Flips of each kind that are shown; the shortest come first."""


def private(pack: Pack, standing: Standing) -> Payload:
    """For the one who asked, with the way to post it."""
    key = standing.assessment.id
    sought = next_step.wants_an_owner(standing)
    return message(
        turns(pack, standing),
        kit.context("foot", _tried(standing) + " Only you see this."),
        kit.actions(
            "do",
            kit.button(ids.SHARE_WHAT_IF, "Post in the thread", key),
            *([kit.button(ids.OWNER, "Find an owner", key)] if sought else []),
        ),
    )


def posted(pack: Pack, standing: Standing, user: str) -> Payload:
    """For the thread."""
    foot = f"Asked for by {person(user)}. {_tried(standing)}"
    return message(turns(pack, standing), kit.context("foot", foot))


def view(pack: Pack, standing: Standing) -> Payload:
    """On top of the private result, where nothing is posted."""
    foot = kit.context("foot", _tried(standing))
    return modal("whatif_view", "What if", [turns(pack, standing), foot], close="Back")


def turns(pack: Pack, standing: Standing) -> Block:
    """What would change the outcome and what would not."""
    advice = standing.advice
    lines, first = [f"*What would change “{advice.title}”*"], 1
    for title, levers in zip((*KINDS, downwards(advice)), advice.levers, strict=True):
        lines += _listed(pack, title, levers[:MOST], first)
        first += len(levers[:MOST])
    if not advice.flips:
        lines.append("No single answer, and no pair of answers, would change it.")
    inert = [pack.questions[each].short for each in advice.inert if each in standing.answered]
    nothing = [*inert, *([] if advice.there else ["choosing one mesh or another"])]
    if nothing:
        lines.append(f"\n*Changes nothing:* {', '.join(nothing)}")
    return kit.section("turns", cut("\n".join(lines), 3000))


def _listed(pack: Pack, title: str, flips: Sequence[Flip], first: int) -> list[str]:
    if not flips:
        return []
    numbered = enumerate(flips, first)
    return [f"\n*{title}*", *(f"{at}. {phrases.turn(pack, each)}" for at, each in numbered)]


def _tried(standing: Standing) -> str:
    guesses = standing.guesses
    hours = f" {guesses} of the answers are guesses; measuring them comes first." if guesses else ""
    return f"Every single change and every pair was tried.{hours}"
