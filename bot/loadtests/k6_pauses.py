"""Where the times of a k6 CSV jump so far that another run was appended without its header."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bot.loadtests.quantities import moment
from bot.loadtests.span import PAUSE_S

LONGEST_TIME = 40
PAUSED = "Times in this file jump by {s:,.0f} s before this run: it is read apart."


class Pauses:
    """The time of the last row, in seconds since 1970, from block to block.

    k6 writes its users every second, also while no request ends.
    Of a block only the first and the last row are looked at, unless a pause lies between
    them or a quote, in which a line may end.
    """

    def __init__(self) -> None:
        self._last: float | None = None

    def cut(self, block: bytes) -> Iterator[tuple[float, bytes]]:
        """The pause before a piece in seconds, 0 where none is long, and the piece."""
        body = block.strip(b"\n")
        first, last = _at(body[:200]), _at(body[body.rfind(b"\n") + 1 :])
        if b'"' in body:
            yield from self._row_by_row(body)
        elif first is None or last is None:
            yield 0, block
        elif abs(last - first) <= PAUSE_S:
            pause, self._last = self._since(first), last
            yield pause, block
        else:
            yield from self._row_by_row(body)

    def _since(self, at: float) -> float:
        pause = 0 if self._last is None else abs(at - self._last)
        return pause if pause > PAUSE_S else 0

    def _row_by_row(self, body: bytes) -> Iterator[tuple[float, bytes]]:
        rows: list[bytes] = [b""]
        before, quotes = 0.0, 0
        for row in body.split(b"\n"):
            within, quotes = quotes % 2, quotes + row.count(b'"')
            if not within and (at := _at(row)) is not None:
                if pause := self._since(at):
                    if len(rows) > 1:
                        yield before, b"\n".join(rows)
                    rows, before = [b""], pause
                self._last = at
            rows.append(row)
        yield before, b"\n".join(rows)


def _at(row: bytes) -> float | None:
    """When a row was written; None where what stands second is no time."""
    cells = row.split(b",", 2)
    return _seconds(cells[1]) if len(cells) > 2 and len(cells[1]) <= LONGEST_TIME else None


@lru_cache(maxsize=1024)
def _seconds(text: bytes) -> float | None:
    at = moment(text.decode("utf-8", "replace"))
    return at.timestamp() if at else None
