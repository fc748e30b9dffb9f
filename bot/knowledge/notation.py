"""Whether conditions are written as they may be, and look only at facts that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.domain.pack.condition import Bounds
from bot.domain.pack.vocabulary import FIGURES, VERDICT_FIGURES, VERDICT_FLAGS, derived_names
from bot.knowledge.marks import Fault, Map, Path, Seq, locate, meant
from bot.knowledge.models import conditions

BRANCHES = ("all", "any", "not")
RESERVED = (*BRANCHES, "tests", "all_of", "any_of", "none_of")
BOUNDS = tuple(Bounds.model_fields)
UNKNOWN = "unknown"


class Kind(NamedTuple):
    """What a fact can be: one of some codes, a number, or (neither) true or false."""

    codes: tuple[str, ...] = ()
    number: bool = False


VERDICT_KINDS = {
    **dict.fromkeys(VERDICT_FIGURES, Kind(number=True)),
    **dict.fromkeys(VERDICT_FLAGS, Kind()),
}
"""What the verdict's table may look at: results, not answers."""
NO_RESULT = "nothing that a verdict looks at"


def condition_faults(tree: Map) -> Iterator[Fault]:
    """Every condition of a pack that is written wrongly or looks at what is not there."""
    if not isinstance(tree.get("questions"), Map):
        return
    answered, judged = _Checker(tree, fact_kinds(tree)), _Checker(tree, VERDICT_KINDS, NO_RESULT)
    for path, written in conditions(tree):
        yield from (judged if path[0] == "verdicts" else answered).check(written, path)
    yield from _order_faults(tree, _mapping(tree, "facts"))
    yield from _name_faults(tree)


def _derived(tree: Map) -> frozenset[str]:
    return derived_names(_mapping(tree, "needs"), _mapping(tree, "covers"))


def fact_kinds(tree: Map) -> dict[str, Kind]:
    """Every name a condition may use → what its values are."""
    kinds = {name: Kind() for name in _derived(tree)}
    kinds |= {name: Kind() for name in _mapping(tree, "facts")}
    kinds |= {name: Kind(number=True) for name in FIGURES}
    return kinds | {name: _kind(each) for name, each in _mapping(tree, "questions").items()}


def codes_of(question: object) -> tuple[str, ...]:
    """The codes a question's options carry, as far as they are written."""
    options = question.get("options") if isinstance(question, Map) else None
    written = options if isinstance(options, Seq) else ()
    codes = [each.get("code") for each in written if isinstance(each, Map)]
    return tuple(code for code in codes if isinstance(code, str))


def _kind(question: object) -> Kind:
    match question.get("kind", "choice") if isinstance(question, Map) else "choice":
        case "number":
            return Kind(number=True)
        case "text" | "date":
            return Kind()
        case "choices":
            return Kind(codes=codes_of(question))
        case _:
            return Kind(codes=(*dict.fromkeys((*codes_of(question), UNKNOWN)),))


def _mapping(tree: Map, section: str) -> Mapping[str, object]:
    items = tree.get(section)
    return items if isinstance(items, Map) else {}


def _order_faults(tree: Map, facts: Mapping[str, object]) -> Iterator[Fault]:
    """Facts are worked out from the top: one that looks ahead would always see nothing."""
    ahead = list(facts)
    for name, condition in facts.items():
        for path, used in _names(condition, ("facts", name)):
            if used in ahead:
                words = f"is a fact that comes later: put '{used}' above '{name}'"
                words = "is the fact itself" if used == name else words
                yield Fault(locate(tree, path), path, words)
        ahead.remove(name)


def _name_faults(tree: Map) -> Iterator[Fault]:
    """One name means one thing wherever a condition uses it."""
    questions, facts = _mapping(tree, "questions"), _mapping(tree, "facts")
    derived = _derived(tree) | VERDICT_KINDS.keys()
    taken = [("facts", name) for name in facts if name in questions or name in derived]
    taken += [("questions", name) for name in questions if name in derived]
    for path in taken:
        words = "is also the name of a question or of what meshfit derives: choose another"
        yield Fault(locate(tree, path), path, words)
    for section, names in (("questions", questions), ("facts", facts)):
        for name in names:
            if name in RESERVED:
                words = "is a word of the condition language: choose another"
                yield Fault(locate(tree, (section, name)), (section, name), words)


def _names(condition: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Every fact a written condition looks at, with where it does."""
    if not isinstance(condition, Map):
        return
    for key, value in condition.items():
        if key not in BRANCHES:
            yield (*path, key), key
        elif isinstance(value, Seq):
            for index, part in enumerate(value):
                yield from _names(part, (*path, key, index))
        else:
            yield from _names(value, (*path, key))


class _Checker(NamedTuple):
    tree: Map
    kinds: Mapping[str, Kind]
    unknown: str = "no question and no fact"

    def check(self, written: object, path: Path) -> Iterator[Fault]:
        """One condition and everything inside it."""
        if not isinstance(written, Map):
            yield self._fault(path, "must be a condition, like platform_owner: named")
            return
        for key, value in written.items():
            inside = (*path, key)
            if key == "not":
                yield from self.check(value, inside)
            elif key in BRANCHES:
                yield from self._several(value, inside)
            elif key not in self.kinds:
                names = (*self.kinds, *BRANCHES)
                yield self._fault(inside, f"is {self.unknown}{meant(key, names)}")
            else:
                yield from self._test(value, self.kinds[key], inside)

    def _several(self, value: object, path: Path) -> Iterator[Fault]:
        if not isinstance(value, Seq) or not value:
            yield self._fault(path, "must be a list of conditions")
            return
        for index, part in enumerate(value):
            yield from self.check(part, (*path, index))

    def _test(self, value: object, kind: Kind, path: Path) -> Iterator[Fault]:
        if kind.number:
            yield from self._bounds(value, path)
        elif kind.codes:
            yield from self._codes(value, kind.codes, path)
        elif not isinstance(value, bool):
            yield self._fault(path, "must be true or false")

    def _codes(self, value: object, codes: tuple[str, ...], path: Path) -> Iterator[Fault]:
        wanted = value if isinstance(value, Seq) else [value]
        if not wanted:
            yield self._fault(path, f"must name one or more of {', '.join(codes)}")
        for index, code in enumerate(wanted):
            where = (*path, index) if isinstance(value, Seq) else path
            if not isinstance(code, str):
                yield self._fault(where, f"must be one of {', '.join(codes)}")
            elif code not in codes:
                words = f"is '{code}', not one of {', '.join(codes)}{meant(code, codes)}"
                yield self._fault(where, words)

    def _bounds(self, value: object, path: Path) -> Iterator[Fault]:
        if not isinstance(value, Map) or not value:
            yield self._fault(path, f"must compare a number, like {{below: 10}} ({_or(BOUNDS)})")
            return
        for bound, limit in value.items():
            if bound not in BOUNDS:
                words = f"is no comparison, use {_or(BOUNDS)}{meant(bound, BOUNDS)}"
                yield self._fault((*path, bound), words)
            elif isinstance(limit, bool) or not isinstance(limit, int | float):
                yield self._fault((*path, bound), "must be a number")

    def _fault(self, path: Path, words: str) -> Fault:
        return Fault(locate(self.tree, path), path, words)


def _or(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
