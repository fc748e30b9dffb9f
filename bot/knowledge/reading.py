"""YAML text → values that know their lines. Stricter and plainer than YAML 1.1 asks for.

Only `true` and `false` are booleans: yes, no, on, off, dates and 012 stay text. Keys are text and
stand once. Tags, merge keys, several documents and endless expansion are refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn

import yaml

from bot.knowledge.marks import Fault, Map, Mark, Path, Seq

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 40
MAX_VALUES = 100_000
"""Values in one document once its aliases are written out."""

_NUMERIC = frozenset("+-.0123456789")
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)?(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}
_ENDLESS = re.compile(r"[-+]?\.(inf|nan)", re.IGNORECASE)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Reading(NamedTuple):
    """What a text holds; `whole` is False when it could not be read to its end."""

    tree: object
    faults: list[Fault]
    whole: bool


def read(text: str, file: str, path: Path = ()) -> Reading:
    """One YAML document with every fault in it; `path` is where its content belongs in a pack."""
    reader = _Reader(file, path)
    try:
        return Reading(reader.document(text), reader.faults, True)
    except _UnreadableError as error:
        return Reading(None, [*reader.faults, error.fault], False)
    except yaml.MarkedYAMLError as error:
        return Reading(None, [*reader.faults, _syntax(text, file, error)], False)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        words = f"holds the character #{ord(chr(error.character)):x}, which no text file should"
        return Reading(None, [*reader.faults, Fault(Mark(file, line), (), words)], False)


class _UnreadableError(Exception):
    """Reading cannot go on."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.text)
        self.fault = fault


class _Reader:
    """Composes values from YAML events, collecting what is wrong on the way."""

    def __init__(self, file: str, path: Path) -> None:
        self.file = file
        self.root = path
        self.faults: list[Fault] = []
        self.values = 0
        self.anchors: dict[str, tuple[object, int]] = {}
        self.events: Iterator[yaml.Event] = iter(())

    def document(self, text: str) -> object:
        """The only document of a text. Raises what `read` catches."""
        if len(text) > MAX_CHARACTERS:
            self._stop(1, f"is too large: {len(text):,} characters, at most {MAX_CHARACTERS:,}")
        self.events = iter(yaml.parse(text, Loader=_LOADER))
        next(self.events)
        if not isinstance(next(self.events), yaml.DocumentStartEvent):
            self._stop(1, "is empty")
        tree = self._value(next(self.events), self.root, 0)
        next(self.events)
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._stop(_line(after), "begins a second document; one file holds one")
        return tree

    def _value(self, event: yaml.Event, path: Path, depth: int) -> object:
        self.values += 1
        if self.values > MAX_VALUES:
            self._stop(_line(event), f"holds more than {MAX_VALUES:,} values")
        if depth > MAX_DEPTH:
            self._stop(_line(event), f"is nested deeper than {MAX_DEPTH} levels")
        if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            return self._scalar(event, path)  # nearly all of them
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        before, value = self.values, self._written(event, path, depth)
        if anchor := getattr(event, "anchor", None):
            self.anchors[anchor] = (value, self.values - before + 1)
        return value

    def _written(self, event: yaml.Event, path: Path, depth: int) -> object:
        if tag := getattr(event, "tag", None):
            self._fault(_line(event), path, f"carries the tag {tag}: write a plain value")
        match event:
            case yaml.MappingStartEvent():
                return self._map(event, path, depth)
            case yaml.SequenceStartEvent():
                return self._seq(event, path, depth)
            case yaml.ScalarEvent():
                return self._scalar(event, path)
            case _:
                raise AssertionError(event)

    def _map(self, start: yaml.Event, path: Path, depth: int) -> Map:
        mapping = Map(Mark(self.file, _line(start)))
        for event in self.events:
            if type(event) is yaml.MappingEndEvent:
                break
            key, line = self._value(event, path, depth + 1), _line(event)
            name = str(key) if isinstance(key, str) else f"#{len(mapping) + 1}"
            value = self._value(next(self.events), (*path, name), depth + 1)
            if not isinstance(key, str):
                self._fault(line, path, f"has a key that is not text, {_shown(key)}: use quotes")
            elif key == "<<":
                self._fault(line, path, "uses a merge key (<<): write the fields out")
            elif key in mapping:
                first = mapping.marks[key].line
                self._fault(line, (*path, key), f"is given twice, first on line {first}")
            else:
                mapping.put(key, value, Mark(self.file, line))
        return mapping

    def _seq(self, start: yaml.Event, path: Path, depth: int) -> Seq:
        seq = Seq(Mark(self.file, _line(start)))
        for event in self.events:
            if type(event) is yaml.SequenceEndEvent:
                break
            value = self._value(event, (*path, len(seq)), depth + 1)
            seq.put(value, Mark(self.file, _line(event)))
        return seq

    def _alias(self, event: yaml.AliasEvent) -> object:
        name = str(event.anchor)
        if name not in self.anchors:
            self._stop(_line(event), f"refers to *{name}, which is not defined before it")
        value, size = self.anchors[name]
        self.values += size
        return value

    def _scalar(self, event: yaml.ScalarEvent, path: Path) -> object:
        text = event.value
        if not event.implicit[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _NUMERIC:
            return text
        number = _number(text)
        if _ENDLESS.fullmatch(text) or (number is not None and not math.isfinite(number)):
            self._fault(_line(event), path, f"is {text}: a number must be finite")
        return text if number is None else number

    def _fault(self, line: int, path: Path, text: str) -> None:
        self.faults.append(Fault(Mark(self.file, line), path, text))

    def _stop(self, line: int, text: str) -> NoReturn:
        raise _UnreadableError(Fault(Mark(self.file, line), (), text))


def _number(text: str) -> int | float | None:
    match = _NUMBER.fullmatch(text)
    if not match or not (match[1] or match[2]):
        return None
    return float(text) if match[2] or match[3] or len(text) > 15 else int(text)


def _line(event: yaml.Event) -> int:
    mark: Any = event.start_mark
    return int(mark.line) + 1


def _shown(key: object) -> str:
    return str(key).lower() if isinstance(key, bool | int | float) else "a list, a mapping or null"


def _syntax(text: str, file: str, error: yaml.MarkedYAMLError) -> Fault:
    """The parser's complaint in a few words; a tab is named, since nobody sees it."""
    mark: Any = error.problem_mark or error.context_mark
    lines = text.splitlines() or [""]
    line = min(int(mark.line) + 1, len(lines)) if mark else 1
    written = lines[line - 1]
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return Fault(Mark(file, line), (), "begins with a tab; YAML is indented with spaces")
    words = f"is not YAML: {error.problem or error.context}"
    if "mapping values" in words:
        words += "; a text with a colon and a space needs quotes"
    return Fault(Mark(file, line), (), words)
