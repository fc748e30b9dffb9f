"""What a team asks about itself, answered from its card, and said so."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import detail, kit, phrases, whatif
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import cut, day
from bot.domain.pack import Aspect, Pack
from bot.domain.team import Standing

FROM_CARD = "From this channel's card, as it stands now. `/meshfit` shows it."


def said(pack: Pack, standing: Standing, aspect: Aspect) -> Payload:
    """The answer, and that it is the card's."""
    return message(*_blocks(pack, standing, aspect), kit.context("from_card", FROM_CARD))


def _blocks(pack: Pack, standing: Standing, aspect: Aspect) -> Sequence[Block]:
    match aspect:
        case "why":
            return list(detail.why(pack, standing)["blocks"])
        case "missing":
            return [_section(*_missing(pack, standing))]
        case "change":
            return [whatif.turns(pack, standing)]
        case "owner":
            return [_section(_owner(pack, standing))]
        case "again":
            return [_section(_again(standing))]


def _section(*lines: str) -> Block:
    return kit.section("about_team", cut("\n".join(lines), 3000))


def _missing(pack: Pack, standing: Standing) -> list[str]:
    """What stops it, what to do about it, and what nobody has answered."""
    advice = standing.advice
    stops = [f"• {each.text} {each.action}".rstrip() for each in advice.blockers]
    todo = [f"• {each}" for each in advice.actions]
    head, none = "*What stops it:*", "Nothing stops it."
    if advice.there:
        head, none = "*To look at:*", "Nothing of what blocks a mesh is so here."
    return [
        f"*{advice.headline}.*",
        *([head, *stops] if stops else [none]),
        *(["*What to do:*", *todo] if todo and not stops else []),
        *(phrases.unknown(pack, advice) or ["Every question that could decide is answered."]),
    ]


def _owner(pack: Pack, standing: Standing) -> str:
    said, asked = phrases.owned(pack, standing), phrases.asked_to_own(standing)
    if said or asked:
        return " ".join(["*Owner:*", *said, *asked])
    answer = standing.given.get("platform_owner")
    if answer is None:
        return "*Nobody is named as owner:* that question is not answered yet."
    return (
        f"*Owner:* {phrases.answered(pack.questions['platform_owner'], answer.answer)}. "
        "Nobody has been asked here by name; *Find an owner* on the card does that."
    )


def _again(standing: Standing) -> str:
    again = standing.look_again_at
    if again is None:
        return (
            f"*{standing.advice.headline}.* No day is set for looking again: that comes with a "
            "“not yet”."
        )
    return f"*Look again:* {day(again)}, counted from when it was last answered or confirmed."
