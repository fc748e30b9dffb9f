"""Named steps that bring a database to today's schema, each taken once and on either engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from bot.store.engine import Database, Store

MIGRATES_S = 600.0
"""So long a process waits for another that takes the steps, over years of history perhaps."""
Step = Callable[[Database], None]
AnyStore = TypeVar("AnyStore", bound=Store)


class Migrations:
    """Steps in their order; which were taken stands in the database's own ledger."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._steps: dict[str, Step] = {}

    def __call__(self) -> Callable[[Step], Step]:
        """Enter a function as the next step, by its name."""

        def enter(step: Step) -> Step:
            self._steps[step.__name__] = step
            return step

        return enter

    @property
    def known(self) -> tuple[str, ...]:
        """Every step of this version."""
        return tuple(self._steps)

    def applied(self, db: Database) -> tuple[str, ...]:
        """The steps that the database has taken, in their order."""
        if not db.has(db.ledger):
            return ()
        taken = db.execute(
            f"SELECT name FROM {db.ledger} WHERE migration_set = ? ORDER BY id", [self.name]
        )
        return tuple(str(row[0]) for row in taken)

    def pending(self, db: Database) -> tuple[str, ...]:
        """The steps that the next start takes."""
        taken = set(self.applied(db))
        return tuple(each for each in self._steps if each not in taken)

    def migrate(self, store: AnyStore) -> AnyStore:
        """Bring the database to the newest schema; safe from several processes at once."""
        store.prepare()
        with store.reading() as db:
            current = not self.pending(db)
        if not current:
            patience, store.patience_s = store.patience_s, MIGRATES_S
            try:
                with store.writing() as db:
                    self.apply(db)
            finally:
                store.patience_s = patience
        return store

    def apply(self, db: Database, *, stop_before: str | None = None) -> None:
        """Take what is pending, inside the caller's transaction: all of it or none."""
        db.execute(
            f"CREATE TABLE IF NOT EXISTS {db.ledger} "
            "(id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)"
        )
        db.execute(
            f"CREATE UNIQUE INDEX IF NOT EXISTS idx_{db.ledger}_migration_set_name "
            f"ON {db.ledger} (migration_set, name)"
        )
        for name in self.pending(db):
            if name == stop_before:
                return
            self._steps[name](db)
            db.execute(
                f"INSERT INTO {db.ledger} (id, migration_set, name, applied_at) "
                f"SELECT COALESCE(MAX(id), 0) + 1, ?, ?, ? FROM {db.ledger}",
                [self.name, name, str(datetime.now(UTC))],
            )


def run(db: Database, statements: str) -> None:
    """Each of several statements, with a semicolon between them."""
    for each in filter(str.strip, statements.split(";")):
        db.execute(each)
