"""Rows of before, keyed by what each payload called the team, become one team's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import SqliteStore, migrate
from bot.store.rekeying import installations
from bot.store.schema import migrations


@pytest.mark.parametrize(
    ("held", "keys"),
    [
        ({":T1"}, {":T1": "T1"}),
        ({"E1:T1"}, {"E1:T1": "T1"}),
        ({"E1:T1", ":T1"}, {"E1:T1": "T1", ":T1": "T1"}),
        ({"E1:T1", "E1:", "E1:E1"}, dict.fromkeys(["E1:T1", "E1:", "E1:E1"], "E1")),
        ({"E1:T1", "E1:T2", ":T2"}, dict.fromkeys(["E1:T1", "E1:T2", ":T2"], "E1")),
        ({":T1", ":T2"}, {":T1": "T1", ":T2": "T2"}),
        ({"E1:T1", "E2:"}, {"E1:T1": "T1", "E2:": "E2"}),
        ({"T1"}, {}),
        ({":"}, {":": ""}),
    ],
)
def test_a_key_tells_its_installation(held: set[str], keys: dict[str, str]):
    assert installations(held) == keys


def before(path: Path, *rows: str) -> None:
    """A database as it was before this step, with some rows."""
    store = SqliteStore(path)
    store.prepare()
    with store.writing() as db:
        migrations.apply(db, stop_before="keyed_by_installation")
        db.execute("INSERT INTO packs VALUES ('d', 'n', 'v', '{}')")
        for row in rows:
            db.execute(row)


def assessment(name: str, workspace: str, status: str, touched: str) -> str:
    return (
        "INSERT INTO assessments (id, workspace, channel, status, started_by, started_at, "
        f"touched_at, pack_digest) VALUES ('{name}', '{workspace}', 'C1', '{status}', 'U1', "
        f"'{touched}', '{touched}', 'd')"
    )


def test_one_team_under_three_keys_becomes_one(tmp_path: Path):
    path = tmp_path / "meshfit.db"
    before(
        path,
        assessment("a1", "E1:T1", "open", "2026-11-01"),
        assessment("a2", "E1:E1", "open", "2026-11-03"),
        assessment("a3", "E1:", "open", "2026-11-02"),
        assessment("d1", "E1:T1", "draft", "2026-11-01"),
        assessment("d2", "E1:T2", "draft", "2026-11-02"),
        *(
            "INSERT INTO pilots (id, workspace, channel, started_by, started_at) "
            f"VALUES ('p{at}', '{key}', 'C1', 'U1', '2026-11-0{at}')"
            for at, key in ((1, "E1:T1"), (2, "E1:T2"))
        ),
        *(
            f"INSERT INTO records VALUES ('{key}', 'C1', {number}, 'a1', 'wait', 't', 'U1', '{at}')"
            for key, number, at in (
                ("E1:T1", 1, "2026-11-01"),
                ("E1:T1", 2, "2026-11-04"),
                ("E1:T2", 1, "2026-11-02"),
            )
        ),
        "INSERT INTO estimates VALUES ('E1:T1', 'C1', 'U1', '2026-11-01', '{}')",
        "INSERT INTO estimates VALUES ('E1:T2', 'C1', 'U1', '2026-11-02', '{}')",
        "INSERT INTO imports VALUES ('i1', 'E1:', 'U1', 'k6.json', '2026-11-01', '[]')",
    )
    migrate(SqliteStore(path))
    with closing(sqlite3.connect(path)) as db:
        read = db.execute
        assert read("SELECT id, status FROM assessments ORDER BY id").fetchall() == [
            ("a1", "closed"),
            ("a2", "open"),
            ("a3", "closed"),
            ("d2", "draft"),
        ]
        assert read("SELECT id, closed_at IS NULL FROM pilots ORDER BY id").fetchall() == [
            ("p1", 0),
            ("p2", 1),
        ]
        assert read("SELECT number, at FROM records ORDER BY number").fetchall() == [
            (1, "2026-11-01"),
            (2, "2026-11-02"),
            (3, "2026-11-04"),
        ]
        assert read("SELECT at FROM estimates").fetchall() == [("2026-11-02",)]
        assert read("SELECT id, channel FROM imports").fetchall() == [("i1", "")]
        for table in ("assessments", "pilots", "records", "estimates", "imports"):
            assert read(f"SELECT DISTINCT workspace FROM {table}").fetchall() == [("E1",)]


def test_two_workspaces_stay_two(tmp_path: Path):
    path = tmp_path / "meshfit.db"
    before(
        path,
        assessment("a1", ":T1", "open", "2026-11-01"),
        assessment("a2", "E2:T2", "open", "2026-11-02"),
        "INSERT INTO records VALUES (':T1', 'C1', 4, 'a1', 'wait', 't', 'U1', '2026-11-01')",
    )
    migrate(SqliteStore(path))
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT id, workspace, status FROM assessments").fetchall() == [
            ("a1", "T1", "open"),
            ("a2", "T2", "open"),
        ]
        assert db.execute("SELECT number FROM records").fetchall() == [(4,)]
