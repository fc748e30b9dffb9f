"""What the store's functions ask of a database, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

Values = Sequence[Any] | Mapping[str, Any]
"""For `?` in their order, or for `:name` by name."""


class Team(Protocol):
    """Whose rows a transaction writes: those of one channel."""

    @property
    def workspace(self) -> str:
        """The installation."""
        ...

    @property
    def channel(self) -> str:
        """The channel within it."""
        ...


class Cursor(Protocol):
    """What a statement answers: rows as tuples, or how many it touched."""

    @property
    def rowcount(self) -> int:
        """How many rows it touched."""
        ...

    @property
    def description(self) -> Sequence[Sequence[Any]] | None:
        """Its columns, each with its name first."""
        ...

    def fetchone(self) -> Any:  # noqa: ANN401 - a tuple or None, unpacked at once
        """The next row."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


def by_name(cursor: Cursor) -> Iterator[dict[str, Any]]:
    """What a SELECT found, each row as column → value."""
    names = [column[0] for column in cursor.description or ()]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def listed(values: Sequence[Sequence[object]]) -> str:
    """The `?` of several rows that one statement writes, each as long as the first."""
    row = f"({', '.join('?' * len(values[0]))})"
    return ", ".join([row] * len(values))


class Database(Protocol):
    """One connection inside one transaction."""

    clock: Callable[[], datetime]
    owes: bool
    """Whether this transaction owes something to somebody at Slack."""

    @property
    def ledger(self) -> str:
        """The table that says which steps of the schema were taken."""
        ...

    def execute(self, sql: str, values: Values = ()) -> Cursor:
        """Run one statement."""
        ...

    def query(self, sql: str, values: Values = ()) -> Iterator[dict[str, Any]]:
        """What a SELECT finds, column → value."""
        ...

    def has(self, table: str) -> bool:
        """Whether there is a table of this name."""
        ...

    def columns(self) -> dict[str, tuple[str, ...]]:
        """Table → its columns, for every table but the ledger and the database's own."""
        ...

    def strange(self) -> bool:
        """Whether anything but the ledger stands in it, views and hidden tables too."""
        ...

    def touch(self) -> None:
        """Write what changes nothing, so that a database that cannot be written shows."""
        ...

    def damage(self) -> list[str]:
        """What the database finds wrong with itself."""
        ...


class Store(Protocol):
    """A database that transactions are opened on."""

    clock: Callable[[], datetime]
    patience_s: float
    """So long a transaction waits for its turn."""
    timed: Callable[[str, float], None]
    """Told of each transaction its kind and seconds."""
    wake: Callable[[], None]
    """Called after a transaction that owes something, once that is kept."""

    def reading(self) -> AbstractContextManager[Database]:
        """One consistent look at the data."""
        ...

    def writing(self, team: Team | None = None) -> AbstractContextManager[Database]:
        """One transaction: all of it is on disk when this returns, or none of it.

        What one team writes is written one after the other. Without a team nobody else writes
        meanwhile: for what is the whole workspace's, or found by an id from anywhere.
        """
        ...

    def noting(self) -> AbstractContextManager[Database]:
        """A transaction that outlives this process, but perhaps not the machine's power."""
        ...

    def along(self, note: Callable[[Database], None]) -> AbstractContextManager[None]:
        """Whatever this thread writes first herein it writes with this note, or that alone."""
        ...

    def looking(self) -> AbstractContextManager[Database | None]:
        """A look that alters nothing at all, before it is known whose it is; None: not there."""
        ...

    def prepare(self) -> None:
        """What has to be so before the schema is looked at."""
        ...

    def settle(self) -> bool:
        """Let what was deleted leave the disk too; whether nobody was in the way."""
        ...

    def moved(self) -> bool:
        """Whether another database stands where the one that was opened did."""
        ...

    def unready(self) -> str | None:
        """Why nothing can be kept now, in a sentence that names no path and no address."""
        ...

    def close(self) -> None:
        """Give the connections back."""
        ...
