"""What tells one request from another: the words after `/meshfit`, files, direct messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import App

from bot.listeners import payloads

COMMAND = "/meshfit"


def word(app: App, words: str) -> Callable[..., Any]:
    """Register for `/meshfit` followed by these words; the longest are registered first.

    `/meshfit why do adoptions fail?` begins with a word that we know and is a question.
    """

    def matches(body: dict[str, Any]) -> bool:
        typed = payloads.text(body).lower().split()
        wanted = words.split()
        if words != "ask" and payloads.asks(body):
            return False
        return typed[: len(wanted)] == wanted if wanted else not typed

    return app.command(COMMAND, matchers=[matches])


def has_files(event: dict[str, Any]) -> bool:
    """A message that brings files."""
    return bool(event.get("files"))


def is_direct(event: dict[str, Any]) -> bool:
    """A person's own new message in a direct conversation; edits and bots are not."""
    plain = event.get("subtype") in (None, "file_share") and not event.get("bot_id")
    return plain and event.get("channel_type") == "im" and bool(event.get("user"))
