"""How an answer stands: for one person, in place of what was pressed, or for everyone."""

from __future__ import annotations

from bot.blocks.surfaces import Payload


def private(payload: Payload) -> Payload:
    """The payload as a reply that only the person who asked sees."""
    return {"response_type": "ephemeral", **payload}


def instead(payload: Payload) -> Payload:
    """The payload in place of the message that the button was on."""
    return {"replace_original": True, **payload}


def in_channel(payload: Payload, thread_ts: str | None = None) -> Payload:
    """The payload as a reply for everyone, in the thread if there is one."""
    thread = {"thread_ts": thread_ts} if thread_ts else {}
    return {"response_type": "in_channel", "replace_original": False, **thread, **payload}
