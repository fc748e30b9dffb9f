"""Everything at its largest: a pack whose texts fill their places, a team that said it all."""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.domain.decision.tax import tax_of
from bot.domain.model import (
    Advice,
    Alternative,
    Answer,
    Blocker,
    Change,
    ComparisonRow,
    Flip,
    PackName,
    Reason,
    Shape,
)
from bot.domain.pack import Pack, Question
from bot.domain.pack.limits import (
    MOST_BUDGETS,
    MOST_OPTIONS_IN_A_SLICE,
    MOST_ROLES,
    MOST_SERVICES_IN_A_SLICE,
    MOST_STEPS,
)
from bot.domain.team import Assessment, Standing, TeamAnswer
from tests.shipped import SHIPPED

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PERSON = "U0123456789ABCDEF"
CHANNEL = "C0123456789ABCDEF"
ID = "0123456789abcdef"
ROOMY = "Ünmeasured “words” & more "
NOTE = "&" * 500


def wide(most: int) -> str:
    """Text of exactly so many characters, in words."""
    return (ROOMY * (most // len(ROOMY) + 1))[: most - 1] + "."


def largest(value: Any, annotation: Any = None) -> Any:
    """The same value with every text as long as the type of its place allows."""
    most = _limit(annotation)
    if isinstance(value, str):
        return wide(most) if most and "pattern" not in repr(annotation) else value
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        grown = {name: largest(getattr(value, name), fields[name]) for name in fields}
        return value.model_copy(update=grown)
    inner = _inner(annotation)
    if isinstance(value, Mapping):
        return {key: largest(each, inner) for key, each in value.items()}
    if isinstance(value, tuple):
        return tuple(largest(each, inner) for each in value)
    return value


def _limit(annotation: Any) -> int | None:
    """How many characters a place holds; None where its type does not say."""
    if isinstance(annotation, FieldInfo):
        lengths = [each.max_length for each in annotation.metadata if isinstance(each, MaxLen)]
        return lengths[0] if lengths else _limit(annotation.annotation)
    if get_origin(annotation) is Annotated:
        return next(filter(None, map(_limit, annotation.__metadata__)), None)
    if get_origin(annotation) in (Union, types.UnionType):
        return next(filter(None, map(_limit, get_args(annotation))), None)
    return None


def _inner(annotation: Any) -> Any:
    """The type of what a mapping or tuple holds."""
    if isinstance(annotation, FieldInfo):
        return _inner(annotation.annotation)
    if get_origin(annotation) in (Union, types.UnionType):
        return next(filter(None, map(_inner, get_args(annotation))), None)
    inside = [each for each in get_args(annotation) if each is not ...]
    return inside[-1] if inside else None


def widest_pack() -> Pack:
    """The shipped pack with every text at its typed maximum, and as many items as fit a screen."""
    grown: Pack = largest(SHIPPED)
    step = next(iter(grown.steps.values()))
    more = {
        f"step_{at}": step.model_copy(update={"id": f"step_{at}"})
        for at in range(MOST_STEPS - len(grown.steps))
    }
    trait, often = next(iter(grown.traits.values())), MOST_SERVICES_IN_A_SLICE
    others = {
        f"trait_{at}": trait.model_copy(update={"id": f"trait_{at}"})
        for at in range(MOST_OPTIONS_IN_A_SLICE // often - 1 - len(grown.traits))
    }
    return grown.model_copy(
        update={
            "budgets": _filled_up(grown.budgets, MOST_BUDGETS),
            "roles": _filled_up(grown.roles, MOST_ROLES),
            "steps": {**grown.steps, **more},
            "traits": {**grown.traits, **others},
            "plan": grown.plan.model_copy(update={"most": often}),
        }
    )


def _filled_up(items: Any, most: int) -> Any:
    """As many of its items as may be, made like its first."""
    first = next(iter(items.values()))
    more = [f"{first.id}_{at}" for at in range(most - len(items))]
    return {**items, **{each: first.model_copy(update={"id": each}) for each in more}}


PACK = widest_pack()


def value_of(question: Question) -> Any:
    """The longest value that a question takes."""
    match question.kind:
        case "number":
            return float(question.most or 1e6) - (0 if question.whole else 0.125)
        case "text":
            return "&" * 500
        case "date":
            return "2028-12-31"
        case "choices":
            return tuple(option.code for option in question.options)
    return "na" if question.may_not_apply else question.options[0].code


def answer_to(question: Question) -> Answer:
    """The longest answer: a note of nothing but characters that have to be escaped."""
    value = value_of(question)
    reason = "<" * 300 if value == "na" else ""
    return Answer(value=value, evidence="guess", note=NOTE, reason=reason)


GIVEN = {
    question.id: TeamAnswer(
        question=question.id, answer=answer_to(question), respondent=PERSON, at=AT
    )
    for question in PACK.questions.values()
}
"""Every question answered, at length."""


def widest_advice(pack: Pack) -> Advice:
    """Every reason, every blocker, twenty flips of two changes: more than any rule would give."""
    answers = {question: each.answer for question, each in GIVEN.items()}
    rule = next(iter(pack.rules.values()))
    source = next(iter(pack.sources))
    longest = max(pack.questions.values(), key=lambda each: len(each.short))
    change = Change(question=longest.id, before=value_of(longest), after=value_of(longest))
    turns = tuple(
        Flip(changes=(change, change), outcome="pilot", title=wide(120), changeable=mine,
             holds_back=back)
        for mine, back in ((True, False), (False, False), (True, True)) * 20
    )  # fmt: skip
    return Advice(
        outcome="not_yet",
        rule=rule.id,
        title=wide(120),
        headline=wide(120 + 2 + 120),
        because=rule.because,
        reasons=tuple(
            Reason(id=key, text=each.text, source=source, speaks=side, phrase=each.phrase)
            for key, each in pack.reasons.items()
            for side in ("for", "against", "neither")
        ),
        blockers=tuple(
            Blocker(
                id=key,
                question="platform_owner",
                text=each.text,
                action=wide(300),
                phrase=each.phrase,
                source=source,
            )
            for key, each in pack.blockers.items()
        ),
        actions=tuple(wide(300) for _ in range(20)),
        flips=turns,
        turns=turns,
        inert=tuple(pack.questions),
        unknowns=tuple(pack.questions),
        decisive=tuple(pack.questions),
        tax=tax_of(pack, {k: v for k, v in answers.items() if v.value != "na"}),
        driver=next(iter(pack.drivers)),
        shape=Shape(
            id="sidecar",
            title=wide(120),
            text=wide(2400),
            adds_to_run=wide(300),
            rollout=wide(300),
            simplest=wide(300),
            source=source,
        ),
        alternatives=tuple(
            Alternative(need=key, text=wide(600), source=source) for key in pack.needs
        ),
        article_table=tuple(
            ComparisonRow(
                need=wide(120), helps_when=wide(200), alternative_when=wide(200), you=wide(120)
            )
            for _ in pack.needs
        ),
        look_again_days=90,
        pack=PackName(name=wide(60), version="99.99.99"),
    )


def standing(pack: Pack = PACK, **changes: Any) -> Standing:
    """A team that answered everything, with twenty people who see something differently."""
    advice = widest_advice(pack)
    assessment = Assessment(
        id=ID,
        workspace="E0123456789:T0123456789",
        channel=CHANNEL,
        status="open",
        started_by=PERSON,
        started_at=AT,
        shared_by=PERSON,
        touched_at=AT,
        confirmed_by=PERSON,
        confirmed_at=AT,
        outcome="not_yet",
        title=wide(120),
        card_ts="1700000000.000001",
        card_link=f"https://harbour.slack.com/archives/{CHANNEL}/p1700000000000001",
        detail_ts="1700000000.000002",
        owner_asked=PERSON,
        owner_asked_by=PERSON,
        pack=advice.pack,
        pack_digest=ID,
    ).model_copy(update=changes)
    return Standing(
        assessment=assessment,
        answered=GIVEN,
        dissent=tuple(
            GIVEN["success_metric"].model_copy(update={"respondent": f"U{at:016}"})
            for at in range(20)
        ),
        respondents=tuple(f"U{at:016}" for at in range(20)),
        advice=advice,
        stands_on=(CHANNEL,) * 200,
    )
