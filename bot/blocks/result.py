"""The private result that ends the guided modal, and where my answers differ from the team's."""

from __future__ import annotations

import html

from bot.blocks import ids, kit, phrases
from bot.blocks.kit import Block
from bot.blocks.pages import brief
from bot.blocks.surfaces import Payload, modal
from bot.blocks.words import cut
from bot.domain.model import Advice
from bot.domain.pack import Pack
from bot.domain.replies import PrivateResult
from bot.domain.team import Difference

DIFFERS = "differs."
"""Before the question's id in the block of a difference."""
CHOICES = (
    ("change", "Change the team's answer"),
    ("note", "Only note that I see it differently"),
)


def view(pack: Pack, result: PrivateResult, meta: str) -> Payload:
    """Nothing is posted yet: share it, keep it, or go on."""
    advice = result.mine.advice
    lines = [
        advice.because,
        *phrases.sides(advice),
        *phrases.duty(advice),
        *([] if result.quick else [phrases.hours(advice, result.mine)]),
        *phrases.lasting(advice),
        *phrases.upward(pack, advice),
        *phrases.unknown(pack, advice),
    ]
    return modal(
        ids.RESULT,
        "Your quick result" if result.quick else "Your result",
        [
            *_clashes(advice),
            kit.header("headline", advice.headline),
            kit.section("why", cut("\n".join(lines), 3000)),
            *_beside_team(pack, result),
            kit.context("who", _promise(result)),
            _more(advice),
        ],
        submit="Post it here" if result.caller.is_dm else "Share in channel",
        close="Keep to myself",
        meta=meta,
    )


def _clashes(advice: Advice) -> list[Block]:
    lines = phrases.clashes(advice)
    change = kit.button(ids.EDIT_DRAFT, "Change answers", _first(advice))
    return [kit.section("clashes", "\n".join(lines), change)] if lines else []


def _promise(result: PrivateResult) -> str:
    kind = "Quick result" if result.quick else "Result"
    hours = ", hours not counted" if result.mine.advice.tax is None else ""
    where = "this conversation" if result.caller.is_dm else f"<#{result.caller.channel}>"
    what = "adds your answers to the card" if result.team else "puts the card and your answers"
    return (
        f"{kind}: {phrases.counted(result.mine)}{hours}. Nothing is posted yet. "
        f"Sharing {what} in {where}. Find this again under *Home*, or with `/meshfit`."
    )


def _first(advice: Advice) -> str:
    """The page to change answers on: that of a mesh that runs, or the first of all."""
    return "there" if advice.there else "need"


def _more(advice: Advice) -> Block:
    return kit.actions(
        "more",
        kit.button(ids.COUNT_HOURS, "Count the hours", "hours"),
        kit.button(ids.DEEPER, "Go deeper", "platform"),
        kit.button(ids.EDIT_DRAFT, "Change an answer", _first(advice)),
        kit.button(ids.WHAT_IF, "What if", "mine"),
    )


def _beside_team(pack: Pack, result: PrivateResult) -> list[Block]:
    if result.team is None:
        return []
    said = f"*The team's card says: {result.team.advice.headline}.*"
    if not result.differences:
        return [kit.section("team", f"{said} You contradict none of its answers.")]
    return [
        kit.section("team", f"{said} You see some of it differently:"),
        *(_difference(pack, each) for each in result.differences),
    ]


def _difference(pack: Pack, differs: Difference) -> Block:
    question = pack.questions[differs.question]
    # A label is plain text: what `shown` escapes for mrkdwn would show as it is written.
    mine = html.unescape(brief(question, differs.mine.answer.value))
    team = html.unescape(brief(question, differs.team.answer.value))
    return kit.field(
        DIFFERS + differs.question,
        f"{question.short}: you say {mine}, the team says {team}",
        kit.radio(ids.ANSWER, CHOICES),
    )
