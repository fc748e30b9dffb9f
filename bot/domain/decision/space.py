"""Variations of answers, laid out once: each value that a fact takes in them, and in which.

A variation is a world, and a bit in whole numbers. What is tried is the same whatever was answered,
so a pack's spaces are made once, and an answer that stands already is a variation like any other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import TypeVar

from bot.domain.model import Fact
from bot.domain.pack import Question
from bot.domain.pack.condition import Passes

Move = tuple[str, Fact]
"""A question's id and what its fact would become."""
Changed = tuple[Move, ...]
Worldly = int
"""A set of worlds: bit i stands for the i-th."""
Way = tuple[tuple[str, ...], Changed]
"""How the answers to some questions could turn out."""

T = TypeVar("T")

NEVER_PROPOSED = ("unknown", "na")


class Moved:
    """A fact that varies: its values, each with its worlds, and where it stays as it is."""

    def __init__(self, values: Mapping[Fact, Worldly], everywhere: Worldly) -> None:
        self.values = tuple(values.items())
        self.elsewhere = everywhere ^ union(values.values())
        self._passing: dict[Passes, tuple[Worldly, Worldly]] = {}

    def where(self, passes: Passes, now: Fact) -> Worldly:
        """The worlds in which a test holds; where it varies that is the same whatever is now."""
        kept = self._passing.get(passes)
        if kept is None:
            moved = union(here for value, here in self.values if passes(value))
            kept = self._passing[passes] = moved, moved | self.elsewhere
        return kept[passes(now)]

    def spread(self, now: Fact) -> Mapping[Fact, Worldly]:
        """Each value that it has anywhere, with its worlds."""
        return gathered((*self.values, (now, self.elsewhere)))


class Space:
    """So many worlds, and what is other in them: of each fact its values, and where."""

    def __init__(self, many: int, values: Mapping[str, Mapping[Fact, Worldly]]) -> None:
        self.many, self.all = many, (1 << many) - 1
        self.moved = {name: Moved(spread, self.all) for name, spread in values.items()}

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


class Choices(Space):
    """Every category answer of some questions alone, then every pair of two questions' answers."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self.moves: tuple[Move, ...] = tuple(
            (each.id, option.code)
            for each in questions
            for option in each.options
            if option.code not in NEVER_PROPOSED
        )
        pairs = Pairs([name for name, _ in self.moves])
        super().__init__(pairs.many, _values([(move,) for move in self.moves], pairs.made))
        self.single = (1 << len(self.moves)) - 1
        self.made = dict(zip(self.moves, pairs.made, strict=True))
        """Where each of the moves is made, alone or with another."""
        self._two = pairs.two

    def changes(self, place: int) -> Changed:
        """What is other in one of the worlds."""
        if place < len(self.moves):
            return (self.moves[place],)
        one, two = self._two[place - len(self.moves)]
        return self.moves[one], self.moves[two]


class Ways(Space):
    """Every way in which open answers could turn out alone, then every two of them together."""

    def __init__(self, ways: Sequence[Way]) -> None:
        self.ways = ways
        pairs = Pairs([names for names, _ in ways])
        super().__init__(pairs.many, _values([changes for _, changes in ways], pairs.made))
        self.first, self.second = pairs.first, pairs.second


class Tried(Space):
    """Choices, and behind them how what is open could turn out: decided in one pass."""

    def __init__(self, choices: Choices, ways: Ways) -> None:
        self.choices, self.ways = choices, ways
        values = {name: dict(moved.values) for name, moved in choices.moved.items()}
        for name, moved in ways.moved.items():
            spread = values.setdefault(name, {})
            for value, here in moved.values:
                spread[value] = spread.get(value, 0) | here << choices.many
        super().__init__(choices.many + ways.many, values)

    def of_choices(self, here: Worldly) -> Worldly:
        """Those of some worlds that are choices."""
        return here & self.choices.all

    def of_ways(self, here: Worldly) -> Worldly:
        """Those that are ways, as they stand there."""
        return here >> self.choices.many


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
