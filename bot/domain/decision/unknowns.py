"""What is not known, ranked by whether its answer can change the outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

from bot.domain.decision.adopting import leading_to_adopt
from bot.domain.decision.facts import is_open
from bot.domain.decision.looks import HARDLY_ANY
from bot.domain.decision.settled import settled
from bot.domain.decision.trials import Trials
from bot.domain.decision.worlds import Changed
from bot.domain.model import Answers, Fact, Outcome
from bot.domain.pack import Pack, Question
from bot.domain.pack.vocabulary import HOUR_INPUTS, MESH_HOURS

Group = tuple[tuple[str, ...], list[Changed]]
"""Questions that turn out together, and the ways in which they could."""
Way = tuple[tuple[str, ...], Changed]

SOUND = {"success_metric": ("metric_sound",)}
"""Facts that follow from what a text says, where somebody says it well."""

ALONE, LEADING, TOGETHER, PERHAPS, NEVER = range(5)
"""How much an answer weighs: alone, on the way to Adopt, with one other, with more, not at all."""


def unknowns_of(pack: Pack, answers: Answers, trials: Trials) -> dict[str, int]:
    """Questions on pages without an answer, the most decisive first, each with its rank.

    First those whose answer alone can change the outcome, then those that lead to Adopt, then those
    that change what the answer to one other unknown would lead to, then the rest; in each group
    what the rule asks first, then in the order of the checklist. What counts as something while
    nobody answers could decide alone, and stands behind all that do.
    """
    missing = [each for each in pack.questions.values() if each.page and is_open(each, answers)]
    leading, asked = leading_to_adopt(pack, trials.facts), trials.now.asks
    unsaid = [name for name, each in pack.questions.items() if each.unsaid and name not in answers]
    rank = _ranks(trials, missing, leading) | dict.fromkeys(unsaid, ALONE)

    def order(name: str) -> tuple[int, bool, bool, bool]:
        first = name in asked and asked[name].holds(trials.facts)
        return rank[name], name in unsaid, not first, name not in leading

    return {name: rank[name] for name in sorted(rank, key=order)}


def _ranks(trials: Trials, missing: list[Question], leading: Collection[str]) -> dict[str, int]:
    ways = [(names, way) for names, ways in _groups(trials, missing) for way in ways]
    alone = _outcomes(trials, [way for _, way in ways])
    decisive = {name for names, way in ways if alone[way] != trials.now.outcome for name in names}
    helped = _decisive_together(trials, ways, alone, decisive)
    names = [each.id for each in missing]
    waiting = trials.looks.names.intersection(names)
    last = NEVER if settled(trials, waiting) else PERHAPS
    rank = {name: last if name in waiting else NEVER for name in names}
    for weight, group in ((TOGETHER, helped), (LEADING, leading), (ALONE, decisive)):
        rank |= {name: weight for name in names if name in group}
    return rank


def _decisive_together(
    trials: Trials, ways: Sequence[Way], alone: Mapping[Changed, Outcome], decisive: set[str]
) -> set[str]:
    """The questions whose answer changes what another unknown's answer leads to."""
    pairs = [
        (one, two)
        for one, two in combinations(ways, 2)
        if one[0] != two[0] and not decisive.issuperset((*one[0], *two[0]))
    ]
    outcomes = _outcomes(trials, [one + two for (_, one), (_, two) in pairs])
    helped: set[str] = set()
    for (these, one), (those, two) in pairs:
        together = outcomes[one + two]
        helped.update(these if together != alone[two] else ())
        helped.update(those if together != alone[one] else ())
    return helped


def _outcomes(trials: Trials, tried: Sequence[Changed]) -> dict[Changed, Outcome]:
    rules = trials.rules(tried)
    return {changes: rule.outcome for changes, rule in zip(tried, rules, strict=True)}


def _groups(trials: Trials, missing: list[Question]) -> list[Group]:
    """What is missing, one by one, except that the calculator's inputs turn out together.

    Ways that the table cannot tell apart, or from how things stand, are one.
    """
    single = [each for each in missing if each.id not in HOUR_INPUTS]
    inputs = [each for each in missing if each.id in HOUR_INPUTS]
    groups: list[Group] = [((each.id,), _ways(trials, each)) for each in single]
    return [*groups, _hours(inputs)] if inputs else groups


def _hours(inputs: list[Question]) -> Group:
    """The hours speak for a mesh, or against it, with every missing input at its end."""

    def end(question: Question, *, speaking_for: bool) -> Fact:
        if question.id == MESH_HOURS and speaking_for:
            return HARDLY_ANY
        low = (question.id == MESH_HOURS) == speaking_for
        return question.least if low or question.most is None else question.most

    ways = [
        tuple((each.id, end(each, speaking_for=way)) for each in inputs) for way in (True, False)
    ]
    return tuple(each.id for each in inputs), ways


def _ways(trials: Trials, question: Question) -> list[Changed]:
    """How the answer to one question could turn out, as far as the table can tell."""
    if question.kind in ("text", "date"):
        return [((question.id, True), *[(name, True) for name in SOUND.get(question.id, ())])]
    facts: Iterable[Fact]
    match question.kind:
        case "number":
            facts = trials.looks.turning_points(question)
        case "choice":
            facts = (each.code for each in question.options if each.code != "unknown")
        case _:
            facts = ((each.code,) for each in question.options)
    now = trials.looks.seen(question.id, trials.stated[question.id])
    ways = {trials.looks.seen(question.id, fact): ((question.id, fact),) for fact in facts}
    return [way for seen, way in ways.items() if seen != now]
