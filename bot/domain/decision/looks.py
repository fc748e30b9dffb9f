"""What the decision table looks at, and how finely it tells one value from another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache, partial
from typing import Protocol, TypeVar

from bot.domain.decision.following import follows_from, looked_at, named_in
from bot.domain.decision.hours import count_of
from bot.domain.decision.table import DecisionTable
from bot.domain.decision.tested import Seen
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
        self.pack = pack
        self._passes: dict[str, list[Passes]] = {}
        self.bounds: dict[str, set[float]] = {}
        """Fact → the numbers that it is compared with."""

        for condition in _deciding(pack):
            for name, test, passes in condition.every_test():
                self._passes.setdefault(name, []).append(passes)
                if isinstance(test, Bounds):
                    self.bounds.setdefault(name, set()).update(test.bounds)
        self._passes.setdefault(EXISTING, []).append(pack.has_ended)
        names = {*named_in((*_deciding(pack), *pack.facts.values())), EXISTING, *HOUR_INPUTS}
        counted = {"languages"} if "language_count" in names else set()
        self.names = frozenset(names | counted)
        """What it looks at, or may speak of, straight or through what is derived from it."""

        blockers = [each.when for each in pack.blockers.values()]
        self.table = DecisionTable(pack, blockers, tuple(told_in(pack)))
        self.follows: Callable[[frozenset[str]], frozenset[str]] = lru_cache(maxsize=512)(
            partial(follows_from, pack)
        )
        """What follows from questions, whatever is answered to them."""

        self.seen: Callable[[str, Fact], Seen] = lru_cache(maxsize=4096, typed=True)(self._seen)
        """What it makes of a value: two that it sees alike are decided alike."""

    @cached_property
    def behind(self) -> Mapping[str, frozenset[str]]:
        """What each rule looks at, straight or through the pack's facts."""
        rules = self.pack.rules.values()
        return {each.id: frozenset(looked_at(self.pack, [each.when])) for each in rules}

    @cached_property
    def choices(self) -> tuple[Question, ...]:
        """Questions of which another category answer may be proposed."""
        return tuple(each for each in self._flippable() if each.kind == "choice")

    @cached_property
    def numbers(self) -> tuple[Question, ...]:
        """Questions of which another number may be proposed."""
        return tuple(each for each in self._flippable() if each.kind == "number")

    def _flippable(self) -> Iterator[Question]:
        tested = {*self._passes, *HOUR_INPUTS}
        flippable = (each for each in self.pack.questions.values() if each.flippable)
        return (each for each in flippable if each.id in tested)

    def _seen(self, name: str, fact: Fact) -> Seen:
        own = [passes(fact) for passes in self._passes.get(name, ())]
        if name == "languages":
            many = count_of(fact)
            own += [passes(many) for passes in self._passes.get("language_count", ())]
        return tuple(own)

    def turning_points(self, question: Question) -> tuple[float, ...]:
        """Numbers at which it may decide differently: the ends, and around its own bounds."""
        bounds = self.bounds.get(question.id, ())
        around = {bound + step for bound in bounds for step in (-1.0, 0.0, 1.0)}
        around |= {HARDLY_ANY} if question.id == MESH_HOURS else set()
        most = question.most if question.most is not None else max((1e6, *around))
        inside = (x for x in around if question.least < x < most)
        return tuple(sorted({question.least, most, *inside}))


T = TypeVar("T")
PACKS = 4
"""Today's, and those of closed decisions that somebody looks at."""


def once_a_pack(make: Callable[[Pack], T]) -> Callable[[Pack], T]:
    """What is made of a pack, made once while it is among the last few that were new."""
    lately: tuple[tuple[Pack, T], ...] = ()

    def made(pack: Pack) -> T:
        nonlocal lately
        for known, thing in lately:
            if known is pack:
                return thing
        lately = ((pack, thing := make(pack)), *lately[: PACKS - 1])
        return thing

    return made


looks_of = once_a_pack(Looks)


class _Says(Protocol):
    @property
    def when(self) -> Condition | None: ...


def told_in(pack: Pack) -> Iterator[Condition]:
    """When an advice says what it says beside the rule and what stops a mesh."""
    told: tuple[Mapping[str, _Says], ...] = (
        *(pack.reasons, pack.contradictions, pack.tripwires, pack.alternatives),
        *(pack.shapes, pack.abilities, pack.refusals, pack.traps, pack.managed),
    )
    yield from (each.when for section in told for each in section.values() if each.when)
    yield from (each.part for each in pack.refusals.values() if each.part)
    yield from (when for rule in pack.rules.values() for when in rule.asks.values())
    for asked in pack.to_adopt.values():
        yield from (asked.met, *(way.when for way in asked.ways))
    yield from (each.unknown for each in pack.needs.values() if each.unknown)
    yield pack.simplest.when
    if pack.duty:
        yield pack.duty.when


def _deciding(pack: Pack) -> Iterator[Condition]:
    """The rules, and all that they rest on."""
    rules = [rule.when for rule in pack.rules.values()]
    yield from rules
    reached = looked_at(pack, rules)
    yield from (each for name, each in pack.facts.items() if name in reached)
    for need in pack.needs.values():
        yield from filter(None, (need.now, need.soon, need.unknown))
    yield from (cover.when for cover in pack.covers.values())
