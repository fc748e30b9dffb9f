"""What both databases know of the outbox: what time it is, and whom to wake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


class Owes:
    """A connection that knows the time, and whether it owes something to somebody at Slack."""

    owes: bool = False
    clock: Callable[[], datetime] = staticmethod(now)


def nobody() -> None:
    """Wake nobody, until a relay begins."""


class Wakes:
    """A store whose `wake` is called after a transaction that owes something, once that is kept."""

    clock: Callable[[], datetime] = staticmethod(now)
    wake: Callable[[], None] = staticmethod(nobody)
