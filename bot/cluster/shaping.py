"""The parts a whitelist is written with: each takes a value and gives back what may stay of it.

A value of another type than the whitelist names raises `Wrong` with the field's path: the object is
left out and that is said, for half a policy read is a policy misread. What is null is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Value = Any
"""Whatever JSON holds."""
Shape = Callable[[Value, "Notes"], Any]
"""(value, where) → what is kept; raises `Wrong`."""
LONGEST = 4096
"""Characters of a text that may stay; Kubernetes' names and labels have at most 253."""


class Wrong(Exception):
    """A field has another type than Kubernetes gives it; the message is its path."""


class Notes:
    """Where shaping is, and which parts hold fields that the whitelist does not name."""

    def __init__(self, path: str = "") -> None:
        self.path, self.unread = path, list[str]()

    def at(self, name: str) -> Notes:
        """The same notes, one field further in."""
        inner = Notes(f"{self.path}.{name}".lstrip("."))
        inner.unread = self.unread
        return inner


def text(value: Value, notes: Notes) -> str:
    """A text."""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Wrong(notes.path)
    return value


def whole(value: Value, notes: Notes) -> int:
    """A whole number; JSON may write it as 3.0."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**63:
        raise Wrong(notes.path)
    return value


def flag(value: Value, notes: Notes) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Wrong(notes.path)
    return value


def port(value: Value, notes: Notes) -> int | str:
    """A port's number, or its name."""
    return text(value, notes) if isinstance(value, str) else whole(value, notes)


def amount(value: Value, notes: Notes) -> str:
    """A quantity such as `100m` or `2Gi`, as text; a bare number is one too."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}" if isinstance(value, float) else str(whole(value, notes))
    return text(value, notes)


def present(_value: Value, _notes: Notes) -> bool:
    """Only that it is there."""
    return True


def each(shape: Shape, *, or_braces: bool = False) -> Shape:
    """A list; some tools write an empty one as `{}`, which is taken where nothing hangs on it."""

    def shaped(value: Value, notes: Notes) -> list[Any]:
        if or_braces and value == {}:
            return []
        if not isinstance(value, list):
            raise Wrong(notes.path)
        return [shape(one, notes) for one in value]

    return shaped


def fields(**shapes: Shape) -> Shape:
    """A mapping, of which the named fields stay."""
    return _mapping(shapes, closed=False)


def policy(**shapes: Shape) -> Shape:
    """A mapping whose every field matters: that there are others is noted."""
    return _mapping(shapes, closed=True)


def _mapping(shapes: Mapping[str, Shape], *, closed: bool) -> Shape:
    named = {name.rstrip("_"): shape for name, shape in shapes.items()}

    def shaped(value: Value, notes: Notes) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Wrong(notes.path)
        if closed and not value.keys() <= named.keys():
            notes.unread.append(notes.path)
        return {
            name: shape(value[name], notes.at(name))
            for name, shape in named.items()
            if value.get(name) is not None
        }

    return shaped


def texts(pattern: str = "", shape: Shape = text) -> Shape:
    """A mapping of free names to values, of which those stay whose whole name fits the pattern."""
    fits = re.compile(pattern, re.DOTALL) if pattern else None

    def shaped(value: Value, notes: Notes) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Wrong(notes.path)
        return {
            text(name, notes): shape(one, notes)
            for name, one in value.items()
            if one is not None and (fits is None or fits.fullmatch(name))
        }

    return shaped
