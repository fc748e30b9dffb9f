"""The relay: hands that take what is due, one row each, and deliver it until it is delivered.

What a hand holds is its own for a lease, which it renews while it is alive; from a process that
died the row falls back to the next. Of a line of rows one is under way at a time.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.blocks.surfaces import Payload
from bot.errors import MeshfitError
from bot.outbox import told
from bot.outbox.refusals import Barred, Later, Withdrawn
from bot.store import Database, Store, holding, owed, trouble
from bot.store.holding import Due
from bot.telemetry import Counts, logs

log = logging.getLogger(__name__)

Kind = Callable[[Due], None]
"""Delivers one row, or raises."""
HANDS = 3
"""A call that hangs holds one of them."""
RENEWS_S = 3.0
GIVES_UP = timedelta(days=1)


class Pace(NamedTuple):
    """Seconds between two attempts, doubled from the first to the longest; and between looks."""

    first: float = 1.0
    longest: float = 60.0
    look: float = 1.0


class Relay:
    """Hands for what is quick, one more for what is slow, and a pulse that keeps their leases."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        kinds: Mapping[str, Kind],
        slow: frozenset[str],
        pace: Pace = Pace(),  # noqa: B008 - a value
    ) -> None:
        self.store, self.clock, self.kinds, self.slow, self.pace = store, clock, kinds, slow, pace
        self.counts = Counts()
        self.holder = secrets.token_hex(8)
        self._awake = threading.Condition()
        self._woken = 0
        self._busy = 0
        self._ended = threading.Event()
        self._threads = [
            *(threading.Thread(target=self._work, name=f"relay-{n}", args=[False], daemon=True)
              for n in range(HANDS)),
            threading.Thread(target=self._work, name="relay-slow", args=[True], daemon=True),
            threading.Thread(target=self._pulse, name="relay-pulse", daemon=True),
        ]  # fmt: skip

    def start(self) -> None:
        """Begin with what an earlier process still owed."""
        self.store.wake = self.wake
        for each in self._threads:
            each.start()

    def wake(self) -> None:
        """Something may be due."""
        with self._awake:
            self._woken += 1
            self._awake.notify_all()

    def end(self, within: float) -> bool:
        """Let every hand finish what it holds; False where one did not within these seconds."""
        self._ended.set()
        self.wake()
        until = time.monotonic() + within
        for each in self._threads:
            if each.ident is not None:
                each.join(max(0.0, until - time.monotonic()))
        return not any(each.is_alive() for each in self._threads)

    def idle(self) -> bool:
        """Whether nothing is due or about to be, and nothing under way."""
        if self._busy:
            return False
        with self.store.reading() as db:
            soon = self.clock() + timedelta(seconds=1)
            return not holding.pending(db, soon) and not self._busy

    def settle(self, within: float = 60.0) -> bool:
        """Wait until nothing is due; False where that takes longer."""
        until = time.monotonic() + within
        while not self.idle():
            if time.monotonic() > until:
                return False
            time.sleep(0.005)
        return True

    def _work(self, slow: bool) -> None:
        """A hand's life."""
        seen = -1
        while not self._ended.is_set():
            with self._awake:
                if self._woken == seen:
                    self._awake.wait(self.pace.look)
                seen = self._woken
            while not self._ended.is_set() and self._one(slow):
                pass

    def _one(self, slow: bool) -> bool:
        """Take one row and deliver it; whether there was one."""
        with self._counted():
            try:
                with self.store.noting() as db:
                    due = self._claimed(db, slow)
                if due is not None:
                    self._deliver(due)
            except trouble() as error:
                log.warning("what is owed cannot be read or noted (%s)", type(error).__name__)
                self._ended.wait(self.pace.first)
                return False
        if due is not None:
            self.wake()  # what stood behind it may go now
        return due is not None

    def _claimed(self, db: Database, slow: bool) -> Due | None:
        """The next row; none where the end came while this hand waited for its turn."""
        if self._ended.is_set():
            return None
        return holding.claim(db, self.holder, self.clock(), self.slow, among=slow)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self.holds(1)
        try:
            yield
        finally:
            self.holds(-1)

    def holds(self, more: int) -> None:
        """So many rows more are under way under this holder, whose lease the pulse renews."""
        with self._awake:
            self._busy += more
            if self._over():  # only then: hands that wake one another never rest
                self._awake.notify_all()

    def _deliver(self, due: Due) -> None:
        with logs.under_one_reference():
            self.counts.delivered(due.kind, self._delivered(due))

    def _delivered(self, due: Due) -> str:
        """Deliver it, and answer how that went."""
        try:
            self.kinds[due.kind](due)
        except Withdrawn:
            self._say_withdrawn(due)
            return self._again(due, None)
        except Later as later:
            return self._again(due, later.after_s)
        except trouble():
            return self._again(due, None)
        except Exception as error:
            self._give_up(due, told.failed(due, error))
            if not isinstance(error, MeshfitError | Barred):
                self.counts.failed("outbox")
            return "refused"
        with self.store.noting() as db:
            holding.done(db, due)
        return "done"

    def _again(self, due: Due, after_s: float | None) -> str:
        """Later, as Slack asked or twice as long as last time; or never, after a day of trying.

        What is lasting is tried for as long as it takes.
        """
        patient = min(self.pace.first * 2 ** min(due.tries - 1, 16), self.pace.longest)
        now = self.clock()
        at = now + timedelta(seconds=patient if after_s is None else after_s)
        over = at > datetime.fromisoformat(due.at) + GIVES_UP
        if over and due.tries > 1 and due.kind not in owed.LASTING:
            log.error("gave up after a day: %s", due.kind)
            self._give_up(due, told.late(due))
            return "given_up"
        with self.store.noting() as db:
            holding.again(db, due, at, since=now if over else None)
        return "put_off"

    def _say_withdrawn(self, due: Due) -> None:
        """Once, to whoever acted, where that takes no token; the row itself waits."""
        if due.tries > 1:
            return
        log.warning("access was withdrawn: %s waits until the app is installed again", due.kind)
        if due.answer_at and due.kind != "answer":
            caller = due.caller.model_copy(update={"answer_at": due.answer_at})
            with self.store.noting() as db:
                owed.say(db, caller, "answer", {"message": told.WITHDRAWN})

    def _give_up(self, due: Due, payload: Payload) -> None:
        """It cannot be delivered: whoever caused it is told, where they are looking or directly."""
        with self.store.writing(due.caller) as db:
            stood = holding.done(db, due)
            if stood and due.person and due.kind not in ("answer", "notice"):
                caller = due.caller.model_copy(update={"answer_at": due.answer_at})
                owed.say(db, caller, "answer" if due.answer_at else "notice", {"message": payload})

    def _pulse(self) -> None:
        """Renew the leases, and forget addresses that are of no use any more."""
        while self._beats():
            try:
                with self.store.noting() as db:
                    if self._busy:
                        holding.renew(db, self.holder, self.clock())
                    holding.forget_answers(db, self.clock())
            except trouble() as error:
                log.warning("leases cannot be renewed (%s)", type(error).__name__)

    def _beats(self) -> bool:
        """Wait for the next beat; False once it has ended and nothing is under way any more."""
        with self._awake:
            over = self._awake.wait_for(self._over, RENEWS_S)
        return not over

    def _over(self) -> bool:
        return self._ended.is_set() and not self._busy
