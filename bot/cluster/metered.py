"""The bytes of an input: hashed, counted, limited, and as UTF-8."""

from __future__ import annotations

import codecs
import hashlib
import io
from typing import Any, BinaryIO, cast

from bot.errors import BadInput

MOST_BYTES = 8 * 2**30
LARGEST_OBJECT = 32 * 2**20
"""Bytes; the API server takes objects of 1.5 MB."""
CHUNK = 2**16


class MeteredBytes:
    """The bytes, hashed and counted; UTF-16, as PowerShell writes, becomes UTF-8."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self._name, self._raw, self._ahead = name, stream, b""
        self.hashed, self.since, self._all = hashlib.sha256(), 0, 0
        self.ended = False
        self._text: BinaryIO | None = None

    def head(self) -> bytes:
        """The beginning, without a byte order mark; it is read again afterwards."""
        start = self._taken(CHUNK)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            inner = io.BufferedReader(_Rest(start, self))
            self._text = cast("BinaryIO", codecs.EncodedFile(inner, "utf-8", "utf-16"))
            start = self._text.read(CHUNK)
        self._ahead = start.removeprefix(codecs.BOM_UTF8)
        return self._ahead

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes. Raises `BadInput` where one object takes too many."""
        if size == 0:
            return b""
        if self._ahead:
            chunk, self._ahead = self._ahead, b""
        else:
            chunk = self._text.read(CHUNK) if self._text else self._taken(CHUNK)
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

    def __init__(self, ahead: bytes, source: MeteredBytes) -> None:
        self._ahead, self._source = ahead, source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - a writable buffer of any kind
        chunk = self._ahead or self._source._taken(len(buffer))
        chunk, self._ahead = chunk[: len(buffer)], chunk[len(buffer) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)
