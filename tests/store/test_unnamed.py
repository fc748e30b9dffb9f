"""Rounds without names of before today's rule: what too few said goes, and nothing hangs on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.domain.rounds.model import AtClose
from bot.domain.team import Caller
from bot.store import Database, SqliteStore, migrate, owed, rounds
from bot.store.bringing import bring_in
from bot.store.export import export
from bot.store.schema import migrations

OLD = {"agreed": [], "counted": [{"headline": "Not yet", "many": 4}], "beside": False}


def put(db: Database, name: str, closed: str | None, reasons: dict[str, list[str | None]]) -> None:
    """A round as it was kept: each person's answers to all questions under one mark."""
    db.execute(
        "INSERT INTO rounds (workspace, id, channel, opened_by, opened_at, closes_at, names, "
        "invites, questions, salt, written, closed_at, assessment, json) VALUES ('T', ?, ?, 'U', "
        "'2026-11-01T00:00:00+00:00', '2026-11-04T00:00:00+00:00', 'anonymous', 1, 'a b', ?, 1, "
        "?, ?, ?)",
        [name, f"C{name}", "" if closed else "salt", closed, closed and "as", closed and _json()],
    )
    for at in range(4):
        db.execute("INSERT INTO round_people VALUES ('T', ?, ?, 1, 1)", [name, f"U{at}"])
        for question, every in reasons.items():
            value = json.dumps({"value": every[at]}) if every[at] else None
            db.execute(
                "INSERT INTO round_answers VALUES ('T', ?, ?, ?, ?)",
                [name, f"mark{at}", question, value],
            )


def _json() -> str:
    return json.dumps(OLD)


def old(db: Database) -> None:
    """One that closed, of whose second question too few said anything; and an open one."""
    reasons = {"a": ["yes"] * 4, "b": ["my secret", None, None, None]}
    put(db, "past", "2026-11-04T00:00:00+00:00", reasons)
    put(db, "0f1e2d", None, reasons)
    act = {"key": "k", "body": {"view": {"private_metadata": "C:0f1e2d:1", "state": "my secret"}}}
    form = {"view": {"private_metadata": "C:0f1e2d:1", "blocks": "my secret"}}
    for kind, data in (("unfinished", act), ("late_view", form)):
        owed.say_once(db, Caller(workspace="T", channel="C", user="U0"), kind, kind, data)


def migrated(path: Path, _other: Path) -> SqliteStore:
    """A file of the version before."""
    store = SqliteStore(path)
    store.prepare()
    with store.writing() as db:
        migrations.apply(db, stop_before="nothing_of_too_few")
        old(db)
    return migrate(SqliteStore(path))


def brought(path: Path, other: Path) -> SqliteStore:
    """Its export, taken in by this one."""
    with migrate(SqliteStore(path)).writing() as db:
        old(db)
    bring_in(other, map(json.dumps, export(path)))
    return SqliteStore(other)


@pytest.mark.parametrize("comes", [migrated, brought])
def test_what_too_few_said_goes_and_no_two_answers_hang_together(tmp_path: Path, comes):
    store = comes(tmp_path / "one.db", tmp_path / "two.db")
    with store.reading() as db:
        kept = list(db.query("SELECT * FROM round_answers WHERE round = 'past'"))
        past = rounds.by_id(db, "T", "past")
    assert len({row["person"] for row in kept}) == len(kept) == 7
    assert [row["answer"] for row in kept if row["question"] == "b"] == [None] * 3
    assert past
    assert past.at_close == AtClose(agreed=(), counted=(), beside=False, withheld={"b": 1})
    assert past.answered == 4


def test_an_export_holds_nothing_of_an_open_round_that_keeps_no_names(tmp_path: Path):
    with brought(tmp_path / "one.db", tmp_path / "two.db").reading() as db:
        going_on = rounds.by_id(db, "T", "0f1e2d")
        assert not list(db.query("SELECT * FROM round_answers WHERE round = '0f1e2d'"))
        assert not list(db.query("SELECT * FROM owed"))
    assert going_on
    assert going_on.answered == 0
    with migrated(tmp_path / "three.db", tmp_path).reading() as db:
        kept = list(db.query("SELECT * FROM round_answers WHERE round = '0f1e2d'"))
    assert len(kept) == 8, "of an open one the database itself keeps all"
