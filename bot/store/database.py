"""One SQLite file: a connection for each call, and writes that begin IMMEDIATE and end durable.

The library's own `atomic()` begins deferred, which loses writes under contention; so every write,
migrations too, runs inside `writing()`, where the library's transactions become savepoints.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import weakref
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

BUSY_MS = 10_000
RESTING = 8
"""Connections that are kept open; more than so many threads are seldom at the data at once."""


class Store:
    """A database file, and the few connections to it that rest between calls."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = threading.Lock()
        self._resting = deque[Database]()
        weakref.finalize(self, _close, self._resting)

    def _connect(self) -> Database:
        """Open with the settings that make a commit survive a kill; see `docs/decisions.md`."""
        connection = sqlite3.connect(
            self.path, isolation_level=None, timeout=BUSY_MS / 1000, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error:  # the file is no database
            connection.close()
            raise
        return Database(connection, execute_plugins=False)

    @contextmanager
    def _connection(self) -> Iterator[Database]:
        """One connection for the caller alone. To open one costs more than what is asked of it."""
        try:
            db = self._resting.pop()
        except IndexError:
            db = self._connect()
        try:
            yield db
        finally:
            db.conn.rollback()
            if len(self._resting) < RESTING:
                self._resting.append(db)
            else:
                db.close()

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """One consistent look at the data."""
        with self._connection() as db:
            db.conn.execute("BEGIN")
            yield db

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """One transaction: all of it is on disk when this returns, or none of it.

        Threads queue on a lock, which is fair; other processes queue on SQLite's own.
        """
        with self._turn, self._connection() as db:
            db.conn.execute("BEGIN IMMEDIATE")
            yield db
            db.conn.execute("COMMIT")

    @contextmanager
    def noting(self) -> Iterator[Database]:
        """A transaction that outlives this process, but perhaps not the machine's power.

        It does not wait for the disk: for notes that are worth little and are many.
        """
        with self._turn, self._connection() as db:
            db.conn.execute("PRAGMA synchronous = NORMAL")
            try:
                db.conn.execute("BEGIN IMMEDIATE")
                yield db
                db.conn.execute("COMMIT")
            finally:
                db.conn.rollback()
                db.conn.execute("PRAGMA synchronous = FULL")

    def use_wal(self) -> None:
        """Let readers and the writer work at the same time; kept in the file, set once.

        SQLite does not wait for a neighbour who switches at the same moment, so this does.
        """
        until = time.monotonic() + BUSY_MS / 1000
        with closing(sqlite3.connect(self.path, timeout=BUSY_MS / 1000)) as connection:
            while True:
                try:
                    connection.execute("PRAGMA journal_mode = WAL")
                    return
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                        raise
                time.sleep(0.01)


def _close(connections: Iterable[Database]) -> None:
    """Close what rests."""
    for each in connections:
        each.close()
