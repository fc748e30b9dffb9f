"""What tells one request from another: the words after `/meshfit`, files, direct messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import App

from bot.listeners.act import Act

COMMAND = "/meshfit"


def word(app: App, words: str) -> Callable[..., Any]:
    """Register for `/meshfit` followed by these words; the longest are registered first.

    `/meshfit why do adoptions fail?` begins with a word that we know and is a question.
    """
    wanted = words.split()

    def matches(act: Act) -> bool:
        if words != "ask" and act.asks:
            return False
        return act.typed[: len(wanted)] == wanted if wanted else not act.typed

    return app.command(COMMAND, matchers=[matches])


def has_files(event: dict[str, Any]) -> bool:
    """A message that brings files."""
    return bool(event.get("files"))


def is_direct(event: dict[str, Any]) -> bool:
    """A person's own new message in a direct conversation; edits and bots are not."""
    plain = event.get("subtype") in (None, "file_share") and not event.get("bot_id")
    return plain and event.get("channel_type") == "im" and bool(event.get("user"))
