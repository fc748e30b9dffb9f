"""Slack's dicts → domain values. What travels through a view or a button is named here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from slack_bolt import BoltContext

from bot.blocks import ids
from bot.blocks.result import DIFFERS
from bot.domain.model import Frozen
from bot.domain.replies import Choices, Mode
from bot.domain.team import Caller, Workspace
from bot.listeners.forms import Forged, held_by, state

Body = Mapping[str, Any]

MANY = 4
"""Words from which on something typed after the command is a question, whatever it begins with."""

_MENTION = re.compile(r"<@[A-Z0-9]{1,32}(\|[^<>]*)?>")
"""Slack escapes what people type, so no other `<` stands within; to stop there keeps it linear."""
_SUFFIXES = {ids.EVIDENCE: "evidence", ids.NOTE: "note", ids.REASON: "reason"}
_TYPED = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "\u00a0": " "})  # noqa: RUF001


class Meta(Frozen):
    """What a view carries: ids only; SQLite is the truth."""

    channel: str
    page: str = ""
    mode: Mode = "own"
    pilot: str = ""
    entry: str = ""
    files: tuple[str, ...] = ()
    """`side:file` of results that were kept until one of their runs is chosen."""
    anew: bool = False


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
    try:
        return Meta.model_validate_json((body.get("view") or {}).get("private_metadata") or "")
    except ValidationError:
        raise Forged from None


def text(body: Body) -> str:
    """What was typed after the command, unescaped once."""
    return unescaped(str(body.get("text") or ""))


def unescaped(typed: str) -> str:
    """Command and event text as the person typed it; phones' quotes become plain ones.

    Slack escapes three characters and no others.
    """
    plain = typed.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return plain.translate(_TYPED).strip()


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
    return unescaped(_MENTION.sub(" ", str(event.get("text") or "")))


def thread_of(message: Body) -> str:
    """Where a reply to this message belongs."""
    found = message.get("thread_ts") or message.get("ts")
    if not found:
        raise Forged
    return str(found)


def pair(body: Body) -> tuple[str, str]:
    """The two ids in the value of a button, `one:other`."""
    match pressed(body).split(":"):
        case [one, other]:
            return one, other
    raise Forged


def message_of(body: Body) -> str:
    """The ts of the message whose button was pressed."""
    found = (body.get("container") or {}).get("message_ts")
    if not isinstance(found, str):
        raise Forged
    return found


def pressed(body: Body) -> str:
    """The value of the button, or the option that was chosen."""
    action = body["actions"][0]
    chosen = held_by({"selected_option": action.get("selected_option")})
    return str(action.get("value") or chosen or "")


def action_of(body: Body) -> str:
    """The id of what was pressed."""
    return str(body["actions"][0]["action_id"])


def from_view(body: Body) -> bool:
    """Whether the press came from a modal or the Home tab."""
    return bool(body.get("view"))


def fields(body: Body) -> dict[str, object]:
    """A page's answers: question id → {value, evidence, note, reason}; an empty field is None."""
    page: dict[str, dict[str, object]] = {}
    for block, elements in state(body).items():
        if ids.ANSWER not in elements:
            continue  # a menu among the buttons, not a field
        said = held_by(elements[ids.ANSWER])
        name, suffix = _split(block)
        if said:
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
    began = {b.get("block_id"): _began(b) for b in blocks if b.get("type") == "input"}
    moved = {
        _split(block)[0]
        for block, elements in state(body).items()
        if block in began and (held_by(elements.get(ids.ANSWER, {})) or None) != began[block]
    }
    return {name: held for name, held in fields(body).items() if name in moved}


def choices(body: Body) -> Choices:
    """What becomes of my differing answers: question id → change or note."""
    chosen = {
        block.removeprefix(DIFFERS): held_by(held.get(ids.ANSWER, {}))
        for block, held in state(body).items()
        if block.startswith(DIFFERS)
    }
    return {key: "change" if said == "change" else "note" for key, said in chosen.items()}


def _split(block: str) -> tuple[str, str]:
    for suffix, field in _SUFFIXES.items():
        if block.endswith(suffix):
            return block.removesuffix(suffix), field
    return block, "value"


def _began(block: Mapping[str, Any]) -> object:
    """What a block's element held when its page was drawn."""
    match block.get("element"):
        case {"initial_option": option}:
            return held_by({"selected_option": option})
        case {"initial_options": options}:
            return held_by({"selected_options": options})
        case {"initial_value": value}:
            return value or None
    return None
