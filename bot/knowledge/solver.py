"""Whether conditions can hold together: a search over the few values that they can tell apart.

Facts are taken as independent of each other, save a pack's own facts, which are opened up. So what
is found impossible is impossible; what is believed possible may still not be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations, pairwise

from bot.domain.pack import Fact, Pack, Question
from bot.domain.pack.condition import PARTLY_KNOWN, Bounds, Condition, Passes, Test
from bot.domain.pack.vocabulary import FIGURES, FLAGS, VERDICT_FIGURES, VERDICT_FLAGS, derived_names

MAX_STEPS = 5_000
"""Assignments that are tried before conditions are believed to be possible together."""

Demand = tuple[Condition, bool]
"""A condition, and whether it must hold or must not."""
Known = Mapping[str, Fact]


class Solver:
    """Knows the facts of one pack and their values."""

    def __init__(self, pack: Pack, written: Iterable[Condition]) -> None:
        self.facts = pack.facts
        self.values = _values(pack, _tests(written))
        self.steps = 0

    def possible(self, demands: Iterable[Demand]) -> bool:
        """False only if no facts whatever meet all demands."""
        self.steps = 0
        return self._search(tuple(demands), {})

    def _search(self, demands: Sequence[Demand], known: Known) -> bool:
        self.steps += 1
        left = []
        for condition, wanted in demands:
            holds = self._holds(condition, known)
            if holds is None:
                left.append((condition, wanted))
            elif holds is not wanted:
                return False
        if not left or self.steps > MAX_STEPS:
            return True
        name = self._undecided(left[0][0], known)
        return any(self._search(left, {**known, name: value}) for value in self.values[name])

    def _holds(self, condition: Condition, known: Known) -> bool | None:
        """As `Condition.holds`, with None while it depends on what is not chosen yet."""
        return condition.fold(PARTLY_KNOWN, partial(self._passes, known))

    def _passes(self, known: Known, name: str, passes: Passes) -> bool | None:
        if name in self.facts:
            holds = self._holds(self.facts[name], known)
            return None if holds is None else passes(holds)
        return passes(known[name]) if name in known else None

    def _undecided(self, condition: Condition, known: Known) -> str:
        """The first fact on which an undecided condition depends."""
        for name, passes in condition.checks:
            if self._passes(known, name, passes) is None:
                own = self.facts.get(name)
                return name if own is None else self._undecided(own, known)
        parts = (*condition.all_of, *condition.any_of, *condition.none_of)
        open_part = next(part for part in parts if self._holds(part, known) is None)
        return self._undecided(open_part, known)


def _tests(written: Iterable[Condition]) -> Mapping[str, list[Test]]:
    """Fact → every test that any condition makes of it."""
    by_fact: dict[str, list[Test]] = {}
    for condition in written:
        for name, test in condition.tests.items():
            by_fact.setdefault(name, []).append(test)
        inner = _tests((*condition.all_of, *condition.any_of, *condition.none_of))
        for name, tests in inner.items():
            by_fact.setdefault(name, []).extend(tests)
    return by_fact


def _values(pack: Pack, tests: Mapping[str, list[Test]]) -> dict[str, tuple[Fact, ...]]:
    """Fact → values such that no test tells any other value from all of them."""
    flags: tuple[Fact, ...] = (True, False)
    values = dict.fromkeys(derived_names(pack.needs, pack.covers), flags)
    values |= dict.fromkeys(FLAGS, (*flags, None))
    values |= {name: (None, *_numbers(_limits(tests.get(name, ())))) for name in FIGURES}
    values |= {name: tuple(_counts(tests.get(name, ()))) for name in VERDICT_FIGURES}
    values |= dict.fromkeys(VERDICT_FLAGS, flags)
    for name, question in pack.questions.items():
        values[name] = tuple(_answers(question, tests.get(name, ())))
    return values


def _answers(question: Question, tests: Iterable[Test]) -> Iterator[Fact]:
    """What can be known of a question, as far as the tests tell it apart."""
    codes = [option.code for option in question.options]
    match question.kind:
        case "number":
            ends = {question.least, question.least if question.most is None else question.most}
            numbers = _numbers(_limits(tests) | ends)
            yield from (None, *(each for each in numbers if _may_be(question, each)))
        case "text" | "date":
            yield from (True, False)
        case "choices":
            named = {code for test in tests if isinstance(test, tuple) for code in test}
            for size in range(len(named) + 1):
                yield from combinations(sorted(named), size)
        case _:
            yield from dict.fromkeys((*codes, "unknown"))


def _counts(tests: Iterable[Test]) -> Iterator[Fact]:
    """Whole numbers from 0 on, on both sides of every limit."""
    whole = {side for limit in _limits(tests) for side in (limit // 1, limit // 1 + 1)}
    return (each for each in _numbers(whole) if each >= 0 and each % 1 == 0)


def _may_be(question: Question, number: float) -> bool:
    below_most = question.most is None or number <= question.most
    return number >= question.least and below_most and (not question.whole or number % 1 == 0)


def _limits(tests: Iterable[Test]) -> set[float]:
    """Every number that a test compares with."""
    compares = [test for test in tests if isinstance(test, Bounds)]
    bounds = [value for each in compares for value in each.model_dump().values()]
    return {float(bound) for bound in bounds if bound is not None}


def _numbers(limits: set[float]) -> Iterator[float]:
    """Each limit, and a number in each gap: a whole one where there is one."""
    points = sorted(limits) or [0.0]
    yield from points
    yield points[0] - 1
    yield points[-1] + 1
    for low, high in pairwise(points):
        whole = low // 1 + 1
        yield whole if whole < high else (low + high) / 2
