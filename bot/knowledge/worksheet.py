"""What a pack says about the hours to run a mesh that fits its models and still cannot work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.pack import Pack
from bot.domain.pack.vocabulary import MESH_HOURS
from bot.domain.pack.worksheet import A_YEAR
from bot.knowledge.marks import Fault, Map, Path, locate

Found = Iterator[tuple[Path, str]]


def worksheet_faults(pack: Pack, tree: Map) -> Iterator[Fault]:
    """A worksheet without its question, chores called alike, an example that leaves one out."""
    for path, words in _faults(pack):
        yield Fault(locate(tree, path), path, words)


def _faults(pack: Pack) -> Found:
    if pack.chores and MESH_HOURS not in pack.questions:
        yield ("chores",), f"needs a question {MESH_HOURS}, whose answer the sum is"
        return
    yield from _fits(pack)
    seen: dict[tuple[str, str], str] = {}
    for key, each in pack.chores.items():
        if re.search(r"[0-9+]", each.counted):
            words = f"is '{each.counted}', in which a digit or a + would be taken for a figure"
            yield ("chores", key, "counted"), words
        other = seen.setdefault((each.counted, each.often.per), key)
        if other != key:
            words = f"is '{each.counted}' a {each.often.per}, as in '{other}': call it otherwise"
            yield ("chores", key, "counted"), words
    for example in pack.examples.values():
        lacking = [each for each in pack.chores if each not in example.worksheet]
        if example.worksheet and lacking:
            yield ("examples", example.id, "worksheet"), f"lacks {', '.join(lacking)}"


def _fits(pack: Pack) -> Found:
    """What the worksheet begins with is an answer that its question takes."""
    chores, most = pack.chores.values(), pack.questions[MESH_HOURS].most if pack.chores else None
    hours = sum(e.often.count * A_YEAR[e.often.per] * e.takes.hours for e in chores) / 12
    if most is not None and hours > most:
        yield ("chores",), f"begins with {hours:,.0f} hours a month, and at most {most:,.0f} fit"
