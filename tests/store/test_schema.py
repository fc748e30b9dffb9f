"""The tables: made once however many begin, and strict about what they take."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.advisor import Advisor
from bot.domain.model import Answer
from bot.domain.model.nominations import Nomination
from bot.domain.model.record import FiledRecord
from bot.domain.pilot.model import Clock, KeptRun
from bot.domain.team import TeamAnswer, Tick
from bot.store import (
    SqliteStore,
    answers,
    assessments,
    migrate,
    nominations,
    pilot_log,
    pilots,
    records,
)
from bot.store.engine.sqlite import SqliteDatabase as Database
from bot.store.schema import migrations
from tests.journeys.story import at_once
from tests.store.conftest import AT, HERE, by, every_row

RUN = {"format": "fortio_json", "tool": "fortio"}


def test_migrating_twice_changes_nothing(path: Path):
    migrate(SqliteStore(path))
    before = schema(path)
    migrate(SqliteStore(path))
    assert schema(path) == before
    assert len(before) > 20


def schema(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_threads_that_begin_at_once_migrate_one_database(path: Path):
    at_once([lambda: migrate(SqliteStore(path))] * 8)
    assert len(schema(path)) > 20


def test_a_commit_is_on_disk_before_it_is_acknowledged(store: SqliteStore):
    with store.writing() as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA synchronous").fetchone() == (2,)
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert db.execute("PRAGMA busy_timeout").fetchone()[0] >= 5000


def test_a_note_does_not_wait_for_the_disk_and_no_setting_is_set_anew_for_it(store: SqliteStore):
    run: list[str] = []
    for _ in range(2):
        with store.noting() as db:
            assert db.execute("PRAGMA synchronous").fetchone() == (1,)
            db.conn.set_trace_callback(run.append)
        with store.writing() as db:
            assert db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert run == ["COMMIT", "BEGIN IMMEDIATE", "PRAGMA synchronous", "COMMIT"]


def test_a_connection_waits_as_long_as_it_was_told_last(store: SqliteStore):
    for patience_s in (1.3, 1.3, 0.4):
        store.patience_s = patience_s
        with store.writing() as db:
            waits_ms = db.execute("PRAGMA busy_timeout").fetchone()[0]
        assert waits_ms == patience_s * 1000


def test_a_failed_transaction_leaves_nothing_behind(
    store: SqliteStore, advisor: Advisor, path: Path
):
    before = every_row(path)

    def fails_half_way() -> None:
        with store.writing() as db:
            assessments.start(db, HERE, advisor.desk.digest, AT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_half_way()
    assert every_row(path) == before


def test_a_reader_sees_one_moment(store: SqliteStore, advisor: Advisor):
    with store.reading() as db:
        assert assessments.draft_of(db, HERE) is None
        with store.writing() as other:
            assessments.start(other, HERE, advisor.desk.digest, AT)
        assert assessments.draft_of(db, HERE) is None
    with store.reading() as db:
        assert assessments.draft_of(db, HERE) is not None


Write = Callable[[Database, str], object]


def two_drafts(db: Database, digest: str) -> None:
    for assessment in ("a", "b"):
        db.execute(
            "INSERT INTO assessments (id, workspace, channel, status, started_by, started_at, "
            "touched_at, pack_digest) VALUES (?, ?, ?, 'draft', ?, '', '', ?)",
            [assessment, HERE.workspace, HERE.channel, HERE.user, digest],
        )


def two_open(db: Database, digest: str) -> None:
    for user in ("U0ANA", "U0BEN"):
        draft = assessments.start(db, by(user), digest, AT)
        assessments.update(db, HERE.workspace, draft.id, status="open")


def an_unknown_pack(db: Database, _digest: str) -> None:
    assessments.start(db, HERE, "no such pack", AT)


def an_unknown_status(db: Database, digest: str) -> None:
    draft = assessments.start(db, HERE, digest, AT)
    assessments.update(db, HERE.workspace, draft.id, status="lost")


def a_record_number_twice(db: Database, digest: str) -> None:
    draft = assessments.start(db, HERE, digest, AT)
    for _ in range(2):
        entry = FiledRecord(
            number=1, assessment=draft.id, outcome="pilot", at=AT, by="U0ANA", title="Pilot"
        )
        records.add(db, HERE, entry)


@pytest.mark.parametrize(
    "write", [two_drafts, two_open, an_unknown_pack, an_unknown_status, a_record_number_twice]
)
def test_the_database_itself_refuses(store: SqliteStore, advisor: Advisor, write: Write):
    with pytest.raises(sqlite3.IntegrityError), store.writing() as db:
        write(db, advisor.desk.digest)


def test_starting_again_goes_on_with_the_draft_there_is(store: SqliteStore, advisor: Advisor):
    with store.writing() as db:
        first = assessments.start(db, HERE, advisor.desk.digest, AT)
        assert assessments.start(db, HERE, advisor.desk.digest, AT).id == first.id
        assert assessments.start(db, by("U0BEN"), advisor.desk.digest, AT).id != first.id


def test_a_call_that_failed_leaves_a_clean_connection_to_the_next(store: SqliteStore):
    def fails(kind: str) -> None:
        with getattr(store, kind)() as db:
            db.execute("SELECT * FROM packs").fetchone()
            raise ZeroDivisionError

    for kind in ("reading", "writing") * 10:
        with pytest.raises(ZeroDivisionError):
            fails(kind)
    with store.writing() as db:
        assert db.conn.in_transaction


def test_more_threads_than_resting_connections_all_get_through(
    store: SqliteStore, advisor: Advisor
):
    def look() -> int:
        with store.reading() as db:
            return len(list(db.query("SELECT * FROM packs")))

    assert at_once([look] * 40) == [1] * 40


def test_an_answer_to_an_assessment_that_is_gone_is_not_kept(store: SqliteStore, path: Path):
    mine = TeamAnswer(question="zero_trust", answer=Answer(value="yes"), respondent="U0ANA", at=AT)
    with store.writing() as db:
        answers.put(db, HERE.workspace, "gone", mine)
        answers.speak(db, HERE.workspace, "gone", mine)
        pilots.tick(db, HERE.workspace, "gone", Tick(step="driver", who="U0ANA", at=AT))
    assert not any(every_row(path)[table] for table in ("answers", "voices", "ticks"))


def test_forgetting_an_assessment_takes_all_that_hangs_on_it(
    store: SqliteStore, advisor: Advisor, path: Path
):
    advisor.checklist.save(HERE, "need", {"zero_trust": "yes"})
    shared = advisor.teams.share(HERE, {})
    advisor.teams.change(by("U0BEN"), {"zero_trust": {"value": "no"}})
    advisor.records.entered(HERE, advisor.records.record(HERE))
    with store.writing() as db:
        assessments.forget(db, HERE.workspace, shared.standing.assessment.id)
    left = {table for table, rows in every_row(path).items() if rows}
    assert left <= {"packs", "owed", "writings", "deliveries"}


def test_columns_that_are_not_changeable_are_refused(store: SqliteStore, advisor: Advisor):
    with store.writing() as db:
        draft = assessments.start(db, HERE, advisor.desk.digest, AT)
        for column in ("id", "channel", "started_by", "started_at; DROP TABLE answers"):
            with pytest.raises(ValueError, match="no changeable column"):
                assessments.update(db, HERE.workspace, draft.id, **{column: "x"})


def test_a_pilot_that_was_closed_before_it_was_kept_by_whom_is_still_read(path: Path):
    older = SqliteStore(path)
    older.prepare()
    with older.writing() as db:
        migrations.apply(db, stop_before="who_closed_a_pilot")
        db.execute(
            "INSERT INTO pilots (id, workspace, channel, started_by, started_at, result, closed_at)"
            " VALUES ('p', ?, ?, ?, :at, 'passed', :at)".replace(":at", f"'{AT.isoformat()}'"),
            [HERE.workspace, HERE.channel, HERE.user],
        )
    with migrate(SqliteStore(path)).reading() as db:
        board = pilots.of_team(db, HERE)
    assert board is not None
    assert (board.result, board.closed_at, board.closed_by) == ("passed", AT, None)


def test_what_was_called_a_place_is_read_as_an_endpoint(store: SqliteStore):
    kept = {"service": "pay", "side": "mesh", "file": "a.json", "batch": "b", "run": RUN}
    with store.writing() as db:
        pilots.start(db, HERE, AT)
        pilot = pilots.of_team(db, HERE)
        assert pilot is not None
        db.execute(
            "INSERT INTO pilot_log (id, pilot, workspace, kind, by, at, json) "
            "VALUES ('one', ?, ?, 'run', 'U0ANA', '', ?)",
            [pilot.id, HERE.workspace, json.dumps({**kept, "place": "/pay"})],
        )
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'endpoints_go_by_their_name'")
    migrate(store)
    with store.reading() as db:
        read = list(pilot_log.entries(db, HERE.workspace, pilot.id, "run", KeptRun))
    assert [each.endpoint for each in read] == ["/pay"]


def test_the_newest_entry_is_the_one_written_last_whatever_the_clock_said(store: SqliteStore):
    written = (("first", AT), ("second", AT - timedelta(hours=2)), ("third", AT))
    with store.writing() as db:
        pilots.start(db, HERE, AT)
        [pilot] = [each.id for each in [pilots.of_team(db, HERE)] if each]
        for drill, at in written:
            pilot_log.add(db, HERE, pilot, "clock", at, Clock(drill=drill, by="U0ANA", at=at))
        read = pilot_log.entries(db, HERE.workspace, pilot, "clock", Clock)
        assert [each.drill for each in read] == ["first", "second", "third"]
        board = pilots.of_team(db, HERE)
        assert board is not None
        last = board.written
        assert not list(pilot_log.since(db, HERE.workspace, pilot, last))
        assert len(list(pilot_log.since(db, HERE.workspace, pilot, last - 1))) == 1


def test_a_log_from_before_keeps_the_order_it_was_read_in(path: Path):
    older = SqliteStore(path)
    older.prepare()
    with older.writing() as db:
        migrations.apply(db, stop_before="what_was_written_after_what")
        pilot = "f0e1d2c3b4a59687"
        db.execute(
            "INSERT INTO pilots (id, workspace, channel, started_by, started_at) "
            "VALUES (?, ?, ?, ?, ?)",
            [pilot, HERE.workspace, HERE.channel, HERE.user, AT.isoformat()],
        )
        for entry, minutes in (("c", 5), ("a", 0), ("b", 5)):
            at = AT + timedelta(minutes=minutes)
            clock = Clock(drill=entry, by="U0ANA", at=at).model_dump_json()
            db.execute(
                "INSERT INTO pilot_log (id, pilot, workspace, kind, by, at, json) "
                "VALUES (?, ?, ?, 'clock', 'U0ANA', ?, ?)",
                [entry, pilot, HERE.workspace, at.isoformat(), clock],
            )
    with migrate(SqliteStore(path)).writing() as db:
        pilot_log.add(db, HERE, pilot, "clock", AT, Clock(drill="d", by="U0ANA", at=AT))
        read = pilot_log.entries(db, HERE.workspace, pilot, "clock", Clock)
        assert [each.drill for each in read] == ["a", "c", "b", "d"]


def test_who_was_named_before_there_were_offers_stays_named(path: Path):
    older = SqliteStore(path)
    older.prepare()
    with older.writing() as db:
        migrations.apply(db, stop_before="who_was_offered_what_to_do")
        db.execute("INSERT INTO packs (digest, name, version, json) VALUES ('p', '', '', '')")
        db.execute(
            "INSERT INTO assessments (id, workspace, channel, status, started_by, started_at, "
            "touched_at, pack_digest) VALUES ('a', ?, ?, 'open', ?, '', '', 'p')",
            [HERE.workspace, HERE.channel, HERE.user],
        )
        named = Nomination(
            id="n", kind="owner", subject="a", channel=HERE.channel, person="U0BEN",
            by=HERE.user, at=AT,
        )  # fmt: skip
        nominations.keep(db, HERE.workspace, named)
        offered = named.model_copy(update={"id": "o", "kind": "action", "part": "line"})
        with pytest.raises(sqlite3.IntegrityError):
            nominations.keep(db, HERE.workspace, offered)
    with migrate(SqliteStore(path)).writing() as db:
        nominations.keep(db, HERE.workspace, offered)
        assert nominations.open_of(db, HERE.workspace, "a") == (named, offered)
        assessments.forget(db, HERE.workspace, "a")
        assert nominations.of_subject(db, HERE.workspace, "a") == ()


def test_who_was_named_before_goals_were_asked_for_stays_named(path: Path):
    older = SqliteStore(path)
    older.prepare()
    with older.writing() as db:
        migrations.apply(db, stop_before="who_was_asked_to_measure")
        pilots.start(db, HERE, AT)
        pilot = pilots.of_team(db, HERE)
        assert pilot is not None
        named = Nomination(
            id="n", kind="roles", subject=pilot.id, channel=HERE.channel, person="U0BEN",
            by=HERE.user, at=AT,
        )  # fmt: skip
        nominations.keep(db, HERE.workspace, named)
        asked = named.model_copy(update={"id": "m", "kind": "measure"})
        with pytest.raises(sqlite3.IntegrityError):
            nominations.keep(db, HERE.workspace, asked)
    with migrate(SqliteStore(path)).writing() as db:
        nominations.keep(db, HERE.workspace, asked)
        assert nominations.open_of(db, HERE.workspace, pilot.id) == (named, asked)
