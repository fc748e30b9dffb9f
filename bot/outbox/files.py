"""Files that people gave, fetched with the bot's token: only from Slack, only so large."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.advisor.evidence import HEAD, refuse_dump
from bot.advisor.given_files import File
from bot.errors import BadInput
from bot.outbox.hosts import is_slacks
from bot.outbox.refusals import Later, calling
from bot.outbox.staying import opener

MOST_BYTES = 10 * 2**20
"""What Slack's own file field takes."""
TIMEOUT_S = 20
SETTLES_S = (0.0, 0.5, 1.5, 3.0)
"""Seconds before each look at where a file was shared."""
_GONE = frozenset({"file_not_found", "file_deleted"})
GONE = (
    "Slack has no such file any more: it was deleted, or is shared no longer, before I could fetch "
    "it. Share it again."
)


def fetch(client: WebClient, files: Iterable[Mapping[str, Any]]) -> list[File]:
    """Each file's name and bytes. Raises `BadInput` naming the one that cannot be had."""
    return [_fetch(client, each) for each in files]


def in_threads(
    client: WebClient, file: str, channel: str, threads: Collection[str]
) -> tuple[Mapping[str, Any], str] | None:
    """The file and its thread, if it was shared in one of these; None where not, or gone again.

    Slack shares a file some time after it says so: where it stands is asked for until it is known.
    """
    for pause in SETTLES_S:
        time.sleep(pause)
        try:
            known = looked_up(client, file)
        except SlackApiError as error:
            if error.response.get("error") in _GONE:
                return None
            raise
        shares = [each.get(channel, ()) for each in (known.get("shares") or {}).values()]
        if any(shares):
            stands = {each.get("thread_ts") for share in shares for each in share}
            return next(((known, each) for each in threads if each in stands), None)
    return None


def is_shared(client: WebClient, file: str, channel: str) -> bool | None:
    """Whether a file of ours stands in a channel, or stood there; None where Slack knows none."""
    for pause in SETTLES_S:
        time.sleep(pause)
        try:
            shares = looked_up(client, file).get("shares") or {}
        except SlackApiError as error:
            name = error.response.get("error")
            return None if name == "file_not_found" else name == "file_deleted"
        if any(channel in each for each in shares.values()):
            return True
    return False


def is_media(file: Mapping[str, Any]) -> bool:
    """Whether Slack takes it for a picture, a film or a recording."""
    return str(file.get("mimetype", "")).partition("/")[0] in {"image", "video", "audio"}


def _fetch(client: WebClient, file: Mapping[str, Any]) -> File:
    """One file; a mere mention of it (Slack Connect) is looked up first."""
    known = file if file.get("url_private_download") else _still_there(client, str(file["id"]))
    name = str(known.get("name") or known.get("title") or "a file without a name")
    url = str(known.get("url_private_download") or known.get("url_private") or "")
    if not is_slacks(url, client.base_url):
        raise BadInput(f"{name} does not lie with Slack, so I do not fetch it: upload it here.")
    return File(name, _bytes(client, url, name, int(known.get("size") or 0)))


def _still_there(client: WebClient, file: str) -> Mapping[str, Any]:
    """What Slack knows of a file that people gave; they may have deleted it since."""
    try:
        return looked_up(client, file)
    except SlackApiError as error:
        if error.response.get("error") not in _GONE:
            raise
        raise BadInput(GONE) from None


def looked_up(client: WebClient, file: str) -> Mapping[str, Any]:
    """What Slack knows of a file."""
    known: Mapping[str, Any] = calling("", client.files_info, file=file)["file"]
    return known


def _bytes(client: WebClient, url: str, name: str, size: int) -> bytes:
    """What a file holds. Of a dump, or of what is too large, its first kilobytes alone are read."""
    request = Request(url, headers={"Authorization": f"Bearer {client.token}"})
    try:
        with opener().open(request, timeout=TIMEOUT_S) as answer:
            head: bytes = answer.read(HEAD)
            refuse_dump(head)
            content = head if size > MOST_BYTES else head + answer.read(MOST_BYTES + 1)
    except HTTPError as error:
        if error.code >= 500 or error.code == 429:
            raise Later from error
        raise BadInput(f"{name} could not be fetched from Slack: upload it again.") from None
    except (OSError, HTTPException) as error:
        raise Later from error
    if max(size, len(content)) > MOST_BYTES:
        raise BadInput(
            f"{name} is larger than 10 MB: run meshfit inspect on it at a terminal, or upload the "
            "tool's summary."
        )
    return content
