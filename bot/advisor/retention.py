"""How long things are kept: what is older than that is forgotten, once a day."""

from __future__ import annotations

from datetime import timedelta

from bot.advisor.desk import Desk
from bot.store import aging

UNUSED = timedelta(days=30)
"""A result, or evidence, that was sent and never put to use is kept no longer, whatever else is."""


class Retention:
    """Sweeps the whole database; what is open or in use is never swept."""

    def __init__(self, desk: Desk, days: int | None) -> None:
        self.desk, self.days = desk, days

    def sweep(self) -> int:
        """Forget what is old; answers how much that was."""
        kept = None if self.days is None else timedelta(days=self.days)
        unused = min(UNUSED, kept or UNUSED)
        ages = dict.fromkeys(aging.KINDS, kept) | {"imports": unused, "offers": unused}
        gone = sum(self._forget(kind, age) for kind, age in ages.items() if age is not None)
        if gone:
            self.desk.store.settle()
        return gone

    def _forget(self, kind: str, age: timedelta) -> int:
        before, gone = self.desk.clock() - age, 0
        while True:
            with self.desk.store.writing() as db:
                some = aging.forget(db, kind, before)
            gone += some
            if some < aging.AT_ONCE:
                return gone
