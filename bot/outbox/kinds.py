"""Every kind of what is owed, and what delivers it."""

from __future__ import annotations

from collections.abc import Callable

from bot.advisor import Advisor
from bot.domain.team import Workspace
from bot.outbox.answers import Answers
from bot.outbox.boards import Boards
from bot.outbox.cards import Cards
from bot.outbox.digests import DigestMessages
from bot.outbox.nominations import Nominations
from bot.outbox.people import People
from bot.outbox.posting import Posting
from bot.outbox.relay import Kind
from bot.outbox.reminders import Reminders
from bot.outbox.rounds import RoundMessages
from bot.outbox.staying import StayingClient
from bot.outbox.working import Working

SLOW = frozenset(
    {
        "dropped",
        "dropped_callers",
        "dropped_evidence",
        "file",
        "purge",
        "shared_file",
        "unfinished",
    }
)
"""Kinds that may take many seconds, so that nothing quick waits behind them."""


def kinds(
    advisor: Advisor, client: StayingClient, tokens: Callable[[Workspace], str | None] | None = None
) -> dict[str, Kind]:
    """Kind → its function, which speaks with the token of the workspace that a row is of."""
    posting = Posting(advisor.desk.store, client, tokens)
    every = {
        **Cards(advisor, posting).kinds(),
        **Boards(advisor, posting).kinds(),
        **Nominations(advisor, posting).kinds(),
        **RoundMessages(advisor, posting).kinds(),
        **Answers(advisor, posting).kinds(),
        **DigestMessages(advisor, posting).kinds(),
        **People(advisor, posting).kinds(),
        **Reminders(advisor, posting).kinds(),
        **Working(advisor, posting).kinds(),
    }
    return {name: posting.for_(each) for name, each in every.items()}
