"""What one input holds beside the result read first: other services' lines, words around a fence.

It is held until the first was read, then offered to the readers by itself; what none knows is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.errors import BadInput
from bot.loadtests.bounded import Readable

LONGEST_LINE = 2**20
MOST_HELD = 2**26
"""Of lines that have to wait for those of another to end."""
MOST_SOURCES = 500
_COLOUR = re.compile(rb"\x1b\[[\d;]{0,20}m")
TOO_MUCH = (
    "This log mixes the lines of several services, and more of them than can be told apart: give "
    "each service's log in a file of its own."
)


class Beside:
    """Lines by who wrote them, in their order; those that nobody wrote under an empty name."""

    def __init__(self) -> None:
        self.first = b""
        """Who wrote the lines that are not held."""
        self._held: dict[bytes, list[bytes]] = {}
        self._size = 0

    def hold(self, source: bytes, line: bytes) -> None:
        """One more line. Raises `BadInput` where it is one too many."""
        self._size += len(line)
        self._held.setdefault(source, []).append(line)
        if self._size > MOST_HELD or len(self._held) > MOST_SOURCES:
            raise BadInput(TOO_MUCH)

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """Each one's lines."""
        for source, lines in self._held.items():
            yield named(source), b"".join(lines)


def named(source: bytes) -> str:
    """Who wrote a line, as text."""
    return " ".join(_COLOUR.sub(b"", source).decode("utf-8", "replace").split())


class Fenced:
    """What stands in fenced blocks; the words around them are held apart."""

    def __init__(self, source: Readable, beside: Beside) -> None:
        self._lines, self._beside = lines_of(source), beside
        self._within, self._rest, self._begins = False, b"", True

    def read(self, size: int = -1, /) -> bytes:
        """At most this many bytes; none at the end."""
        while not self._rest:
            line = next(self._lines, None)
            if line is None:
                return b""
            if self._begins and line.lstrip(b" \t").startswith(b"```"):
                self._within = not self._within
            elif self._within:
                self._rest = line
            else:
                self._beside.hold(b"", line)
            self._begins = line.endswith(b"\n")
        chunk, self._rest = self._rest[:size], self._rest[size:]
        return chunk


def lines_of(source: Readable) -> Iterator[bytes]:
    """Lines with their ends; one without an end is given in pieces."""
    rest = b""
    while more := source.read(2**16):
        *whole, rest = (rest + more).split(b"\n")
        for each in whole:
            yield each + b"\n"
        if len(rest) > LONGEST_LINE:
            yield rest
            rest = b""
    if rest:
        yield rest
