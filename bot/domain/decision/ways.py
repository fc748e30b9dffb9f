"""How open answers could turn out, as far as the table can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.decision.facts import Stated, is_open
from bot.domain.decision.looks import HARDLY_ANY, Looks
from bot.domain.decision.space import Changed, Way
from bot.domain.model import Answers, Fact
from bot.domain.pack import Pack, Question
from bot.domain.pack.vocabulary import HOUR_INPUTS, MESH_HOURS

SOUND = {"success_metric": ("metric_sound",)}
"""Facts that follow from what a text says, where somebody says it well."""


def missing_in(pack: Pack, answers: Answers) -> list[Question]:
    """Questions on pages without an answer."""
    return [each for each in pack.questions.values() if each.page and is_open(each, answers)]


def ways_of(looks: Looks, stated: Stated, missing: Sequence[Question]) -> tuple[Way, ...]:
    """How what is missing could turn out, one by one; the calculator's inputs turn out together.

    Ways that the table cannot tell apart, or from how things stand, are one.
    """
    single = [each for each in missing if each.id not in HOUR_INPUTS]
    inputs = [each for each in missing if each.id in HOUR_INPUTS]
    ways = [((each.id,), way) for each in single for way in _ways(looks, each, stated[each.id])]
    return (*ways, *_hours(inputs)) if inputs else tuple(ways)


def _hours(inputs: Sequence[Question]) -> Iterator[Way]:
    """The hours speak for a mesh, or against it, with every missing input at its end."""

    def end(question: Question, *, speaking_for: bool) -> Fact:
        if question.id == MESH_HOURS and speaking_for:
            return HARDLY_ANY
        low = (question.id == MESH_HOURS) == speaking_for
        return question.least if low or question.most is None else question.most

    names = tuple(each.id for each in inputs)
    for way in (True, False):
        yield names, tuple((each.id, end(each, speaking_for=way)) for each in inputs)


def _ways(looks: Looks, question: Question, now: Fact) -> list[Changed]:
    """How the answer to one question could turn out."""
    if question.kind in ("text", "date"):
        return [((question.id, True), *[(name, True) for name in SOUND.get(question.id, ())])]
    facts: Iterable[Fact]
    match question.kind:
        case "number":
            facts = looks.turning_points(question)
        case "choice":
            facts = (each.code for each in question.options if each.code != "unknown")
        case _:
            facts = ((each.code,) for each in question.options)
    ways = {looks.seen(question.id, fact): ((question.id, fact),) for fact in facts}
    ways.pop(looks.seen(question.id, now), None)
    return [*ways.values()]
