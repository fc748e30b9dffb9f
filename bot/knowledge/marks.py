"""Where each value of a pack was written, and what is wrong there."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

Path = tuple[str | int, ...]
"""The way from the top of a pack to a value: section, item id, field, and so on."""


class Mark(NamedTuple):
    """A line of a file, counted from 1; line 0 stands for the file or folder as a whole."""

    file: str
    line: int


class Map(dict[str, object]):
    """A mapping as written: a dict that knows its own mark and that of every key."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.marks: dict[str, Mark] = {}
        self.gone: dict[str, Mark] = {}
        """Keys that a layer has taken away, and where it says so."""
        self.new: frozenset[str] = frozenset()
        """Keys that a layer has added to those of the pack below."""

    def put(self, key: str, value: object, mark: Mark) -> None:
        """Set a key together with where it was written."""
        self[key] = value
        self.marks[key] = mark

    def at(self, step: str | int) -> tuple[object, Mark] | None:
        """The value under a key and its mark, or None."""
        known = isinstance(step, str) and step in self
        return (self[str(step)], self.marks[str(step)]) if known else None

    def drop(self, key: str, by: Mark | None = None) -> None:
        """Forget a key and its mark; `by` is the line of a layer that asks for it."""
        del self[key]
        del self.marks[key]
        if by:
            self.gone[key] = by

    def copy(self) -> Map:
        """The same keys, values and marks, free to change on their own."""
        other = Map(self.mark)
        other.update(self)
        other.marks, other.gone, other.new = dict(self.marks), dict(self.gone), self.new
        return other


class Seq(list[object]):
    """A list as written, with the mark of every element."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.marks: list[Mark] = []

    def put(self, value: object, mark: Mark) -> None:
        """Append an element together with where it was written."""
        self.append(value)
        self.marks.append(mark)

    def at(self, step: str | int) -> tuple[object, Mark] | None:
        """The element with this index and its mark, or None."""
        known = isinstance(step, int) and 0 <= step < len(self)
        return (self[int(step)], self.marks[int(step)]) if known else None


class Fault(NamedTuple):
    """One thing that is wrong; `text` says it as a sentence about the item or its field."""

    mark: Mark
    path: Path
    text: str

    def __str__(self) -> str:
        """`file:line id: what`, with the field inside the item named before the what."""
        steps = [f"#{step + 1}" if isinstance(step, int) else _cut(step, 60) for step in self.path]
        name = steps[1] if len(steps) > 1 else "".join(steps)
        line = f":{self.mark.line}" if self.mark.line else ""
        where = f"{self.mark.file}{line} {name}".rstrip()
        return _visible(f"{where}: {' '.join([*steps[2:], _cut(self.text, 400)])}")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _visible(text: str) -> str:
    """Text that cannot steer a terminal, whatever was written in the file."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


def locate(tree: object, path: Path) -> Mark:
    """The mark of a value, of where it was taken away, or of the nearest thing around it."""
    mark = tree.mark if isinstance(tree, Map | Seq) else Mark("", 0)
    for step in path:
        inside = tree.at(step) if isinstance(tree, Map | Seq) else None
        if inside is None:
            return tree.gone.get(str(step), mark) if isinstance(tree, Map) else mark
        tree, mark = inside
    return mark


def value_at(tree: object, path: Path) -> object:
    """The value at a path, or None where there is none."""
    for step in path:
        inside = tree.at(step) if isinstance(tree, Map | Seq) else None
        tree = inside[0] if inside else None
    return tree


def plain(tree: object) -> object:
    """The same values as ordinary dicts and lists."""
    if isinstance(tree, Map):
        return {key: plain(value) for key, value in tree.items()}
    if isinstance(tree, Seq):
        return [plain(value) for value in tree]
    return tree


def meant(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, as the end of a sentence; empty if none is near."""
    near = get_close_matches(word, tuple(known), 1, 0.6)
    return f", did you mean '{near[0]}'?" if near else ""
