"""A table whose reader can sort it, as Slack has it (`data_table`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.blocks.kit import Block
from bot.blocks.words import escaped
from bot.domain.pack.limits import MOST_IN_A_TABLE
from bot.domain.words import number, rounded

MOST_ROWS = 100
"""Beside the header."""
_REFERS = re.compile(r"<([@#])([A-Z0-9_]+)>")
_KINDS = {"#": ("channel", "channel_id"), "@": ("user", "user_id")}


def data_table(block_id: str, caption: str, rows: Sequence[Sequence[str | float]]) -> Block:
    """As many rows as fit, the first is the header. Messages only, one a message.

    `<#C…>` and `<@U…>` are shown as Slack shows them; how many rows there are, `rows_in` tells.
    """
    room, kept = MOST_IN_A_TABLE - 200, list[list[Block]]()
    for row in rows[: MOST_ROWS + 1]:
        room -= sum(len(each if isinstance(each, str) else number(each)) for each in row)
        if room < 0:
            break
        kept.append([_cell(each) for each in row])
    return {
        "type": "data_table",
        "block_id": block_id,
        "caption": caption,
        "rows": kept,
        "page_size": 20,
        "row_header_column_index": 0,
    }


def rows_in(table: Block) -> int:
    """Beside the header."""
    return len(table["rows"]) - 1


def lines_of(table: Block) -> list[str]:
    """What a table says, a line a row, for those who hear it read out."""
    return [" | ".join(_said(cell) for cell in row) for row in table["rows"]]


def _cell(value: str | float) -> Block:
    if not isinstance(value, str):
        return {"type": "raw_number", "value": rounded(value), "text": number(value)}
    match = _REFERS.fullmatch(value)
    if match is None:
        return {"type": "raw_text", "text": value or "-"}
    kind, named = _KINDS[match[1]]
    part = {"type": kind, named: match[2]}
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [part]}],
    }


def _said(cell: Block) -> str:
    if cell["type"] != "rich_text":
        return escaped(cell["text"])
    return "".join(_part(part) for part in cell["elements"][0]["elements"])


def _part(part: Block) -> str:
    match part["type"]:
        case "channel":
            return f"<#{part['channel_id']}>"
        case "user":
            return f"<@{part['user_id']}>"
    return escaped(part["text"])
