"""`meshfit restore` and `meshfit import`: what was kept comes back whole, or nothing is touched."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.advisor import Advisor, Desk
from bot.store import SqliteStore, deliveries, health, migrate
from tests.shipped import SHIPPED
from tests.store.conftest import AT, every_row
from tests.store.test_forgetting import ANA

DB, COPY = Path("meshfit.db"), Path("copy.db")
HOLDS_OPEN = """
import pathlib, sys
from bot.store import SqliteStore, migrate
from tests.shipped import SHIPPED
store = migrate(SqliteStore(pathlib.Path(sys.argv[1])))
print("open", flush=True)
sys.stdin.read()
"""


def exported(meshfit, path: Path, *more: str) -> str:
    ran = meshfit("export", *more, MESHFIT_DB=str(path))
    assert (ran.code, ran.error) == (0, "")
    return ran.out


def left() -> set[str]:
    """Every file but the database's own."""
    return {each.name for each in Path().iterdir()} - {
        f"meshfit.db{end}" for end in ("", "-wal", "-shm")
    }


def test_an_export_comes_back_as_it_was(meshfit, advisor):
    out = exported(meshfit, DB)
    assert all(json.loads(out.splitlines()[-1])["counts"].values())
    ran = meshfit("import", "-", given=out, MESHFIT_DB="new.db")
    assert (ran.code, ran.error) == (0, "")
    assert exported(meshfit, Path("new.db")) == out
    rows = sum(json.loads(out.splitlines()[-1])["counts"].values())
    assert f"Taken into new.db: {rows:,} rows." in ran.out
    moved = Advisor(Desk(SqliteStore(Path("new.db")), SHIPPED))
    assert moved.teams.card(ANA) == advisor.teams.card(ANA)


def test_workspaces_are_brought_together_one_by_one(meshfit, advisor):
    for workspace in ("T0HARBOUR", "T0PARTNER"):
        Path("one.jsonl").write_text(exported(meshfit, DB, "--workspace", workspace), "utf-8")
        assert meshfit("import", "one.jsonl", MESHFIT_DB="new.db").code == 0
    both, before = every_row(Path("new.db")), every_row(DB)
    assert before["deliveries"]
    for table, rows in before.items():
        assert len(both[table]) == len(rows), table
    ran = meshfit("import", "one.jsonl", MESHFIT_DB="new.db")
    assert ran.code == 1
    assert "T0PARTNER is held here already: take it into another database." in ran.error
    assert {each: len(rows) for each, rows in every_row(Path("new.db")).items() if rows} == {
        each: len(rows) for each, rows in both.items() if rows
    }


def test_an_export_is_taken_in_where_a_bot_was_at_work(meshfit, advisor):
    """It met requests of nobody known yet, and of a workspace in which ids are the same."""
    new = migrate(SqliteStore(Path("new.db")))
    for store in (advisor.desk.store, new):
        with store.writing() as db:
            deliveries.first_seen(db, "", f"v0={store is new}", AT)
    with new.writing() as db:
        deliveries.claim(db, "T0ELSEWHERE", "Ev1", "another", AT)
    ran = meshfit("import", "-", given=exported(meshfit, DB), MESHFIT_DB="new.db")
    assert (ran.code, ran.error) == (0, "")
    taken = [each[1] for each in every_row(Path("new.db"))["deliveries"]]
    met = sorted(str(each) for each in taken if str(each).startswith(("v0=", "Ev")))
    assert met == ["Ev1", "Ev1", "v0=False", "v0=True"]


def changed(line: str, **row: object) -> str:
    document = json.loads(line)
    return json.dumps({**document, "row": document["row"] | row})


NO_TIME = "at is no time with its zone"
BROKEN = [
    ("assessments", lambda line: line[:-2], "is no JSON"),
    ("assessments", lambda _: "[]", "is neither a row of an export nor its counts"),
    ("answers", lambda line: line.replace('"answers"', '"cats"'), "there is no table cats"),
    ("answers", lambda line: changed(line, colour="red"), "do not agree on colour"),
    ("answers", lambda line: changed(line, at="yesterday"), NO_TIME),
    (
        "answers",
        lambda line: changed(line, at="2026-11-28T09:30:00"),
        NO_TIME,
    ),
    ("answers", lambda line: changed(line, answer={"value": "yes", "mood": 1}), "answer.mood: "),
    ("answers", lambda line: changed(line, answer=7), "answer: "),
    ("answers", lambda line: changed(line, question=["a"]), "question holds a list or an object"),
    ("answers", lambda line: changed(line, question=True), "question holds true or false"),
    ("answers", lambda line: changed(line, question=None), "does not fit (NOT NULL"),
    ("answers", lambda line: changed(line, workspace="T0NOWHERE"), "no row of assessments before"),
    ("answers", lambda line: changed(line, assessment="gone"), "no row of assessments before"),
    ("answers", lambda line: f"{line}\n{line}", "does not fit (UNIQUE"),
    ("assessments", lambda line: changed(line, status="lost"), "does not fit (CHECK"),
    ("assessments", lambda line: changed(line, pack_digest="none"), "does not fit (FOREIGN KEY"),
    ("pilot_log", lambda line: changed(line, kind="song"), "kind 'song' is none"),
    ("owed", lambda line: changed(line, kind="song"), "kind 'song' is none that anything is owed"),
    ("pilot_log", lambda line: changed(line, json={"reason": 1}), "json."),
    ("pilots", lambda line: changed(line, plan="{"), "plan: "),
    ("feedback", lambda line: changed(line, helpful="much"), "does not fit (cannot store TEXT"),
    ("feedback", lambda line: changed(line, helpful=2**70), "too large to keep"),
    ("answers", lambda _: "[" * 100_000, "too large to keep"),
    ("assessments", lambda line: changed(line, started_at=""), "started_at is no time"),
    ("pilots", lambda line: changed(line, plan=""), "plan: "),
]


@pytest.mark.parametrize(("table", "breaks", "words"), BROKEN)
def test_a_row_that_does_not_fit_is_named_and_nothing_is_taken_in(
    meshfit, advisor, table, breaks, words
):
    lines = exported(meshfit, DB).splitlines()
    at = next(n for n, line in enumerate(lines) if f'"table": "{table}"' in line)
    lines[at] = breaks(lines[at])
    ran = meshfit("import", "-", given="\n".join(lines), MESHFIT_DB="new.db")
    assert ran.code == 1
    assert ran.error.startswith(f"meshfit: line {at + 1}: ") or "UNIQUE" in ran.error
    assert words in ran.error
    assert ran.error.endswith("Nothing was taken in.\n")
    assert not any(every_row(Path("new.db")).values())


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (lambda lines: lines[:-1], "ends without its counts: it was cut off"),
        (lambda lines: lines[1:], "says that packs has 1 rows, and 0 came"),
        (lambda lines: [*lines, lines[0]], "comes after the counts"),
        (lambda _: [], "ends without its counts"),
    ],
)
def test_an_export_that_is_not_whole_is_refused(meshfit, advisor, ends, words):
    with advisor.desk.store.writing() as db:
        db.execute("DELETE FROM assessments")
    lines = ends(exported(meshfit, DB).splitlines())
    ran = meshfit("import", "-", given="\n".join(lines), MESHFIT_DB="new.db")
    assert ran.code == 1
    assert words in ran.error
    assert not any(every_row(Path("new.db")).values())


def test_what_is_no_export_is_refused(meshfit, advisor):
    Path("bytes").write_bytes(b"\xff\xfe{}")
    assert meshfit("import", "bytes").code == 1
    ran = meshfit("import", "nowhere.jsonl")
    assert (ran.code, ran.error) == (
        2, "meshfit: nowhere.jsonl cannot be read (No such file or directory).\n",
    )  # fmt: skip


def test_a_backup_comes_back_and_what_stood_there_is_kept(meshfit, advisor):
    before = every_row(DB)
    assert meshfit("backup", COPY).code == 0
    advisor.records.erase_everywhere(ANA)
    after = every_row(DB)
    close(advisor)
    ran = meshfit("restore", COPY)
    assert (ran.code, ran.error) == (0, "")
    assert ran.out == (
        "copy.db stands at meshfit.db, checked.\nWhat stood there is kept as meshfit.db.before-1: "
        "delete it once you no longer need it.\n"
    )
    assert every_row(DB) == before
    assert every_row(Path("meshfit.db.before-1")) == after
    assert meshfit("restore", COPY).out.endswith(
        "before-2: delete it once you no longer need it.\n"
    )
    health.opened(DB)


def close(advisor: Advisor) -> None:
    """End what this process holds open, as a bot that stops does."""
    advisor.desk.store.close()


def test_a_log_that_was_left_is_kept_with_its_file_and_not_read_into_the_new_one(meshfit, advisor):
    """As after a kill: the file, and what it does not hold yet in the log beside it."""
    assert meshfit("backup", COPY).code == 0
    before = every_row(COPY)
    with advisor.desk.store.writing() as db:
        db.execute("UPDATE records SET title = 'later'")
    files = {each.name: each.read_bytes() for each in Path().glob("meshfit.db*")}
    assert len(files["meshfit.db-wal"]) > 0
    close(advisor)
    for name, content in files.items():
        Path(name).write_bytes(content)
    assert meshfit("restore", COPY).code == 0
    assert every_row(DB) == before
    assert "later" in str(every_row(Path("meshfit.db.before-1"))["records"])


def test_it_comes_back_where_nothing_stood(meshfit, advisor):
    assert meshfit("backup", COPY).code == 0
    ran = meshfit("restore", COPY, MESHFIT_DB="new.db")
    assert ran.out == "copy.db stands at new.db, checked.\n"
    assert every_row(Path("new.db")) == every_row(DB)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_what_root_restores_belongs_to_whom_the_database_or_its_folder_did(meshfit, advisor):
    assert meshfit("backup", COPY).code == 0
    close(advisor)
    Path("service").mkdir()
    for before, new in ((DB, DB), (Path("service"), Path("service/meshfit.db"))):
        os.chown(before, 12_345, 12_346)
        assert meshfit("restore", COPY, MESHFIT_DB=str(new)).code == 0
        assert (new.stat().st_uid, new.stat().st_gid) == (12_345, 12_346)


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = b"\0" * (len(content) - len(content) // 2)
    path.write_bytes(bytes(content))


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "INSERT INTO _sqlite_migrations (id, migration_set, name, applied_at) "
            "VALUES (999, 'meshfit', 'of_tomorrow', '')"
        )


def somebody_elses(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE cats (name TEXT)")


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (damaged, "copy.db"),
        (newer, "copy.db was written by a newer meshfit: install that version."),
        (somebody_elses, "copy.db holds tables that are not meshfit's"),
        (empty, "copy.db holds nothing of meshfit's."),
        (
            lambda path: path.write_text("notes"),
            "copy.db is no sound backup: file is",
        ),
    ],
)
def test_what_is_no_sound_backup_touches_nothing(meshfit, advisor, spoil, words):
    assert meshfit("backup", COPY).code == 0
    close(advisor)
    spoil(COPY)
    before = every_row(DB)
    ran = meshfit("restore", COPY)
    assert ran.code == 1
    assert words in ran.error
    assert every_row(DB) == before
    assert left() == {"copy.db"}


def test_while_a_bot_runs_nothing_is_touched(meshfit, advisor):
    assert meshfit("backup", COPY).code == 0
    close(advisor)
    before = every_row(DB)
    bot = subprocess.Popen(
        [sys.executable, "-c", HOLDS_OPEN, str(DB.absolute())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with bot:
        assert bot.stdout.readline() == "open\n"
        ran = meshfit("restore", COPY)
        assert (ran.code, ran.error) == (
            2, "meshfit: A bot runs on meshfit.db, or something else: stop it first.\n",
        )  # fmt: skip
        bot.stdin.close()
    assert every_row(DB) == before
    assert left() == {"copy.db"}
    assert meshfit("restore", COPY).code == 0


@pytest.mark.parametrize(
    ("source", "database", "words"),
    [
        ("nowhere.db", "meshfit.db", "There is no file nowhere.db."),
        ("meshfit.db", "meshfit.db", "meshfit.db is the database in use: name a backup of it."),
        ("meshfit.db", "no/new.db", "There is no folder no: make it first."),
        (
            "meshfit.db",
            "postgresql://u:secret@db/m",
            "pg_restore --dbname=postgresql://db/m meshfit.db, into an empty database",
        ),
    ],
)
def test_what_cannot_be_restored_is_said(meshfit, advisor, source, database, words):
    close(advisor)
    ran = meshfit("restore", source, MESHFIT_DB=database)
    assert ran.code == 2
    assert words in ran.error
    assert "secret" not in ran.error
