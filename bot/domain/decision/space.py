"""Variations of answers, laid out once: each value that a fact takes in them, and in which.

A variation is a world, and a bit in whole numbers. What is tried is the same whatever was answered,
so a pack's spaces are made once, and an answer that stands already is a variation like any other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import TypeVar

from bot.domain.decision.hours import HOURS_REST_ON
from bot.domain.decision.tested import Seen, Tested
from bot.domain.model import Fact

Move = tuple[str, Fact]
"""A question's id and what its fact would become."""
Changed = tuple[Move, ...]
Worldly = int
"""A set of worlds: bit i stands for the i-th."""
Way = tuple[tuple[str, ...], Changed]
"""How the answers to some questions could turn out."""

T = TypeVar("T")


class Moved:
    """A fact that varies: its values, each with its worlds, and where it stays as it is."""

    def __init__(self, values: Mapping[Fact, Worldly], everywhere: Worldly) -> None:
        self.values = tuple(values.items())
        self.elsewhere = everywhere ^ union(values.values())


class Space:
    """So many worlds, and what is other in them: of each fact its values, and where."""

    def __init__(self, many: int, values: Mapping[str, Mapping[Fact, Worldly]]) -> None:
        self.many, self.all = many, (1 << many) - 1
        self.moved = {name: Moved(spread, self.all) for name, spread in values.items()}
        self._where: dict[tuple[Tested, Seen], tuple[Worldly, ...]] = {}

    @classmethod
    def of(cls, variations: Sequence[Changed]) -> Space:
        """The worlds of any changes, one each."""
        places: dict[str, dict[Fact, list[int]]] = {}
        for place, changes in enumerate(variations):
            for name, value in changes:
                places.setdefault(name, {}).setdefault(value, []).append(place)
        many = len(variations)
        return cls(
            many,
            {
                name: {value: at(here, many) for value, here in spread.items()}
                for name, spread in places.items()
            },
        )

    def where(self, tested: Tested, now: Seen) -> tuple[Worldly, ...]:
        """The worlds in which each test of a fact passes, by which pass as it stands."""
        kept = self._where.get((tested, now))
        if kept is None:
            kept = self._where[tested, now] = tuple(self._passing(tested, now))
        return kept

    def _passing(self, tested: Tested, now: Seen) -> Iterator[Worldly]:
        moved = self.moved.get(tested.name)
        for passes, as_it_stands in zip(tested.tests, now, strict=True):
            if moved is None:
                yield self.all if as_it_stands else 0
            else:
                there = union(here for value, here in moved.values if passes(value))
                yield there | moved.elsewhere if as_it_stands else there

    @cached_property
    def hours(self) -> list[tuple[dict[str, Fact], Worldly]]:
        """What is other of the hours, and where."""
        apart: list[tuple[dict[str, Fact], Worldly]] = [({}, self.all)]
        for name in self.moved.keys() & HOURS_REST_ON:
            moved = self.moved[name]
            ways = [({name: value}, here) for value, here in moved.values]
            apart = [
                (changes | way, both)
                for changes, here in apart
                for way, there in (*ways, (dict[str, Fact](), moved.elsewhere))
                if (both := here & there)
            ]
        return apart


class Pairs:
    """Places for each of some things alone, then for every two of different groups."""

    def __init__(self, groups: Sequence[Hashable]) -> None:
        second = [list[int]() for _ in groups]
        self.first = list[Worldly]()
        self.two = list[tuple[int, int]]()
        """Which two stand at each place behind those alone."""
        for one, group in enumerate(groups):
            others = [two for two in range(one + 1, len(groups)) if groups[two] != group]
            begin = len(groups) + len(self.two)
            self.two += [(one, two) for two in others]
            self.first.append(((1 << len(others)) - 1) << begin)
            for place, two in enumerate(others, begin):
                second[two].append(place)
        self.many = len(groups) + len(self.two)
        self.second = [at(each, self.many) for each in second]
        """The pairs in which each is the one or the other."""
        self.made = [
            1 << place | first | then
            for place, (first, then) in enumerate(zip(self.first, self.second, strict=True))
        ]
        """Where each is, alone or with another."""


class Tried(Space):
    """Every way in which one answer may be other, then every two of them, then none at all.

    The first so many of the ways are proposed; all stand for how what is open could turn out.
    """

    def __init__(self, ways: Sequence[Way], proposed: int) -> None:
        self.ways, self.proposed = tuple(ways), proposed
        pairs = self.pairs = Pairs([names for names, _ in ways])
        super().__init__(pairs.many + 1, _values([changes for _, changes in ways], pairs.made))
        self.singles = (1 << proposed) - 1
        """The worlds of the ways that are proposed, alone."""
        self.choices = self.singles | union(pairs.first[:proposed]) & union(pairs.second[:proposed])
        """These, and every two of them."""

    def changes(self, place: int) -> Changed:
        """What is other in one of the worlds."""
        if place < len(self.ways):
            return self.ways[place][1]
        one, two = self.pairs.two[place - len(self.ways)]
        return self.ways[one][1] + self.ways[two][1]


class Opened(Space):
    """What is tried while some of the hours are open: the last two ways are their ends."""

    def __init__(self, tried: Tried, ends: Sequence[Way]) -> None:
        made = tried.pairs.made[len(tried.ways) - len(ends) :]
        super().__init__(tried.many, _values([changes for _, changes in ends], made))
        self.tried = tried
        self.ways = (*tried.ways[: len(tried.ways) - len(ends)], *ends)

    def where(self, tested: Tested, now: Seen) -> tuple[Worldly, ...]:
        """As in what is always tried, save for the hours."""
        return (
            super().where(tested, now)
            if tested.name in self.moved
            else self.tried.where(tested, now)
        )


def _values(
    each: Iterable[Changed], made: Iterable[Worldly]
) -> Mapping[str, Mapping[Fact, Worldly]]:
    values: dict[str, dict[Fact, Worldly]] = {}
    for changes, here in zip(each, made, strict=True):
        for name, value in changes:
            spread = values.setdefault(name, {})
            spread[value] = spread.get(value, 0) | here
    return values


def at(places: Sequence[int], many: int) -> Worldly:
    """The worlds at these places, of so many: one number made at once, not a bit at a time."""
    digits = bytearray(b"0") * many
    for place in places:
        digits[~place] = 49  # "1"
    return int(digits, 2) if digits else 0


def gathered(values: Iterable[tuple[T, Worldly]]) -> dict[T, Worldly]:
    """Each value that is met anywhere, with all its worlds."""
    spread: dict[T, Worldly] = {}
    for value, here in values:
        if here:
            spread[value] = spread.get(value, 0) | here
    return spread


def union(sets: Iterable[Worldly]) -> Worldly:
    """The worlds of all these sets."""
    return reduce(or_, sets, 0)
