"""Bytes from outside: never more than a file may hold, and no fault of unpacking but a sentence."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import Any, Protocol

from bot.errors import BadInput

MOST_BYTES = 2 * 2**30
"""Of a streamed result, once unpacked."""


class Readable(Protocol):
    """All that is asked of an input."""

    def read(self, size: int, /) -> bytes:
        """At most this many bytes; none at the end."""
        ...


class Joined:
    """What was read ahead, and then the rest."""

    def __init__(self, ahead: bytes, rest: Readable) -> None:
        self._ahead, self._rest = ahead, rest

    def read(self, size: int = -1, /) -> bytes:
        """At most this many bytes; none at the end."""
        if not self._ahead:
            return self._rest.read(size)
        chunk, self._ahead = self._ahead[:size], self._ahead[size:]
        return chunk


class Bounded(io.RawIOBase):
    """A source that stops at `MOST_BYTES`; every fault of unpacking becomes a sentence."""

    def __init__(self, source: Readable) -> None:
        self._source, self._left, self._spare = source, MOST_BYTES, b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - a writable buffer of any kind
        """Fill a buffer; how many bytes it took. Raises `BadInput`."""
        try:
            chunk = self._spare or self._source.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise BadInput("This gzip file is damaged or cut off: upload it again.") from None
        except UnicodeError:
            raise BadInput("This file's text is damaged: save it as UTF-8.") from None
        chunk, self._spare = chunk[: len(buffer)], chunk[len(buffer) :]
        self._left -= len(chunk)
        if self._left < 0:
            raise BadInput(f"This file holds more than {MOST_BYTES // 2**30} GB: too large.")
        buffer[: len(chunk)] = chunk
        return len(chunk)
