"""What would be decided if some answers were different: asked often, so each trial is kept."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.condition import Condition, Fact
from bot.domain.facts import Stated, derive
from bot.domain.pack import Pack, Question
from bot.domain.rulebook import Rule
from bot.domain.rules import fired
from bot.domain.vocabulary import HOUR_INPUTS

Move = tuple[str, Fact]
"""A question's id and what its fact would become."""
Changed = tuple[Move, ...]


class Trials:
    """Decisions around one set of facts; `now` is the rule that fires as things stand."""

    def __init__(self, pack: Pack, stated: Stated) -> None:
        self.pack = pack
        self.stated = stated
        self.now = fired(pack, derive(pack, stated))
        self._kept: dict[Changed, Rule] = {}

    def rule(self, *changes: Move) -> Rule:
        """The rule that would fire with these changes."""
        kept = self._kept.get(changes)
        if kept is None:
            kept = fired(self.pack, derive(self.pack, {**self.stated, **dict(changes)}))
            self._kept[changes] = kept
        return kept

    @property
    def count(self) -> int:
        """How many different sets of changes were tried so far."""
        return len(self._kept)

    def lifts(self, *changes: Move) -> bool:
        """Whether these changes lift the rule that fires now, not only hide it behind another."""
        return not self.now.when.holds(derive(self.pack, {**self.stated, **dict(changes)}))


def looked_at(pack: Pack) -> frozenset[str]:
    """The questions that the table looks at, straight or through what is derived from them."""
    return frozenset((*(name for each in _conditions(pack) for name in each.names()), *HOUR_INPUTS))


def turning_points(pack: Pack, question: Question) -> tuple[float, ...]:
    """Numbers at which the table may decide differently: the ends, and around its own bounds."""
    bounds = {
        bound
        for condition in _conditions(pack)
        for compare in condition.comparisons(question.id)
        for bound in (compare.above, compare.below, compare.at_least, compare.at_most)
        if bound is not None
    }
    around = {bound + step for bound in bounds for step in (-1.0, 0.0, 1.0)}
    most = question.most if question.most is not None else max((1e6, *around))
    return tuple(sorted({question.least, most, *(x for x in around if question.least < x < most)}))


def _conditions(pack: Pack) -> Iterator[Condition]:
    yield from (rule.when for rule in pack.rules.values())
    yield from pack.facts.values()
    for need in pack.needs.values():
        yield from filter(None, (need.now, need.soon, need.unknown, need.covered))
