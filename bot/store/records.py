"""Decision records that were written, numbered within their channel."""

from __future__ import annotations

from bot.domain.model.record import FiledRecord
from bot.domain.team import Assessment, Caller
from bot.store.engine import Database

_COLUMNS = "number, assessment, outcome, at, by, title, seen, status, confirmed_by, confirmed_at"
_OF = "SELECT channel, number FROM records WHERE workspace = :workspace AND {column} = :user"
OF_A_PERSON = " UNION ".join(_OF.format(column=each) for each in ("by", "confirmed_by"))


def mark(assessment: Assessment) -> str:
    """When it was touched and confirmed last: another mark, whichever way the clock went."""
    return f"{assessment.touched_at.isoformat()} {assessment.confirmed_at or ''}"


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


def before(db: Database, caller: Caller, number: int) -> FiledRecord | None:
    """The record that the one with this number superseded."""
    row = next(
        db.query(
            f"SELECT {_COLUMNS} FROM records WHERE workspace = :workspace AND channel = :channel "
            "AND number < :number ORDER BY number DESC LIMIT 1",
            {**caller.model_dump(), "number": number},
        ),
        None,
    )
    return FiledRecord(**row) if row else None


def accepted(db: Database, caller: Caller, record: FiledRecord) -> None:
    """A record that was proposed is accepted, and is of the assessment as it stands now."""
    at = record.confirmed_at.isoformat() if record.confirmed_at else None
    db.execute(
        "UPDATE records SET status = 'accepted', confirmed_by = ?, confirmed_at = ? "
        "WHERE workspace = ? AND channel = ? AND number = ?",
        [record.confirmed_by, at, caller.workspace, caller.channel, record.number],
    )
    seen(db, caller, record.number, record.seen)


def seen(db: Database, caller: Caller, number: int, mark: str) -> None:
    """A record says what the assessment says now, of which this is the mark."""
    db.execute(
        "UPDATE records SET seen = ? WHERE workspace = ? AND channel = ? AND number = ?",
        [mark, caller.workspace, caller.channel, number],
    )


def add(db: Database, caller: Caller, record: FiledRecord) -> None:
    """Enter a record under its number."""
    db.execute(
        "INSERT INTO records (workspace, channel, number, assessment, outcome, title, by, at, "
        "seen, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            caller.workspace,
            caller.channel,
            record.number,
            record.assessment,
            record.outcome,
            record.title,
            record.by,
            record.at.isoformat(),
            record.seen,
            record.status,
        ],
    )


def strike(db: Database, caller: Caller, number: int) -> None:
    """Take out the record with this number."""
    db.execute(
        "DELETE FROM records WHERE workspace = ? AND channel = ? AND number = ?",
        [caller.workspace, caller.channel, number],
    )
