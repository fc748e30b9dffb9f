"""Bytes → objects, one at a time: lists, single objects and several documents after one another.

Nothing is held but the object that is being read. What a parser says of a fault quotes the file, so
none of it is passed on.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple, cast

import ijson
from ijson.common import JSONError, ObjectBuilder

from bot.errors import BadInput

MOST_BYTES = 8 * 2**30
LARGEST_OBJECT = 32 * 2**20
"""Bytes; the API server takes objects of 1.5 MB."""
MOST_VALUES = 1_000_000
"""Of one object."""
DEEPEST = 200
_CHUNK = 2**16
_DEEPER = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}

_OTHER_KINDS = (
    (
        b"\x1f\x8b",
        "is packed with gzip: give - and pipe `gunzip -c FILE` into it",
    ),
    (b"PK\x03\x04", "is a zip archive: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "is packed with zstd: unpack it first"),
)
_YAML = re.compile(rb"(---|%YAML|#|[\w\"'-]+:(\s|$)|- )")
_TABLE = re.compile(rb"(NAMESPACE|NAME)\s+[A-Z]")


class ListedObject(NamedTuple):
    """One object as it was written, and the kind of the list it stood in."""

    value: dict[str, Any]
    list_kind: str


class Stream:
    """One input. `objects` reads it once; then `digest` and `cut` tell what it was."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self.name, self.cut, self.many = name, False, 0
        self._bytes = _Metered(name, stream)

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes that were read, in hex."""
        return self._bytes.hashed.hexdigest()

    def objects(self) -> Iterator[ListedObject]:
        """Every object in it. Raises `BadInput` where it is no JSON of kubectl's or damaged."""
        head = self._bytes.head()
        self._refuse_other_kinds(head)
        try:
            for each in self._documents(_Events(self.name, self._bytes)):
                self.many += 1
                self._bytes.since = 0
                yield each
        except (JSONError, ValueError, ArithmeticError, RuntimeError):
            if not self._bytes.ended:
                raise BadInput(
                    f"{self.name} is damaged after {self.many:,} objects: from there on it is no "
                    "JSON. Make it again with -o json."
                ) from None
            self.cut = True

    def _documents(self, events: _Events) -> Iterator[ListedObject]:
        for event, _ in events:
            if event == "start_array":
                yield from self._listed(events, "")
            elif event == "start_map":
                yield from self._document(events)
            else:
                raise BadInput(f"{self.name} holds a bare value where objects should be.")

    def _document(self, events: _Events) -> Iterator[ListedObject]:
        """A list's items as they come, or the object itself."""
        own, is_list = dict[str, Any](), False
        for event, key in events:
            if event == "end_map":
                break
            begun, value = next(events)
            if key == "items" and begun == "start_array":
                is_list = True
                yield from self._listed(events, str(own.get("kind") or ""))
            else:
                own[key] = events.built(begun, value)
        if not is_list and not str(own.get("kind") or "").endswith("List"):
            yield ListedObject(own, "")

    def _listed(self, events: _Events, list_kind: str) -> Iterator[ListedObject]:
        for event, value in events:
            if event == "end_array":
                return
            built = events.built(event, value)
            if isinstance(built, dict):
                events.used = 0
                yield ListedObject(built, list_kind)

    def _refuse_other_kinds(self, head: bytes) -> None:
        for start, words in _OTHER_KINDS:
            if head.startswith(start):
                raise BadInput(f"{self.name} {words}.")
        head = head.lstrip()
        if not head:
            raise BadInput(
                f"{self.name} is empty: kubectl prints nothing when one of the kinds is not there. "
                "Ask for the kinds that `kubectl api-resources -o name` lists."
            )
        if head.startswith((b"{", b"[")):
            return
        if _TABLE.match(head):
            raise BadInput(f"{self.name} is kubectl's table: ask for it with -o json.")
        if _YAML.match(head):
            raise BadInput(f"{self.name} is YAML: ask kubectl for it with -o json.")
        raise BadInput(f"{self.name} is no JSON: ask kubectl for it with -o json.")


class _Metered:
    """The bytes, hashed and counted; UTF-16, as PowerShell writes, becomes UTF-8."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self._name, self._raw, self._ahead = name, stream, b""
        self.hashed, self.since, self._all = hashlib.sha256(), 0, 0
        self.ended = False
        self._text: BinaryIO | None = None

    def head(self) -> bytes:
        """The beginning, without a byte order mark; it is read again afterwards."""
        start = self._taken(_CHUNK)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            inner = io.BufferedReader(_Rest(start, self))
            self._text = cast("BinaryIO", codecs.EncodedFile(inner, "utf-8", "utf-16"))
            start = self._text.read(_CHUNK)
        self._ahead = start.removeprefix(codecs.BOM_UTF8)
        return self._ahead

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes. Raises `BadInput` where one object takes too many."""
        if size == 0:
            return b""
        if self._ahead:
            chunk, self._ahead = self._ahead, b""
        else:
            chunk = self._text.read(_CHUNK) if self._text else self._taken(_CHUNK)
        self.ended = not chunk
        self.since += len(chunk)
        if self.since > LARGEST_OBJECT:
            raise BadInput(
                f"{self._name} holds an object of more than {LARGEST_OBJECT // 2**20} MB: "
                "no cluster has one."
            )
        return chunk

    def _taken(self, size: int) -> bytes:
        chunk = self._raw.read(size)
        self.hashed.update(chunk)
        self._all += len(chunk)
        if self._all > MOST_BYTES:
            raise BadInput(f"{self._name} holds more than {MOST_BYTES // 2**30} GB: too large.")
        return chunk


class _Rest(io.RawIOBase):
    """What was read ahead, and then the rest, for a decoder."""

    def __init__(self, ahead: bytes, source: _Metered) -> None:
        self._ahead, self._source = ahead, source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - a writable buffer of any kind
        chunk = self._ahead or self._source._taken(len(buffer))
        chunk, self._ahead = chunk[: len(buffer)], chunk[len(buffer) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)


class _Events:
    """What the parser meets, counted, and built into values."""

    def __init__(self, name: str, source: _Metered) -> None:
        self._name, self.used = name, 0
        self._events = iter(
            ijson.basic_parse(source, use_float=True, multiple_values=True, buf_size=_CHUNK)
        )

    def __iter__(self) -> _Events:
        return self

    def __next__(self) -> tuple[str, Any]:
        event, value = next(self._events)
        self._spend(1)
        return event, value

    def built(self, event: str, value: Any) -> Any:  # noqa: ANN401 - any JSON
        """The value that begins with this event."""
        builder, depth, used = ObjectBuilder(), 0, 0
        put, take = builder.event, self._events.__next__
        while True:
            put(event, value)
            depth += _DEEPER.get(event, 0)
            if depth == 0:
                self._spend(used)
                return builder.value
            used += 1
            if depth > DEEPEST or used > MOST_VALUES:
                self._spend(used)
                raise BadInput(f"{self._name} holds an object nested deeper than {DEEPEST} levels.")
            event, value = take()

    def _spend(self, used: int) -> None:
        self.used += used
        if self.used > MOST_VALUES:
            raise BadInput(f"{self._name} holds an object of more than {MOST_VALUES:,} values.")
