"""What a pack's conditions ask of each fact: every test once, at a place of its own."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from functools import lru_cache

from bot.domain.decision.hours import count_of
from bot.domain.model import Fact
from bot.domain.pack import Pack
from bot.domain.pack.condition import Condition, Passes, Test
from bot.domain.pack.vocabulary import COUNTS, HOUR_FIGURES, HOUR_FLAGS
from bot.domain.pack.whole import EXISTING

Place = int
"""Where something stands in a list (`table.py`)."""
Seen = tuple[bool, ...]
"""Which of the tests of a fact pass."""
HOURS = frozenset((*HOUR_FIGURES, *HOUR_FLAGS))


class Tested:
    """A fact, and what is tested of it: the first test stands at a place, the others behind it."""

    def __init__(self, name: str, first: Place, tests: tuple[Passes, ...]) -> None:
        self.name, self.first, self.tests = name, first, tests
        self.sees: Callable[[Fact], Seen] = lru_cache(maxsize=64, typed=True)(self._sees)
        """Which of the tests pass; most people answer with the same few codes."""

    def _sees(self, fact: Fact) -> Seen:
        return tuple([passes(fact) for passes in self.tests])


class Tests:
    """All that conditions look at, save what is derived and yes or no (`flags`)."""

    def __init__(self, pack: Pack, every: Iterable[Condition], flags: Container[str]) -> None:
        found: dict[str, dict[tuple[str, Test], list[Passes]]] = {}
        for condition in every:
            for name, test, passes in condition.every_test():
                if name not in flags:
                    at = found.setdefault(_MADE_OF.get(name, name), {})
                    at.setdefault((name, test), []).append(passes)
        self.of: dict[Passes, Place] = {}
        """Of every single test its place."""
        self.size = 0
        said = [name for name in found if name not in HOURS and name not in COUNTS]
        self.said = [self._placed(pack, name, found[name]) for name in said]
        """What is said, or follows from one answer alone, in the order of the places."""
        self.hours = [self._placed(pack, name, found[name]) for name in found if name in HOURS]
        self.counts = [self._placed(pack, name, found[name]) for name in found if name in COUNTS]

    def _placed(
        self, pack: Pack, name: str, found: Mapping[tuple[str, Test], list[Passes]]
    ) -> Tested:
        first, tests = self.size, list[Passes]()
        for (fact, _), alike in found.items():
            self.of |= dict.fromkeys(alike, self.size)
            tests.append(_asked_of_its_source(pack, fact, alike[0]))
            self.size += 1
        return Tested(name, first, tuple(tests))


_MADE_OF = {"language_count": "languages", "mesh_ended": EXISTING}
"""What follows from one answer alone is tested of that."""


def _asked_of_its_source(pack: Pack, fact: str, passes: Passes) -> Passes:
    made: Callable[[Fact], Fact]
    match fact:
        case "language_count":
            made = count_of
        case "mesh_ended":
            made = pack.has_ended
        case _:
            return passes
    return lambda source: passes(made(source))
