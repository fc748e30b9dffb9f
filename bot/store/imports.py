"""Load-test results that somebody sent in a message, until they are put to use."""

from __future__ import annotations

from datetime import datetime

from pydantic import TypeAdapter

from bot.domain.runs.model import Run
from bot.domain.team import Caller
from bot.store import rows
from bot.store.engine import Database

Sent = tuple[str, tuple[Run, ...]]
"""A file's name and the runs that were read from it."""
_RUNS = TypeAdapter(tuple[Run, ...])


def keep(db: Database, caller: Caller, sent: Sent, now: datetime) -> str:
    """Keep what somebody sent until it is put to use; answers its id."""
    name, runs = sent
    kept = rows.new_id()
    db.execute(
        'INSERT INTO imports (id, workspace, channel, "user", name, at, json) '
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            kept,
            caller.workspace,
            caller.channel,
            caller.user,
            name,
            now.isoformat(),
            _RUNS.dump_json(runs).decode(),
        ],
    )
    return kept


def by_id(db: Database, caller: Caller, kept: str) -> Sent | None:
    """What was sent under this id, here or by this person: who sees its offer may use it."""
    row = next(
        db.query(
            "SELECT name, json FROM imports WHERE workspace = :workspace AND id = :id "
            'AND (channel = :channel OR "user" = :user)',
            {**caller.model_dump(), "id": kept},
        ),
        None,
    )
    return (row["name"], _RUNS.validate_json(row["json"])) if row else None


def drop(db: Database, caller: Caller, kept: str) -> None:
    """Forget what was put to use."""
    db.execute(
        "DELETE FROM imports WHERE workspace = :workspace AND id = :id "
        'AND (channel = :channel OR "user" = :user)',
        {**caller.model_dump(), "id": kept},
    )
