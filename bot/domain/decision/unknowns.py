"""What is not known, ranked by whether its answer can change the outcome."""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.decision.adopting import leading_to_adopt
from bot.domain.decision.settled import in_play
from bot.domain.decision.space import Worldly, union
from bot.domain.decision.trials import Trials
from bot.domain.decision.ways import missing_in
from bot.domain.model import Answers, Outcome
from bot.domain.pack import Pack, Question

ALONE, LEADING, TOGETHER, PERHAPS, NEVER = range(5)
"""How much an answer weighs: alone, on the way to Adopt, with one other, with more, not at all."""


def unknowns_of(pack: Pack, answers: Answers, trials: Trials) -> dict[str, int]:
    """Questions on pages without an answer, the most decisive first, each with its rank.

    First those whose answer alone can change the outcome, then those that lead to Adopt, then those
    that change what the answer to one other unknown would lead to, then the rest; in each group
    what the rule asks first, then in the order of the checklist. What counts as something while
    nobody answers could decide alone, and stands behind all that do.
    """
    missing = missing_in(pack, answers)
    leading, asked = leading_to_adopt(pack, trials.facts), trials.now.asks
    unsaid = [name for name, each in pack.questions.items() if each.unsaid and name not in answers]
    rank = _ranks(trials, missing, leading) | dict.fromkeys(unsaid, ALONE)

    def order(name: str) -> tuple[int, bool, bool, bool]:
        first = name in asked and asked[name].holds(trials.facts)
        return rank[name], name in unsaid, not first, name not in leading

    return {name: rank[name] for name in sorted(rank, key=order)}


def _ranks(trials: Trials, missing: list[Question], leading: Collection[str]) -> dict[str, int]:
    decisive, helped = _decisive(trials)
    names = [each.id for each in missing]
    waiting = trials.looks.names.intersection(names)
    perhaps = in_play(trials, waiting)
    rank = {name: PERHAPS if name in perhaps else NEVER for name in names}
    for weight, group in ((TOGETHER, helped), (LEADING, leading), (ALONE, decisive)):
        rank |= {name: weight for name in names if name in group}
    return rank


def _decisive(trials: Trials) -> tuple[set[str], set[str]]:
    """What decides alone, and what changes what the answer to another question leads to."""
    pairs, where = trials.space.tried.pairs, dict[Outcome, Worldly]()
    for rule, here in trials.fired:
        where[rule.outcome] = where.get(rule.outcome, 0) | here
    alone = {at: next(o for o in where if where[o] >> at & 1) for at in trials.left_open.ways}
    seconds = union(pairs.first[at] & ~where[o] for at, o in alone.items()) & trials.left_open.pairs
    firsts = union(pairs.second[at] & ~where[o] for at, o in alone.items()) & trials.left_open.pairs
    decisive, helped = set[str](), set[str]()
    for at, outcome in alone.items():
        names, _ = trials.space.ways[at]
        decisive.update(names if outcome != trials.now.outcome else ())
        helped.update(names if pairs.first[at] & firsts or pairs.second[at] & seconds else ())
    return decisive, helped
