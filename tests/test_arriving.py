"""Slack at the start and at `/readyz`, as it looks by a clock that is turned by hand."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.arriving import Arriving
from bot.outbox import access
from bot.settings import Settings
from bot.store import SqliteStore, migrate
from bot.telemetry import Readiness, readiness
from playground.slack import Slack
from tests.served import free_port


class Pauses(threading.Event):
    """How long it rests each time, which passes at once; `then` happens meanwhile."""

    def __init__(self, then: Callable[[int], object]) -> None:
        super().__init__()
        self.then, self.of = then, list[float]()

    def wait(self, timeout: float | None = None) -> bool:
        self.of.append(timeout or 0.0)
        self.then(len(self.of))
        return len(self.of) > 20


def arrives(slack: Slack, address: str, then: Callable[[int], object] = id) -> list[float]:
    """The pauses of a start that Slack lets in at last."""
    arriving = Arriving(settings(slack, address), None, lambda: None)
    arriving.stopped = pauses = Pauses(then)
    arriving.run()
    assert arriving.refused is None
    assert len(pauses.of) <= 20
    return pauses.of


def settings(slack: Slack, address: str) -> Settings:
    return Settings(
        slack_bot_token=slack.token,
        slack_signing_secret=slack.signing_secret,
        slack_api_url=address,
        MESHFIT_DB=Path("none.db"),
    )


def test_a_start_asks_again_while_slack_refuses_the_connection(
    slack: Slack, caplog: pytest.LogCaptureFixture
):
    (port, there) = free_port(), []

    def comes(pauses: int) -> None:
        if pauses == 2:
            there.append(Slack(port=port).__enter__())

    try:
        assert arrives(slack, f"http://127.0.0.1:{port}/api", comes) == [1, 2]
    finally:
        for each in there:
            each.__exit__()
    assert f"Slack cannot be reached at http://127.0.0.1:{port}/api: " in caplog.text
    assert "Connection refused" in caplog.text
    assert {each.name for each in caplog.records} == {"bot.arriving"}  # not each try of slack_sdk's


def test_a_start_rests_as_long_as_slack_asks(slack: Slack, caplog: pytest.LogCaptureFixture):
    slack.fail_next("auth.test", "ratelimited", retry_after=3)
    slack.fail_next("auth.test", "internal_error", times=7)
    assert arrives(slack, slack.api_url) == [3, 2, 4, 8, 16, 32, 60, 60]
    assert "SLACK_BOT_TOKEN (ratelimited). Asking again in 3 s." in caplog.text
    slack.fail_next("auth.test", "ratelimited", retry_after=10**400)
    assert arrives(slack, slack.api_url) == [3600]


class Unreadable(BaseHTTPRequestHandler):
    """A proxy whose page is in another writing than it says."""

    def do_POST(self) -> None:
        self.send_response(502)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"\xff\xfe")

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def test_a_start_outlives_what_nobody_can_read(slack: Slack):
    with HTTPServer(("127.0.0.1", 0), Unreadable) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        arriving = Arriving(
            settings(slack, f"http://127.0.0.1:{proxy.server_port}/api"), None, lambda: None
        )
        arriving.stopped = pauses = Pauses(lambda _: arriving.stopped.set())
        arriving.run()
        proxy.shutdown()
    assert pauses.of == [1]


def test_a_slack_that_says_nothing_for_two_minutes_is_not_ready(
    slack: Slack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    now, up, gone = 1000.0, True, f"http://127.0.0.1:{free_port()}/"
    monkeypatch.setattr(readiness, "time", SimpleNamespace(monotonic=lambda: now))
    store = migrate(SqliteStore(tmp_path / "meshfit.db"))
    client = WebClient(slack.token, base_url=slack.api_url + "/")
    link: Any = SimpleNamespace(client=SimpleNamespace(is_connected=lambda: up))
    with ThreadPoolExecutor(1) as pool:
        looks = Readiness(store, client, pool, link, withdrawn=access.is_withdrawn)
        assert looks.faults() == []
        looks.client.base_url, up, now = gone, False, 1119.0
        assert looks.faults() == []
        now = 1134.0
        assert looks.faults() == [
            "Slack has not answered for 134 s.",
            "There has been no connection in Socket Mode for 134 s.",
        ]
        looks.client.base_url, up, now = client.base_url, True, 1136.0
        assert looks.faults() == []
        slack.fail_next("auth.test", "internal_error")
        now = 1256.0
        assert looks.faults() == ["Slack has not answered for 120 s."]
        now = 1257.0
        assert looks.faults() == []
