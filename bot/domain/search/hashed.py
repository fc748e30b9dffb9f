"""Many small texts as flat columns of numbers; in dictionaries they weigh four times as much.

A text is known by the 64 bits of its hash: of a hundred thousand texts one in some 10^14 others
would be taken for one of them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Any, Generic, Self, TypeVar

Value = TypeVar("Value")
Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class Hashed:
    """Things in the order of their hashes, each with its places in columns beside them."""

    hashes: array[int]
    bounds: array[int]
    """Where the places of each begin, and those of the last one end."""

    @classmethod
    def of(cls, mentions: Iterable[Hashable]) -> tuple[Self, Sequence[int]]:
        """The things that are mentioned, and the mentions thing by thing, each by its number."""
        mentioned = array("q", map(hash, mentions))
        hashes = array("q", sorted(set(mentioned)))
        rows = array("I", map(partial(bisect_left, hashes), mentioned))
        sizes = Counter(rows)
        bounds = array("I", accumulate(map(sizes.__getitem__, range(len(hashes))), initial=0))
        order, free = array("I", rows), array("I", bounds)
        for mention, row in enumerate(rows):
            order[free[row]] = mention
            free[row] += 1
        return cls(hashes, bounds), order

    def __len__(self) -> int:
        return len(self.hashes)

    def __contains__(self, thing: Hashable) -> bool:
        return self.rows([thing])[0] >= 0

    def rows(self, things: Iterable[Hashable]) -> list[int]:
        """Which of them each is; -1 where it is none."""
        hashes, end, rows = self.hashes, len(self.hashes), list[int]()
        for each in map(hash, things):
            at = bisect_left(hashes, each)
            rows.append(at if at < end and hashes[at] == each else -1)
        return rows

    def places(self, row: int) -> slice:
        """Its places in each column; none for -1."""
        return slice(self.bounds[row], self.bounds[row + 1])


@dataclass(frozen=True, slots=True)
class Known(Generic[Value]):
    """What things come to, without keeping the things."""

    things: Hashed
    values: Sequence[Value]

    @classmethod
    def of(cls, comes_to: Mapping[Any, Value]) -> Self:
        """Keep what each comes to."""
        things, order = Hashed.of(comes_to)
        values = [*comes_to.values()]
        return cls(things, [values[each] for each in order])

    def __contains__(self, thing: Hashable) -> bool:
        return thing in self.things

    def __getitem__(self, thing: Hashable) -> Value:
        (row,) = self.things.rows([thing])
        if row < 0:
            raise KeyError(thing)
        return self.values[row]


def column(values: array[Number], order: Iterable[int]) -> array[Number]:
    """The values of the mentions, thing by thing."""
    return array(values.typecode, map(values.__getitem__, order))
