"""Every kind of what is owed, and what delivers it."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.outbox.answers import Answers
from bot.outbox.posting import Posting
from bot.outbox.relay import Kind

SLOW = frozenset({"file"})
"""Kinds that may take many seconds, so that nothing quick waits behind them."""


def kinds(advisor: Advisor, client: WebClient) -> dict[str, Kind]:
    """Kind → its function."""
    posting = Posting(advisor.desk.store, client)
    return {**Answers(advisor, posting).kinds()}
