"""Every block and the surfaces on which it may appear (Slack: Block Kit reference)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playground.strict.checks import (
    Check,
    Fault,
    Json,
    among,
    any_of,
    at_most_one,
    by_type,
    each,
    exactly_one,
    flag,
    shape,
    string,
    url,
)
from playground.strict.data import DATA_TABLE, DATA_VISUALIZATION, TABLE
from playground.strict.elements import IMAGE, placed
from playground.strict.objects import IDENTIFIER, SLACK_FILE, mrkdwn, plain, text
from playground.strict.rich_text import RICH_TEXT

_ID: Mapping[str, Check] = {"block_id": IDENTIFIER}


def _file_input_silent(block: Json, at: str) -> Iterator[Fault]:
    if block["element"]["type"] == "file_input" and block.get("dispatch_action"):
        yield Fault(f"{at}/dispatch_action", "not allowed with file_input")


def _action_ids_unique(block: Json, at: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, element in enumerate(block["elements"]):
        name = element.get("action_id")
        if name in seen:
            yield Fault(f"{at}/elements/{place}/action_id", f'action_id "{name}" already exists')
        if name:
            seen.add(name)


_CONTEXT = by_type(
    {"image": IMAGE, "mrkdwn": mrkdwn(), "plain_text": plain()},
)

BLOCKS: Mapping[str, Check] = {
    "section": shape(
        may={
            **_ID,
            "text": text(3000),
            "fields": each(text(2000), 1, 10),
            "accessory": by_type(placed("accessory")),
            "expand": flag,
        },
        rules=[any_of("text", "fields")],
    ),
    "actions": shape(
        needs={"elements": each(by_type(placed("actions")), 1, 25)},
        may=_ID,
        rules=[_action_ids_unique],
    ),
    "context": shape(needs={"elements": each(_CONTEXT, 1, 10)}, may=_ID),
    "context_actions": shape(
        needs={"elements": each(by_type(placed("context_actions")), 1, 5)}, may=_ID
    ),
    "header": shape(needs={"text": plain(150)}, may=_ID),
    "divider": shape(may=_ID),
    "image": shape(
        needs={"alt_text": string(2000)},
        may={**_ID, "image_url": url(), "slack_file": SLACK_FILE, "title": plain(2000)},
        rules=[exactly_one("image_url", "slack_file")],
    ),
    "input": shape(
        needs={"label": plain(2000), "element": by_type(placed("input"))},
        may={**_ID, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
        rules=[_file_input_silent],
    ),
    "rich_text": RICH_TEXT,
    "markdown": shape(needs={"text": string(12_000)}, may=_ID),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "alert": shape(
        needs={"text": text(200)},
        may={**_ID, "level": among("default", "info", "warning", "error", "success")},
    ),
    "card": shape(
        may={
            **_ID,
            "title": text(150),
            "subtitle": text(150),
            "body": text(200),
            "subtext": text(200),
            "hero_image": IMAGE,
            "icon": IMAGE,
            "slack_icon": string(50),
            "actions": each(by_type(placed("card")), 1, 3),
        },
        rules=[any_of("title", "body", "hero_image", "actions"), at_most_one("icon", "slack_icon")],
    ),
}

_EVERYWHERE = {
    "section",
    "actions",
    "context",
    "divider",
    "header",
    "image",
    "input",
    "rich_text",
}
# Only what every source agrees on: a block that some page doubts for a surface is refused there.
SURFACES: Mapping[str, frozenset[str]] = {
    "message": frozenset(
        _EVERYWHERE
        | {"markdown", "context_actions", "table", "data_table", "data_visualization", "card"}
    ),
    "modal": frozenset(_EVERYWHERE | {"alert"}),
    "home": frozenset(_EVERYWHERE),
}
MOST_BLOCKS: Mapping[str, int] = {"message": 50, "modal": 100, "home": 100}


def blocks_on(surface: str) -> Check:
    """The list of blocks of a message, modal or home."""
    allowed = {name: BLOCKS[name] for name in SURFACES[surface]}
    return each(by_type(allowed), 0 if surface == "message" else 1, MOST_BLOCKS[surface])
