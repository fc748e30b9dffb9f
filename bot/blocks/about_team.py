"""What a team asks about itself, answered from its card, and said so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.blocks import detail, kit, next_step, phrases, whatif
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import cut, day, person
from bot.domain.pack import Aspect, Pack, Question
from bot.domain.team import Standing, TeamAnswer
from bot.domain.words import count

FROM_CARD = "From this channel's card, as it stands now. `/meshfit` shows it."


NO_CARD = (
    "A team's card would tell that, and there is none here. Ask in the channel that has it, or "
    "type `/meshfit` in your team's channel to begin one."
)


def said(pack: Pack, standing: Standing | None, aspect: Aspect) -> Payload:
    """The answer, and that it is the card's; or that there is no card."""
    if standing is None:
        return message(kit.section("about_team", NO_CARD))
    return message(*_blocks(pack, standing, aspect), kit.context("from_card", FROM_CARD))


def _blocks(pack: Pack, standing: Standing, aspect: Aspect) -> Sequence[Block]:
    if aspect == "why":
        return list(detail.why(pack, standing)["blocks"])
    if aspect == "change":
        return [whatif.turns(pack, standing)]
    lines = "\n".join(_LINES[aspect](pack, standing))
    return [kit.section("about_team", cut(lines, 3000))]


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


def _owner(pack: Pack, standing: Standing) -> list[str]:
    owned, asked = phrases.owned(pack, standing), phrases.asked_to_own(standing)
    if owned or asked:
        return [" ".join(["*Owner:*", *owned, *asked])]
    answer = standing.answered.get("platform_owner")
    if answer is None:
        return ["*Nobody is named as owner:* that question is not answered yet."]
    words = phrases.answered(pack.questions["platform_owner"], answer.answer)
    asks = "; *Find an owner* on the card does that" if next_step.wants_an_owner(standing) else ""
    return [f"*Owner:* {words}. Nobody has been asked here by name{asks}."]


def _again(_: Pack, standing: Standing) -> list[str]:
    again = standing.look_again_at
    if again is None:
        return [
            f"*{standing.advice.headline}.* No day is set for looking again: that comes with a "
            "“not yet”."
        ]
    return [f"*Look again:* {day(again)}, counted from when it was last answered or confirmed."]


def _outcome(pack: Pack, standing: Standing) -> list[str]:
    """The outcome, why in a sentence, and the line upward."""
    advice = standing.advice
    return [f"*{advice.headline}.* {advice.because}", *phrases.upward(pack, advice)]


def _answers(pack: Pack, standing: Standing) -> list[str]:
    """Every answer that counts, who gave them, and when it was answered or confirmed last."""
    answered = [each for key, each in pack.questions.items() if key in standing.answered]
    if not answered:
        return ["Nobody has answered yet."]
    who = [*map(person, standing.respondents)]
    if standing.unnamed:
        who.append(f"{standing.unnamed} in a round without names")
    noted = len(standing.dissent)
    return [
        "*What was answered here:*",
        *(_answered(each, standing.answered[each.id]) for each in answered),
        *([f"{count(noted, 'other answer')} noted beside these."] if noted else []),
        *([f"*Who answered:* {', '.join(who)}."] if who else []),
        f"Answered or confirmed last on {day(standing.assessment.said_at)}.",
    ]


def _answered(question: Question, team_answer: TeamAnswer) -> str:
    known = phrases.evidence(team_answer)
    beside = f" ({known})" if known else ""
    return f"• {question.short}: {phrases.answered(question, team_answer.answer)}{beside}"


def _hours(pack: Pack, standing: Standing) -> list[str]:
    return [phrases.hours(pack, standing.advice, standing)]


_LINES: Mapping[Aspect, Callable[[Pack, Standing], list[str]]] = {
    "missing": _missing,
    "owner": _owner,
    "again": _again,
    "outcome": _outcome,
    "answers": _answers,
    "hours": _hours,
}
