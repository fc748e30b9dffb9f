"""What is meant for Slack goes to Slack: a redirect is followed nowhere, by whatever asks."""

from __future__ import annotations

import json
import os
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import BoltRequest
from slack_sdk.errors import SlackApiError

from bot.app import web_client
from bot.errors import BadInput
from bot.listeners.acknowledging import Acknowledged
from bot.outbox.files import fetch
from bot.outbox.posting import Posting
from bot.outbox.refusals import Later
from bot.outbox.staying import StayingClient, StayingWebhook, trusted
from bot.settings import Settings
from bot.store import SqliteStore

TOKEN = "xoxb-of-the-harbour"
POLL_SECONDS = 0.02


class Server(ThreadingHTTPServer):
    """Answers everything with a redirect to a stranger, or is that stranger and takes notes."""

    def __init__(self, status: int = 200, to: str = "") -> None:
        self.status, self.to, self.met = status, to, list[str]()
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, args=(POLL_SECONDS,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.met.append(f"{self.command} {self.path} {self.headers.get('Authorization')}")
        self.send_response(self.server.status)
        if self.server.to:
            self.send_header("Location", f"{self.server.to}/taken")
        self.send_header("Content-Length", "11")
        self.end_headers()
        self.wfile.write(b'{"ok":true}')

    do_GET = do_POST

    def log_message(self, *_: Any) -> None:
        """In silence."""


@pytest.fixture
def stranger() -> Iterator[Server]:
    with Server() as server:
        yield server
        server.shutdown()


@pytest.fixture(params=[301, 302, 303, 307, 308])
def slack(request: pytest.FixtureRequest, stranger: Server) -> Iterator[Server]:
    with Server(request.param, stranger.address) as server:
        yield server
        server.shutdown()


def client(slack: Server) -> StayingClient:
    return web_client(Settings(slack_bot_token=TOKEN, slack_api_url=f"{slack.address}/api/"))


def file(slack: Server) -> dict[str, Any]:
    return {"id": "F1", "name": "a.json", "url_private_download": f"{slack.address}/files/a.json"}


def listener(slack: Server) -> object:
    """What a listener is handed to open a form with, by Bolt as meshfit sets it up."""
    app = Acknowledged(client=client(slack), signing_secret="x", token_verification_enabled=False)
    request = BoltRequest(body=json.dumps({"team_id": "T1"}), mode="socket_mode")
    app.dispatch(request)
    assert request.context.client.default_params == {"team_id": "T1"}
    return request.context.client.views_open(trigger_id="1", view={})


ASKS: dict[str, Callable[[Server], object]] = {
    "the Web API": lambda slack: client(slack).chat_postMessage(channel="C1", text="words"),
    "a copy of its client": lambda slack: client(slack).speaking("xoxb-2").auth_test(),
    "a listener": listener,
    "a file": lambda slack: fetch(client(slack), [file(slack)]),
    "the bytes of a file": lambda slack: client(slack).send(f"{slack.address}/upload", b"words"),
}


@pytest.mark.parametrize("what", ASKS)
def test_no_redirect_is_followed(slack: Server, stranger: Server, what: str):
    with pytest.raises((SlackApiError, BadInput, Later, OSError)):
        ASKS[what](slack)
    assert slack.met
    assert stranger.met == []


def test_the_certificates_are_read_once(monkeypatch: pytest.MonkeyPatch):
    read = []
    monkeypatch.setattr(ssl, "_create_default_https_context", lambda: read.append("by urllib"))
    with Server() as server:
        for _ in range(2):
            asked = client(server)
            asked.base_url = asked.base_url.replace("http:", "https:")
            with pytest.raises(OSError, match="SSL"):  # a server that speaks plainly
                asked.auth_test()
        server.shutdown()
    assert read == []
    assert trusted() is trusted()
    assert trusted().verify_mode is ssl.CERT_REQUIRED
    assert trusted().check_hostname


def test_certificates_that_come_late_or_change_are_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    file = tmp_path / "authorities.pem"
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    before = trusted()
    file.touch()
    late = trusted()
    assert late is not before
    assert trusted() is late
    os.utime(file, ns=(0, 0))
    assert trusted() is not late


@pytest.mark.parametrize("proxy", [None, "through"])
def test_an_answer_is_not_carried_on(slack: Server, stranger: Server, proxy: str | None):
    there = StayingWebhook(
        f"{slack.address}/response", proxy=proxy and slack.address, retry_handlers=[]
    )
    assert there.send_dict({"text": "words"}).status_code == slack.status
    posting = Posting(SqliteStore.__new__(SqliteStore), client(slack))
    assert posting.respond(f"{slack.address}/response", {"text": "words"}) is False
    assert len(slack.met) == 2
    assert stranger.met == []


def test_a_file_goes_to_no_address_that_is_not_slacks(stranger: Server):
    with Server() as slack:
        with pytest.raises(BadInput):
            client(slack).send(f"{stranger.address}/upload", b"words")
        slack.shutdown()
    assert stranger.met == []
