"""A database that is full, busy or ill: the driver's error, with a sentence for whoever waits."""

from __future__ import annotations

import sqlite3

from bot.errors import NotKept

_WHY = {
    sqlite3.SQLITE_FULL: "has no room left",
    sqlite3.SQLITE_BUSY: "is busy with something else",
    sqlite3.SQLITE_LOCKED: "is busy with something else",
    sqlite3.SQLITE_READONLY: "may only be read",
    sqlite3.SQLITE_IOERR: "cannot be written",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_CORRUPT: "is damaged",
    sqlite3.SQLITE_NOTADB: "is damaged",
}


class SqliteNotKept(sqlite3.OperationalError, NotKept):
    """What SQLite said, and still one of its errors."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.sqlite_errorcode = code
        self.why = _WHY[code & 0xFF]


def not_kept(error: sqlite3.Error) -> SqliteNotKept | None:
    """The same with a sentence, where the database is ill; None where meshfit asked amiss."""
    code = getattr(error, "sqlite_errorcode", 0)
    return SqliteNotKept(str(error), code) if code & 0xFF in _WHY else None


def busy() -> SqliteNotKept:
    """Others of this process hold the writer's turn for too long."""
    return SqliteNotKept("the writer's turn did not come", sqlite3.SQLITE_BUSY)


def gone() -> SqliteNotKept:
    """The file that was opened is no longer there: what is written now would go with it."""
    error = SqliteNotKept("the file was deleted, emptied or replaced", sqlite3.SQLITE_CANTOPEN)
    error.why = "is no longer the file that I opened"
    return error
