"""What is not known, ranked by whether its answer can change the outcome."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product

from bot.domain.condition import Fact
from bot.domain.facts import is_open
from bot.domain.model import Answers
from bot.domain.pack import Pack, Question
from bot.domain.trials import Changed, Trials, turning_points
from bot.domain.vocabulary import HOUR_INPUTS

Group = tuple[tuple[str, ...], list[Changed]]
"""Questions that turn out together, and the ways in which they could."""

ALONE, TOGETHER, NEVER = range(3)


def unknowns_of(pack: Pack, answers: Answers, trials: Trials) -> tuple[str, ...]:
    """Ids of questions on pages without an answer, the most decisive first.

    First those whose answer alone can change the outcome, then those that can with one other
    unknown, then the rest; each group in the order of the checklist.
    """
    missing = [each for each in pack.questions.values() if each.page and is_open(answers, each.id)]
    rank = _ranks(trials, missing)
    return tuple(sorted((each.id for each in missing), key=lambda name: rank[name]))


def _ranks(trials: Trials, missing: list[Question]) -> dict[str, int]:
    groups = _groups(trials.pack, missing)
    rank = {each.id: NEVER for each in missing}
    for names, ways in groups:
        if any(_turns(trials, way) for way in ways):
            rank |= dict.fromkeys(names, ALONE)
    for (these, some), (those, others) in combinations(groups, 2):
        both = [name for name in (*these, *those) if rank[name] == NEVER]
        if both and any(_turns(trials, one + two) for one, two in product(some, others)):
            rank |= dict.fromkeys(both, TOGETHER)
    return rank


def _turns(trials: Trials, way: Changed) -> bool:
    return trials.rule(*way).outcome != trials.now.outcome


def _groups(pack: Pack, missing: list[Question]) -> list[Group]:
    """What is missing, one by one, except that the calculator's inputs turn out together."""
    single = [each for each in missing if each.id not in HOUR_INPUTS]
    inputs = [each for each in missing if each.id in HOUR_INPUTS]
    groups: list[Group] = [((each.id,), _ways(pack, each)) for each in single]
    return [*groups, _hours(inputs)] if inputs else groups


def _hours(inputs: list[Question]) -> Group:
    """The hours speak for a mesh, or against it, with every missing input at its end."""

    def end(question: Question, *, speaking_for: bool) -> Fact:
        low = (question.id == "mesh_hours_per_month") == speaking_for
        return question.least if low or question.most is None else question.most

    ways = [
        tuple((each.id, end(each, speaking_for=way)) for each in inputs) for way in (True, False)
    ]
    return tuple(each.id for each in inputs), ways


def _ways(pack: Pack, question: Question) -> list[Changed]:
    """How the answer to one question could turn out."""
    facts: Iterable[Fact]
    match question.kind:
        case "number":
            facts = turning_points(pack, question)
        case "text":
            facts = (True,)
        case "choice":
            facts = (each.code for each in question.options if each.code != "unknown")
        case _:
            facts = ((each.code,) for each in question.options)
    return [((question.id, fact),) for fact in facts]
