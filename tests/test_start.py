"""`meshfit serve` at its start and ill: Slack does not answer, the database is gone or not ours."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.outbox import access
from bot.store import SqliteStore, migrate
from bot.telemetry import Readiness
from playground.slack import Slack
from tests.served import ROOT, Served, refused

pytestmark = pytest.mark.exhaustive
HEAP = 64 * 2**20
"""Of addresses, that glibc sets aside for a heap of a thread."""


def last_line(slack: Slack, db: Path) -> str:
    """The last line of what a start says that is refused."""
    return refused(Served(slack, db)).splitlines()[-1]


@pytest.mark.parametrize("mode", ["http", "socket"])
def test_slack_may_answer_later(slack: Slack, tmp_path: Path, mode: str):
    served = Served(slack, tmp_path / "meshfit.db", mode)
    slack.fail_next("auth.test", "internal_error", times=2)
    slack.fail_next("apps.connections.open", "fatal_error")
    try:
        served.begin()
        assert slack.until(lambda: "Slack lets meshfit in" in served.log, 15)
        assert "(internal_error). Asking again in 1 s." in served.log
        assert served.end() == 0
    finally:
        served.clean_up()


def test_a_token_that_slack_refuses_is_called_so(slack: Slack, tmp_path: Path):
    for error in ("invalid_auth", "token_revoked", "account_inactive"):
        slack.fail_next("auth.test", error)
        text = last_line(slack, tmp_path / "meshfit.db")
        assert f"Slack refuses SLACK_BOT_TOKEN ({error})" in text


def test_an_address_that_is_nobodys_is_called_so(slack: Slack, tmp_path: Path):
    served = Served(slack, tmp_path / "meshfit.db", more={"MESHFIT_HOST": "nowhere.invalid"})
    for workers in ((), ("--workers", "2")):
        assert "(there is no such host): set MESHFIT_PORT or MESHFIT_HOST." in refused(
            served, *workers
        )


def test_a_path_that_the_system_denies_is_named(slack: Slack, tmp_path: Path):
    served = Served(
        slack, tmp_path / "meshfit.db", more={"MESHFIT_DB": str(tmp_path / ("m" * 300))}
    )
    assert "cannot be used (File name too long)" in refused(served)


@pytest.mark.parametrize("theirs", ["TABLE theirs (a)", "TABLE _own (a)", "VIEW v AS SELECT 1"])
def test_somebody_elses_database_is_not_touched(slack: Slack, tmp_path: Path, theirs: str):
    path = tmp_path / "theirs.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"CREATE {theirs}")
    before = path.read_bytes()
    assert "holds tables that are not meshfit's" in last_line(slack, path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["theirs.db"]


def test_a_file_that_is_no_database_is_not_touched(slack: Slack, tmp_path: Path):
    for content in (b"\n", b"notes", b"notes" * 200):
        path = tmp_path / "notes.txt"
        path.write_bytes(content)
        assert "cannot be read and written as a database" in last_line(slack, path)
        assert path.read_bytes() == content


def test_a_newer_meshfits_database_is_refused(slack: Slack, tmp_path: Path):
    path = tmp_path / "meshfit.db"
    migrate(SqliteStore(path))
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('meshfit', 'from_the_future', '2031')"
        )
        db.commit()
    assert "was written by a newer meshfit: install that version" in last_line(slack, path)


def test_what_is_no_database_is_refused(slack: Slack, tmp_path: Path):
    text, folder = tmp_path / "text.db", tmp_path / "folder.db"
    text.write_bytes(b"no database at all, only some text" * 50)
    folder.mkdir()
    for path in (text, folder, tmp_path / "nowhere" / "meshfit.db"):
        assert "cannot be read and written as a database" in last_line(slack, path)
    assert text.read_bytes() == b"no database at all, only some text" * 50


@pytest.fixture
def served(slack: Slack, tmp_path: Path) -> Iterator[Served]:
    served = Served(slack, tmp_path / "meshfit.db")
    served.begin()
    try:
        yield served
    finally:
        served.clean_up()


def test_what_is_old_is_forgotten_at_the_start(slack: Slack, tmp_path: Path):
    served = Served(slack, tmp_path / "meshfit.db", more={"MESHFIT_RETENTION_DAYS": "7"})
    store = migrate(SqliteStore(served.db))
    with store.writing() as db:
        for at in ("2026-01-01T00:00:00+00:00", "2999-01-01T00:00:00+00:00"):
            db.execute(
                'INSERT INTO asked (id, workspace, channel, "user", text, tier, at) '
                "VALUES (?, 'T1', 'C1', 'U1', 'why', 'none', ?)",
                [at[:4], at],
            )
    served.begin()
    try:
        assert served.slack.until(lambda: "1 old rows were forgotten" in served.log, 60)
        assert asked(store) == ["2999"]
    finally:
        served.clean_up()


def asked(store: SqliteStore) -> list[str]:
    """The questions that are kept."""
    with store.reading() as db:
        return [row[0] for row in db.execute("SELECT id FROM asked")]


def why(served: Served) -> str:
    """What keeps it from its work, while it is alive; nothing when it is ready."""
    assert served.get("/healthz") == (200, {"ok": True})
    status, said = served.get("/readyz")
    assert (status, said["ok"]) in {(200, True), (503, False)}
    return " ".join(said.get("why", ()))


def test_a_deleted_database_is_not_ready(served: Served):
    assert why(served) == ""
    served.db.unlink()
    assert "database was deleted" in why(served)
    assert not served.db.exists()
    served.db.touch()
    assert "another file" in why(served)


def test_a_damaged_database_is_not_ready(served: Served):
    assert why(served) == ""
    with closing(sqlite3.connect(served.db)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with served.db.open("r+b") as file:
        file.seek(0)
        file.write(b"\xff" * 8192)
    assert served.slack.until(lambda: "database" in why(served), 10)


def test_a_database_that_cannot_be_written_is_not_ready_until_it_can(served: Served):
    with closing(sqlite3.connect(served.db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "cannot be read and written (database is locked)" in why(served)
    assert why(served) == ""


def test_access_that_was_withdrawn_is_not_ready(served: Served, slack: Slack):
    assert served.slack.until(lambda: "Slack lets meshfit in" in served.log, 15)
    slack.fail_next("auth.test", "token_revoked")
    assert "access was withdrawn" in why(served)


def test_threads_that_are_all_at_work_are_not_ready(slack: Slack, tmp_path: Path):
    client = WebClient(slack.token, base_url=slack.api_url + "/")
    store, end = migrate(SqliteStore(tmp_path / "meshfit.db")), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        readiness = Readiness(store, client, pool, None, withdrawn=access.is_withdrawn)
        assert readiness.faults() == []
        pool.submit(end.wait)
        assert readiness.faults() == ["All threads are at work: what comes now waits."]
        end.set()
        assert slack.until(lambda: readiness.faults() == [], 5)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs Linux's /proc")
def test_all_threads_share_one_heap(served: Served, slack: Slack):
    slack.person("ana").types("/meshfit help", in_="payments")
    assert served.process is not None
    assert heaps_of_threads(served.process.pid) == 0


def heaps_of_threads(pid: int) -> int:
    """How many heaps glibc made for threads: each begins at a multiple of its size."""
    found, used = 0, (0, 0)
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        where, rights, *_, inode = line.split()[:5]
        begin, end = (int(each, 16) for each in where.split("-"))
        if inode == "0" and rights == "---p" and begin == used[1]:
            found += used[0] % HEAP == 0 and end - used[0] == HEAP
        used = (begin, end) if inode == "0" and rights == "rw-p" else (0, 0)
    return found


def test_a_start_waits_for_no_library_that_is_seldom_or_later_used():
    done = subprocess.run(
        [sys.executable, "-c", "import bot.serving, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    seldom = {"pygal", "prometheus_client", "psycopg", "cryptography.fernet"}
    later = {"snowballstemmer", "bot.loadtests.registry", "bot.loadtests.wrk"}
    assert set(done.stdout.split()) & (seldom | later) == set()
