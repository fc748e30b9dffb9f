"""How long things are kept: what is older than that is forgotten, once a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.advisor.desk import Desk
from bot.domain.model.workplace import Workplace
from bot.domain.team import Workspace
from bot.store import aging, open_forms

Own = Mapping[Workspace, Workplace]

MOST_DAYS = 36_500
"""A hundred years: beyond that nothing is old, and no calendar goes back as far."""
UNUSED = timedelta(days=30)
"""A result, or evidence, that was sent and never put to use is kept no longer, whatever else is."""


class Retention:
    """Sweeps the whole database, then what a workspace wants to keep for less time than others.

    What is open or in use is never swept.
    """

    def __init__(self, desk: Desk, days: int | None, own: Callable[[], Own] = dict) -> None:
        self.desk, self.days, self.own = desk, days, own

    def sweep(self) -> int:
        """Forget what is old; answers how much that was, forms that nobody goes on with apart."""
        with self.desk.store.writing() as db:
            open_forms.forget(db, self.desk.clock())
        kept = None if self.days is None else _span(self.days)
        unused = min(UNUSED, kept or UNUSED)
        ages = dict.fromkeys(aging.KINDS, kept) | {"imports": unused, "offers": unused}
        gone = sum(self._forget(kind, age) for kind, age in ages.items() if age is not None)
        for workspace, workplace in self.own().items():
            if workplace.retention_days not in (None, self.days):
                shorter = _span(workplace.retention_days or 0)
                gone += sum(self._forget(kind, shorter, workspace) for kind in aging.KINDS)
        if gone:
            self.desk.store.settle()
        return gone

    def _forget(self, kind: str, age: timedelta, workspace: Workspace | None = None) -> int:
        before, gone = self.desk.clock() - age, 0
        while True:
            with self.desk.store.writing() as db:
                some = aging.forget(db, kind, before, workspace)
            gone += some
            if some < aging.AT_ONCE:
                return gone


def _span(days: int) -> timedelta:
    return timedelta(days=min(days, MOST_DAYS))
