"""Whether everything that is named exists: sources, pages, needs, questions, answers, entries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import get_args

from bot.domain.pack import Evidence, Outcome, Pack
from bot.domain.pack.whole import EXISTING
from bot.knowledge.marks import Fault, Map, Path, Seq, locate, meant
from bot.knowledge.notation import codes_of

POINTERS = {
    ("questions", "page"): "pages",
    ("questions", "across_by"): "questions",
    ("pages", "asks"): "questions",
    ("pages", "requires"): "questions",
    ("needs", "question"): "questions",
    ("reasons", "question"): "questions",
    ("blockers", "question"): "questions",
    ("drivers", "need"): "needs",
    ("entries", "topic"): "topics",
    ("entries", "related"): "entries",
    ("entries", "within"): "entries",
    ("entries", "drill"): "drills",
    ("budgets", "drill"): "drills",
    ("recipes", "meshes"): "meshes",
    ("entries", "conflict"): "conflicts",
    ("conflicts", "findings"): "findings",
    ("modes", "mesh"): "meshes",
    ("modes", "shapes"): "shapes",
    ("traps", "modes"): "modes",
    ("refusals", "modes"): "modes",
    ("managed", "modes"): "modes",
    ("alternatives", "need"): "needs",
    ("covers", "need"): "needs",
    ("readiness", "modes"): "modes",
    ("contradictions", "questions"): "questions",
    ("tripwires", "question"): "questions",
    ("examples", "rule"): "rules",
    ("examples", "reasons"): "reasons",
    ("examples", "blockers"): "blockers",
}
"""Section and field → the section whose ids the field may name."""
KEYS = {
    ("overhead",): "modes",
    ("abilities", "fits"): "modes",
    ("stages", "gates"): "meshes",
    ("rules", "asks"): "questions",
    ("examples", "worksheet"): "chores",
}
"""Section, or a field of its items → the section whose ids are the keys there."""
SOURCED = ("source", "sources")
"""Fields that name sources, wherever they stand."""


OF_A_MESH_THAT_IS_THERE = ("keep", "leave")
"""Outcomes that a pack words only if one of its rules gives them."""


def reference_faults(tree: Map) -> Iterator[Fault]:
    """Everything that names what is not there."""
    for (section, field), target in POINTERS.items():
        for key, item in _items(tree, section):
            yield from _dangling(tree, (section, key, field), item.get(field), target)
    for path, named in _sources(tree, ()):
        yield from _dangling(tree, path, named, "sources")
    for where, target in KEYS.items():
        for path in _keys(tree, *where):
            yield from _dangling(tree, path, path[-1], target)
    simplest = _ids(tree, "simplest")
    yield from _dangling(tree, ("simplest", "modes"), simplest.get("modes"), "modes")
    for key, item in _items(tree, "entries"):
        yield from _itself(tree, ("entries", key, "related"), item.get("related"))
    yield from _ways(tree)
    yield from _running(tree)
    for key, item in _items(tree, "examples"):
        yield from _example(tree, key, item)
    decided = [item.get("outcome") for _, item in _items(tree, "rules")]
    unused = {name for name in OF_A_MESH_THAT_IS_THERE if name not in decided}
    yield from _fixed(tree, ("outcomes",), get_args(Outcome), unused)
    spreads = tuple(each for each in get_args(Evidence) if each != "derived")
    yield from _fixed(tree, ("tax", "spread_percent"), spreads)


def _items(tree: Map, section: str) -> Iterator[tuple[str, Map]]:
    items = tree.get(section)
    for key, item in items.items() if isinstance(items, Map) else ():
        if isinstance(item, Map):
            yield key, item


def _ids(tree: Map, section: str) -> Mapping[str, object]:
    items = tree.get(section)
    return items if isinstance(items, Map) else {}


def _sources(value: Map | Seq, path: Path) -> Iterator[tuple[Path, object]]:
    """Every place that names a source, save answers, whose questions may be called anything."""
    if path[-1:] == ("answers",):
        return
    steps = value.items() if isinstance(value, Map) else enumerate(value)
    for step, inside in steps:
        if path and step in SOURCED:
            yield (*path, step), inside
        elif isinstance(inside, Map | Seq):
            yield from _sources(inside, (*path, step))


def _keys(tree: Map, section: str, field: str | None = None) -> Iterator[Path]:
    """Where each key of a section stands, or each key of one field of its items."""
    if field is None:
        yield from ((section, key) for key in _ids(tree, section))
        return
    for key, item in _items(tree, section):
        if isinstance(inside := item.get(field), Map):
            yield from ((section, key, field, name) for name in inside)


def _dangling(tree: Map, path: Path, value: object, target: str) -> Iterator[Fault]:
    optional = not Pack.model_fields[target].is_required()
    known = tree.get(target, {} if optional else None)
    if not isinstance(known, dict):
        return  # that it is missing or no mapping is said elsewhere, once
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


def _ways(tree: Map) -> Iterator[Fault]:
    """The questions that tell when something has become so."""
    for key, item in _items(tree, "to_adopt"):
        ways = item.get("ways")
        for index, way in enumerate(ways if isinstance(ways, Seq) else ()):
            path: Path = ("to_adopt", key, "ways", index, "question")
            if isinstance(way, Map):
                yield from _dangling(tree, path, way.get("question"), "questions")


def _running(tree: Map) -> Iterator[Fault]:
    """Meshes that may run already are called as the checklist calls them."""
    codes = codes_of(_ids(tree, "questions").get(EXISTING))
    for key, _ in _items(tree, "running"):
        if key not in codes:
            words = f"is '{key}', which is no code of {EXISTING}{meant(key, codes)}"
            yield Fault(locate(tree, ("running", key)), ("running", key), words)


def _example(tree: Map, key: str, item: Map) -> Iterator[Fault]:
    """Answers to questions that exist, with codes that are offered, and the rule's own outcome."""
    answers, questions = item.get("answers"), _ids(tree, "questions")
    for name, value in answers.items() if isinstance(answers, Map) else ():
        path: Path = ("examples", key, "answers", name)
        if name not in questions:
            words = f"is not among the questions{meant(name, questions)}"
            yield Fault(locate(tree, path), path, words)
        else:
            answered = value.get("value") if isinstance(value, Map) else value
            yield from _codes(tree, path, answered, questions[name])
    yield from _outcome(tree, key, item)


def _outcome(tree: Map, key: str, item: Map) -> Iterator[Fault]:
    """What the example expects and its rule gives; that either lacks one is said elsewhere too."""
    name, expected = str(item.get("rule")), item.get("outcome")
    rule = _ids(tree, "rules").get(name)
    decided = rule.get("outcome") if isinstance(rule, Map) else expected
    path: Path = ("examples", key, "rule")
    if decided is None:
        yield Fault(locate(tree, path), path, f"is '{name}', which has no outcome to expect")
    elif decided != expected and isinstance(decided, str) and isinstance(expected, str):
        path = ("examples", key, "outcome")
        yield Fault(locate(tree, path), path, f"is {expected}, but rule '{name}' gives {decided}")


def _codes(tree: Map, path: Path, answered: object, question: object) -> Iterator[Fault]:
    codes = codes_of(question)
    if not codes or not isinstance(question, Map):
        return
    allowed = (*codes, "unknown", *(["na"] if question.get("may_not_apply") else []))
    for code in answered if isinstance(answered, Seq) else [answered]:
        if not isinstance(code, str):
            yield Fault(locate(tree, path), path, f"must be one of {', '.join(codes)}")
        elif code not in allowed:
            words = f"is '{code}', not one of {', '.join(codes)}{meant(code, codes)}"
            yield Fault(locate(tree, path), path, words)


def _fixed(
    tree: Map, path: Path, names: tuple[str, ...], may_lack: Collection[str] = ()
) -> Iterator[Fault]:
    """A mapping whose keys are settled: each there, and no other."""
    mapping: object = tree
    for step in path:
        mapping = mapping.get(str(step)) if isinstance(mapping, Map) else None
    if not isinstance(mapping, Map):
        return
    for name in names:
        if name not in mapping and name not in may_lack:
            yield Fault(locate(tree, (*path, name)), path, f"lacks '{name}'")
    for name in mapping:
        if name not in names:
            where = (*path, name)
            words = f"is not one of {', '.join(names)}{meant(name, names)}"
            yield Fault(locate(tree, where), where, words)
