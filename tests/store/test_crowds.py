"""Many write at once: threads of one process, several processes, a backup in the middle of it."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.advisor import Advisor, Desk
from bot.domain.pack import Pack
from bot.errors import BadInput
from bot.store import SqliteStore, assessments
from bot.store.backup import backup
from tests.journeys.story import at_once
from tests.store.conftest import AT, HERE, HOLD, NEED, by, every_row

pytestmark = pytest.mark.exhaustive

WRITER = """
import sys, pathlib
from bot import knowledge
from bot.advisor import Advisor, Desk
from bot.domain.team import Caller
from bot.store import SqliteStore, migrate
path, name, many = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
advisor = Advisor(Desk(migrate(SqliteStore(path)), knowledge.load()))
print("ready", flush=True)
sys.stdin.read(1)
for at in range(many):
    caller = Caller(workspace="T0HARBOUR", channel=f"C{at}", user=name)
    advisor.checklist.save(caller, "need", {"zero_trust": "yes", "observability": "no"})
    print(at, flush=True)
"""


def writers(path: Path, names: list[str], many: int) -> list[subprocess.Popen[str]]:
    """Processes that wait for a word and then save pages, printing each once it is saved."""
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), name, str(many)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    for process in begun:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    return begun


def test_sixteen_threads_that_submit_at_once_lose_nothing(advisor: Advisor, path: Path):
    def walk(user: str) -> None:
        for at in range(5):
            there = by(user, channel=f"C{at}")
            advisor.checklist.save(there, "need", NEED)
            advisor.checklist.save(there, "hold", HOLD)

    at_once([lambda user=f"U{n}": walk(user) for n in range(16)])
    rows = every_row(path)
    assert len(rows["assessments"]) == 16 * 5
    assert len(rows["answers"]) == 16 * 5 * 8


def test_sixteen_people_who_change_one_team_at_once_lose_nothing(advisor: Advisor):
    for page in (NEED, HOLD):
        advisor.checklist.save(HERE, "need", page)
    advisor.teams.share(HERE, {})
    numbers = ["services", "teams", "incidents_per_month", "hours_per_incident"]
    at_once(
        [
            lambda n=n: advisor.teams.change(by(f"U{n}"), {numbers[n % 4]: {"value": n + 1}})
            for n in range(16)
        ]
    )
    team = advisor.teams.card(HERE)
    assert set(numbers) <= set(team.answered)
    assert len(team.respondents) == 17
    assert len(team.dissent) == 12


def test_sixteen_drafts_that_are_shared_at_once_become_one_team(advisor: Advisor):
    people = [by(f"U{n}") for n in range(16)]
    for at in people:
        for page in (NEED, HOLD):
            advisor.checklist.save(at, "need", page)
    at_once([lambda at=at: advisor.teams.share(at, {}) for at in people])
    team = advisor.teams.card(HERE)
    assert len(team.respondents) == 16
    assert team.dissent == ()
    assert len(advisor.records.history(HERE)) == 1


def test_three_processes_that_write_at_once_lose_nothing(path: Path, pack: Pack):
    begun = writers(path, ["U1", "U2", "U3"], 30)
    for process in begun:
        assert process.stdin is not None
        process.stdin.write("g")
        process.stdin.flush()
    for process in begun:
        output, _ = process.communicate(timeout=60)
        assert output.split() == [str(at) for at in range(30)]
        assert process.returncode == 0
    assert len(every_row(path)["answers"]) == 3 * 30 * 2


def test_what_was_said_to_be_saved_survives_a_kill(path: Path):
    (process,) = writers(path, ["U1"], 10_000)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("g")
    process.stdin.flush()
    lines = [process.stdout.readline() for _ in range(25)]
    process.send_signal(signal.SIGKILL)
    lines += process.stdout.read().splitlines(keepends=True)
    process.wait()
    process.stdin.close()
    process.stdout.close()
    acknowledged = {f"C{line.strip()}" for line in lines if line.endswith("\n")}
    with closing(sqlite3.connect(path)) as db:
        kept = {row[0] for row in db.execute("SELECT channel FROM assessments")}
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert acknowledged <= kept
    assert len(acknowledged) >= 25


def test_a_backup_in_the_middle_of_writing_is_whole(
    store: SqliteStore, pack: Pack, path: Path, tmp_path: Path
):
    advisor, stop, saved = Advisor(Desk(store, pack)), threading.Event(), list[int]()

    def write() -> None:
        at = 0
        while not stop.is_set():
            advisor.checklist.save(by("U1", channel=f"C{at}"), "need", NEED)
            saved.append(at)
            at += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            before = len(saved)
            backup(path, tmp_path / f"copy-{number}.db")
            kept = every_row(tmp_path / f"copy-{number}.db")
            assert len(kept["assessments"]) >= before
            assert len(kept["answers"]) == 4 * len(kept["assessments"])
    finally:
        stop.set()
        writer.join()
    assert len(every_row(path)["assessments"]) == len(saved) > 5


def test_a_backup_is_a_database_that_meshfit_opens(
    advisor: Advisor, pack: Pack, path: Path, tmp_path: Path
):
    advisor.checklist.save(HERE, "need", NEED)
    backup(path, tmp_path / "copy.db")
    copy = Advisor(Desk(SqliteStore(tmp_path / "copy.db"), pack))
    assert len(copy.checklist.result(HERE).mine.answered) == 4
    with pytest.raises(BadInput):
        backup(path, path)


def test_a_pack_is_kept_once_however_often_it_is_used(store: SqliteStore, pack: Pack, path: Path):
    for _ in range(3):
        Desk(store, pack)
    other = Desk(store, pack.model_copy(update={"version": "2.0"}))
    assert len(every_row(path)["packs"]) == 2
    with store.reading() as db:
        kept = json.loads(assessments.kept_pack(db, other.digest))
    assert kept["version"] == "2.0"
    assert Pack.model_validate(kept) == other.pack
    assert AT
