"""A table whose cells hold text, or a sentence that names somebody as Slack shows people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.blocks.kit import Block
from bot.blocks.words import cut
from bot.domain.pack.limits import MOST_IN_A_TABLE

MOST_ROWS = 98
"""Beside its header and the row that counts the rest; Slack takes a hundred in all."""
Naming = tuple[str, str, str]
"""What stands before a person, their Slack user id, what stands after."""
Cell = str | Naming
Row = Sequence[Cell]


def table(
    block_id: str,
    rows: Sequence[Row],
    *,
    most: int = MOST_ROWS,
    left_out: Callable[[int], str] = lambda _: "",
) -> Block:
    """A table; the first row is the header. Messages only, one a message.

    Rows that do not fit, and those beyond `most`, are counted in a last one; `left_out` tells its
    last cell from the number of rows that are shown.
    """
    return {
        "type": "table",
        "block_id": block_id,
        "rows": [[_cell(each) for each in row] for row in _fitting(rows, most, left_out)],
        "column_settings": [{"is_wrapped": True} for _ in rows[0]],
    }


def _cell(cell: Cell) -> Block:
    """Text stays text: only who is named apart is shown as a person."""
    if isinstance(cell, str):
        return {"type": "raw_text", "text": cell or "-"}
    before, user, after = cell
    parts = [
        {"type": "text", "text": before},
        {"type": "user", "user_id": user},
        {"type": "text", "text": after},
    ]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}


def _fitting(rows: Sequence[Row], most: int, left_out: Callable[[int], str]) -> Sequence[Row]:
    """As many rows as one message's table holds, and how many are left out."""
    room, kept = MOST_IN_A_TABLE - 200, 0
    for row in rows[: most + 1]:
        room -= sum(max(1, _long(cell)) for cell in row)
        if room < 0:
            break
        kept += 1
    left = len(rows) - kept
    if not left:
        return rows
    last = (f"and {left:,} more", *("" for _ in rows[0][2:]), cut(left_out(kept - 1), 150))
    return [*rows[:kept], last[: len(rows[0])]]


def _long(cell: Cell) -> int:
    return len(cell) if isinstance(cell, str) else sum(map(len, cell))
