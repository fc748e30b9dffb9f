"""One SQLite file: a connection per call, and writes that begin IMMEDIATE and end durable.

The library's own `atomic()` begins deferred, which loses writes under contention; so every write,
migrations too, runs inside `writing()`, where the library's transactions become savepoints.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

BUSY_MS = 10_000


class Store:
    """A database file. Cheap to make; holds no connection."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = threading.Lock()

    def _connect(self) -> Database:
        """Open with the settings that make a commit survive a kill; see `docs/decisions.md`."""
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=BUSY_MS / 1000)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        return Database(connection)

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """One consistent look at the data."""
        db = self._connect()
        try:
            db.conn.execute("BEGIN")
            yield db
        finally:
            db.conn.rollback()
            db.close()

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """One transaction: all of it is on disk when this returns, or none of it.

        Threads queue on a lock, which is fair; other processes queue on SQLite's own.
        """
        with self._turn:
            db = self._connect()
            try:
                db.conn.execute("BEGIN IMMEDIATE")
                yield db
                db.conn.execute("COMMIT")
            finally:
                db.conn.rollback()
                db.close()

    def use_wal(self) -> None:
        """Let readers and the writer work at the same time; kept in the file, set once."""
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=BUSY_MS / 1000)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()
