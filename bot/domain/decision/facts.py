"""Answers → facts: what is stated, what follows from it, what the hours say. Design §5.

A question without an answer counts as unknown; "does not apply" counts as no. A number that
nobody gave is its default or None. Of a text only whether there is one matters here.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.decision.worlds import Worlds
from bot.domain.metric import metric_sound
from bot.domain.model import Answer, Answers, Fact, Facts
from bot.domain.pack import Pack, Question
from bot.domain.pack.vocabulary import ESTIMATED

Stated = Mapping[str, Fact]
"""Question id → what was said, before anything is derived from it."""


def facts_of(pack: Pack, answers: Answers) -> Facts:
    """Everything conditions can look at."""
    return derive(pack, state(pack, answers))


def state(pack: Pack, answers: Answers) -> Stated:
    """What the answers say and what estimates rest on; a figure without evidence is a guess."""
    said = {each.id: _said(each, answers.get(each.id)) for each in pack.questions.values()}
    metric = answers.get("success_metric")
    sound = metric is not None and metric_sound(str(metric.value))
    given = ((name, answers.get(name)) for name in ESTIMATED)
    evidence = {f"{name}_evidence": (each and each.evidence) or "guess" for name, each in given}
    return {**said, **evidence, "metric_sound": sound}


def is_open(answers: Answers, question: str) -> bool:
    """Whether nobody has answered, or somebody has said that they don't know."""
    return question not in answers or answers[question].value == "unknown"


def _said(question: Question, answer: Answer | None) -> Fact:
    match question.kind:
        case "number":
            return question.default if answer is None else _number(answer)
        case "text":
            return answer is not None
        case "choices":
            return answer.value if answer and isinstance(answer.value, tuple) else ()
        case _:
            code = str(answer.value) if answer else "unknown"
            return "no" if code == "na" else code


def _number(answer: Answer) -> float | None:
    return answer.value if isinstance(answer.value, int | float) else None


def derive(pack: Pack, stated: Stated) -> dict[str, Fact]:
    """What follows: the hours, each need, their counts, and the pack's own facts in its order."""
    return Worlds(pack, stated, ((),)).fixed
