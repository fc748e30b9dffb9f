"""What people typed, as they typed it: commands, mentions, messages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_bolt import BoltContext

from bot.domain.team import Workspace
from bot.errors import BadInput
from bot.listeners.held import Forged

Body = Mapping[str, Any]

MANY = 4
"""Words from which on something typed after the command is a question, whatever it begins with."""

_MENTION = re.compile(r"<@[A-Z0-9]{1,32}(\|[^<>]*)?>")
"""Slack escapes what people type, so no other `<` stands within; to stop there keeps it linear."""
_TYPED = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "\u00a0": " "})  # noqa: RUF001


def workspace(context: BoltContext) -> Workspace:
    """The installation a payload belongs to, as `Installation` found it."""
    return str(context["installation"])


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


def days(body: Body) -> tuple[date, ...]:
    """The days after the command's word, at most two, the earlier first.

    Raises `BadInput` for anything else.
    """
    _, rest = words(body)
    try:
        both = tuple(sorted(date.fromisoformat(each) for each in rest.split()))
    except ValueError:
        both = (date.min,) * 3
    if len(both) > 2:
        raise BadInput(
            "A day is written as 2026-11-01: /meshfit changes 2026-11-01 says what changed since, "
            "and with a second day what changed between the two."
        )
    return both


def asks(body: Body) -> bool:
    """Whether what was typed after the command is a question: a mark at its end, or many words."""
    typed = text(body)
    return (typed.endswith("?") and len(typed) > 1) or len(typed.split()) > MANY


def question(event: Body) -> str:
    """What a mention or message asks, without the mention itself."""
    return unescaped(_MENTION.sub(" ", str(event.get("text") or "")))


def thread_of(message: Body) -> str:
    """Where a reply to this message belongs."""
    ts = message.get("thread_ts") or message.get("ts")
    if not ts:
        raise Forged
    return str(ts)
