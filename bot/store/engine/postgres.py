"""PostgreSQL: a pool of connections, and writes of one team that wait for one another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from psycopg_pool import ConnectionPool
from pydantic import SecretStr

from bot.errors import NotKept
from bot.store.engine.dialect import as_postgres
from bot.store.engine.owing import Owes, Wakes
from bot.store.engine.protocol import Cursor, Team, Values, by_name

CONNECTIONS = 16
WAIT_S = 10.0
"""For a free connection, for a lock, for a server that is away."""
_EVERYBODY = "meshfit"
"""The lock of writes that name no team, and of the schema's steps."""
_LOCKS_ALL = f"SELECT pg_advisory_xact_lock(hashtextextended('{_EVERYBODY}', 0))"
_BESIDE_OTHERS = f"SELECT pg_advisory_xact_lock_shared(hashtextextended('{_EVERYBODY}', 0))"
_LOCKS_TEAM = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_LOOKS = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class PostgresDatabase(Owes):
    """One connection inside one transaction."""

    ledger = "_migrations"

    def __init__(self, conn: psycopg.Connection[Any]) -> None:
        self.conn = conn

    def execute(self, sql: str, values: Values = ()) -> Cursor:
        """Run one statement."""
        return cast(Cursor, self.conn.execute(as_postgres(sql).encode(), values or None))

    def query(self, sql: str, values: Values = ()) -> Iterator[dict[str, Any]]:
        """What a SELECT finds, column → value."""
        return by_name(self.execute(sql, values))

    def has(self, table: str) -> bool:
        """Whether there is a table of this name in the schema that is written to."""
        return bool(self.conn.execute("SELECT to_regclass(%s) IS NOT NULL", [table]).fetchone()[0])  # type: ignore[index]

    def columns(self) -> dict[str, tuple[str, ...]]:
        """Table → its columns, for every table of the schema but the ledger."""
        columns: dict[str, tuple[str, ...]] = {}
        for table, column in self.conn.execute(
            "SELECT c.table_name, c.column_name FROM information_schema.columns c "
            "JOIN information_schema.tables t USING (table_schema, table_name) "
            "WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' "
            "AND left(c.table_name, 1) <> '_' ORDER BY c.table_name, c.ordinal_position"
        ):
            columns[table] = (*columns.get(table, ()), column)
        return columns

    def strange(self) -> bool:
        """Whether anything but the ledger stands in the schema that is written to, views too."""
        other = (
            "SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
            "AND relkind IN ('r', 'p', 'v', 'm', 'f') AND relname <> %s"
        )
        return self.conn.execute(other, [self.ledger]).fetchone() is not None

    def touch(self) -> None:
        """Take a number for this transaction, which a server that cannot write refuses."""
        self.conn.execute("SELECT pg_current_xact_id()")

    def damage(self) -> list[str]:
        """None that a client could see: a server looks after its own pages."""
        return []


class PostgresNotKept(psycopg.OperationalError, NotKept):
    """What the driver said, and still one of its errors."""

    def __init__(self, error: psycopg.OperationalError) -> None:
        super().__init__(str(error))
        if isinstance(error, psycopg.errors.LockNotAvailable):
            self.why = "is busy with something else"


class PostgresStore(Wakes):
    """A database on a server, and the pool of connections to it."""

    def __init__(self, address: SecretStr) -> None:
        super().__init__()
        self._address = address.get_secret_value()
        self.pool = ConnectionPool(
            self._address,
            min_size=1,
            max_size=CONNECTIONS,
            timeout=WAIT_S,
            open=False,
            check=ConnectionPool.check_connection,
            kwargs={"autocommit": True, "connect_timeout": int(WAIT_S)},
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the server or the way to it does not give, with a sentence for whoever waits."""
        try:
            yield
        except psycopg.OperationalError as error:
            if isinstance(error, NotKept):
                raise
            raise PostgresNotKept(error) from error

    def _reach(self) -> None:
        """Go to the server once by ourselves: a pool would wait, and not tell why in vain."""
        with self._told():
            psycopg.connect(self._address, connect_timeout=int(WAIT_S)).close()

    @contextmanager
    def _transaction(
        self, begin: str, kind: str, *, only_looks: bool = False
    ) -> Iterator[PostgresDatabase]:
        if self.pool.closed:
            self._reach()
            self.pool.open()
        with self._timed(kind), self._told(), self.pool.connection(self.patience_s) as conn:
            db = PostgresDatabase(conn)
            db.clock = self.clock
            try:
                conn.execute(begin.encode(), prepare=False)  # several statements at once
                yield db
                if not only_looks:
                    self._goes_along(db)
                conn.execute("COMMIT")
            except BaseException:
                if not conn.closed:
                    conn.execute("ROLLBACK")
                raise
        if not only_looks:
            self._kept(owes=db.owes)

    @contextmanager
    def reading(self) -> Iterator[PostgresDatabase]:
        """One consistent look at the data."""
        with self._transaction(_LOOKS, "reading", only_looks=True) as db:
            yield db

    @contextmanager
    def writing(self, team: Team | None = None) -> Iterator[PostgresDatabase]:
        """One transaction: all of it is on disk when this returns, or none of it."""
        turn = _LOCKS_ALL if team is None else _BESIDE_OTHERS
        with self._transaction(self._begins(turn), "writing") as db:
            if team is not None:
                db.conn.execute(_LOCKS_TEAM, [f"{_EVERYBODY} {team.workspace} {team.channel}"])
            yield db

    @contextmanager
    def noting(self) -> Iterator[PostgresDatabase]:
        """A transaction that outlives this process, but perhaps not the machine's power."""
        begin = self._begins("SET LOCAL synchronous_commit = off")
        with self._transaction(begin, "noting") as db:
            yield db

    def _begins(self, first: str) -> str:
        """A transaction with its patience and what comes first in it: one way to the server.

        Whoever writes for a team shares the lock of everybody, so that who needs that alone waits
        for all of them, and they for it.
        """
        patience = f"SET LOCAL lock_timeout = '{self.patience_s * 1000:.0f}ms'"
        return f"BEGIN; {patience}; {first}"

    @contextmanager
    def looking(self) -> Iterator[PostgresDatabase | None]:
        """A look that alters nothing at all."""
        with self.reading() as db:
            yield db

    def prepare(self) -> None:
        """Nothing: a server is set up by whoever runs it."""

    def settle(self) -> bool:
        """Nothing: a server's own vacuum and its log's settings see to it."""
        return True

    def moved(self) -> bool:
        """Never: an address names one database."""
        return False

    def unready(self) -> str | None:
        """Why nothing can be kept now, in a sentence that names no address."""
        try:
            with self._transaction("BEGIN", "noting") as db:
                db.touch()
        except psycopg.Error as error:
            return f"The database cannot be read and written ({type(error).__name__})."
        return None

    def close(self) -> None:
        """Give the connections back."""
        self.pool.close()
