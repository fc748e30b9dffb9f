"""Whole messages, views and answers to a submission: rules that no single block can see."""

from __future__ import annotations

import json
from collections.abc import Iterator

from playground.strict.blocks import blocks_on
from playground.strict.checks import Check, Fault, Json, among, flag, shape, string, walk
from playground.strict.data import MOST_TABLE_CHARACTERS
from playground.strict.objects import IDENTIFIER, plain

MOST_VIEW_BYTES = 250_000
MOST_MARKDOWN = 12_000
_TABLES = ("table", "data_table")

_SHARED = {
    "callback_id": IDENTIFIER,
    "external_id": IDENTIFIER,
    "private_metadata": string(3000, least=0),
}
_VIEWS = {
    "modal": shape(
        needs={"title": plain(24), "blocks": blocks_on("modal")},
        may={
            **_SHARED,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": flag,
            "notify_on_close": flag,
        },
    ),
    "home": shape(needs={"blocks": blocks_on("home")}, may=_SHARED),
}


def check_message(blocks: Json, at: str = "/blocks") -> list[Fault]:
    """Everything that Slack would refuse in the blocks of a message."""
    faults = list(blocks_on("message")(blocks, at))
    return faults or [*_unique_ids(blocks, at), *_data_blocks(blocks, at), *_markdown(blocks, at)]


def check_view(view: Json, surface: str, at: str = "/view") -> list[Fault]:
    """Everything that Slack would refuse in a view for this surface ("modal" or "home")."""
    if not isinstance(view, dict):
        return [Fault(at, "must be an object")]
    faults = [*among(surface)(view.get("type"), f"{at}/type"), *_VIEWS[surface](view, at)]
    if faults:
        return faults
    blocks = view["blocks"]
    return [*_unique_ids(blocks, f"{at}/blocks"), *_one_focus(blocks, at), *_submit(view, at)]


def too_large(view: Json) -> bool:
    """Slack answers `view_too_large` beyond 250 kB."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > MOST_VIEW_BYTES


def _unique_ids(blocks: Json, at: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        name = block.get("block_id")
        if name in seen:
            yield Fault(f"{at}/{place}/block_id", f'block_id "{name}" already exists')
        if name:
            seen.add(name)


def _one_focus(blocks: Json, at: str) -> Iterator[Fault]:
    if sum(bool(thing.get("focus_on_load")) for thing in walk(blocks)) > 1:
        yield Fault(f"{at}/blocks", "only one element may set focus_on_load")


def _submit(view: Json, at: str) -> Iterator[Fault]:
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and has_input and "submit" not in view:
        yield Fault(at, "missing required field: submit")


def _data_blocks(blocks: Json, at: str) -> Iterator[Fault]:
    tables = [block for block in blocks if block["type"] in _TABLES]
    if len(tables) > 1:
        yield Fault(at, "only one table is allowed per message")
    if sum(block["type"] == "data_visualization" for block in blocks) > 2:
        yield Fault(at, "no more than 2 data_visualization blocks allowed")
    if sum(len(str(thing.get("text", ""))) for thing in walk(tables)) > MOST_TABLE_CHARACTERS:
        yield Fault(at, f"tables must be less than {MOST_TABLE_CHARACTERS + 1} characters")


def _markdown(blocks: Json, at: str) -> Iterator[Fault]:
    total = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if total > MOST_MARKDOWN:
        yield Fault(at, f"markdown must be less than {MOST_MARKDOWN + 1} characters")


def check_answer(answer: Json, inputs: set[str]) -> list[Fault]:
    """An answer to a view_submission; `inputs` are the block ids of that view's input blocks."""
    if not isinstance(answer, dict):
        return [Fault("", "must be an object")]
    action = answer.get("response_action")
    if action in ("update", "push"):
        return [*_only(answer, "view"), *check_view(answer.get("view"), "modal")]
    if action == "clear":
        return list(_only(answer))
    if action == "errors":
        return [*_only(answer, "errors"), *_errors(answer.get("errors"), inputs)]
    return [Fault("/response_action", "must be one of errors, update, push, clear")]


def _only(answer: Json, *keys: str) -> Iterator[Fault]:
    yield from shape(needs={"response_action": string(20), **dict.fromkeys(keys, _anything)})(
        answer, ""
    )


def _anything(_value: Json, _at: str) -> Iterator[Fault]:
    yield from ()


def _errors(errors: Json, inputs: set[str]) -> Iterator[Fault]:
    if not isinstance(errors, dict) or not errors:
        yield Fault("/errors", "must be an object with at least one block_id")
        return
    sentence: Check = string(3000)
    for block_id, says in errors.items():
        if block_id not in inputs:
            yield Fault(f"/errors/{block_id}", "no input block with this block_id in the view")
        yield from sentence(says, f"/errors/{block_id}")
