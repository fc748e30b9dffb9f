"""The shipped decision with one thing changed: what a slip of an expert's hand would look like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from typing import Any, NamedTuple, get_args

from bot.domain.pack import Outcome, Pack
from bot.domain.pack.condition import Condition
from bot.knowledge.folder import read_folder
from bot.knowledge.marks import plain
from bot.knowledge.models import KEYED, conditions
from bot.settings import SHIPPED_PACK
from tests.domain.situations import PACK

SECTIONS = ("needs", "covers", "facts", "rules", "reasons", "blockers")
"""What of decision.yaml decides, or is said of a decision ..."""
ABOUT_ADOPT = ("to_adopt", "contradictions")
"""... and what tells how Adopt is reached, and what does not go together."""
BESIDE = ("answers_may_prove", "nothing_to_save")
"""Facts that decide nothing: only what Adopt takes looks at them."""
TREE = read_folder(SHIPPED_PACK).tree
Raw = dict[str, Any]
Steps = tuple[str | int, ...]


class Mutant(NamedTuple):
    """The sections of decision.yaml with one value changed, and the pack that they make."""

    name: str
    raw: Raw
    section: str
    item: str

    @property
    def changed(self) -> Any:
        """The item as the pack would hold it: a rule, a reason, a condition."""
        return getattr(self.pack, self.section)[self.item]

    @property
    def pack(self) -> Pack:
        """The pack, past the loader."""
        written = self.raw[self.section][self.item]
        kind = KEYED.get(self.section, Condition)
        named = {**written, "id": self.item} if kind is not Condition else written
        items = {**getattr(PACK, self.section), self.item: kind.model_validate(named)}
        return PACK.model_copy(update={self.section: items})


def mutants() -> Iterator[Mutant]:
    """Every number a step up and down, every outcome another, every part of a condition gone."""
    yield from _of_numbers_and_conditions(lambda steps: steps[0] in SECTIONS and not _beside(steps))
    for rule in PACK.rules.values():
        for outcome in set(get_args(Outcome)) - {rule.outcome}:
            yield _changed(("rules", rule.id, "outcome"), outcome)


def mutants_beside() -> Iterator[Mutant]:
    """The same of what decides nothing: of ways to Adopt, of contradictions, of their facts."""
    yield from _of_numbers_and_conditions(lambda steps: steps[0] in ABOUT_ADOPT or _beside(steps))


def _beside(steps: Steps) -> bool:
    return steps[0] == "facts" and steps[1] in BESIDE


def _of_numbers_and_conditions(wanted: Callable[[Steps], bool]) -> Iterator[Mutant]:
    for steps, number in _numbers(_decision(), ()):
        if wanted(steps):
            step = 1 if number == int(number) else 0.1
            yield _changed(steps, round(number - step, 6))
            yield _changed(steps, round(number + step, 6))
    written = [(path, plain(tree)) for path, tree in conditions(TREE) if wanted(path)]
    yield from (_changed(steps, None) for path, one in written for steps in _parts(one, path))


@cache
def _decision() -> Raw:
    return {name: plain(TREE[name]) for name in (*SECTIONS, *ABOUT_ADOPT)}


def _numbers(value: object, steps: Steps) -> Iterator[tuple[Steps, float]]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from _numbers(inside, (*steps, key))
    elif isinstance(value, list):
        for at, inside in enumerate(value):
            yield from _numbers(inside, (*steps, at))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield steps, value


def _parts(condition: object, steps: Steps) -> Iterator[Steps]:
    """The way to every test and every nested condition."""
    if isinstance(condition, dict):
        for key, inside in condition.items():
            if len(condition) > 1 or steps[-1] in ("any", "all") or len(steps) > 3:
                yield (*steps, key)
            if key in ("any", "all", "not"):
                yield from _parts(inside, (*steps, key))
    elif isinstance(condition, list):
        for at, inside in enumerate(condition):
            yield (*steps, at)
            yield from _parts(inside, (*steps, at))


def _changed(steps: Steps, value: object) -> Mutant:
    raw = deepcopy(_decision())
    *way, last = steps
    at: Any = raw
    for step in way:
        at = at[step]
    name = f"{'.'.join(map(str, steps))}: {at[last]} → {'gone' if value is None else value}"
    if value is None:
        del at[last]
    else:
        at[last] = value
    return Mutant(name, raw, str(steps[0]), str(steps[1]))
