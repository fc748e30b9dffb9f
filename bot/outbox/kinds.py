"""Every kind of what is owed, and what delivers it."""

from __future__ import annotations

from collections.abc import Callable

from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.domain.team import Workspace
from bot.outbox.answers import Answers
from bot.outbox.boards import Boards
from bot.outbox.cards import Cards
from bot.outbox.posting import Posting
from bot.outbox.relay import Kind
from bot.outbox.working import Working

SLOW = frozenset({"file", "shared_file", "dropped", "dropped_evidence", "dropped_callers", "purge"})
"""Kinds that may take many seconds, so that nothing quick waits behind them."""


def kinds(
    advisor: Advisor, client: WebClient, tokens: Callable[[Workspace], str | None] | None = None
) -> dict[str, Kind]:
    """Kind → its function, which speaks with the token of the workspace that a row is of."""
    posting = Posting(advisor.desk.store, client, tokens)
    every = {
        **Cards(advisor, posting).kinds(),
        **Boards(advisor, posting).kinds(),
        **Answers(advisor, posting).kinds(),
        **Working(advisor, posting).kinds(),
    }
    return {name: posting.for_(each) for name, each in every.items()}
