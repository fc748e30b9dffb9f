"""What the person is told of what could not be brought to Slack."""

from __future__ import annotations

import logging

from slack_sdk.errors import SlackApiError

from bot.blocks import notice
from bot.blocks.surfaces import Payload
from bot.blocks.words import escaped
from bot.errors import MeshfitError
from bot.outbox import access
from bot.outbox.refusals import Barred, named
from bot.store.holding import Due
from bot.telemetry import logs

log = logging.getLogger(__name__)
LATE = (
    "For a day Slack took nothing of what I had to say {where}, so I gave it up. What you saved is "
    "kept; `/meshfit` shows what stands."
)
WITHDRAWN = notice.plain(access.SAID)


def late(due: Due) -> Payload:
    """Of what was given up after a day."""
    return notice.plain(LATE.format(where=_where(due.channel)))


def _where(channel: str) -> str:
    """In a channel, or to the person alone: under Home, directly, in a form."""
    return f"in <#{channel}>" if channel.startswith(("C", "G")) else "to you here"


def failed(due: Due, error: Exception) -> Payload:
    """What the person is told; what nobody foresaw is in the log under a reference."""
    if isinstance(error, Barred):
        return notice.barred(error.channel, error.why)
    if isinstance(error, MeshfitError):
        return notice.plain(escaped(error.sentence, 2900))
    reference = logs.reference()
    name = f"Slack answered {named(error)}" if isinstance(error, SlackApiError) else ""
    quiet = Exception("details withheld").with_traceback(error.__traceback__)
    log.error(
        "reference %s: %s, %s", reference, due.kind, name or type(error).__name__, exc_info=quiet
    )
    return notice.plain(notice.trouble(reference))
