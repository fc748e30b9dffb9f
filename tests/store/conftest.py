"""A migrated database file, a desk over it, and a team that said something."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.advisor import Advisor, Desk
from bot.domain.pack import Pack
from bot.domain.team import Caller
from bot.store import SqliteStore, migrate
from tests.shipped import SHIPPED

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HERE = Caller(workspace="T0HARBOUR", channel="C0PAYMENTS", user="U0ANA")
NEED = {
    "zero_trust": "yes",
    "traffic_management": "yes",
    "observability": "no",
    "multi_cluster": "no",
}
HOLD = {
    "problem_location": "between",
    "few_services": "no",
    "platform_owner": "none",
    "measurement_ready": "yes",
}


@pytest.fixture(scope="session")
def pack() -> Pack:
    return SHIPPED


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "meshfit.db"


@pytest.fixture
def store(path: Path) -> SqliteStore:
    return migrate(SqliteStore(path))


@pytest.fixture
def advisor(store: SqliteStore, pack: Pack) -> Advisor:
    return Advisor(Desk(store, pack))


def by(user: str, **more: str) -> Caller:
    """The same channel, another person (or another channel or workspace)."""
    return HERE.model_copy(update={"user": user, **more})


def every_row(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, migrations and what SQLite keeps for itself aside."""
    with closing(sqlite3.connect(path)) as db:
        names = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("_", "sqlite_"))
        ]
        return {name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr) for name in names}
