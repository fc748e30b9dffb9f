"""Decision records that were written, numbered within their channel."""

from __future__ import annotations

from bot.domain.team import Caller, FiledRecord
from bot.store.engine import Database

_COLUMNS = "number, assessment, outcome, at, by, title"


def last(db: Database, caller: Caller) -> FiledRecord | None:
    """The newest record of the team: the one that the next supersedes."""
    row = next(
        db.query(
            f"SELECT {_COLUMNS} FROM records WHERE workspace = :workspace AND channel = :channel "
            "ORDER BY number DESC LIMIT 1",
            caller.model_dump(),
        ),
        None,
    )
    return FiledRecord(**row) if row else None


def add(db: Database, caller: Caller, record: FiledRecord) -> None:
    """Enter a record under its number."""
    db.execute(
        "INSERT INTO records (workspace, channel, number, assessment, outcome, title, by, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            caller.workspace,
            caller.channel,
            record.number,
            record.assessment,
            record.outcome,
            record.title,
            record.by,
            record.at.isoformat(),
        ],
    )


def strike(db: Database, caller: Caller, number: int) -> None:
    """Take out the record with this number."""
    db.execute(
        "DELETE FROM records WHERE workspace = ? AND channel = ? AND number = ?",
        [caller.workspace, caller.channel, number],
    )
