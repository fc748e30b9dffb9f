"""Answers of several teams put together, as the pack says how: offered to a decision for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bot.domain.evidence.model import Counted
from bot.domain.model import Answer, Answers, Value
from bot.domain.pack import Pack, Question
from bot.domain.words import count


class Across(NamedTuple):
    """What several teams' answers come to, question by question."""

    offered: Mapping[str, Counted]
    """Those with an answer that can be taken."""
    seen: Mapping[str, str]
    """Those of which it is only counted who says what."""


def across(pack: Pack, teams: Sequence[Answers], today: date) -> Across:
    """What the pack says no way for is not here: it is asked anew."""
    asked = [each for each in pack.questions.values() if each.across and each.page]
    offers = (_offer(each, teams, today) for each in asked if each.across != "count")
    counts = {each.id: _count(each, teams) for each in asked if each.across == "count"}
    return Across({each.question: each for each in offers if each}, counts if teams else {})


def _offer(question: Question, teams: Sequence[Answers], today: date) -> Counted | None:
    """None where no team said it, or where it comes to more than an answer may be."""
    answering = [each for each in teams if _says(question, each)]
    together, how = _TOGETHER[question.across or "sum"]
    value = together(question, answering) if answering else None
    if value is None or (isinstance(value, float) and value > (question.most or value)):
        return None
    left = len(teams) - len(answering)
    silent = f"; {left} did not say" if left else ""
    how = how if len(answering) > 1 else "the answer of"
    return Counted(
        question=question.id,
        value=value,
        words=f"{how} {len(answering)} of {count(len(teams), 'team')}{silent}",
        day=today,
        evidence=_evidence(question, answering),
        of_teams=True,
    )


def _says(question: Question, answers: Answers) -> bool:
    """Whether a team answered it, and what it is weighed by."""
    names = (question.id, question.across_by) if question.across_by else (question.id,)
    return all(name in answers and answers[name].value != "na" for name in names)


def _evidence(question: Question, teams: Sequence[Answers]) -> str:
    """Counted where every team counted or measured; one guess makes it one."""
    names = filter(None, (question.id, question.across_by))
    known = {each[name].evidence for name in names for each in teams}
    return "counted" if known <= {"counted", "measured"} else "guess"


def _sum(question: Question, teams: Sequence[Answers]) -> Value | None:
    return round(sum(_number(each[question.id]) for each in teams), 2)


def _mean(question: Question, teams: Sequence[Answers]) -> Value | None:
    """Weighed, so that it comes to the teams' own hours when it is multiplied again."""
    weights = [_number(each[question.across_by]) for each in teams]
    whole = sum(w * _number(each[question.id]) for w, each in zip(weights, teams, strict=True))
    return round(whole / sum(weights), 2) if sum(weights) else None


def _join(question: Question, teams: Sequence[Answers]) -> Value | None:
    chosen = {code for each in teams for code in _codes(each[question.id])}
    return tuple(each.code for each in question.options if each.code in chosen) or None


_TOGETHER: Mapping[str, tuple[Callable[[Question, Sequence[Answers]], Value | None], str]] = {
    "sum": (_sum, "the sum of"),
    "mean": (_mean, "a mean by weight, so that the hours add up, of"),
    "join": (_join, "all that was named by"),
}


def _count(question: Question, teams: Sequence[Answers]) -> str:
    """`Yes, today: 3 of 7 · No: 4 of 7`."""
    return " · ".join(
        f"{words}: {many} of {len(teams)}" for words, many in _voices(question, teams)
    )


def _voices(question: Question, teams: Sequence[Answers]) -> Iterator[tuple[str, int]]:
    counts = Counter(str(each[question.id].value) for each in teams if question.id in each)
    for option in question.options:
        if many := counts.pop(option.code, 0):
            yield option.text, many
    if many := counts.pop("na", 0):
        yield "Does not apply", many
    if left := len(teams) - sum(question.id in each for each in teams):
        yield "not answered", left


def _number(answer: Answer) -> float:
    return float(answer.value) if isinstance(answer.value, int | float) else 0.0


def _codes(answer: Answer) -> tuple[str, ...]:
    return answer.value if isinstance(answer.value, tuple) else ()
