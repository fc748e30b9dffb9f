"""What both databases know of the outbox: what time it is, and whom to wake."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime

from bot.store.engine.protocol import Database


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


class Owes:
    """A connection that knows the time, and whether it owes something to somebody at Slack."""

    owes: bool = False
    clock: Callable[[], datetime] = staticmethod(now)


def nobody() -> None:
    """Wake nobody, until a relay begins."""


def untimed(_kind: str, _seconds: float) -> None:
    """Tell nobody how long it took."""


class Wakes(ABC):
    """A store whose `wake` is called after a transaction that owes something, once that is kept."""

    clock: Callable[[], datetime] = staticmethod(now)
    wake: Callable[[], None] = staticmethod(nobody)
    timed: Callable[[str, float], None] = staticmethod(untimed)
    patience_s: float = 10.0
    """So long a transaction waits for its turn and for another process's lock."""

    def __init__(self) -> None:
        self._notes = threading.local()

    @contextmanager
    def _timed(self, kind: str) -> Iterator[None]:
        """Tell how long a transaction took, with its wait for a turn."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.timed(kind, time.perf_counter() - began)

    @contextmanager
    def along(self, note: Callable[[Database], None]) -> Iterator[None]:
        """Whatever this thread writes first herein it writes with this note; else the note alone.

        So that an act and the word that it was done are kept together, or neither of them.
        """
        self._notes.note = note
        try:
            yield
            if self._notes.note is not None:
                with self.noting():
                    pass
        finally:
            self._notes.note = None

    def _goes_along(self, db: Database) -> None:
        """Write the note that is to go along with this thread's transaction."""
        note: Callable[[Database], None] | None = getattr(self._notes, "note", None)
        if note is not None:
            note(db)

    def _kept(self, *, owes: bool) -> None:
        """The transaction is kept, the note with it."""
        self._notes.note = None
        if owes:
            self.wake()

    @abstractmethod
    def noting(self) -> AbstractContextManager[Database]:
        """A transaction that outlives this process."""
