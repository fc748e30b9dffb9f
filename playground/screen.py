"""What a person can touch on a surface: its elements, their names and what they hold."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from playground.world import World

Json: TypeAlias = Any
State: TypeAlias = dict[str, dict[str, Json]]


class Holds(NamedTuple):
    """Where an element's value stands in the state, and which field it begins with."""

    key: str
    initial: str
    many: bool = False


HOLDS: dict[str, Holds] = {
    "plain_text_input": Holds("value", "initial_value"),
    "number_input": Holds("value", "initial_value"),
    "email_text_input": Holds("value", "initial_value"),
    "url_text_input": Holds("value", "initial_value"),
    "rich_text_input": Holds("rich_text_value", "initial_value"),
    "static_select": Holds("selected_option", "initial_option"),
    "external_select": Holds("selected_option", "initial_option"),
    "radio_buttons": Holds("selected_option", "initial_option"),
    "checkboxes": Holds("selected_options", "initial_options", many=True),
    "multi_static_select": Holds("selected_options", "initial_options", many=True),
    "users_select": Holds("selected_user", "initial_user"),
    "multi_users_select": Holds("selected_users", "initial_users", many=True),
    "conversations_select": Holds("selected_conversation", "initial_conversation"),
    "multi_conversations_select": Holds(
        "selected_conversations", "initial_conversations", many=True
    ),
    "channels_select": Holds("selected_channel", "initial_channel"),
    "multi_channels_select": Holds("selected_channels", "initial_channels", many=True),
    "datepicker": Holds("selected_date", "initial_date"),
    "timepicker": Holds("selected_time", "initial_time"),
    "datetimepicker": Holds("selected_date_time", "initial_date_time"),
    "file_input": Holds("files", "", many=True),
}


@dataclass(frozen=True)
class Widget:
    """One interactive element and the block that it stands in."""

    block: dict[str, Json]
    element: dict[str, Json]

    @property
    def block_id(self) -> str:
        """The id of the block."""
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        """The id of the element."""
        return str(self.element["action_id"])

    @property
    def kind(self) -> str:
        """The element's type."""
        return str(self.element["type"])

    @property
    def is_input(self) -> bool:
        """Whether it stands in an input block, and so stays silent until submit."""
        return bool(self.block["type"] == "input")

    @property
    def label(self) -> str:
        """The words beside it: the input's label, the button's text, the section's text."""
        own = self.element.get("text") or self.block.get("label")
        shown = own or self.element.get("placeholder") or self.block.get("text")
        return str((shown or {}).get("text", ""))

    def begins_with(self) -> dict[str, Json] | None:
        """Its entry in a fresh state; None for buttons and menus, which hold nothing."""
        holds = HOLDS.get(self.kind)
        if holds is None:
            return None
        empty: Json = [] if holds.many else None
        return {"type": self.kind, holds.key: self.element.get(holds.initial, empty)}


def widgets(blocks: list[Json]) -> Iterator[Widget]:
    """Every interactive element of a surface, from top to bottom."""
    for block in blocks:
        inside = [block.get("element"), block.get("accessory"), *block.get("elements", [])]
        for element in [*inside, *block.get("actions", [])]:
            if isinstance(element, dict) and "action_id" in element:
                yield Widget(block, element)


def with_ids(world: World, blocks: list[Json]) -> list[Json]:
    """A copy of the blocks in which those without an id got one, as Slack does."""
    copied: list[Json] = copy.deepcopy(blocks)
    for block in copied:
        block.setdefault("block_id", world.new_id("b"))
        if block["type"] == "rich_text":
            continue
        inside = [block.get("element"), block.get("accessory"), *block.get("elements", [])]
        for element in [*inside, *block.get("actions", [])]:
            if isinstance(element, dict) and element["type"] in _ACTIVE:
                element.setdefault("action_id", world.new_id("a"))
    return copied


_ACTIVE = {*HOLDS, "button", "overflow", "feedback_buttons", "icon_button"}


def carry(old: State, blocks: list[Json]) -> State:
    """The state of a surface drawn anew: same ids and type keep their value."""
    state: State = {}
    for widget in widgets(blocks):
        fresh = widget.begins_with()
        if fresh is None:
            continue
        kept = old.get(widget.block_id, {}).get(widget.action_id)
        same = kept is not None and kept["type"] == widget.kind and _still_listed(widget, kept)
        state.setdefault(widget.block_id, {})[widget.action_id] = kept if same else fresh
    return state


def _still_listed(widget: Widget, kept: dict[str, Json]) -> bool:
    """A choice survives only while its option is still offered."""
    chosen = kept.get("selected_options") or [kept.get("selected_option")]
    values = {option["value"] for option in options(widget.element)}
    return not values or all(option is None or option["value"] in values for option in chosen)


def options(element: dict[str, Json]) -> list[Json]:
    """The options that an element offers, groups flattened."""
    grouped = [o for group in element.get("option_groups", []) for o in group["options"]]
    return [*element.get("options", []), *grouped]


def find(blocks: list[Json], name: str, kinds: frozenset[str] = frozenset()) -> Widget:
    """The element called `name`: action id, block id, `block/action`, or its visible words.

    `kinds` narrows the search to some types of element. Raises LookupError, listing what is
    there, when none or several answer to the name.
    """
    every = [w for w in widgets(blocks) if not kinds or w.kind in kinds]
    for match in (
        [w for w in every if f"{w.block_id}/{w.action_id}" == name],
        [w for w in every if w.action_id == name],
        [w for w in every if w.block_id == name],
        [w for w in every if w.label == name],
    ):
        if len(match) == 1:
            return match[0]
        if match:
            ids = [f"{w.block_id}/{w.action_id}" for w in match]
            raise LookupError(f"{name!r} is not one element but {len(match)}: {ids}")
    there = [f"{w.label!r} ({w.block_id}/{w.action_id})" for w in every]
    raise LookupError(f"nothing called {name!r} among {there}")


def texts(value: Json) -> Iterator[str]:
    """Every word that a reader of these blocks sees, in order."""
    if isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict) and value.get("type") == "rich_text_section":
        yield "".join(map(_inline, value["elements"]))
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in _VISIBLE and isinstance(inner, str):
                yield inner
            elif isinstance(inner, dict | list) and key not in _HIDDEN:
                yield from texts(inner)


def _inline(part: Json) -> str:
    """A word of rich text; who or what it refers to as mrkdwn writes it."""
    match part["type"]:
        case "user":
            return f"<@{part['user_id']}>"
        case "channel":
            return f"<#{part['channel_id']}>"
    return str(part.get("text") or part.get("name") or "")


_VISIBLE = {"text", "title", "alt_text", "label", "name", "caption"}
_HIDDEN = {"confirm", "initial_option", "initial_options"}
