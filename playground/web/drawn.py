"""Blocks about to be drawn, and the small questions that the templates ask about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from markupsafe import Markup

from playground.screen import HOLDS, State, options
from playground.surfaces import ShownMessage, ShownView
from playground.web.fingerprint import short
from playground.web.mrkdwn import Reader, mrkdwn, plain
from playground.web.rich_text import rich_text

Json: TypeAlias = Any


@dataclass(frozen=True)
class Drawn:
    """On what they stand, how the page names it, what is chosen and what is refused there."""

    kind: str
    ref: str
    state: State
    errors: dict[str, str]
    reader: Reader

    def dom_id(self, b: Json, e: Json) -> str:
        """The id of an element in the page."""
        return f"w-{short([self.ref, b['block_id'], e['action_id']])}"

    def value(self, b: Json, e: Json) -> Json:
        """What an element holds: text, ids, option values (a list for several); empty if not."""
        holds = HOLDS[e["type"]]
        entry = self.state.get(b["block_id"], {}).get(e["action_id"], {})
        value = entry.get(holds.key)
        if isinstance(value, list):
            return [item.get("value", item) if isinstance(item, dict) else item for item in value]
        if isinstance(value, dict) and "value" in value:
            return value["value"]
        return "" if value is None else value

    def choices(self, e: Json) -> list[tuple[str, Json]]:
        """What an element offers, as values and option objects; people and channels by name."""
        kind = e["type"].removeprefix("multi_")
        world = self.reader.world
        if kind == "users_select":
            people = [u for u in world.users.values() if u.id != "USLACKBOT"]
            return [(u.id, {"text": {"type": "plain_text", "text": u.real_name}}) for u in people]
        if kind in ("channels_select", "conversations_select"):
            rooms = [c for c in world.channels.values() if c.name]
            return [(c.id, {"text": {"type": "plain_text", "text": f"#{c.name}"}}) for c in rooms]
        return [(option["value"], option) for option in options(e)]

    def words(self, text: Json) -> Markup:
        """A text object, or a table's cell, as HTML."""
        if text["type"] == "mrkdwn":
            return mrkdwn(text["text"], self.reader)
        if text["type"] == "rich_text":
            return rich_text(text, self.reader)
        return plain(text["text"], text.get("emoji", True))


def draw(shown: ShownMessage | ShownView, reader: Reader) -> Drawn:
    """A surface, ready for the templates."""
    if isinstance(shown, ShownMessage):
        ref = f"{shown.message.channel}:{shown.ts}"
        return Drawn("message", ref, shown.state, {}, reader)
    return Drawn(str(shown.view.body["type"]), shown.view.id, shown.state, shown.errors, reader)
