"""A large CSV in blocks of whole records, and its columns, a block at a time.

A block without quotes whose rows all have as many cells as the header is cut by its delimiters at
once; any other is read by the csv module, row by row, with the same checks.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from bot.errors import BadInput
from bot.loadtests.door import JUNK, WORDS, Table, Upload

CHUNK = 2**15
"""Small enough that the cells of a block stay near the processor."""
LONGEST_RECORD = 2**22
_INDENTED = re.compile(rb"^ +", re.MULTILINE)
DAMAGED = "This CSV is damaged: a quote is out of place or never closed."
CUT = (
    "The last row has {n} columns, the one above it {all}: the file is cut off. Give the whole "
    "file, or leave that row out."
)
FEWER = "A row has {n} of {all} columns: the file is damaged or cut off."

Columns = list[list[str]]
"""The cells of some columns, row by row, each as long as the block."""


def records(upload: Upload, skip: int) -> Iterator[tuple[bytes, bool]]:
    """Blocks of whole records without their last line end, and whether one is the last."""
    for _ in range(skip):
        upload.stream.readline()
    rest = b""
    edged = _bare if b"\n " in upload.head else bytes
    while chunk := upload.stream.read(max(CHUNK, len(rest))):
        rest = (rest + chunk).replace(b"\r\n", b"\n") if b"\r" in chunk else rest + chunk
        end = _end_of_records(rest)
        if end < 0 and len(rest) > LONGEST_RECORD:
            raise BadInput("This CSV has a row of more than 4 MB: a quote may never close.")
        if end >= 0:
            yield edged(rest[:end]), False
            rest = rest[end + 1 :]
    if rest.strip() and not rest.startswith(b"```"):
        yield edged(rest), True


def _bare(block: bytes) -> bytes:
    """Its rows without the blanks before them."""
    return _INDENTED.sub(b"", block)


def _end_of_records(block: bytes) -> int:
    """The last line end that is not inside quotes, or -1."""
    end = block.rfind(b"\n")
    quotes = block.count(b'"', 0, max(end, 0))
    while end >= 0 and quotes % 2:
        last = block.rfind(b'"', 0, end)
        end = block.rfind(b"\n", 0, last)
        quotes -= block.count(b'"', max(end, 0), last + 1)
    return end


def columns(
    upload: Upload, table: Table, wanted: Sequence[int], needs: int
) -> Iterator[Columns | None]:
    """The wanted columns of block after block; None where the header stands again: another run.

    A row has at least `needs` cells; what it lacks beyond them is empty. Raises `BadInput` where
    a row is too short or quotes do not close.
    """
    again = table.delimiter.join(table.columns).encode()
    width = 0
    for block, last in records(upload, table.skip + 1):
        if last:
            _whole(block, min(width, len(table.columns)), table.delimiter, needs)
        width = block.rpartition(b"\n")[2].count(table.delimiter.encode()) + 1
        parts = block.split(again) if table.skip >= 0 and again in block else [block]
        for at, part in enumerate(parts):
            if at:
                yield None
            if rows := part.strip(b"\n"):
                yield _at_once(rows, table, wanted) or _row_by_row(
                    rows, table, wanted, needs, upload
                )


def _whole(row: bytes, width: int, delimiter: str, needs: int) -> None:
    """Raises `BadInput` where the last row has less than the one above it."""
    cells = row.count(delimiter.encode()) + 1
    if b'"' not in row and needs <= cells < width:
        raise BadInput(CUT.format(n=cells, all=width))


def _at_once(block: bytes, table: Table, wanted: Sequence[int]) -> Columns | None:
    """All cells cut at once; None where a quote or a row of another width forbids it."""
    if b'"' in block:
        return None
    width = len(table.columns)
    text = block.decode("utf-8", "replace")
    rows = text.count("\n") + 1
    cells = f"{text}\n".replace("\n", f"\n{table.delimiter}").split(table.delimiter)
    ends = "".join(cells[width - 1 : rows * width : width]).split("\n")
    if len(cells) != rows * width + 1 or len(ends) != rows + 1:
        return None
    return [ends[:-1] if at == width - 1 else cells[at : rows * width : width] for at in wanted]


def _row_by_row(
    block: bytes, table: Table, wanted: Sequence[int], needs: int, upload: Upload
) -> Columns:
    lines = [f"{line}\n" for line in block.decode("utf-8", "replace").split("\n")]
    kept: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=table.delimiter, strict=True):
            if len(row) >= needs:
                kept.append(row)
            elif len(row) == 1 and WORDS.match(row[0]):
                upload.put_aside(f"{row[0]}\n".encode())
            elif row and any(row) and not JUNK.match(row[0]):
                raise BadInput(FEWER.format(n=len(row), all=len(table.columns)))
    except csv.Error:
        raise BadInput(DAMAGED) from None
    return [[row[at] if at < len(row) else "" for row in kept] for at in wanted]
