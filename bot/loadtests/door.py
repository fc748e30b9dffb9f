"""The door for bytes: unpacked, bounded, cleared of what is no result, offered as readers ask.

Nothing of a file name is believed. The input is read once, forwards, and never held whole where
a format can be streamed.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from functools import cached_property
from typing import Any, BinaryIO, TypeVar, cast

from bot.errors import BadInput, NotAResult
from bot.loadtests.document import parse
from bot.loadtests.pasted import bare, decoded
from bot.loadtests.prefixes import MOST_LAYERS, Readable, Unprefixed, before_each_line

MOST_BYTES = 2 * 2**30
"""Of a streamed result, once unpacked."""
MOST_TEXT = 4 * 2**20
"""Of a printed report: real ones have some KB, and what is found in one takes many times that."""
MOST_JSON = 64 * 2**20
HEAD = 64 * 2**10
"""What is looked at to recognise a format."""
LONGEST_LINE = 2**20
JUNK = re.compile(r"\s*$|```|[$>\u276f%#](?:\s|$)|\[?[\w.-]+@[^,;\t]{0,80}[$#%>](?:\s|$)|\ufeff")
"""Lines around a pasted result: blanks, code fences, prompts."""

BESIDE = re.compile(
    r"[$>\u276f%#](?: |$)|```|\S*(?:kubectl|linkerd) |\[?[\w.-]+@.{0,80}[$#%>](?: |$)"
    r"|.{0,80}\d\d:\d\d:\d\d|\d{10}$|[-=]{3,}|error: |Every \d"
)
"""What stands between tables: prompts, fences, what `date` or `watch` prints in a loop, errors."""

T = TypeVar("T", str, bytes)

_OTHER_KINDS = (
    (b"PK\x03\x04", "a zip archive or an Office file: unpack it and upload the result itself"),
    (b"%PDF", "a PDF: upload the tool's own JSON, CSV or text"),
    (b"\x89PNG", "a picture: upload the tool's own JSON, CSV or text"),
    (b"\xff\xd8\xff", "a picture: upload the tool's own JSON, CSV or text"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd: unpack it first"),
    (b"BZh", "packed with bzip2: unpack it first"),
    (b"\xfd7zXZ", "packed with xz: unpack it first"),
)


class _Joined:
    """What was read ahead, and then the rest."""

    def __init__(self, ahead: bytes, rest: Readable) -> None:
        self._ahead, self._rest = ahead, rest

    def read(self, size: int = -1, /) -> bytes:
        if not self._ahead:
            return self._rest.read(size)
        given, self._ahead = self._ahead[:size], self._ahead[size:]
        return given


class _Bounded(io.RawIOBase):
    """A source that stops at `MOST_BYTES`; every fault of unpacking becomes a sentence."""

    def __init__(self, source: Readable) -> None:
        self._source, self._left, self._spare = source, MOST_BYTES, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - a writable buffer of any kind
        try:
            given = self._spare or self._source.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise BadInput("This gzip file is damaged or cut off: upload it again.") from None
        except UnicodeError:
            raise BadInput("This file's text is damaged: save it as UTF-8.") from None
        given, self._spare = given[: len(buffer)], given[len(buffer) :]
        self._left -= len(given)
        if self._left < 0:
            raise BadInput(f"This file holds more than {MOST_BYTES // 2**30} GB: too large.")
        buffer[: len(given)] = given
        return len(given)


def opened(stream: BinaryIO) -> Upload:
    """An input, unpacked. Raises `BadInput` where it is empty, binary or of another kind."""
    source: Readable = stream
    head = _ahead(source)
    source = _Joined(head, source)
    if head.startswith(b"\x1f\x8b"):
        source = _Bounded(gzip.GzipFile(mode="rb", fileobj=cast("BinaryIO", source)))
        head = _ahead(source)
        source = _Joined(head, source)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        source = _Bounded(
            codecs.EncodedFile(io.BufferedReader(_Bounded(source)), "utf-8", "utf-16")
        )
        head = _ahead(source)
        source = _Joined(head, source)
    _refuse_other_kinds(head)
    for _ in range(MOST_LAYERS):
        if (form := before_each_line(head)) is None:
            break
        source = Unprefixed(source, form)
        head = _ahead(source)
        source = _Joined(head, source)
    return Upload(head, source)


def _ahead(source: Readable) -> bytes:
    found = b""
    while len(found) < HEAD and (more := source.read(HEAD - len(found))):
        found += more
    return found


def _refuse_other_kinds(head: bytes) -> None:
    if not head.strip():
        raise BadInput("This file is empty.")
    if head.startswith(b"\x1f\x8b"):
        raise BadInput("This file is packed twice: unpack it once and upload it again.")
    for start, words in _OTHER_KINDS:
        if head.startswith(start):
            raise NotAResult(f"This is {words}.")
    if b"\0" in head:
        raise NotAResult("This is a binary file: upload the tool's own JSON, CSV or text.")


class Table:
    """Where the named columns of a CSV or TSV stand."""

    def __init__(self, columns: list[str], delimiter: str, skip: int) -> None:
        self.columns, self.delimiter, self.skip = columns, delimiter, skip

    def at(self, *names: str) -> int | None:
        """The position of the first of these columns that is there."""
        return next((self.columns.index(name) for name in names if name in self.columns), None)


class Upload:
    """One input: its head to recognise it by; then whole, by lines, by rows or by chunks, once."""

    def __init__(self, head: bytes, source: Readable) -> None:
        self.head = head.removeprefix(codecs.BOM_UTF8)
        rest = _Joined(b"", source)
        if len(self.head) < len(head):
            rest.read(len(codecs.BOM_UTF8))
        self.stream = io.BufferedReader(_Bounded(rest), 2**18)
        self.json_text = ""
        """All of it, once `document` has read it; of the size of a document, not of a report."""

    @cached_property
    def is_page(self) -> bool:
        """Whether it is a web page."""
        return bool(re.match(rb"\s*<(!doctype html|html)", self.head, re.IGNORECASE))

    @cached_property
    def start(self) -> str:
        """The head as text."""
        return self.head.decode("utf-8", "replace")

    @cached_property
    def text(self) -> str:
        """All of it, for reports that are read whole, without what quoting or a log put before."""
        if self.json_text:
            return bare(self._short(self.json_text, MOST_TEXT))
        return bare(decoded(self._whole(MOST_TEXT)))

    @cached_property
    def document(self) -> object:
        """The JSON in it, or None where it is no JSON. Raises `BadInput` where it is damaged."""
        start = self.start.replace("\r\n", "\n").lstrip()
        found = re.search(r"^(?:\{|\[[ \t]*(?:$|[\[{\"]|\d(?![\d:]*[-:]\d)))", start, re.MULTILINE)
        if not found:
            return None
        whole = decoded(self._whole(MOST_JSON)).lstrip()
        self.json_text = whole
        before = whole[: found.start()].splitlines()
        try:
            return parse(whole[found.start() :])
        except BadInput:
            if all(JUNK.match(line) for line in before):
                raise
            return None

    def _whole(self, limit: int) -> bytes:
        return self._short(self.stream.read(limit + 1), limit)

    @staticmethod
    def _short(content: T, limit: int) -> T:
        if len(content) > limit:
            raise NotAResult(
                f"This file is larger than {limit // 2**20} MB and in no format that is streamed: "
                "upload the tool's summary."
            )
        return content

    def lines(self) -> Iterator[bytes]:
        """Its lines, with their ends."""
        while line := self.stream.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise BadInput(
                    "This file has a line of more than 1 MB: no load tester writes that."
                )
            yield line

    def table(self, *required: str) -> Table | None:
        """The header with these columns, if it stands among the first lines."""
        for skip, line in enumerate(self.start.splitlines()[:20]):
            for delimiter in ",;\t":
                cells = [cell.strip().strip('"') for cell in line.split(delimiter)]
                if set(required) <= set(cells):
                    return Table(cells, delimiter, skip)
        return None

    def rows(self, table: Table, needs: int = 0) -> Iterator[list[str]]:
        """The rows below a header, blank ones left out; each has at least `needs` cells.

        Raises `BadInput` where a row has fewer or quotes do not close.
        """
        lines = (line.decode("utf-8", "replace") for line in self.lines())
        for _ in range(table.skip + 1):
            next(lines, None)
        try:
            for row in csv.reader(lines, delimiter=table.delimiter, strict=True):
                if len(row) >= needs and row:
                    yield row
                elif row and any(row) and not JUNK.match(row[0]):
                    raise BadInput(
                        f"A row has {len(row)} of {len(table.columns)} columns: "
                        "the file is damaged or cut off."
                    )
        except csv.Error:
            raise BadInput(
                "This CSV is damaged: a quote is out of place or never closed."
            ) from None
