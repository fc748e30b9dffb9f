"""What is not known, ranked by whether its answer can change the outcome."""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.decision.adopting import leading_to_adopt
from bot.domain.decision.settled import in_play
from bot.domain.decision.space import Worldly, union
from bot.domain.decision.trials import Trials
from bot.domain.decision.worlds import each_of
from bot.domain.model import Answers, Outcome
from bot.domain.pack import Pack

ALONE, LEADING, TOGETHER, PERHAPS, NEVER = range(5)
"""How much an answer weighs: alone, on the way to Adopt, with one other, with more, not at all."""


def unknowns_of(pack: Pack, answers: Answers, trials: Trials) -> dict[str, int]:
    """Questions on pages without an answer, the most decisive first, each with its rank.

    First those whose answer alone can change the outcome, then those that lead to Adopt, then those
    that change what the answer to one other unknown would lead to, then the rest; in each group
    what the rule asks first, then in the order of the checklist. What counts as something while
    nobody answers could decide alone, and stands behind all that do.
    """
    leading, asked = leading_to_adopt(pack, trials.facts), trials.now.asks
    unsaid = [name for name, each in pack.questions.items() if each.unsaid and name not in answers]
    rank = _ranks(trials, leading) | dict.fromkeys(unsaid, ALONE)

    def order(name: str) -> tuple[int, bool, bool, bool]:
        first = name in asked and trials.facts.holds(asked[name])
        return rank[name], name in unsaid, not first, name not in leading

    return {name: rank[name] for name in sorted(rank, key=order)}


def _ranks(trials: Trials, leading: Collection[str]) -> dict[str, int]:
    decisive, helped = _decisive(trials)
    names = trials.missing
    perhaps = in_play(trials, trials.waiting)
    rank = {name: PERHAPS if name in perhaps else NEVER for name in names}
    for weight, group in ((TOGETHER, helped), (LEADING, leading), (ALONE, decisive)):
        rank |= {name: weight for name in names if name in group}
    return rank


def _decisive(trials: Trials) -> tuple[set[str], set[str]]:
    """What decides alone, and what changes what the answer to another question leads to."""
    left_open, pairs, now = trials.left_open, trials.space.tried.pairs, trials.now.outcome
    first, second = dict[Outcome, Worldly](), dict[Outcome, Worldly]()
    """Where two answers turn out: by what the first would lead to alone, and the second."""
    for outcome in trials.outcomes.keys() - {now}:
        ways = [*each_of(trials.outcomes[outcome] & left_open.alone)]
        first[outcome] = union(pairs.first[at] for at in ways) & left_open.pairs
        second[outcome] = union(pairs.second[at] for at in ways) & left_open.pairs
    first[now] = left_open.pairs ^ union(first.values())
    second[now] = left_open.pairs ^ union(second.values())
    by_second = union(first[each] & ~here for each, here in trials.outcomes.items())
    by_first = union(second[each] & ~here for each, here in trials.outcomes.items())
    decisive, helped = set[str](), set[str]()
    for names, alone, as_first, as_second in left_open.turning:
        decisive.update(names if alone & ~trials.outcomes[now] else ())
        helped.update(names if as_first & by_first or as_second & by_second else ())
    return decisive, helped
