"""`meshfit backup` and `meshfit export`: whole, consistent, and only what was asked for."""

import sqlite3
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.advisor.ask import Asking
from bot.advisor.desk import Desk
from bot.domain.model import Answer
from bot.domain.team import Caller, TeamAnswer
from bot.knowledge import load
from bot.store import SqliteStore, answers, assessments, migrate
from tests.knowledge.conftest import SMALL

PACK = load(SMALL)
AT = datetime(2026, 11, 23, tzinfo=UTC)
OURS = Caller(workspace="T1", channel="C1", user="U1")
THEIRS = Caller(workspace="E1", channel="C1", user="U1")
DB = Path("meshfit.db")


@pytest.fixture
def desk(meshfit):
    """A database in which two workspaces have said something."""
    desk = Desk(migrate(SqliteStore(DB)), PACK)
    for caller, question in ((OURS, "what is a mesh"), (THEIRS, "football")):
        Asking(desk).ask(caller, question)
        with desk.store.writing() as db:
            assessment = assessments.start(db, caller, desk.digest, AT)
            answer = TeamAnswer(
                question="owner", answer=Answer(value="nobody"), respondent="U1", at=AT
            )
            answers.put(db, caller.workspace, assessment.id, answer)
    return desk


def rows(path, table):
    with sqlite3.connect(path) as db:
        rows = db.execute(f"SELECT * FROM {table}").fetchall()
    db.close()
    return rows


def test_a_backup_holds_what_the_database_holds(meshfit, desk):
    ran = meshfit("backup", "copy.db")
    assert (ran.code, ran.error) == (0, "")
    assert ran.out.startswith("meshfit.db copied to copy.db, ")
    assert rows("copy.db", "asked") == rows(DB, "asked")
    assert {file.name for file in Path().iterdir()} <= {
        "copy.db", "meshfit.db", "meshfit.db-wal", "meshfit.db-shm",
    }  # fmt: skip


def test_a_backup_while_the_bot_writes_is_whole(meshfit, desk):
    stop = threading.Event()

    def write():
        while not stop.is_set():
            Asking(desk).ask(OURS, "why")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(3):
            assert meshfit("backup", "copy.db").code == 0
            assert rows("copy.db", "asked")
    finally:
        stop.set()
        writer.join()


def test_an_older_backup_is_replaced_and_keeps_the_databases_rights(meshfit, desk):
    DB.chmod(0o600)
    assert meshfit("backup", "copy.db").code == 0
    Asking(desk).ask(OURS, "why")
    assert meshfit("backup", "copy.db").code == 0
    assert len(rows("copy.db", "asked")) == 3
    assert stat.S_IMODE(Path("copy.db").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("meshfit.db", "meshfit.db cannot take a backup: name a new file."),
        (".", ". cannot take a backup: name a new file."),
        ("notes.txt", "notes.txt exists and is no backup: name a new file."),
        ("nowhere/copy.db", "There is no folder nowhere: make it first."),
    ],
)
def test_nothing_else_is_ever_overwritten(meshfit, desk, target, words):
    Path("notes.txt").write_text("mine", "utf-8")
    before = DB.read_bytes()
    ran = meshfit("backup", target)
    assert (ran.code, ran.out, ran.error) == (2, "", f"meshfit: {words}\n")
    assert Path("notes.txt").read_text("utf-8") == "mine"
    assert DB.read_bytes() == before


def test_a_damaged_database_gives_no_backup(meshfit):
    DB.write_bytes(b"no database" * 1000)
    ran = meshfit("backup", "copy.db")
    assert ran.code == 1
    assert ran.error == (
        "meshfit: meshfit.db cannot be copied to copy.db: file is not a database.\n"
    )
    assert [file.name for file in Path().iterdir()] == ["meshfit.db"]


@pytest.mark.parametrize("command", [["backup", "copy.db"], ["export"]])
def test_without_a_database(meshfit, command):
    ran = meshfit(*command)
    assert (ran.code, ran.out) == (2, "")
    assert ran.error == (
        "meshfit: There is no database at meshfit.db: set MESHFIT_DB to its file.\n"
    )
    assert list(Path().iterdir()) == []


def test_an_export_is_everything_with_counts_last(meshfit, desk):
    *rows, last = meshfit("export").lines
    assert last["counts"]["asked"] == 2
    assert last["counts"]["answers"] == 2
    assert sum(last["counts"].values()) == len(rows)
    assert {row["table"] for row in rows} == {
        *["answers", "asked", "assessments", "packs", "writings"]
    }
    answer = next(row["row"] for row in rows if row["table"] == "answers")
    assert answer["answer"] == {"value": "nobody"}
    missed = [row["row"]["text"] for row in rows if row["row"].get("tier") == "none"]
    assert missed == ["football"]


@pytest.mark.parametrize(("name", "workspace"), [("T1", "T1"), ("E1", "E1")])
def test_an_export_of_one_workspace_holds_nothing_of_another(meshfit, desk, name, workspace):
    *rows, last = meshfit("export", "--workspace", name).lines
    assert {row["row"].get("workspace", workspace) for row in rows} == {workspace}
    assert last["counts"] == dict.fromkeys(last["counts"], 0) | {
        "answers": 1, "asked": 1, "assessments": 1, "packs": 1, "writings": 1,
    }  # fmt: skip


def test_a_workspace_that_is_not_held(meshfit, desk):
    ran = meshfit("export", "--workspace", "T9")
    assert (ran.code, ran.out) == (2, "")
    assert ran.error == "meshfit: Nothing is held for T9. Held: E1, T1.\n"


def test_an_export_of_what_is_no_database(meshfit):
    DB.write_bytes(b"no database" * 1000)
    ran = meshfit("export")
    assert ran.code == 1
    assert ran.error == "meshfit: meshfit.db cannot be read: file is not a database.\n"
