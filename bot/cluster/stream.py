"""Bytes → objects, one at a time: lists, single objects and several documents after one another.

Nothing is held but the object that is being read. What a parser says of a fault quotes the file, so
none of it is passed on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import ijson
from ijson.common import JSONError, ObjectBuilder

from bot.cluster.metered import CHUNK, MeteredBytes
from bot.errors import BadInput

MOST_VALUES = 1_000_000
"""Of one object."""
DEEPEST = 200
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
_SAID = re.compile(
    rb"error: |Error from server|Warning: |No resources found|Unable to connect|[EWI]\d{4} "
)
_TABLE = re.compile(rb"(NAMESPACE|NAME)\s+[A-Z]")


class ListedObject(NamedTuple):
    """One object as it was written, and the kind of the list it stood in."""

    value: dict[str, Any]
    list_kind: str


class Stream:
    """One input. `objects` reads it once; then `digest` and `cut` tell what it was."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self.name, self.cut, self.many = name, False, 0
        self._bytes = MeteredBytes(name, stream)
        self._goes_on = dict[str, bool]()

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
            self.cut = any(self._goes_on.values())
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
                yield from self._several(events)
            elif event == "start_map":
                yield from self._document(events)
            else:
                raise BadInput(f"{self.name} holds a bare value where objects should be.")

    def _several(self, events: _Events) -> Iterator[ListedObject]:
        """An array of documents, as jq makes of several files."""
        for event, value in events:
            if event == "end_array":
                return
            if event == "start_map":
                events.used = 0
                yield from self._document(events)
            else:
                events.built(event, value)

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
        kind = str(own.get("kind") or "")
        if is_list:
            meta = own.get("metadata")
            self._goes_on[kind] = isinstance(meta, dict) and bool(meta.get("continue"))
        elif not kind.endswith("List"):
            yield ListedObject(own, "")

    def _listed(self, events: _Events, list_kind: str) -> Iterator[ListedObject]:
        for event, value in events:
            if event == "end_array":
                return
            built = events.built(event, value)
            events.used = 0
            yield from _within(built, list_kind)

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
        if _SAID.match(head):
            raise BadInput(
                f"{self.name} begins with a message of kubectl's in place of objects: read what it "
                "says, and ask again without 2>&1."
            )
        if _YAML.match(head):
            raise BadInput(f"{self.name} is YAML: ask kubectl for it with -o json.")
        raise BadInput(f"{self.name} is no JSON: ask kubectl for it with -o json.")


def _within(built: object, list_kind: str) -> Iterator[ListedObject]:
    """An object, or those of a list within the list."""
    if not isinstance(built, dict):
        return
    kind, items = str(built.get("kind") or ""), built.get("items")
    if kind.endswith("List") and isinstance(items, list):
        for each in items:
            yield from _within(each, kind)
    else:
        yield ListedObject(built, list_kind)


class _Events:
    """What the parser meets, counted, and built into values."""

    def __init__(self, name: str, source: MeteredBytes) -> None:
        self._name, self.used = name, 0
        self._events = iter(
            ijson.basic_parse(source, use_float=True, multiple_values=True, buf_size=CHUNK)
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
