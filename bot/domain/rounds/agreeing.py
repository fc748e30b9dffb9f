"""Where the answers of a round agree, and where they part."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from bot.domain.model import Answer, Answers
from bot.domain.rounds.model import (
    LEAST_ANONYMOUS,
    AnswersByPerson,
    AnswerSide,
    Outlook,
    RoundAnswer,
    Spread,
)


def spreads(
    questions: Sequence[str],
    answers: Iterable[RoundAnswer],
    *,
    named: bool,
    withheld: Mapping[str, int] = MappingProxyType({}),
) -> tuple[Spread, ...]:
    """Question by question; names and whose reason is whose only where they are to be shown."""
    every = sorted(answers, key=lambda each: each.person)
    spreads = (
        _spread(question, [each for each in every if each.question == question], named=named)
        for question in questions
    )
    return tuple(
        each.model_copy(update={"unshown": withheld.get(each.question, each.unshown)})
        for each in spreads
    )


def _spread(question: str, answers: Sequence[RoundAnswer], *, named: bool) -> Spread:
    silent = tuple(each.person for each in answers if each.answer is None)
    answered = [(each.person, each.answer) for each in answers if each.answer is not None]
    few = not named and len(answered) < LEAST_ANONYMOUS
    values = () if few else dict.fromkeys(answer.value for _, answer in answered)
    sides = [
        _side([each for each in answered if each[1].value == value], named=named)
        for value in values
    ]
    return Spread(
        question=question,
        sides=tuple(sorted(sides, key=lambda each: (-each.many, str(each.answer.value)))),
        unshown=len(answered) if few else 0,
        abstained=len(silent),
        abstainers=silent if named else (),
    )


def _side(answered: Sequence[tuple[str, Answer]], *, named: bool) -> AnswerSide:
    reasons = [(who if named else "", each.note) for who, each in answered if each.note]
    answer = Answer(value=answered[0][1].value)
    return AnswerSide(
        id=hashlib.sha256(answer.model_dump_json().encode()).hexdigest()[:8],
        answer=answer,
        many=len(answered),
        people=tuple(who for who, _ in answered) if named else (),
        reasons=tuple(reasons if named else sorted(reasons)),
    )


def withheld(answers: Iterable[RoundAnswer], *, named: bool) -> dict[str, int]:
    """Question → how many answered it, where without names that is too few to tell what."""
    many = Counter(each.question for each in answers if each.answer is not None)
    return {} if named else {q: few for q, few in many.items() if few < LEAST_ANONYMOUS}


def given_by(answers: Iterable[RoundAnswer]) -> AnswersByPerson:
    """Each person's own answers; who abstained from all of them has none."""
    by_person: dict[str, dict[str, Answer]] = {}
    for each in answers:
        mine = by_person.setdefault(each.person, {})
        if each.answer is not None:
            mine[each.question] = each.answer
    return by_person


def outlooks(
    answers: AnswersByPerson, beside: Answers, headline: Callable[[Answers], str]
) -> tuple[Outlook, ...]:
    """To what each one's own answers come, counted; `beside` stands in for what was not asked."""
    own = (headline({**beside, **mine}) for mine in answers.values() if mine)
    counted = sorted(Counter(own).items(), key=lambda each: (-each[1], each[0]))
    return tuple(Outlook(headline=outcome, many=many) for outcome, many in counted)
