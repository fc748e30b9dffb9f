"""Whether everything that is named exists: sources, pages, needs, questions, answers, entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from bot.domain.model import Evidence, Outcome
from bot.knowledge.models import KEYED
from bot.knowledge.notation import codes_of
from bot.knowledge.places import Fault, Map, Path, Seq, locate, meant

POINTERS = {
    ("questions", "page"): "pages",
    ("needs", "question"): "questions",
    ("reasons", "question"): "questions",
    ("blockers", "question"): "questions",
    ("drivers", "need"): "needs",
    ("entries", "topic"): "topics",
    ("entries", "related"): "entries",
    ("entries", "within"): "entries",
    ("budgets", "drill"): "drills",
    ("recipes", "meshes"): "meshes",
    ("examples", "rule"): "rules",
    ("examples", "reasons"): "reasons",
    ("examples", "blockers"): "blockers",
}
"""Section and field → the section whose ids the field may name."""
_SOURCED = {(section, "source"): "sources" for section in KEYED}
SINGLE = ("tax", "simplest", "plan", "ownership")
"""Sections that are one item."""


def reference_faults(tree: Map) -> Iterator[Fault]:
    """Everything that names what is not there."""
    for (section, field), target in (POINTERS | _SOURCED).items():
        for key, item in _items(tree, section):
            yield from _dangling(tree, (section, key, field), item.get(field), target)
    for section in SINGLE:
        if isinstance(only := tree.get(section), Map):
            yield from _dangling(tree, (section, "source"), only.get("source"), "sources")
    for key, item in _items(tree, "entries"):
        yield from _itself(tree, ("entries", key, "related"), item.get("related"))
    for key, item in _items(tree, "stages"):
        yield from _stage(tree, key, item)
    for key, item in _items(tree, "examples"):
        yield from _example(tree, key, item)
    yield from _fixed(tree, ("outcomes",), get_args(Outcome))
    yield from _fixed(tree, ("tax", "spread_percent"), get_args(Evidence))


def _items(tree: Map, section: str) -> Iterator[tuple[str, Map]]:
    found = tree.get(section)
    for key, item in found.items() if isinstance(found, Map) else ():
        if isinstance(item, Map):
            yield key, item


def _ids(tree: Map, section: str) -> Mapping[str, object]:
    found = tree.get(section)
    return found if isinstance(found, Map) else {}


def _dangling(tree: Map, path: Path, value: object, target: str) -> Iterator[Fault]:
    if not isinstance(known := tree.get(target), Map):
        return
    named = enumerate(value) if isinstance(value, Seq) else [(None, value)]
    for index, name in named:
        if isinstance(name, str) and name and name not in known:
            where = path if index is None else (*path, index)
            words = f"is '{name}', which is not among the {target}{meant(name, known)}"
            yield Fault(locate(tree, where), where, words)


def _itself(tree: Map, path: Path, related: object) -> Iterator[Fault]:
    seen = [str(path[1])]
    for index, name in enumerate(related if isinstance(related, Seq) else ()):
        if name in seen:
            words = "is the entry itself" if name == path[1] else f"names '{name}' again"
            yield Fault(locate(tree, (*path, index)), (*path, index), words)
        seen.append(str(name))


def _stage(tree: Map, key: str, item: Map) -> Iterator[Fault]:
    """Gates of meshes that exist; sources of every line and gate."""
    gates = item.get("gates")
    for mesh in gates if isinstance(gates, Map) else ():
        yield from _dangling(tree, ("stages", key, "gates", mesh), mesh, "meshes")
    for field in ("enter", "leave", "gates"):
        inside = item.get(field)
        for name, part in inside.items() if isinstance(inside, Map) else ():
            source = part.get("source") if isinstance(part, Map) else None
            yield from _dangling(tree, ("stages", key, field, name, "source"), source, "sources")


def _example(tree: Map, key: str, item: Map) -> Iterator[Fault]:
    """Answers to questions that exist, with codes that are offered, and the rule's own outcome."""
    answers, questions = item.get("answers"), _ids(tree, "questions")
    for name, value in answers.items() if isinstance(answers, Map) else ():
        path: Path = ("examples", key, "answers", name)
        if name not in questions:
            words = f"is not among the questions{meant(name, questions)}"
            yield Fault(locate(tree, path), path, words)
        else:
            given = value.get("value") if isinstance(value, Map) else value
            yield from _codes(tree, path, given, questions[name])
    rule = _ids(tree, "rules").get(str(item.get("rule")))
    if isinstance(rule, Map) and item.get("outcome") != rule.get("outcome"):
        path = ("examples", key, "outcome")
        words = f"is {item.get('outcome')}, but rule '{rule['id']}' gives {rule.get('outcome')}"
        yield Fault(locate(tree, path), path, words)


def _codes(tree: Map, path: Path, given: object, question: object) -> Iterator[Fault]:
    codes = codes_of(question)
    if not codes or not isinstance(question, Map):
        return
    allowed = (*codes, "unknown", *(["na"] if question.get("may_not_apply") else []))
    for code in given if isinstance(given, Seq) else [given]:
        if code not in allowed:
            words = f"is '{code}', not one of {', '.join(codes)}{meant(str(code), codes)}"
            yield Fault(locate(tree, path), path, words)


def _fixed(tree: Map, path: Path, names: tuple[str, ...]) -> Iterator[Fault]:
    """A mapping whose keys are settled: each there, and no other."""
    found: object = tree
    for step in path:
        found = found.get(str(step)) if isinstance(found, Map) else None
    if not isinstance(found, Map):
        return
    for name in names:
        if name not in found:
            yield Fault(locate(tree, path), path, f"lacks '{name}'")
    for name in found:
        if name not in names:
            where = (*path, name)
            words = f"is not one of {', '.join(names)}{meant(name, names)}"
            yield Fault(locate(tree, where), where, words)
