"""Every way in which one answer may be other, as far as the table can tell; once a pack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.domain.decision.facts import is_open
from bot.domain.decision.looks import HARDLY_ANY, Looks, looks_of, once_a_pack
from bot.domain.decision.space import Opened, Tried, Way, Worldly, union
from bot.domain.model import Answers, Fact
from bot.domain.pack import Pack, Question
from bot.domain.pack.vocabulary import HOUR_INPUTS, MESH_HOURS

NEVER_PROPOSED = ("unknown", "na")
SOUND = {"success_metric": ("metric_sound",)}
"""Facts that follow from what a text says, where somebody says it well."""


class Turning(NamedTuple):
    """The worlds in which an open answer turns out: alone, and as the first or second of two."""

    names: tuple[str, ...]
    alone: Worldly
    first: Worldly
    second: Worldly


class LeftOpen(NamedTuple):
    """All that is open: each of it, where one turns out alone, and where two do together."""

    turning: tuple[Turning, ...]
    alone: Worldly
    pairs: Worldly


class Ways:
    """What may be tried of a pack; which part of it counts follows from what is open."""

    def __init__(self, pack: Pack) -> None:
        looks, self._questions = looks_of(pack), pack.questions
        proposed = [way for each in looks.choices for way in _proposed(each)]
        others = [way for each in pack.questions.values() for way in _others(looks, each)]
        ways = (*proposed, *(way for way in others if way not in proposed), *_HOURS)
        self._tried = Tried(ways, len(proposed))
        self.opened: Callable[[tuple[str, ...]], Opened] = lru_cache(maxsize=64)(self._opened)
        """All that is tried while these of the hours are open."""

        self.left_open: Callable[[frozenset[str]], LeftOpen] = lru_cache(maxsize=256)(
            self._left_open
        )
        """What of it stands for these open questions."""

    def _opened(self, inputs: tuple[str, ...]) -> Opened:
        return Opened(self._tried, tuple(_ends([self._questions[each] for each in inputs])))

    def _left_open(self, missing: frozenset[str]) -> LeftOpen:
        named = dict[tuple[str, ...], list[int]]()
        for at, (names, _) in enumerate(self._tried.ways):
            named.setdefault(names, []).append(at)
        named[tuple(each for each in HOUR_INPUTS if each in missing)] = named.pop(_HOURS[0][0])
        each = [
            self._turning(names, ways)
            for names, ways in named.items()
            if names and missing.issuperset(names)
        ]
        first, second = union(one.first for one in each), union(one.second for one in each)
        return LeftOpen(tuple(each), union(one.alone for one in each), first & second)

    def _turning(self, names: tuple[str, ...], ways: Sequence[int]) -> Turning:
        first, second = self._tried.pairs.first, self._tried.pairs.second
        return Turning(
            names,
            union(1 << at for at in ways),
            union(first[at] for at in ways),
            union(second[at] for at in ways),
        )


ways_of = once_a_pack(Ways)


def missing_in(pack: Pack, answers: Answers) -> list[Question]:
    """Questions on pages without an answer."""
    return [each for each in pack.questions.values() if each.page and is_open(each, answers)]


_HOURS: tuple[Way, Way] = ((("hours",), ()), (("hours",), ()))
"""The calculator's inputs turn out together, for a mesh or against it: which, their ends say."""


def _ends(inputs: Sequence[Question]) -> Iterator[Way]:
    """The hours speak for a mesh, or against it, with every missing input at its end."""

    def end(question: Question, *, speaking_for: bool) -> Fact:
        if question.id == MESH_HOURS and speaking_for:
            return HARDLY_ANY
        low = (question.id == MESH_HOURS) == speaking_for
        return question.least if low or question.most is None else question.most

    names = tuple(each.id for each in inputs)
    for way in (True, False):
        yield names, tuple((each.id, end(each, speaking_for=way)) for each in inputs)


def _proposed(question: Question) -> Iterator[Way]:
    """Every category answer to a question."""
    codes = (option.code for option in question.options)
    yield from _each(question, (code for code in codes if code not in NEVER_PROPOSED))


def _others(looks: Looks, question: Question) -> Iterator[Way]:
    """How the answer to a question on a page could turn out; those that are seen alike are one."""
    if question.page is None or question.id in HOUR_INPUTS or question.id not in looks.names:
        return
    facts: Iterable[Fact]
    match question.kind:
        case "text" | "date":
            sound = ((name, True) for name in SOUND.get(question.id, ()))
            yield (question.id,), ((question.id, True), *sound)
            return
        case "number":
            facts = looks.turning_points(question)
        case "choice":
            facts = (each.code for each in question.options if each.code != "unknown")
        case _:
            facts = ((each.code,) for each in question.options)
    yield from _each(question, {looks.seen(question.id, fact): fact for fact in facts}.values())


def _each(question: Question, facts: Iterable[Fact]) -> Iterator[Way]:
    yield from (((question.id,), ((question.id, fact),)) for fact in facts)
