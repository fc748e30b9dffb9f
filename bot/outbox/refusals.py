"""What Slack's refusals mean to what is owed: wait and try again, or tell the person why not."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from bot.errors import MeshfitError
from bot.outbox import access

T = TypeVar("T")

UNREADABLE = (OSError, http.client.HTTPException, UnicodeDecodeError)
"""No answer came, or one that was cut or that nobody can read: slack_sdk passes these on."""

PASSING = frozenset(
    {
        "fatal_error",
        "internal_error",
        "rate_limited",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
    }
)
"""Slack's names for trouble of its own. Source: docs.slack.dev, errors of chat.postMessage."""
MOST_S = 3600.0
"""A longer pause than that is nobody's wish, and no clock's time."""
OUTSIDE = frozenset({"not_in_channel", "channel_not_found", "team_access_not_granted"})
RESTRICTED = frozenset(
    {
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
    }
)
ARCHIVED = frozenset({"is_archived"})


class Later(Exception):
    """Slack is ill or busy: the same again after a while, of `after_s` seconds if it said so."""

    def __init__(self, after_s: float | None = None) -> None:
        self.after_s = after_s
        super().__init__()


class Barred(MeshfitError):
    """Slack does not let the bot post in a channel; `why` is Slack's own name for it."""

    def __init__(self, channel: str, why: str) -> None:
        self.channel, self.why = channel, why
        super().__init__(f"{why} in {channel}")


class Withdrawn(Later):
    """The token is worth nothing: what is owed waits for whoever installs the app again."""


def calling(channel: str, call: Callable[..., T], /, **args: Any) -> T:  # noqa: ANN401
    """Call Slack. Raises `Later`, `Barred` or `Withdrawn`; `SlackApiError` for anything else."""
    try:
        return call(**args)
    except SlackApiError as error:
        raise _meant(error, channel) from error
    except UNREADABLE as error:
        raise Later from error


def passes(error: Exception) -> bool:
    """Whether Slack was ill or busy, so that the same may well be taken in a minute."""
    if isinstance(error, SlackApiError):
        status = _status(error)
        return status == 429 or status >= 500 or named(error) in PASSING
    return isinstance(error, URLError | ConnectionError | TimeoutError | http.client.HTTPException)


def _meant(error: SlackApiError, channel: str) -> Exception:
    name = named(error)
    if passes(error):
        return Later(asked_to_wait(error))
    if access.is_withdrawn(error):
        return Withdrawn()
    if name in OUTSIDE | RESTRICTED | ARCHIVED:
        return Barred(channel, name)
    return error


def named(error: SlackApiError) -> str:
    """Slack's name for what went wrong."""
    return str(error.response.get("error"))


def _status(error: SlackApiError) -> int:
    """A body that is no JSON comes as a plain dict."""
    response: Any = error.response
    return (
        int(response.get("status") or 0)
        if isinstance(response, dict)
        else int(response.status_code)
    )


def asked_to_wait(error: SlackApiError) -> float | None:
    """For how many seconds Slack wants to be left alone, if it said so; an hour at most."""
    response: Any = error.response
    headers = response.get("headers") or {} if isinstance(response, dict) else response.headers
    waits = {str(name).lower(): value for name, value in headers.items()}.get("retry-after")
    value = waits[0] if isinstance(waits, list) else waits
    return min(float(value), MOST_S) if value is not None and str(value).isdecimal() else None
