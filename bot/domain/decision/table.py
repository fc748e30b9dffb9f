"""A pack's conditions, turned once into functions over a list of whole numbers.

Each test that they make has a place in the list, and so has each fact that is yes or no:

    small: {services: {below: 10}, teams: {at_most: 1}}    becomes    t[70] = t[31] & t[38]

A place holds the worlds in which it is so, one bit each (`worlds.py`), or what is known of it
(`settled.py`). `facts.derive` is the definition; a test holds that both agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial, reduce

from bot.domain.decision.hours import HOURS_REST_ON, hour_facts
from bot.domain.decision.tested import Place, Seen, Tested, Tests
from bot.domain.model import Fact, Facts
from bot.domain.pack import Pack
from bot.domain.pack.condition import Condition, Logic, Passes
from bot.domain.pack.decision import Cover, Need
from bot.domain.pack.vocabulary import COUNTS, NEED_FLAGS, covered_by

Fill = Callable[[list[int], int, Callable[[int], int]], None]
"""Fills places of a list in; what stands there for *true* is given, and what *not* means."""
_TRUE, _FALSE = "true", "0"
LONG = 800
"""Python takes no more than 200 brackets within one another, nor a sum of thousands."""


class DecisionTable:
    """Where everything stands: rules, all that they rest on, and some conditions beside them.

    What is `told` of how things stand is not read where they are otherwise.
    """

    def __init__(
        self, pack: Pack, beside: Sequence[Condition] = (), told: Sequence[Condition] = ()
    ) -> None:
        self.pack = pack
        self.tests = Tests(pack, (*_resting_on(pack), *beside, *told), _derived(pack))
        self.size = self.tests.size
        self.flags = dict[str, Place]()
        """Facts that are yes or no, and derived."""
        self.counted: dict[str, list[Place]] = {name: [] for name in COUNTS}
        """What is counted, each with the places that count."""
        self.at = dict[int, Place]()
        """Where each condition stands, by which object it is."""
        self._lines = list[str]()
        self._as_text = Logic(_TRUE, _FALSE, self._both, self._either, self._opposite)
        self.needs = self._needs_filled(pack)
        """Whether each need is there, soon, covered, open; and how many are."""
        self.rest = self._rest_filled(pack, beside)
        """The pack's own facts, the rules and what stands beside them."""
        self.rules = [(rule, self.at[id(rule.when)]) for rule in pack.rules.values()]
        self.told = self._filled(told)
        """What is told of how things stand."""
        self.places_of: Callable[[frozenset[str]], Sequence[Place]] = lru_cache(maxsize=512)(
            partial(_places_of, self._places())
        )
        """Where everything stands that goes by the names of some facts."""

        self._sees_hours = lru_cache(maxsize=1024)(self._hours_seen)

    def _needs_filled(self, pack: Pack) -> Fill:
        for need in pack.needs.values():
            self._need(pack, need)
        for tested in self.tests.counts:
            self._count(tested)
        return self._function()

    def _rest_filled(self, pack: Pack, beside: Iterable[Condition]) -> Fill:
        for name, condition in pack.facts.items():
            self._flag(name, self._text(condition))
        return self._filled((*(rule.when for rule in pack.rules.values()), *beside))

    def _filled(self, conditions: Iterable[Condition]) -> Fill:
        self.at |= {id(each): self._line(self._text(each)) for each in conditions}
        return self._function()

    def _places(self) -> Mapping[str, Sequence[Place]]:
        tests = (*self.tests.said, *self.tests.hours, *self.tests.counts)
        places: dict[str, Sequence[Place]] = {
            each.name: range(each.first, each.first + len(each.tests)) for each in tests
        }
        return places | {name: (at,) for name, at in self.flags.items()}

    def sees_hours(self, stated: Facts) -> Seen:
        """Which of the tests of the hours pass, in the order of their places."""
        return self._sees_hours(tuple([stated.get(name) for name in HOURS_REST_ON]))

    def _hours_seen(self, inputs: tuple[Fact, ...]) -> Seen:
        hours = hour_facts(self.pack, dict(zip(HOURS_REST_ON, inputs, strict=True)))
        return tuple(seen for each in self.tests.hours for seen in each.sees(hours[each.name]))

    def _need(self, pack: Pack, need: Need) -> None:
        """As `facts.derive` has it: what stands further down may look at what stands above."""
        now = self._line(self._text(need.now))
        needed = self._line(f"t[{now}] | {self._if(need.soon)}")
        ways = [self._cover(each, needed) for each in pack.covers.values() if each.need == need.id]
        coverable = self._line(reduce(self._either, (f"t[{way}]" for way in ways), _FALSE))
        covered = self._line(f"t[{needed}] & t[{coverable}]")
        unknown = self._line(f"opposite(t[{needed}]) & {self._if(need.unknown)}")
        is_open = self._line(f"t[{needed}] & opposite(t[{covered}])")
        open_now = self._line(f"t[{now}] & opposite(t[{covered}])")
        soon = self._line(f"t[{needed}] & opposite(t[{now}])")
        places = (now, soon, coverable, covered, is_open, open_now)
        self.flags |= {f"{need.id}_{flag}": at for flag, at in zip(NEED_FLAGS, places, strict=True)}
        for name, at in zip(COUNTS, (needed, is_open, open_now, unknown), strict=True):
            self.counted[name].append(at)

    def _cover(self, cover: Cover, needed: Place) -> Place:
        """Where something simpler would do; where it is needed as well, that is a fact."""
        here = self._line(self._text(cover.when))
        self._flag(covered_by(cover.id), f"t[{needed}] & t[{here}]")
        return here

    def _count(self, tested: Tested) -> None:
        """How many there are: of each number whether there are at least so many."""
        at_least = [_TRUE]
        for place in self.counted[tested.name]:
            one_more = [f"{there} & t[{place}]" for there in at_least]
            joined = zip([*at_least[1:], _FALSE], one_more, strict=True)
            at_least[1:] = [f"t[{self._line(f'{as_many} | {more}')}]" for as_many, more in joined]
        exactly = [
            f"{there} & opposite({more})"
            for there, more in zip(at_least, [*at_least[1:], _FALSE], strict=True)
        ]
        for place, passes in enumerate(tested.tests, tested.first):
            those = [there for many, there in enumerate(exactly) if passes(many)]
            self._lines.append(f" t[{place}] = {reduce(self._either, those, _FALSE)}")

    def _flag(self, name: str, text: str) -> None:
        self.flags[name] = self._line(text)

    def _line(self, text: str) -> Place:
        self._lines.append(f" t[{self.size}] = {text}")
        self.size += 1
        return self.size - 1

    def _if(self, condition: Condition | None) -> str:
        return self._text(condition) if condition else _FALSE

    def _text(self, condition: Condition) -> str:
        return condition.fold(self._as_text, self._test)

    def _both(self, one: str, other: str) -> str:
        return other if one == _TRUE else f"{self._short(one)} & {self._short(other)}"

    def _either(self, one: str, other: str) -> str:
        return other if one == _FALSE else f"({self._short(one)} | {self._short(other)})"

    def _opposite(self, part: str) -> str:
        return f"opposite({self._short(part)})"

    def _short(self, text: str) -> str:
        """What grows too long to be compiled has a place of its own."""
        return text if len(text) < LONG else f"t[{self._line(text)}]"

    def _test(self, name: str, passes: Passes) -> str:
        """Of what is yes or no, how it stands itself; further up than it stands, it is neither."""
        if passes in self.tests.of:
            return f"t[{self.tests.of[passes]}]"
        here = self.flags.get(name)
        if here is None or passes(True) == passes(False):
            return _FALSE
        return f"t[{here}]" if passes(True) else f"opposite(t[{here}])"

    def _function(self) -> Fill:
        """The lines so far as a function; of the pack there is nothing in them but places."""
        made: dict[str, Fill] = {}
        exec("\n".join(("def fill(t, true, opposite):", *self._lines, " return")), made)
        self._lines.clear()
        return made["fill"]


def _places_of(places: Mapping[str, Sequence[Place]], names: frozenset[str]) -> Sequence[Place]:
    return [place for name in names & places.keys() for place in places[name]]


def _derived(pack: Pack) -> set[str]:
    """Facts that are yes or no, and derived from others."""
    needs = {f"{need}_{flag}" for need in pack.needs for flag in NEED_FLAGS}
    return {*needs, *(covered_by(each.id) for each in pack.covers.values()), *pack.facts}


def _resting_on(pack: Pack) -> Iterator[Condition]:
    """The conditions of the rules, and those of everything that is derived."""
    for need in pack.needs.values():
        yield from filter(None, (need.now, need.soon, need.unknown))
    yield from (cover.when for cover in pack.covers.values())
    yield from pack.facts.values()
    yield from (rule.when for rule in pack.rules.values())
