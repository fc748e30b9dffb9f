"""meshfit as it is run: several processes, counted, logged as JSON, its secrets in files."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from bot.errors import BadInput
from bot.settings import Settings
from bot.store import SqliteStore, migrate, owed
from bot.store.engine.owing import now
from bot.telemetry import DueWork, Watching, counts
from bot.telemetry.counts import seen
from bot.telemetry.metrics import placed
from bot.terminal.environment import environment
from playground.people import Person
from playground.slack import Slack
from tests.journeys.story import posted
from tests.served import ROOT, Served, free_port, refused
from tests.store.conftest import HERE
from tests.test_crash import walks

generate_latest = pytest.importorskip(
    "prometheus_client", reason="needs the extra meshfit[watch]"
).generate_latest
pytestmark = pytest.mark.exhaustive


class Proxy(BaseHTTPRequestHandler):
    """Passes on what comes for loopback, and notes for whom it was."""

    passed: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.passed.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name: self.headers[name] for name in ("Authorization", "Content-Type")}
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        there = urllib.request.Request(
            self.path, body, {name: each for name, each in headers.items() if each}
        )
        with direct.open(there, timeout=5) as answer:
            printed = answer.read()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(printed)))
        self.end_headers()
        self.wfile.write(printed)

    def do_CONNECT(self) -> None:
        self.passed.append(self.path)
        self.send_response(407)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def proxy() -> Iterator[str]:
    Proxy.passed = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def counted(page: str) -> dict[str, float]:
    """Each series of /metrics, with its labels, → its value."""
    rows = re.findall(r"^(meshfit_[^ ]+) ([0-9.e+-]+)$", page, re.MULTILINE)
    return {name: float(value) for name, value in rows}


AT_LEAST = {
    'meshfit_interactions_total{kind="command",outcome="done"}': 1,  # or late
    'meshfit_acknowledgement_seconds_count{kind="command"}': 3,
    'meshfit_acknowledgement_seconds_count{kind="form"}': 2,
    'meshfit_slack_calls_total{method="chat.postMessage",result="ok"}': 1,
    'meshfit_slack_calls_total{method="chat.postMessage",result="refused"}': 1,
    'meshfit_decisions_total{outcome="not_yet"}': 1,
    'meshfit_questions_total{tier="sure"}': 1,
    'meshfit_failures_total{where="outbox"}': 1,
    'meshfit_deliveries_total{kind="card",result="done"}': 1,
    'meshfit_database_seconds_count{kind="writing"}': 5,
    "meshfit_due": 0,
    "meshfit_due_age_seconds": 0,
}
"""What the story below makes of each."""


def lacking(page: str) -> dict[str, float | None]:
    """What is counted less often than it was done."""
    counts = counted(page)
    return {
        name: counts.get(name) for name, many in AT_LEAST.items() if counts.get(name, -1) < many
    }


def heard(person: Person) -> str:
    """All that this person sees, in the channel and from meshfit directly."""
    return " ".join(each.all_text for room in ("payments", "dm") for each in person.sees(room))


def test_two_workers_behind_a_proxy_are_counted_together_and_say_nobodys_name(
    slack: Slack, tmp_path: Path, proxy: str
):
    metrics, secret, token = free_port(), tmp_path / "secret", tmp_path / "token"
    secret.write_text(f"{slack.signing_secret}\n")
    token.write_text(f"{slack.token}\n")
    more = {
        "MESHFIT_METRICS": str(metrics),
        "MESHFIT_LOG_FORMAT": "json",
        "HTTPS_PROXY": proxy,
        "SLACK_SIGNING_SECRET": "",
        "SLACK_SIGNING_SECRET_FILE": str(secret),
        "SLACK_BOT_TOKEN": "",
        "SLACK_BOT_TOKEN_FILE": str(token),
    }
    served = Served(slack, tmp_path / "meshfit.db", more=more, options=("--workers", "2"))
    try:
        served.begin()
        ana = slack.person("ana")
        walks(ana)
        ana.submits()
        assert slack.until(lambda: posted(ana), 15)
        ana.types("/meshfit ask Does a service mesh replace an API gateway?", in_="payments")
        slack.fail_next("chat.postMessage", "invalid_arguments")
        ana.types("/meshfit pilot", in_="payments")
        assert slack.until(lambda: "reference" in heard(ana), 15)
        slack.until(lambda: not lacking(served.get("/metrics", metrics)[1]), 15)
        status, page = served.get("/metrics", metrics)
        assert (status, lacking(page)) == (200, {})
        for each in ("U0ANA", "T0HARBOUR", "C0PAYMENTS", "gateway", slack.token):
            assert each not in page
        assert served.get("/metrics")[0] == 404
        assert served.end() == 0
    finally:
        served.clean_up()
    assert any(path.endswith("/chat.postMessage") for path in Proxy.passed)
    lines = [json.loads(line) for line in served.log.splitlines()]
    assert {"at", "level", "logger", "reference", "message"} <= lines[0].keys()
    [failed] = [each for each in lines if "invalid_arguments" in each["message"]]
    assert failed["reference"] in heard(ana)
    assert slack.token not in served.log


def test_a_proxy_is_asked_as_it_is_told_and_its_password_stands_in_no_line(
    slack: Slack, tmp_path: Path, proxy: str
):
    more = {
        "HTTPS_PROXY": proxy.replace("://", "://ana:hunter2@"),
        "SLACK_APP_TOKEN": slack.app_token,
        "MESHFIT_LOG_LEVEL": "DEBUG",
    }
    served = Served(slack, tmp_path / "meshfit.db", more=more)
    try:
        served.begin()
        assert slack.until(lambda: "connect status code: 407" in served.log, 20)
        assert served.end() == 0
        served.more["SLACK_API_URL"] = "https://slack.com/api/"
        served.begin()
        refused = "through HTTPS_PROXY: Tunnel connection failed: 407"
        assert slack.until(lambda: refused in served.log, 20)
        assert "slack.com:443" in Proxy.passed
        assert served.end() == 0
        Proxy.passed.clear()
        served.more |= {"SLACK_API_URL": slack.api_url, "NO_PROXY": "127.0.0.1"}
        served.more["SLACK_APP_TOKEN"] = ""
        served.begin()
        assert slack.until(lambda: "Slack lets meshfit in" in served.log.rpartition("407")[2], 20)
        assert Proxy.passed == []
    finally:
        served.clean_up()
    assert "hunter2" not in served.log


def test_a_worker_that_dies_is_begun_again_and_the_port_never_closes(slack: Slack, tmp_path: Path):
    served = Served(slack, tmp_path / "meshfit.db", options=("--workers", "2"))
    try:
        served.begin()
        assert served.process
        children = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children")
        first, _ = (int(each) for each in children.read_text().split())
        os.kill(first, signal.SIGKILL)
        assert served.get("/healthz") == (200, {"ok": True})
        assert slack.until(lambda: "is begun again" in served.log, 20)
        assert slack.until(lambda: len(children.read_text().split()) == 2, 20)
        assert str(first) not in children.read_text().split()
        assert served.end() == 0
    finally:
        served.clean_up()


def test_a_token_that_slack_refuses_ends_all_workers(slack: Slack, tmp_path: Path):
    slack.fail_next("auth.test", "invalid_auth", times=2)
    served = Served(slack, tmp_path / "meshfit.db")
    ran = refused(served, "--workers", "2", within=90)
    assert "Slack refuses SLACK_BOT_TOKEN (invalid_auth)" in ran


def test_a_secret_in_a_file_is_read_and_its_path_told_where_it_cannot_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    full, empty = tmp_path / "held", tmp_path / "empty"
    full.write_text("postgresql://u:p@db/meshfit\n")
    empty.write_text("\n")
    monkeypatch.setenv("MESHFIT_DB_FILE", str(full))
    address = environment().db
    assert not isinstance(address, Path)
    assert address.get_secret_value() == "postgresql://u:p@db/meshfit"
    for name, value, said in (
        ("MESHFIT_DB", "x.db", "MESHFIT_DB and MESHFIT_DB_FILE are both set"),
        ("SLACK_BOT_TOKEN_FILE", str(tmp_path / "none"), r"read \(No such file or directory\)"),
        ("SLACK_BOT_TOKEN_FILE", str(tmp_path), r"read \(Is a directory\)"),
        ("SLACK_APP_TOKEN_FILE", str(empty), "SLACK_APP_TOKEN_FILE names an empty file"),
    ):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            with pytest.raises(BadInput, match=said):
                environment()


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"])
def test_a_secret_in_two_pieces_is_refused_and_not_quoted(
    monkeypatch: pytest.MonkeyPatch, name: str
):
    for wrong in ("xoxb-a\nxoxb-b", "xoxb-a xoxb-b", "xoxb-\u2011a"):
        monkeypatch.setenv(name, wrong)
        with pytest.raises(BadInput, match=f"{name} is not usable") as refused:
            environment()
        assert "xoxb" not in refused.value.sentence
    monkeypatch.setenv("SLACK_BOT_TOKEN", " xoxb-a\r")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", " ")
    settings = environment()
    assert settings.slack_bot_token
    assert settings.slack_bot_token.get_secret_value() == "xoxb-a"
    assert settings.slack_signing_secret is None


def test_browsers_are_led_back_by_https():
    plain = "http://meshfit.example.com", "http://localhost.example.com"
    for wrong in (*plain, "meshfit.example.com", "https://", "https://a?b"):
        with pytest.raises(ValueError, match="MESHFIT_PUBLIC_URL"):
            Settings(MESHFIT_PUBLIC_URL=wrong)
    for right in ("https://meshfit.example.com", "https://a.example/b/", "http://127.0.0.1:3000"):
        assert Settings(MESHFIT_PUBLIC_URL=right).public_url == right


def test_each_alert_looks_at_what_stands_there_before_anything_happens(tmp_path: Path):
    shown = counts("9464")
    Watching(shown)
    due = DueWork(migrate(SqliteStore(tmp_path / "meshfit.db")), now)
    page = generate_latest(seen(shown, due)).decode().splitlines()
    told = (ROOT / "docs" / "operating.md").read_text("utf-8")
    alerts = told.partition("Alerts worth having")[2].partition("\nLogs:")[0]
    looked_at = re.findall(r"(meshfit_[a-z_]+)(?:\{([^}]*)\})?", alerts)
    assert len(looked_at) == 7
    for name, label in looked_at:
        assert [line for line in page if re.match(name + r"[ {]", line) and label in line], name


def test_what_lies_for_long_shows_its_age(tmp_path: Path):
    store = migrate(SqliteStore(tmp_path / "meshfit.db"))
    with store.writing() as db:
        owed.say(db, HERE, "said", {})
    due, age = DueWork(store, lambda: now() + timedelta(minutes=10)).collect()
    assert due.samples[0].value == 1
    assert 600 <= age.samples[0].value < 660


def test_metrics_take_a_port_on_loopback_or_an_address():
    assert placed("9464") == ("127.0.0.1", 9464)
    assert placed("0.0.0.0:9464") == ("0.0.0.0", 9464)
    assert placed("[::1]:9464") == ("::1", 9464)
    for wrong in ("here", "9464:here", "99999"):
        with pytest.raises(ValueError, match="MESHFIT_METRICS"):
            Settings(MESHFIT_METRICS=wrong)
