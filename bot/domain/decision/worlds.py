"""Many variations of the facts decided in one pass: each is a world, and a bit in whole numbers.

A test is the set of worlds in which it passes, so a condition is a handful of operations on whole
numbers, however many worlds there are; `table.py` has them all in one function.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from bot.domain.decision.hours import count_of, hour_facts
from bot.domain.decision.known import KnownFacts
from bot.domain.decision.space import Changed, Space, Worldly, gathered, union
from bot.domain.decision.table import DecisionTable
from bot.domain.model import Fact, Facts
from bot.domain.pack.condition import Condition
from bot.domain.pack.decision import Rule
from bot.domain.pack.whole import EXISTING


class Worlds:
    """`stated` under each of some changes, with everything that follows from it."""

    def __init__(
        self, table: DecisionTable, stated: Facts, tried: Space | Sequence[Changed]
    ) -> None:
        self._table, self._stated = table, stated
        self._space = tried if isinstance(tried, Space) else Space.of(tried)
        self.all = self._space.all
        opposite = self.all.__xor__
        here = self._here = self._said()
        here += [0] * (table.size - len(here))
        table.needs(here, self.all, opposite)
        table.rest(here, self.all, opposite)

    def rules(self) -> list[Rule]:
        """The rule that fires in each world."""
        fired: dict[int, Rule] = {}
        for rule, here in self.fired():
            fired.update(dict.fromkeys(each_of(here), rule))
        return [fired[at] for at in range(len(fired))]

    def fired(self) -> Iterator[tuple[Rule, Worldly]]:
        """Each rule that fires anywhere, and where. The last row of the table holds always."""
        left = self.all
        for rule, place in self._table.rules:
            if here := left and self._here[place] & left:
                left ^= here
                yield rule, here

    def where(self, condition: Condition) -> Worldly:
        """The worlds in which a rule's condition holds, or one that stands beside the rules."""
        return self._here[self._table.at[id(condition)]]

    @cached_property
    def in_the_last(self) -> list[int]:
        """Of every place whether it is so in the last of the worlds: 1 or 0."""
        at = self._space.many - 1
        here = [here >> at for here in self._here]
        self._table.told(here, 1, (1).__xor__)
        return here

    def last(self) -> KnownFacts:
        """All that is so in the last of the worlds, in which nothing is other than stated."""
        table, stated = self._table, self._stated
        facts: dict[str, Fact] = {**stated, **hour_facts(table.pack, stated)}
        facts["language_count"] = count_of(stated.get("languages"))
        facts["mesh_ended"] = table.pack.has_ended(stated.get(EXISTING))
        for name, places in table.counted.items():
            facts[name] = sum(self.in_the_last[place] for place in places)
        for name, place in table.flags.items():
            facts[name] = self.in_the_last[place] == 1
        return KnownFacts(facts, table.at, self.in_the_last)

    def _said(self) -> list[Worldly]:
        """Where each test of what is said passes, and of what the hours say."""
        tests, here = self._table.tests, list[Worldly]()
        for tested in tests.said:
            here += self._space.where(tested, tested.sees(self._stated.get(tested.name)))
        spread = gathered(
            (self._table.sees_hours({**self._stated, **changes}), there)
            for changes, there in self._space.hours
        )
        here += [
            union(there for seen, there in spread.items() if seen[at])
            for at in range(sum(len(each.tests) for each in tests.hours))
        ]
        return here


def each_of(worlds: Worldly) -> Iterator[int]:
    """The positions of a set of worlds."""
    while worlds:
        low = worlds & -worlds
        yield low.bit_length() - 1
        worlds ^= low
