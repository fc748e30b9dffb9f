"""Many variations of the facts decided in one pass: each is a world, and a bit in whole numbers.

What is the same in every world is a plain fact. What varies is kept as its values, each with the
worlds in which it is so; a condition is then a handful of operations on integers, however many
worlds there are. `facts.derive` is the definition; a test holds that both agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import and_

from bot.domain.decision.hours import count_of, hour_facts
from bot.domain.decision.space import Changed, Space, Worldly, gathered, union
from bot.domain.model import Fact, Facts
from bot.domain.pack import Pack
from bot.domain.pack.condition import Condition, Logic, Passes
from bot.domain.pack.decision import Need, Rule
from bot.domain.pack.vocabulary import COUNTS, HOUR_INPUTS, SETUP_HOURS, covered_by
from bot.domain.pack.whole import EXISTING

Spread = Mapping[Fact, Worldly]
"""Each value of a fact, with the worlds that have it."""


class Worlds:
    """`stated` under each of some changes, with everything that follows from it."""

    def __init__(self, pack: Pack, stated: Facts, tried: Space | Sequence[Changed]) -> None:
        space = tried if isinstance(tried, Space) else Space.of(tried)
        self.pack, self.all = pack, space.all
        self._logic: Logic[Worldly] = Logic(self.all, 0, and_, self.all.__xor__)
        self.fixed: dict[str, Fact] = dict(stated)
        """What holds in every world; of what varies, how it is now."""
        self._moved = space.moved
        self._flags: dict[str, Worldly] = {}
        self._spreads: dict[str, Spread] = {}
        self._varying = {*space.moved}
        self._flag("mesh_ended", self._passing(EXISTING, pack.has_ended))
        self._derive_hours()
        self._derive_needs()
        for name, condition in pack.facts.items():
            self._flag(name, self.where(condition))

    def rules(self) -> list[Rule]:
        """The rule that fires in each world."""
        fired: dict[int, Rule] = {}
        for rule, here in self.fired():
            fired.update(dict.fromkeys(each_of(here), rule))
        return [fired[at] for at in range(len(fired))]

    def fired(self) -> Iterator[tuple[Rule, Worldly]]:
        """Each rule that fires anywhere, and where. The last row of the table holds always."""
        left = self.all
        for rule in self.pack.rules.values():
            if here := left and self.where(rule.when) & left:
                left ^= here
                yield rule, here

    def where(self, condition: Condition) -> Worldly:
        """The worlds in which a condition holds; where nothing of it varies, all or none."""
        if self._varying.isdisjoint(condition.named):
            return self.all if condition.holds(self.fixed) else 0
        return condition.fold(self._logic, self._passing)

    def _passing(self, name: str, passes: Passes) -> Worldly:
        """The worlds in which one test holds."""
        here = self._flags.get(name)
        if here is not None:
            return (here if passes(True) else 0) | (self.all ^ here if passes(False) else 0)
        moved = self._moved.get(name)
        if moved is not None:
            return moved.where(passes, self.fixed[name])
        spread = self._spreads.get(name)
        if spread is None:
            return self.all if passes(self.fixed.get(name)) else 0
        return union(there for value, there in spread.items() if passes(value))

    def _derive_hours(self) -> None:
        """What the hours say, and how many languages there are."""
        derived: dict[str, list[tuple[Fact, Worldly]]] = {}
        for facts, here in self._apart((*HOUR_INPUTS, SETUP_HOURS)):
            for name, value in hour_facts(self.pack, facts).items():
                derived.setdefault(name, []).append((value, here))
        for facts, here in self._apart(("languages",)):
            many = count_of(facts.get("languages"))
            derived.setdefault("language_count", []).append((many, here))
        for name, values in derived.items():
            self._put(name, values)

    def _derive_needs(self) -> None:
        counts: list[Mapping[int, Worldly]] = [{0: self.all} for _ in COUNTS]
        for name, need in self.pack.needs.items():
            met = self._derive_need(name, need)
            counts = [_one_more(*each) for each in zip(counts, met, strict=True)]
        for name, count in zip(COUNTS, counts, strict=True):
            self._put(name, count.items())

    def _derive_need(self, name: str, need: Need) -> tuple[Worldly, ...]:
        """Its flags; and where it counts, in the order of `COUNTS`."""
        now = self.where(need.now)
        needed = now | self._if(need.soon)
        coverable = self._coverable(name, needed)
        covered = needed & coverable
        flags = {
            "now": now,
            "soon": needed ^ now,
            "coverable": coverable,
            "covered": covered,
            "open": needed ^ covered,
            "open_now": now & ~covered,
        }
        for flag, here in flags.items():
            self._flag(f"{name}_{flag}", here)
        return needed, flags["open"], flags["open_now"], ~needed & self._if(need.unknown)

    def _coverable(self, need: str, needed: Worldly) -> Worldly:
        """Where something simpler would meet it; and a flag for each way in which it is met."""
        covered = 0
        for cover in self.pack.covers.values():
            if cover.need == need:
                here = self.where(cover.when)
                self._flag(covered_by(cover.id), needed & here)
                covered |= here
        return covered

    def _if(self, condition: Condition | None) -> Worldly:
        return self.where(condition) if condition else 0

    def _apart(self, names: Sequence[str]) -> Iterator[tuple[Facts, Worldly]]:
        """The facts with each combination of values that some of these names take, and where."""
        groups: list[tuple[Facts, Worldly]] = [(self.fixed, self.all)]
        for name in names:
            if moved := self._moved.get(name):
                spread = moved.spread(self.fixed[name])
                groups = [
                    ({**facts, name: value}, both)
                    for facts, here in groups
                    for value, there in spread.items()
                    if (both := here & there)
                ]
        yield from groups

    def _flag(self, name: str, here: Worldly) -> None:
        if here in (0, self.all):
            self.fixed[name] = here != 0
        else:
            self._flags[name] = here
            self._varying.add(name)

    def _put(self, name: str, values: Iterable[tuple[Fact, Worldly]]) -> None:
        """Keep a fact: as one value where all worlds agree."""
        spread = gathered(values)
        if len(spread) == 1:
            [self.fixed[name]] = spread
        else:
            self._spreads[name] = spread
            self._varying.add(name)


def each_of(worlds: Worldly) -> Iterator[int]:
    """The positions of a set of worlds."""
    while worlds:
        low = worlds & -worlds
        yield low.bit_length() - 1
        worlds ^= low


def _one_more(count: Mapping[int, Worldly], here: Worldly) -> Mapping[int, Worldly]:
    """A count after one more was counted in these worlds."""
    return gathered(
        pair
        for many, there in count.items()
        for pair in ((many + 1, there & here), (many, there & ~here))
    )
