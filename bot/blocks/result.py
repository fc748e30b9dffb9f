"""The private result that ends the guided modal, and where my answers differ from the team's."""

from __future__ import annotations

import html

from bot.blocks import fields, ids, kit, leading, phrases
from bot.blocks.kit import Block
from bot.blocks.pages import brief
from bot.blocks.steps import Steps, pages_of
from bot.blocks.words import cut
from bot.domain.model import Advice
from bot.domain.pack import Pack
from bot.domain.replies import PrivateResult
from bot.domain.team import Difference

AGREES = "You contradict none of its answers."
SHARING = "sharing"
DIFFERS = "differs."
"""Before the question's id in the block of a difference."""
CHOICES = (
    ("change", "Change the team's answer"),
    ("note", "Only note that I see it differently"),
)


def view(pack: Pack, result: PrivateResult) -> Steps:
    """Nothing is posted yet: share it, keep it, or go on."""
    advice = result.mine.advice
    lines = [
        advice.because,
        *phrases.sides(advice),
        *phrases.duty(advice),
        *([] if result.quick else [phrases.hours(pack, advice, result.mine)]),
        *phrases.lasting(advice),
        *phrases.upward(pack, advice),
        *phrases.unknown(pack, advice),
    ]
    first, *others = pages_of([[each] for each in _differences(pack, result)] + [_sharing(result)])
    head = [
        *_clashes(advice),
        kit.header("headline", advice.headline),
        kit.section("why", cut("\n".join(lines), 3000)),
        *_beside_team(result),
    ]
    return Steps(
        ids.RESULT,
        "Your quick result" if result.quick else "Your result",
        "Post it here" if result.caller.is_dm else "Share in channel",
        [[*head, *first, _more(advice)], *others],
        close="Keep to myself",
    )


def _sharing(result: PrivateResult) -> list[Block]:
    """What stands before the button that shares: why answers change, where, who sees it."""
    return [
        *([fields.why(SHARING)] if result.differences else []),
        kit.context("who", _promise(result)),
        *leading.in_form(result.to_leads),
    ]


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


def _beside_team(result: PrivateResult) -> list[Block]:
    if result.team is None:
        return []
    text = f"*The team's card says: {result.team.advice.headline}.*"
    differs = "You see some of it differently:" if result.differences else AGREES
    return [kit.section("team", f"{text} {differs}")]


def _differences(pack: Pack, result: PrivateResult) -> list[Block]:
    return [_difference(pack, each) for each in result.differences] if result.team else []


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
