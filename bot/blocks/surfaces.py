"""Messages, modals and the Home tab put together, with the limits that a single block cannot see.

Unique ids, one table and two charts a message, what may stand where, the text that screen readers
read instead of the blocks, the weight of a view. Faults here are ours, so they raise `ValueError`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from bot.blocks.heard import apart
from bot.blocks.kit import Block
from bot.blocks.sortable import lines_of
from bot.blocks.words import escaped
from bot.domain.pack.limits import MOST_INPUTS

Payload = dict[str, Any]

TEXT_MOST = 3900
"""`chat.update` refuses a text above 4,000."""
VIEW_BYTES = 240_000
"""A view may weigh 250 kB, its frame included."""
_MESSAGE_ONLY = frozenset({"table", "data_table", "data_visualization", "markdown"})


def message(*blocks: Block) -> Payload:
    """A message: its blocks, and all they say as text for those who hear it read out."""
    _refuse_over(blocks, 50)
    kinds = Counter(block["type"] for block in blocks)
    if kinds["table"] + kinds["data_table"] > 1 or kinds["data_visualization"] > 2:
        raise ValueError("a message holds one table and two charts at the most")
    apart(blocks)
    return {"text": spoken(blocks), "blocks": list(blocks)}


def without_native(payload: Payload) -> Payload:
    """The same message without tables and charts; its text still holds their figures."""
    kept = [block for block in payload["blocks"] if block["type"] not in _MESSAGE_ONLY]
    return payload | {"blocks": kept}


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str = "Close",
    meta: str = "",
) -> Payload:
    """A modal view; `submit` must be given as soon as there is an input."""
    if not submit and any(block["type"] == "input" for block in blocks):
        raise ValueError(f"modal {callback_id}: inputs need a submit button")
    if inputs_in(blocks) > MOST_INPUTS:
        raise ValueError(f"modal {callback_id}: {inputs_in(blocks)} inputs, {MOST_INPUTS} fit")
    for words in (title, submit or "-", close):
        _refuse_long(f"modal {callback_id}", words, 24)
    _refuse_long(f"modal {callback_id}: private_metadata", meta, 3000)
    view = {
        "type": "modal",
        "callback_id": callback_id,
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": close},
        "private_metadata": meta,
    }
    if submit:
        view["submit"] = {"type": "plain_text", "text": submit}
    return view | _view_blocks(blocks)


def inputs_in(blocks: Iterable[Block]) -> int:
    """How many fields there are to fill in."""
    return sum(block["type"] == "input" for block in blocks)


def home(blocks: Sequence[Block], meta: str = "") -> Payload:
    """The App Home tab."""
    return {"type": "home", "private_metadata": meta} | _view_blocks(blocks)


def spoken(blocks: Iterable[Block]) -> str:
    """Everything the blocks say, line by line, figures of tables and charts included.

    Slack reads this text as mrkdwn, so what is plain in its block is escaped here.
    """
    lines = [line for block in blocks for line in _lines(block) if line]
    whole = "\n".join(lines)
    return whole if len(whole) <= TEXT_MOST else whole[: TEXT_MOST - 1].rsplit("\n", 1)[0] + "\n…"


def _lines(block: Block) -> list[str]:
    match block["type"]:
        case "table" | "data_table":
            return lines_of(block)
        case "data_visualization":
            return [escaped(each) for each in (block["title"], *_figures(block["chart"]))]
        case "context":
            return [each["text"] for each in block["elements"]]
        case "input" | "header" as kind:
            return [escaped(block["label" if kind == "input" else "text"]["text"])]
        case _:
            return [block["text"]["text"]] if "text" in block else []


def _figures(chart: Block) -> list[str]:
    return [
        f"{each['name']}: " + ", ".join(f"{p['label']} {p['value']:g}" for p in each["data"])
        for each in chart["series"]
    ]


def _view_blocks(blocks: Sequence[Block]) -> Payload:
    _refuse_over(blocks, 100)
    refused = {block["type"] for block in blocks} & _MESSAGE_ONLY
    if refused:
        raise ValueError(f"a view cannot hold {', '.join(sorted(refused))}")
    apart(blocks)
    if len(blocks) > 40 and len(json.dumps(blocks)) > VIEW_BYTES:
        raise ValueError("a view may weigh 250 kB")
    return {"blocks": list(blocks)}


def _refuse_over(blocks: Sequence[Block], most: int) -> None:
    if not 1 <= len(blocks) <= most:
        raise ValueError(f"{len(blocks)} blocks where 1 to {most} are allowed")
    twice = [each for each, n in Counter(b["block_id"] for b in blocks).items() if n > 1]
    if twice:
        raise ValueError(f"block ids used twice: {', '.join(twice)}")


def _refuse_long(what: str, words: str, most: int) -> None:
    if len(words) > most:
        raise ValueError(f"{what}: {words!r} is longer than {most} characters")
