"""What a file or standard input holds → documents, each JSON or YAML, as plain values."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from bot.errors import BadInput, Faults
from bot.knowledge.marks import plain
from bot.knowledge.reading import MAX_DEPTH, read

STDIN = "-"
MAX_BYTES = 10_000_000
MAX_DIGITS = 300
_BETWEEN = re.compile(rb"^---[ \t]*\r?$", re.MULTILINE)


def held_by(source: str, refuse: Callable[[bytes], None] | None = None) -> bytes:
    """What a file holds, or standard input for `-`; `refuse` sees it before its size is minded.

    Raises `BadInput` where there is nothing to read, `Faults` where it is too much.
    """
    name = "standard input" if source == STDIN else source
    try:
        data = _bytes(source)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadInput(f"{name} cannot be read ({reason}): name a file, or - for input.") from None
    if refuse:
        refuse(data)
    if len(data) > MAX_BYTES:
        raise Faults([f"{name}: is larger than {MAX_BYTES // 1_000_000} MB, give it in parts."])
    return data


def _bytes(source: str) -> bytes:
    if source != STDIN:
        with Path(source).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    if sys.stdin is None:
        raise ValueError("it is closed")
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def split(data: bytes) -> list[bytes]:
    """The documents between lines of `---`; nothing before the first or after the last is none."""
    parts = _BETWEEN.split(data)
    first = 0 if parts[0].strip() or len(parts) == 1 else 1
    last = len(parts) if parts[-1].strip() or len(parts) == 1 else -1
    return parts[first:last]


def decoded(data: bytes, name: str) -> str:
    """Bytes as text. Raises `Faults` naming the line that is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Faults([f"{name}:{line}: is not UTF-8 text, save it as UTF-8."]) from None


def parse(text: str, name: str) -> object:
    """One document, JSON or YAML. Raises `Faults` with one line that names it."""
    if text.lstrip().startswith(("{", "[")):
        try:
            return _json(text)
        except json.JSONDecodeError:
            pass  # it may be YAML in braces, and YAML's complaints name the line
        except (ValueError, RecursionError) as error:
            deep = isinstance(error, RecursionError)
            words = f"is nested deeper than {MAX_DEPTH} levels" if deep else str(error)
            raise Faults([f"{name}: {words}"]) from None
    reading = read(text, name)
    if reading.faults:
        more = len(reading.faults) - 1
        raise Faults([f"{reading.faults[0]}" + (f" (and {more} more)" if more else "")])
    return plain(reading.tree)


def answers_in(document: object) -> object:
    """The answers of a document: itself, or what stands under `answers` in an example."""
    inside = document.get("answers") if isinstance(document, dict) else None
    return document if inside is None else inside


def _json(text: str) -> object:
    tree = json.loads(
        text,
        object_pairs_hook=_once,
        parse_constant=_endless,
        parse_float=_finite,
        parse_int=_whole,
    )
    try:
        json.dumps(tree, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("holds half a character (a lone surrogate)") from None
    return tree


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    for key in _twice(key for key, _ in pairs):
        raise ValueError(f"{key} is given twice")
    return dict(pairs)


def _twice(keys: Iterator[str]) -> Iterator[str]:
    seen = set[str]()
    for key in keys:
        if key in seen:
            yield key
        seen.add(key)


def _endless(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number: a number must be finite")


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise ValueError(f"a number has {len(text)} digits, at most {MAX_DIGITS} are read")
    return int(text)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _endless(text)
    return number
