"""What the decision table looks at, and how finely it tells one value from another."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.decision.hours import count_of
from bot.domain.model import Fact
from bot.domain.pack import Pack, Question
from bot.domain.pack.condition import Bounds, Condition, Passes
from bot.domain.pack.vocabulary import HOUR_INPUTS, MESH_HOURS
from bot.domain.pack.whole import EXISTING

HARDLY_ANY = 0.01
"""Hours of running a mesh next to none: at none at all the hours say nothing."""


class Looks:
    """Every test that the table makes, by the fact it is made of."""

    def __init__(self, pack: Pack) -> None:
        self._passes: dict[str, list[Passes]] = {}
        self._bounds: dict[str, set[float]] = {}
        for condition in _conditions(pack):
            for name, test, passes in condition.every_test():
                self._passes.setdefault(name, []).append(passes)
                if isinstance(test, Bounds):
                    self._bounds.setdefault(name, set()).update(test.bounds)
        self._passes.setdefault(EXISTING, []).append(pack.has_ended)
        counted = {"languages"} if "language_count" in self._passes else set()
        self.names = frozenset((*self._passes, *HOUR_INPUTS, *counted))
        """What it looks at, straight or through what is derived from it."""

    def seen(self, name: str, fact: Fact) -> tuple[bool, ...]:
        """What it makes of a value: two that it sees alike are decided alike."""
        own = [passes(fact) for passes in self._passes.get(name, ())]
        if name == "languages":
            many = count_of(fact)
            own += [passes(many) for passes in self._passes.get("language_count", ())]
        return tuple(own)

    def turning_points(self, question: Question) -> tuple[float, ...]:
        """Numbers at which it may decide differently: the ends, and around its own bounds."""
        bounds = self._bounds.get(question.id, ())
        around = {bound + step for bound in bounds for step in (-1.0, 0.0, 1.0)}
        around |= {HARDLY_ANY} if question.id == MESH_HOURS else set()
        most = question.most if question.most is not None else max((1e6, *around))
        inside = (x for x in around if question.least < x < most)
        return tuple(sorted({question.least, most, *inside}))


def _conditions(pack: Pack) -> Iterator[Condition]:
    yield from (rule.when for rule in pack.rules.values())
    yield from pack.facts.values()
    for need in pack.needs.values():
        yield from filter(None, (need.now, need.soon, need.unknown))
    yield from (cover.when for cover in pack.covers.values())
