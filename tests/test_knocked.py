"""`meshfit serve` over a real socket: who is not Slack learns nothing and holds up nobody."""

from __future__ import annotations

import http.client
import socket
import time
import urllib.parse
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from bot.serving import READ_S
from bot.store.export import export
from playground.deliver import sign
from playground.slack import Slack
from tests.served import Served, refused

pytestmark = pytest.mark.exhaustive


over_http = pytest.mark.parametrize("served", ["http"], indirect=True)


def test_it_says_that_it_is_healthy_and_nothing_else(served: Served):
    assert served.get("/healthz") == (200, {"ok": True})
    for path in ("/", "/metrics", "/slack", "/healthz/.."):
        assert served.get(path)[0] in (403, 404)
    assert served.get("/slack/events")[0] in (404, 405)
    assert served.end() == 0
    assert served.get("/healthz")[0] == 0


@over_http
def test_who_has_connected_before_it_ends_is_answered(served: Served):
    with ExitStack() as open_ones:
        address = ("127.0.0.1", served.port)
        connected = (socket.create_connection(address, 10) for _ in range(40))
        there = [open_ones.enter_context(each) for each in connected]
        served.ask_to_stop()
        time.sleep(0.3)
        for each in there:
            each.sendall(b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n")
        assert [each.recv(15) for each in there] == [b"HTTP/1.1 200 OK"] * 40
    assert served.ended(10) == 0


@over_http
def test_who_connects_and_asks_nothing_holds_no_end_up(served: Served):
    with (
        socket.create_connection(("127.0.0.1", served.port), 10),
        socket.create_connection(("127.0.0.1", served.port), 10) as half,
    ):
        half.sendall(b"GET /hea")
        assert served.end(10) == 0


@over_http
def test_forged_old_and_missing_signatures_are_refused(served: Served, slack: Slack):
    delivery = slack.connect(f"http://127.0.0.1:{served.port}/slack/events")
    body = (
        b"command=%2Fmeshfit&text=pilot&user_id=U0ANA&team_id=T0HARBOUR&channel_id=C0PAYMENTS"
        b"&response_url=" + urllib.parse.quote(slack.root, safe="").encode() + b"%2Fresponse%2Fx"
    )
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    now = int(time.time())

    def signed(secret: str, stamp: int, what: bytes = body) -> dict[str, str]:
        return {
            **form,
            "X-Slack-Request-Timestamp": str(stamp),
            "X-Slack-Signature": sign(secret, stamp, what),
        }

    secret = slack.signing_secret
    refused = {
        "another secret": signed("not-the-secret", now),
        "older than five minutes": signed(secret, now - 301),
        "from the future": signed(secret, now + 360),  # a slow machine nears it
        "another body": signed(secret, now, b"command=%2Fmeshfit&text=help"),
        "no signature": {**form, "X-Slack-Signature": ""},
        "not a number": {**form, "X-Slack-Request-Timestamp": "now"},
    }
    for what, headers in refused.items():
        assert delivery.post(body, headers).status in (400, 401), what
    assert {each.what for each in slack.traffic.all() if each.way == "to_slack"} <= {"auth.test"}
    assert [each for each in export(served.db) if each.get("table") == "pilots"] == []
    assert delivery.post(body, signed(secret, now - 200)).status == 200


@over_http
@pytest.mark.parametrize("half", [b"X-A: b\r\n", b"Content-Length: 1000\r\n\r\nhalf of it"])
def test_half_requests_hold_up_nobody(served: Served, slack: Slack, half: bytes):
    there = ("127.0.0.1", served.port)
    with ExitStack() as open_:
        halves = [open_.enter_context(socket.create_connection(there)) for _ in range(200)]
        for each in halves:
            each.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\n" + half)
        began = time.monotonic()
        assert served.get("/healthz") == (200, {"ok": True})
        assert slack.person("ana").types("/meshfit help", in_="payments").ok
        assert time.monotonic() - began < 3
        until = began + READ_S + 5
        while time.monotonic() < until:  # dripping steadily is no way to stay
            alive = [each for each in halves if still_open(each)]
            if not alive:
                break
            time.sleep(0.5)
        assert alive == []
    assert served.get("/healthz") == (200, {"ok": True})


def still_open(connection: socket.socket) -> bool:
    """Whether another byte of the half request is taken."""
    connection.settimeout(0.001)
    try:
        connection.sendall(b"a")
        return connection.recv(64) != b""
    except TimeoutError:
        return True
    except OSError:
        return False


@over_http
def test_a_huge_body_is_not_even_received(served: Served):
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    connection.putrequest("POST", "/slack/events")
    connection.putheader("Content-Length", "300000000")
    connection.endheaders()
    sent = 0
    with suppress(OSError):
        while sent < 300_000_000:
            connection.send(b"x" * 1_000_000)
            sent += 1_000_000
    assert sent < 50_000_000
    connection.close()
    assert served.get("/healthz") == (200, {"ok": True})


@over_http
def test_a_port_that_is_taken_is_one_sentence(served: Served, tmp_path: Path):
    second = Served(served.slack, tmp_path / "other.db")
    assert "cannot be had" in refused(second, port=served.port)


ODD = {
    "no ASCII in the signature": b"X-Slack-Signature: v0=\xe9\r\nX-Slack-Request-Timestamp: 1",
    "no ASCII in a name": b"X-Sl\xc3\xa4ck: 1",
    "a NUL": b"X-A: \x00",
    "a line of 100 KB": b"X-A: " + b"a" * 100_000,
    "a thousand lines": b"\r\n".join(b"X-%d: 1" % each for each in range(1000)),
    "no colon": b"nonsense",
    "a folded line": b"X-A: 1\r\n two",
    "two lengths": b"Content-Length: 4\r\nContent-Length: 5",
    "a length below nothing": b"Content-Length: -1",
    "a length in Arabic digits": "Content-Length: \u0664".encode(),
    "chunks and a length": b"Transfer-Encoding: chunked\r\nContent-Length: 4",
    "a chunk of nonsense": b"Transfer-Encoding: chunked",
    "an unknown encoding": b"Transfer-Encoding: gzip",
    "another host": b"Host: evil.example\r\nHost: x",
}
FIRST = [b"POST /slack/events HTTP/1.1", b"POST /slack/events HTTP/9.9", b"\x16\x03\x01", b""]


@over_http
def test_odd_headers_are_refused_and_cost_nothing(served: Served, slack: Slack):
    before = list(export(served.db))
    for first in FIRST:
        for what, lines in ODD.items():
            said = knocks(served, first + b"\r\nHost: x\r\n" + lines + b"\r\n\r\nabcd")
            assert said in (b"", b"400", b"401", b"431", b"501", b"505"), (first, what)
    assert served.get("/healthz") == (200, {"ok": True})
    assert {each.what for each in slack.traffic.all() if each.way == "to_slack"} <= {"auth.test"}
    assert list(export(served.db)) == before
    assert "Traceback" not in served.log


def knocks(served: Served, request: bytes) -> bytes:
    """The status that a stranger's bytes get; empty where the line is cut without a word."""
    there = ("127.0.0.1", served.port)
    with socket.create_connection(there, timeout=READ_S + 5) as line, suppress(OSError):
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        answer = line.recv(4096)
        return answer.split(b" ")[1] if answer.startswith(b"HTTP/") else b""
    return b""
