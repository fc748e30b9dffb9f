"""Where an answer goes: a channel, its thread, a response_url, a direct message.

`not_in_channel` and `invalid_blocks` are ordinary branches here, not failures.
"""

from __future__ import annotations

from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.surfaces import Payload, without_native
from bot.errors import MeshfitError

_ABSENT = frozenset({"not_in_channel", "channel_not_found", "is_archived", "restricted_action"})
_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})


class NotHere(MeshfitError):
    """The bot cannot post in this channel; the person is told how to invite it."""

    def __init__(self, channel: str, why: str) -> None:
        self.channel, self.why = channel, why
        super().__init__(f"{why} in {channel}")


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


def post(client: WebClient, channel: str, payload: Payload, **more: Any) -> str:  # noqa: ANN401
    """Post and answer the message's ts. Raises `NotHere` where the bot may not post."""
    try:
        answer = client.chat_postMessage(channel=channel, **payload, **more)
    except SlackApiError as error:
        if _named(error, channel) == "invalid_blocks":
            answer = client.chat_postMessage(channel=channel, **without_native(payload), **more)
        else:
            raise
    return str(answer["ts"])


def update(client: WebClient, channel: str, ts: str, payload: Payload) -> bool:
    """Edit a message in place; False when it is gone. Raises `NotHere` like `post`."""
    try:
        client.chat_update(channel=channel, ts=ts, **payload)
    except SlackApiError as error:
        name = _named(error, channel)
        if name in _GONE:
            return False
        if name != "invalid_blocks":
            raise
        client.chat_update(channel=channel, ts=ts, **without_native(payload))
    return True


def link(client: WebClient, channel: str, ts: str) -> str:
    """The message's permalink."""
    return str(client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])


def upload(client: WebClient, channel: str, thread_ts: str, **file: Any) -> None:  # noqa: ANN401
    """Post a file in a thread. Raises `NotHere` where the bot may not post."""
    try:
        client.files_upload_v2(channel=channel, thread_ts=thread_ts, **file)
    except SlackApiError as error:
        _named(error, channel)
        raise


def absent(error: SlackApiError) -> bool:
    """Whether Slack refused because the bot is not in the channel."""
    return error.response.get("error") in _ABSENT


def _named(error: SlackApiError, channel: str) -> str:
    """Slack's name for what went wrong; absence becomes `NotHere`."""
    name = str(error.response.get("error"))
    if absent(error):
        raise NotHere(channel, name) from error
    return name
