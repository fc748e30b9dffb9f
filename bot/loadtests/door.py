"""The door for bytes: unpacked, bounded, cleared of what is no result, offered as readers ask.

Nothing of a file name is believed. The input is read once, forwards, and never held whole where
a format can be streamed.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import TypeVar

from bot.errors import BadInput, NotAResult
from bot.loadtests.beside import Beside, named
from bot.loadtests.bounded import Bounded, Joined, Readable
from bot.loadtests.document import parse
from bot.loadtests.pasted import bare, decoded
from bot.loadtests.pieces import FENCES, JSON_START

MOST_TEXT = 4 * 2**20
"""Of a printed report: real ones have some KB, and what is found in one takes many times that."""
MOST_JSON = 64 * 2**20
FENCED = b"```"
HEAD = 64 * 2**10
"""What is looked at to recognise a format."""
LONGEST_LINE = 2**20
MOST_SECTIONS = 50
JUNK = re.compile(r"\s*$|```|[$>\u276f%#](?:\s|$)|\[?[\w.-]+@[^,;\t]{0,80}[$#%>](?:\s|$)|\ufeff")
"""Lines around a pasted result: blanks, code fences, prompts."""

WORDS = re.compile(r"[^\W\d][\w'-]{0,40}[:,]? +\S")
"""What begins as a sentence does, and as no row that was cut off."""
BESIDE = re.compile(
    r"[$>\u276f%#](?: |$)|```|\S*(?:kubectl|linkerd) |\[?[\w.-]+@.{0,80}[$#%>](?: |$)"
    r"|.{0,80}\d\d:\d\d:\d\d|\d{10}$|[-=]{3,}|error: |Every \d"
    r"|\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d)?$|\d\d?:\d\d$"
)
"""What stands between tables: prompts, fences, what `date` or `watch` prints in a loop, errors."""

T = TypeVar("T", str, bytes)


class Table:
    """Where the named columns of a CSV or TSV stand."""

    def __init__(self, columns: list[str], delimiter: str, skip: int) -> None:
        self.columns, self.delimiter, self.skip = columns, delimiter, skip

    def at(self, *names: str) -> int | None:
        """The position of the first of these columns that is there."""
        return next((self.columns.index(name) for name in names if name in self.columns), None)


class Upload:
    """One input: its head to recognise it by; then whole, by lines, by rows or by chunks, once."""

    def __init__(self, head: bytes, source: Readable, beside: Sequence[Beside] = ()) -> None:
        self.head = head.removeprefix(codecs.BOM_UTF8)
        rest = Joined(b"", source)
        if len(self.head) < len(head):
            rest.read(len(codecs.BOM_UTF8))
        self.stream = io.BufferedReader(Bounded(rest), 2**18)
        self.json_text = ""
        """All of it, once `document` has read it; of the size of a document, not of a report."""
        self.above = ""
        """What stands above the header that was looked for last."""
        self._beside = [*beside, Beside()]

    @cached_property
    def is_page(self) -> bool:
        """Whether it is a web page."""
        return bool(re.match(rb"\s*<(!doctype html|html)", self.head, re.IGNORECASE))

    @property
    def first(self) -> str:
        """Who wrote its lines, where a log says so."""
        return " ".join(filter(None, (named(each.first) for each in self._beside)))

    def beside(self) -> Iterator[tuple[str, bytes]]:
        """Lines of others and words around a fence, by who wrote them, once all is read."""
        while any(each.first for each in self._beside) and self.stream.read(2**20):
            pass
        for each in self._beside:
            yield from each

    def put_aside(self, line: bytes) -> None:
        """A line that is no part of what is read."""
        self._beside[-1].hold(b"", line)

    @property
    def has_blocks(self) -> bool:
        """Whether two fenced blocks or more stand in its head."""
        return self.head.count(FENCED) >= FENCES

    @cached_property
    def start(self) -> str:
        """The head as text."""
        return self.head.decode("utf-8", "replace")

    @cached_property
    def text(self) -> str:
        """All of it, for reports that are read whole, without what quoting or a log put before."""
        return bare(self._short(self.content, MOST_TEXT))

    @cached_property
    def content(self) -> str:
        """All of it as it came, as long as a document may be where it begins like one."""
        begins = JSON_START.search(self.start.replace("\r\n", "\n").lstrip())
        text = decoded(self._whole(MOST_JSON if begins or FENCED in self.head else MOST_TEXT))
        return text.lstrip() if begins else text

    @cached_property
    def document(self) -> object:
        """The JSON in it, or None where it is no JSON. Raises `BadInput` where it is damaged."""
        match = JSON_START.search(self.start.replace("\r\n", "\n").lstrip())
        if not match:
            return None
        self.json_text = self.content
        before = self.content[: match.start()].splitlines()
        try:
            return parse(self.content[match.start() :])
        except BadInput:
            if all(JUNK.match(line) for line in before):
                raise
            return None

    @classmethod
    def of(cls, text: str, document: object = None) -> Upload:
        """A part of a file that was cut, with the JSON in it where that was read already."""
        upload = cls((data := text.encode("utf-8", "replace"))[:HEAD], io.BytesIO(data))
        upload.content = text
        upload.document = document
        upload.json_text = text if document is not None else ""
        return upload

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
                    self.above = "\n".join(self.start.splitlines()[:skip])
                    return Table(cells, delimiter, skip)
        return None

    def sections(self, table: Table, needs: int = 0) -> Iterator[Iterator[list[str]]]:
        """The rows, cut where the header stands again: each section is a run of its own."""
        met = 0

        def headers(row: list[str]) -> int:
            nonlocal met
            met += row[0] == table.columns[0] and row == table.columns
            return met

        for _, rows in groupby(self.rows(table, needs), headers):
            yield (row for row in rows if row != table.columns)
            if met >= MOST_SECTIONS:
                raise BadInput(f"This file holds more than {MOST_SECTIONS} runs: give fewer.")

    def rows(self, table: Table, needs: int = 0) -> Iterator[list[str]]:
        """The rows below a header, blank ones left out; each has at least `needs` cells.

        Raises `BadInput` where a row has fewer or quotes do not close.
        """
        lines = (line.decode("utf-8", "replace").lstrip(" ") for line in self.lines())
        for _ in range(table.skip + 1):
            next(lines, None)
        try:
            for row in csv.reader(lines, delimiter=table.delimiter, strict=True):
                if len(row) >= needs and row:
                    yield row
                elif len(row) == 1 and WORDS.match(row[0]):
                    self.put_aside(f"{row[0]}\n".encode())
                elif row and any(row) and not JUNK.match(row[0]):
                    raise BadInput(
                        f"A row has {len(row)} of {len(table.columns)} columns: "
                        "the file is damaged or cut off."
                    )
        except csv.Error:
            raise BadInput(
                "This CSV is damaged: a quote is out of place or never closed."
            ) from None
