"""Slack's dicts → domain values. What travels through a view or a button is named here."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltContext

from bot.blocks import ids
from bot.blocks.result import DIFFERS
from bot.domain.model import Frozen
from bot.domain.replies import Choices, Mode
from bot.domain.team import Caller, Workspace

Body = Mapping[str, Any]

MANY = 4
"""Words from which on something typed after the command is a question, whatever it begins with."""

_SUFFIXES = {ids.EVIDENCE: "evidence", ids.NOTE: "note", ids.REASON: "reason"}
_TYPED = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "\u00a0": " "})  # noqa: RUF001


class Meta(Frozen):
    """What a view carries: ids only; SQLite is the truth."""

    channel: str
    page: str = ""
    mode: Mode = "own"
    pilot: str = ""
    entry: str = ""


def workspace(context: BoltContext) -> Workspace:
    """The installation a payload belongs to, as `Installation` found it."""
    return str(context["installation"])


def caller(context: BoltContext, body: Body) -> Caller:
    """Who acted, and in which channel; in a view the channel is the one it was opened for."""
    view = body.get("view") or {}
    channel = meta(body).channel if view.get("private_metadata") else context.channel_id
    return Caller(
        workspace=workspace(context), channel=channel or "", user=context.actor_user_id or ""
    )


def meta(body: Body) -> Meta:
    """What the view carried."""
    return Meta.model_validate_json(body["view"]["private_metadata"])


def text(body: Body) -> str:
    """What was typed after the command, unescaped once."""
    return unescaped(str(body.get("text") or ""))


def unescaped(typed: str) -> str:
    """Command and event text as the person typed it; phones' quotes become plain ones."""
    return html.unescape(typed).translate(_TYPED).strip()


def words(body: Body) -> tuple[str, str]:
    """The first word after the command in lower case, and the rest."""
    first, _, rest = text(body).partition(" ")
    return first.lower(), rest.strip()


def asks(body: Body) -> bool:
    """Whether what was typed after the command is a question: a mark at its end, or many words."""
    typed = text(body)
    return (typed.endswith("?") and len(typed) > 1) or len(typed.split()) > MANY


def question(event: Body) -> str:
    """What a mention or message asks, without the mention itself."""
    return unescaped(re.sub(r"<@[A-Z0-9]+(\|[^>]*)?>", " ", str(event.get("text") or "")))


def thread_of(message: Body) -> str:
    """Where a reply to this message belongs."""
    return str(message.get("thread_ts") or message["ts"])


def pressed(body: Body) -> str:
    """The value of the button, or the option that was chosen."""
    action = body["actions"][0]
    option = action.get("selected_option") or {}
    return str(action.get("value") or option.get("value") or "")


def action_of(body: Body) -> str:
    """The id of what was pressed."""
    return str(body["actions"][0]["action_id"])


def from_view(body: Body) -> bool:
    """Whether the press came from a modal or the Home tab."""
    return bool(body.get("view"))


def fields(body: Body) -> dict[str, object]:
    """A page's answers: question id → {value, evidence, note, reason}; an empty field is None."""
    page: dict[str, dict[str, object]] = {}
    for block, elements in _state(body).items():
        if ids.ANSWER not in elements:
            continue  # a menu among the buttons, not a field
        said = _said(elements[ids.ANSWER])
        name, suffix = _split(block)
        if said not in (None, "", []):
            page.setdefault(name, {})[suffix] = said
        else:
            page.setdefault(name, {})
    return {name: held if "value" in held else None for name, held in page.items()}


def altered(body: Body) -> dict[str, object]:
    """Of a page's answers those that this person altered: what others saved meanwhile stays.

    Where the payload does not hold the page's blocks nothing can be told from it, so all count.
    """
    blocks = body["view"].get("blocks")
    if blocks is None:
        return fields(body)
    began = {b["block_id"]: _began(b["element"]) for b in blocks if b["type"] == "input"}
    moved = {
        _split(block)[0]
        for block, elements in _state(body).items()
        if block in began and (_said(elements[ids.ANSWER]) or None) != began[block]
    }
    return {name: held for name, held in fields(body).items() if name in moved}


def texts(body: Body) -> dict[str, str]:
    """Every field of a form that holds one thing: block → text, code, user or day."""
    held = {block: _said(next(iter(each.values()))) for block, each in _state(body).items()}
    return {block: said for block, said in held.items() if isinstance(said, str) and said}


def several(body: Body, block: str) -> tuple[str, ...]:
    """The codes chosen in one field that takes several."""
    said = _said(next(iter(_state(body).get(block, {"": {}}).values())))
    return tuple(said) if isinstance(said, list) else ()


def files(body: Body, block: str) -> list[Mapping[str, Any]]:
    """The files dropped into one field."""
    held = next(iter(_state(body).get(block, {"": {}}).values()))
    return list(held.get("files") or [])


def typed(body: Body, block: str) -> str:
    """The text or user in one field of a view."""
    return str(_said(next(iter(_state(body)[block].values()))) or "")


def choices(body: Body) -> Choices:
    """What becomes of my differing answers: question id → change or note."""
    return {
        block.removeprefix(DIFFERS): "change" if _said(held["answer"]) == "change" else "note"
        for block, held in _state(body).items()
        if block.startswith(DIFFERS)
    }


def _state(body: Body) -> Mapping[str, Any]:
    values: Mapping[str, Any] = body["view"].get("state", {}).get("values", {})
    return {block: held for block, held in values.items() if held}


def _split(block: str) -> tuple[str, str]:
    for suffix, field in _SUFFIXES.items():
        if block.endswith(suffix):
            return block.removesuffix(suffix), field
    return block, "value"


def _began(element: Mapping[str, Any]) -> object:
    """What an element held when its page was drawn."""
    match element:
        case {"initial_option": option}:
            return option["value"]
        case {"initial_options": options}:
            return [each["value"] for each in options]
        case _:
            return element.get("initial_value") or None


def _said(element: Mapping[str, Any]) -> object:
    """What an element holds, whichever kind it is."""
    match element:
        case {"selected_option": option}:
            return option["value"] if option else None
        case {"selected_options": options}:
            return [each["value"] for each in options or []]
        case {"selected_user": user}:
            return user
        case {"selected_date": day}:
            return day
        case _:
            return element.get("value")
