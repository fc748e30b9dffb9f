"""The look at a statement's plan, which every story ends with, catches a walk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import SqliteStore, migrate
from tests.journeys.plans import walked


@pytest.mark.parametrize(
    ("sql", "walks"),
    [
        ("SELECT * FROM answers WHERE respondent = 'U1'", True),
        ("SELECT a.id FROM assessments a WHERE a.workspace = 'T1' AND a.title = 'x'", True),
        ("SELECT COUNT(*) FROM pilot_log", True),
        ("DELETE FROM owed WHERE workspace = 'T1' AND lasting = 0", True),
        ("UPDATE asked SET shared = 1 WHERE text = 'x'", True),
        ("SELECT * FROM packs", False),
        ("SELECT * FROM owed WHERE wanted > drawn", False),
        ("DELETE FROM asked WHERE workspace = ?", False),
        ("SELECT * FROM answers WHERE workspace = 'T1' AND respondent = 'U1'", False),
        ("SELECT * FROM (SELECT id FROM assessments WHERE id = 'x') s", False),
    ],
)
def test_a_walk_is_told_from_a_search(sql: str, walks: bool, tmp_path: Path):
    migrate(SqliteStore(tmp_path / "meshfit.db"))
    with closing(sqlite3.connect(tmp_path / "meshfit.db")) as db:
        assert bool(list(walked(db, sql, ["T1"] if "?" in sql else []))) is walks
