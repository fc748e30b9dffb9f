"""Forms of several steps, while they are open: what was filled into the steps before."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.model.filled_in import FilledIn
from bot.domain.team import Caller
from bot.store.engine import Database

KEEP = timedelta(days=1)
"""Nobody leaves a form open for longer and means to go on."""
TABLES = """
CREATE TABLE open_forms (
    workspace TEXT NOT NULL, "user" TEXT NOT NULL, view TEXT NOT NULL,
    at TEXT NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (workspace, "user", view)
) STRICT, WITHOUT ROWID;
CREATE INDEX open_forms_by_age ON open_forms (at)
"""


def keep(db: Database, caller: Caller, view: str, filled: FilledIn, now: datetime) -> None:
    """Keep what a person filled in so far, in place of what was kept of the same view."""
    db.execute(
        'INSERT INTO open_forms (workspace, "user", view, at, json) VALUES (?, ?, ?, ?, ?) '
        'ON CONFLICT (workspace, "user", view) '
        "DO UPDATE SET at = excluded.at, json = excluded.json",
        [caller.workspace, caller.user, view, now.isoformat(), filled.model_dump_json()],
    )


def read(db: Database, caller: Caller, view: str, now: datetime) -> FilledIn:
    """What this person filled into the steps before; nothing where nothing is kept."""
    row = db.execute(
        'SELECT json FROM open_forms WHERE workspace = ? AND "user" = ? AND view = ? AND at > ?',
        [caller.workspace, caller.user, view, (now - KEEP).isoformat()],
    ).fetchone()
    return FilledIn.model_validate_json(row[0]) if row else FilledIn()


def drop(db: Database, caller: Caller, view: str) -> None:
    """Forget a form that is saved."""
    db.execute(
        'DELETE FROM open_forms WHERE workspace = ? AND "user" = ? AND view = ?',
        [caller.workspace, caller.user, view],
    )


def drop_of(db: Database, person: Caller) -> None:
    """Forget the open forms of one person, and those in which somebody chose them."""
    db.execute(
        "DELETE FROM open_forms WHERE workspace = :workspace "
        'AND ("user" = :user OR json LIKE :named)',
        {**person.model_dump(), "named": f'%"{person.user}"%'},
    )


def forget(db: Database, now: datetime) -> None:
    """Drop what nobody will go on with."""
    db.execute("DELETE FROM open_forms WHERE at < ?", [(now - KEEP).isoformat()])
