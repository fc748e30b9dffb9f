"""`meshfit serve` without its outbox: what is to be said is said once it is kept, and never owed.

`python -m bench.directly`, with the environment of `meshfit serve`. What would be a row is drawn
and sent by the same code in as many threads: a kill loses it, a Slack that is ill never gets it.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from uuid import uuid4

from bot import serving
from bot.domain.team import Caller
from bot.outbox.relay import HANDS, Kind, Relay
from bot.store import Database, owed
from bot.store.holding import Due
from bot.terminal.environment import environment, knowledge_pack


class Directly:
    """What a thread's transaction is to say until that is kept, and the hands that say it then."""

    def __init__(self) -> None:
        self.kinds: Mapping[str, Kind] = {}
        self._mine = threading.local()
        self._hands = ThreadPoolExecutor(HANDS)

    def say(
        self,
        db: Database,
        caller: Caller,
        kind: str,
        data: owed.Data | None = None,
        *,
        line: str = "",
        not_before: datetime | None = None,
    ) -> None:
        """In place of `owed.say`."""
        if not_before is None:
            self._add(db, _due(caller, kind, str(uuid4()), line, data))

    def redraw(
        self,
        db: Database,
        caller: Caller,
        kind: str,
        subject: str,
        *,
        line: str = "",
        data: owed.Data | None = None,
    ) -> None:
        """In place of `owed.redraw`."""
        self._add(db, _due(caller, kind, f"{kind}:{subject}", line, data))

    def beginning(self) -> Callable[[Relay], None]:
        """In place of `Relay.start`."""

        def start(relay: Relay) -> None:
            self.kinds, relay.store.wake = relay.kinds, self.flush

        return start

    def flush(self) -> None:
        """What was kept is said now: of one line one after the other."""
        waiting, self._mine.said = self._said, {}
        for line in {each.line for each in waiting.values()}:
            self._hands.submit(
                self._deliver, [each for each in waiting.values() if each.line == line]
            )

    @property
    def _said(self) -> dict[str, Due]:
        waiting: dict[str, Due] = self._mine.__dict__.setdefault("said", {})
        return waiting

    def _add(self, db: Database, due: Due) -> None:
        db.owes = True
        if due.id not in self._mine.__dict__.get("coming", ()):
            self._said[due.id] = due

    def _deliver(self, line: list[Due]) -> None:
        self._mine.said = {}
        for at, due in enumerate(line):
            self._mine.coming = {each.id for each in line[at + 1 :]}  # many changes, one edit
            self.kinds[due.kind](due)


def _due(caller: Caller, kind: str, name: str, line: str, data: owed.Data | None) -> Due:
    row: dict[str, Any] = {
        "workspace": caller.workspace,
        "id": name,
        "kind": kind,
        "line": line or name,
        "channel": caller.channel,
        "person": caller.user,
        "data": data or {},
        "answer_at": caller.answer_at,
    }
    return Due(**row, at="", message_id=str(uuid4()), wanted=1, tries=1)


if __name__ == "__main__":
    gc.disable()  # as `meshfit serve` begins
    directly = Directly()
    for of, name, instead in (
        (owed, "say", directly.say),
        (owed, "redraw", directly.redraw),
        (Relay, "start", directly.beginning()),
    ):
        setattr(of, name, instead)
    settings = environment()
    serving.serve(settings, knowledge_pack(settings))
