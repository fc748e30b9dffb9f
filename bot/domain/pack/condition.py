"""The condition language of the knowledge pack: what a rule's `when` may say, and when it holds.

    when:
      platform_owner: named                 # an answer is this code
      few_services: [no, unknown]           # ... or one of these
      services: {below: 10}                 # a number: above, below, at_least, at_most
      pays: true                            # a derived fact
      any:                                  # at least one; `all` and `not` likewise
        - clusters: [one, several]
        - pilot_result: passed

Several keys in one mapping must all hold. A number that is not known satisfies no comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from pydantic import Field, model_validator

from bot.domain.model import Fact, Facts, Frozen

Passes = Callable[[Fact], bool]
"""A test made ready."""


T = TypeVar("T")


class Logic(NamedTuple, Generic[T]):
    """What *and*, *or* and *not* mean."""

    true: T
    false: T
    both: Callable[[T, T], T]
    either: Callable[[T, T], T]
    opposite: Callable[[T], T]


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _either(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return None if one is None or other is None else False


def _opposite(holds: bool | None) -> bool | None:
    return None if holds is None else not holds


PARTLY_KNOWN: Logic[bool | None] = Logic(True, False, _both, _either, _opposite)
"""None where it depends on what is not known."""


class Bounds(Frozen):
    """A comparison with a number; every bound that is given must hold."""

    above: float | None = None
    below: float | None = None
    at_least: float | None = None
    at_most: float | None = None

    @property
    def bounds(self) -> tuple[float, ...]:
        """Those that are given."""
        every = (self.above, self.below, self.at_least, self.at_most)
        return tuple(each for each in every if each is not None)

    def holds(self, fact: Fact) -> bool:
        """Whether a known number lies within the bounds."""
        if isinstance(fact, bool) or not isinstance(fact, int | float):
            return False
        return (
            (self.above is None or fact > self.above)
            and (self.below is None or fact < self.below)
            and (self.at_least is None or fact >= self.at_least)
            and (self.at_most is None or fact <= self.at_most)
        )


Test = bool | Bounds | tuple[str, ...]


class Condition(Frozen):
    """A conjunction of tests on facts, and of nested conditions."""

    tests: Mapping[str, Test] = Field(default_factory=dict)
    all_of: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()
    none_of: tuple[Condition, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, data: object) -> object:
        """Read the pack's notation; a bare code is a list of one."""
        if not isinstance(data, Mapping) or "tests" in data:
            return data
        nested = {"all": "all_of", "any": "any_of", "not": "none_of"}
        out: dict[str, object] = {"tests": {}}
        tests: dict[str, object] = {}
        for key, value in data.items():
            if key == "not":
                out["none_of"] = [value]
            elif key in nested:
                out[nested[key]] = value
            else:
                tests[str(key)] = [value] if isinstance(value, str) else value
        return out | {"tests": tests}

    @cached_property
    def checks(self) -> tuple[tuple[str, Passes], ...]:
        """The tests made ready once: "what if" asks a thousand times."""
        return tuple((name, _check(test)) for name, test in self.tests.items())

    @cached_property
    def is_flat(self) -> bool:
        """Whether it makes tests alone."""
        return not (self.all_of or self.any_of or self.none_of)

    def fold(self, logic: Logic[T], test: Callable[[str, Passes], T]) -> T:
        """What it comes to in a logic, once each test says what it comes to there."""
        so_far = logic.true
        for name, passes in self.checks:
            so_far = logic.both(so_far, test(name, passes))
            if so_far == logic.false:
                return so_far
        if self.is_flat:
            return so_far
        for part in self.all_of:
            so_far = logic.both(so_far, part.fold(logic, test))
        for part in self.none_of:
            so_far = logic.both(so_far, logic.opposite(part.fold(logic, test)))
        if self.any_of and so_far != logic.false:
            some = logic.false
            for part in self.any_of:
                some = logic.either(some, part.fold(logic, test))
            so_far = logic.both(so_far, some)
        return so_far

    def holds(self, facts: Facts) -> bool:
        """Whether every test and every nested condition holds."""
        for name, passes in self.checks:
            if not passes(facts.get(name)):
                return False
        return self.is_flat or (
            all(part.holds(facts) for part in self.all_of)
            and not any(part.holds(facts) for part in self.none_of)
            and (not self.any_of or any(part.holds(facts) for part in self.any_of))
        )

    def names(self) -> Iterator[str]:
        """Every fact the condition looks at, in reading order."""
        yield from self.tests
        for part in (*self.all_of, *self.any_of, *self.none_of):
            yield from part.names()

    @cached_property
    def named(self) -> frozenset[str]:
        """The same, each once."""
        return frozenset(self.names())

    def every_test(self) -> Iterator[tuple[str, Test, Passes]]:
        """Every test it makes, its own and those of nested conditions: of what, which, ready."""
        for (name, passes), test in zip(self.checks, self.tests.values(), strict=True):
            yield name, test, passes
        for part in (*self.all_of, *self.any_of, *self.none_of):
            yield from part.every_test()


def _check(test: Test) -> Passes:
    """One test, ready to be asked about what is known of its fact."""
    match test:
        case bool():
            return lambda fact: fact is test
        case Bounds():
            return test.holds
    codes = frozenset(test)
    return lambda fact: fact in codes or (isinstance(fact, tuple) and not codes.isdisjoint(fact))
