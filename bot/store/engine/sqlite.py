"""One SQLite file: a connection for each call, and writes that begin IMMEDIATE and end durable."""

from __future__ import annotations

import sqlite3
import threading
import time
import weakref
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from bot.store.engine import sqlite_file
from bot.store.engine.ill import busy, gone, not_kept
from bot.store.engine.owing import Owes, Wakes
from bot.store.engine.protocol import Team, Values, by_name

BUSY_MS = 10_000
SMALL = 64 * 2**20
"""Bytes that are written anew in well below a second."""
RESTING = 8
"""Connections that are kept open; more than so many threads are seldom at the data at once."""
Synchronous = Literal["FULL", "NORMAL"]
"""Whether a commit waits for the disk; the setting of a connection, for good."""


class SqliteDatabase(Owes):
    """One connection inside one transaction."""

    ledger = "_sqlite_migrations"

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self._waits_ms = BUSY_MS

    def execute(self, sql: str, values: Values = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self.conn.execute(sql, values)

    def query(self, sql: str, values: Values = ()) -> Iterator[dict[str, Any]]:
        """What a SELECT finds, column → value."""
        return by_name(self.execute(sql, values))

    def has(self, table: str) -> bool:
        """Whether there is a table of this name."""
        there = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        return self.conn.execute(there, [table]).fetchone() is not None

    def columns(self) -> dict[str, tuple[str, ...]]:
        """Table → its columns, for every table that is ours."""
        columns: dict[str, tuple[str, ...]] = {}
        for table, column in self.conn.execute(
            "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c "
            "WHERE m.type = 'table' AND substr(m.name, 1, 1) <> '_' "
            "AND substr(m.name, 1, 7) <> 'sqlite_' ORDER BY m.name, c.cid"
        ):
            columns[table] = (*columns.get(table, ()), column)
        return columns

    def strange(self) -> bool:
        """Whether anything but the ledger stands in it, views and hidden tables too."""
        other = "SELECT 1 FROM sqlite_master WHERE name <> ? AND substr(name, 1, 7) <> 'sqlite_'"
        return self.conn.execute(other, [self.ledger]).fetchone() is not None

    def wait_no_longer_than(self, patience_s: float) -> None:
        """For another process that writes, to a tenth of a second."""
        waits_ms = round(patience_s * 10) * 100
        if waits_ms != self._waits_ms:
            self.conn.execute(f"PRAGMA busy_timeout = {waits_ms}")
            self._waits_ms = waits_ms

    def touch(self) -> None:
        """Write a page that changes nothing."""
        sqlite_file.touch(self.conn)

    def damage(self) -> list[str]:
        """What SQLite finds wrong with its own pages, and rows whose parent is gone."""
        return sqlite_file.damage(self.conn)

    def close(self) -> None:
        """Give the file back."""
        self.conn.close()


class SqliteStore(Wakes):
    """A database file, and the few connections to it that rest between calls."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._file: sqlite_file.Identity | None = None
        self._turn = threading.Lock()
        self._resting: Mapping[Synchronous, deque[SqliteDatabase]]
        self._resting = {"FULL": deque(), "NORMAL": deque()}
        weakref.finalize(self, _close, self._resting)

    def _connect(self, synchronous: Synchronous) -> SqliteDatabase:
        """Open with the settings that make a commit survive a kill; see `docs/decisions.md`."""
        connection = sqlite3.connect(
            self.path, isolation_level=None, timeout=BUSY_MS / 1000, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA synchronous = {synchronous}")
            connection.execute("PRAGMA secure_delete = ON")
        except sqlite3.Error:  # the file is no database
            connection.close()
            raise
        return SqliteDatabase(connection)

    @contextmanager
    def _connection(self, synchronous: Synchronous = "FULL") -> Iterator[SqliteDatabase]:
        """One connection for the caller alone. To open one costs more than what is asked of it."""
        resting = self._resting[synchronous]
        try:
            db = resting.pop()
        except IndexError:
            db = self._connect(synchronous)
        db.clock = self.clock
        try:
            yield db
        except sqlite3.DatabaseError as error:
            if why := not_kept(error):
                raise why from error
            raise
        finally:
            db.conn.rollback()
            db.owes = False
            if len(resting) < RESTING:
                resting.append(db)
            else:
                db.close()

    @contextmanager
    def _my_turn(self) -> Iterator[float]:
        """One writer at a time, and how long it may still wait for another process.

        Whoever waits too long is told rather than kept waiting.
        """
        until = time.monotonic() + self.patience_s
        if not self._turn.acquire(timeout=self.patience_s):
            raise busy()
        try:
            if self._file is not None and self.moved():
                raise gone()
            yield max(0.1, until - time.monotonic())
        finally:
            self._turn.release()

    @contextmanager
    def reading(self) -> Iterator[SqliteDatabase]:
        """One consistent look at the data."""
        with self._timed("reading"), self._connection() as db:
            db.conn.execute("BEGIN")
            yield db

    @contextmanager
    def writing(self, _team: Team | None = None) -> Iterator[SqliteDatabase]:
        """One transaction: all of it is on disk when this returns, or none of it.

        A file has one writer, whosever rows they are. Threads queue on a lock, which is fair;
        other processes queue on SQLite's own.
        """
        with self._kept_at_once("writing", "FULL") as db:
            yield db

    @contextmanager
    def noting(self) -> Iterator[SqliteDatabase]:
        """A transaction that outlives this process, but perhaps not the machine's power.

        It does not wait for the disk: for notes that are worth little and are many. Its
        connections are others than those of `writing`, so that neither is set anew each time.
        """
        with self._kept_at_once("noting", "NORMAL") as db:
            yield db

    @contextmanager
    def _kept_at_once(self, kind: str, synchronous: Synchronous) -> Iterator[SqliteDatabase]:
        with self._timed(kind), self._my_turn() as left_s, self._connection(synchronous) as db:
            db.wait_no_longer_than(left_s)
            db.conn.execute("BEGIN IMMEDIATE")
            yield db
            self._goes_along(db)
            db.conn.execute("COMMIT")
            owes = db.owes
        self._kept(owes=owes)

    @contextmanager
    def looking(self) -> Iterator[SqliteDatabase | None]:
        """A look that alters nothing at all, before it is known whose it is; None: not there."""
        if not self.path.exists():
            yield None
            return
        if 0 < self.path.stat().st_size < sqlite_file.HEAD:  # of one byte SQLite makes its own
            raise sqlite3.DatabaseError("file is not a database")
        with closing(sqlite3.connect(sqlite_file.address(self.path, "ro"), uri=True)) as conn:
            yield SqliteDatabase(conn)

    def moved(self) -> bool:
        """Whether another file, or none, stands where the one that was opened did."""
        return sqlite_file.identity(self.path) != self._file

    def unready(self) -> str | None:
        """Why nothing can be kept in the file now, in a sentence that names no path."""
        return sqlite_file.unready(self.path, self._file)

    def settle(self) -> bool:
        """Let what was deleted leave the file's pages and the log; whether nobody was in the way.

        What is deleted is overwritten, but SQLite leaves copies in the free space of pages that it
        filled anew; only a whole new file is free of them. That holds writers up, so a large file
        is not made anew while the bot runs.
        """
        with self._turn, self._connection() as db:
            if self.path.stat().st_size <= SMALL:
                db.conn.execute("VACUUM")
            [held_up, *_] = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not held_up

    def close(self) -> None:
        """Close what rests; whoever asks next opens anew."""
        _close(self._resting)

    def prepare(self) -> None:
        """Let readers and the writer work at the same time; kept in the file, set once.

        SQLite does not wait for a neighbour who switches at the same moment, so this does. From
        here on the file is there, and which it is is remembered.
        """
        until = time.monotonic() + BUSY_MS / 1000
        with closing(sqlite3.connect(self.path, timeout=BUSY_MS / 1000)) as connection:
            while True:
                try:
                    connection.execute("PRAGMA journal_mode = WAL")
                    self._file = sqlite_file.identity(self.path)
                    return
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                        raise
                time.sleep(0.01)


def _close(resting: Mapping[Synchronous, deque[SqliteDatabase]]) -> None:
    """Close what rests."""
    for connections in resting.values():
        while connections:
            connections.pop().close()
