"""A JSON document as readers want it: parsed once, guarded, asked by name, wrong types named."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from typing import NoReturn

from bot.errors import BadInput
from bot.loadtests.quantities import count, number, seconds, shown

MOST_DIGITS = 300
MOST_WEIGHT = 128 * 2**20
"""Bytes that a parsed document may roughly take; the process stays well below 512 MB."""
MOST_DOCUMENTS = 100
_BLANKS = re.compile(r"[ \t\r\n]*")
DAMAGED = "This JSON is damaged or cut off (line {line}): upload the whole file."
AMID = "Words stand in the middle of this JSON, in line {line}: {words}. Take them out."
_WORDS = re.compile(
    r"[ \t]*((?:[-*#>] )?[^\W\d][\w'-]{0,40}[:,]? +\w[^\n]*)\n\s*[\"{}\[\]]", re.ASCII
)
"""A line of somebody's words, with JSON going on below it."""


def parse(text: str) -> object:
    """One document; a list where several follow one another. What follows else is dropped.

    Raises `BadInput` with one sentence for what is damaged, nested too deeply or too large.
    """
    weighed(text)
    documents: list[object] = []
    at = 0
    while at < len(text) and text[at] in "{[" and len(documents) < MOST_DOCUMENTS:
        value, at = one(text, at)
        documents.append(value)
        at = past_blanks(text, at)
    return documents[0] if len(documents) == 1 else documents


def weighed(text: str) -> None:
    """Nothing, or `BadInput` where a text would take too much memory, parsed."""
    weight = 2 * len(text) + 72 * (text.count("{") + text.count("[")) + 60 * text.count(",")
    if weight > MOST_WEIGHT:
        raise BadInput("This JSON holds more values than a load-test summary has: too large.")


def past_blanks(text: str, at: int) -> int:
    """Where the next character stands that is no blank."""
    match = _BLANKS.match(text, at)
    return match.end() if match else at


def one(text: str, at: int) -> tuple[object, int]:
    """The document that begins at a place, and where it ends. Raises `BadInput`."""
    try:
        return _DECODER.raw_decode(text, at)
    except RecursionError:
        raise BadInput("This JSON is nested too deeply to be a load-test result.") from None
    except json.JSONDecodeError as error:
        raise BadInput(_damage(text, error)) from None


def _damage(text: str, error: json.JSONDecodeError) -> str:
    """Where a document breaks off, and what somebody wrote there."""
    words = _WORDS.match(text, error.pos - error.colno + 1)
    if words and error.lineno > 1:
        return AMID.format(line=error.lineno, words=shown(words[1].strip()))
    return DAMAGED.format(line=error.lineno)


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput(f"This JSON gives {shown(twice)} twice: which one counts is not clear.")
    return mapping


def _endless(word: str) -> NoReturn:
    raise BadInput(f"This JSON holds {word} where a number should be.")


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise BadInput(f"This JSON holds a number of {len(text)} digits.")
    return int(text)


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _endless(text[:40])


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_constant=_endless, parse_int=_whole, parse_float=_finite
)


def objects(document: object) -> Iterator[tuple[str, Node]]:
    """Every object in a document with its path, parents first, without recursion."""
    waiting: list[tuple[str, dict[str, object] | list[object]]] = (
        [("", document)] if isinstance(document, dict | list) else []
    )
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            yield path, Node(value, path)
        members = value.items() if isinstance(value, dict) else enumerate(value)
        inner = [(key, each) for key, each in members if isinstance(each, dict | list)]
        waiting += [(f"{path}/{key}", each) for key, each in reversed(inner)]


class Node:
    """One JSON object. What is missing or null is None, what has the wrong type is refused."""

    def __init__(self, value: object, path: str = "") -> None:
        self.value: dict[str, object] = value if isinstance(value, dict) else {}
        self.path = path

    def __contains__(self, name: object) -> bool:
        return name in self.value

    def has(self, *names: str) -> bool:
        """Whether all of these names are given."""
        return self.value.keys() >= set(names)

    def number(self, name: str) -> float | None:
        """A finite number of at least 0."""
        return number(self.value.get(name), self._what(name))

    def count(self, name: str) -> int | None:
        """A whole number of at least 0; Nighthawk and Gatling write theirs as text."""
        return count(self.value.get(name), self._what(name))

    def text(self, name: str) -> str | None:
        """A text that is not empty."""
        value = self.value.get(name)
        return value if isinstance(value, str) and value else None

    def seconds(self, name: str) -> float | None:
        """A duration written with its unit, in seconds."""
        return seconds(self.text(name), self._what(name))

    def inside(self, name: str) -> Node:
        """The object under a name; an empty one where there is none."""
        value = self.value.get(name)
        if value is not None and not isinstance(value, dict):
            raise BadInput(f"{self._what(name)} should be an object and is {shown(value)}.")
        return Node(value, f"{self.path}/{name}")

    def each(self, name: str) -> tuple[Node, ...]:
        """The objects listed under a name; none where there is no list."""
        value = self.value.get(name)
        if value is not None and not isinstance(value, list):
            raise BadInput(f"{self._what(name)} should be a list and is {shown(value)}.")
        return tuple(Node(each, f"{self.path}/{name}/{at}") for at, each in enumerate(value or ()))

    def counts(self) -> dict[str, int]:
        """Every member as a count: status codes, errors by kind."""
        return {name: many for name in self.value if (many := self.count(name)) is not None}

    def _what(self, name: str) -> str:
        return re.sub(r"[^\w/.()-]+", " ", f"{self.path}/{name}".lstrip("/"))[:120]
