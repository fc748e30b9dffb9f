"""The door: whoever is not Slack gets 401 and nothing else, whatever they send."""

from __future__ import annotations

import io
import json
import logging
import time
import tracemalloc
import urllib.parse
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt import BoltContext, BoltRequest, BoltResponse
from slack_sdk import WebClient

from bench.people import TEAM, People
from bot.app import build_app
from bot.door import MOST_BYTES, SlackRequests
from bot.listeners import envelopes, nul, once
from bot.listeners.envelopes import is_sound
from bot.listeners.once import Once
from bot.outbox.hosts import is_slacks
from bot.settings import Settings
from bot.store import SqliteStore, migrate
from playground.deliver import sign
from playground.slack import Slack
from tests.blocks.widest import SHIPPED
from tests.store.conftest import every_row

SECRET = Slack.signing_secret
ROOT = "http://127.0.0.1:9/api/"


class Entrance:
    """One door with all behind it, and what went in and out."""

    def __init__(self, slack: Slack, db: Path) -> None:
        self.slack, self.db, self.last = slack, db, ""
        secret = {"slack_signing_secret": SECRET, "slack_bot_token": slack.token}
        self.built = build_app(
            Settings(slack_api_url=slack.api_url, MESHFIT_DB=db, **secret), SHIPPED
        )
        self.room = SlackRequests(self.built.app, SECRET)

    def post(self, body: bytes, headers: Mapping[str, str], **environ: Any) -> int:
        """The status of one POST; headers as a WSGI server hands them on, in Latin-1."""
        named = {f"HTTP_{name.upper().replace('-', '_')}": headers[name] for name in headers}
        given = {
            "REQUEST_METHOD": "POST",
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "wsgi.input": io.BytesIO(body),
        }
        told: list[str] = []
        answer = self.room(given | named | environ, lambda status, _: told.append(status))
        self.last = b"".join(answer).decode()
        return int(told[0].split()[0])

    def signed(self, body: bytes, **environ: Any) -> int:
        """The status of one POST that Slack signed."""
        stamp = int(time.time())
        headers = {
            "X-Slack-Request-Timestamp": str(stamp),
            "X-Slack-Signature": sign(SECRET, stamp, body),
        }
        return self.post(body, headers, **environ)

    def called(self) -> list[str]:
        """What meshfit asked Slack to do; to look who it is itself is no deed."""
        calls = [each.what for each in self.slack.traffic.all() if each.way == "to_slack"]
        return [each for each in calls if each != "auth.test"]

    def kept(self) -> int:
        """Rows in the database."""
        return sum(len(rows) for rows in every_row(self.db).values())


@pytest.fixture(scope="module")
def entrance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Entrance]:
    with Slack() as slack:
        entrance = Entrance(slack, tmp_path_factory.mktemp("door") / "meshfit.db")
        yield entrance
        entrance.built.executor.shutdown()


def command(slack: Slack, **changed: str) -> dict[str, str]:
    return {
        "command": "/meshfit",
        "text": "pilot",
        "user_id": "U0ANA",
        "team_id": slack.world.team,
        "channel_id": "C0PAYMENTS",
        "response_url": f"{slack.root}/response/x",
        "trigger_id": "1.2.x",
    } | changed


STAMPS = st.one_of(
    st.none(),
    st.integers(-300, 300).map(lambda off: str(int(time.time()) + off)),
    st.sampled_from(["", "now", "-1", "1e9", "9" * 30, "\u0661\u0662", "1_0", " 1", "\x00", "nan"]),
)
SIGNATURES = st.one_of(
    st.none(),
    st.text(st.characters(max_codepoint=255), max_size=80),
    st.text("0123456789abcdef", min_size=64, max_size=64).map("v0=".__add__),
)
LENGTHS = st.one_of(
    st.none(), st.sampled_from(["", "-1", "x", "0", "10", "9" * 20, "\u0661", "1e3"])
)
BODIES = st.one_of(
    st.binary(max_size=300),
    st.sampled_from([b"", b"{", b"[]", b"null", b"payload=", b"payload=%7B", b"ssl_check=1"]),
    st.just(None),
)


@pytest.mark.exhaustive
@given(BODIES, STAMPS, SIGNATURES, LENGTHS, st.sampled_from(["POST", "GET", "PUT", "X"]))
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_without_slacks_signature_nothing_is_sent_kept_or_said(
    entrance: Entrance, body, stamp, signature, length, method
):
    body = urllib.parse.urlencode(command(entrance.slack)).encode() if body is None else body
    before, headers = entrance.kept(), {}
    if stamp is not None:
        headers["X-Slack-Request-Timestamp"] = stamp
    if signature is not None:
        headers["X-Slack-Signature"] = signature
    lengths = {} if length is None else {"CONTENT_LENGTH": length}
    refused = 401 if method == "POST" else 404
    assert entrance.post(body, headers, REQUEST_METHOD=method, **lengths) == refused
    assert entrance.called() == []
    assert entrance.kept() == before


def test_a_byte_that_is_no_ascii_in_the_signature_sends_nothing(entrance: Entrance, caplog):
    caplog.set_level(logging.INFO)
    body = urllib.parse.urlencode(command(entrance.slack, response_url="https://evil.example/x"))
    headers = {"X-Slack-Request-Timestamp": str(int(time.time())), "X-Slack-Signature": "v0=é"}
    assert entrance.post(body.encode(), headers) == 401
    assert entrance.called() == []
    assert "evil" not in caplog.text


class Endless:
    """A body that never ends, and counts how much of it was taken."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        assert 0 <= size <= MOST_BYTES, "asked for more than the door takes"
        self.taken += size
        return b"x" * size


class Broken:
    """A line that breaks off."""

    def read(self, size: int = -1) -> bytes:
        raise ConnectionResetError


@pytest.mark.parametrize("length", ["300000000", str(MOST_BYTES + 1), str(MOST_BYTES), "12"])
def test_a_huge_body_costs_no_memory(entrance: Entrance, length: str):
    headers = {"X-Slack-Request-Timestamp": str(int(time.time())), "X-Slack-Signature": "v0=0"}
    endless = Endless()
    tracemalloc.start()
    status = entrance.post(b"", headers, CONTENT_LENGTH=length, **{"wsgi.input": endless})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert status == 401
    assert endless.taken <= MOST_BYTES
    assert peak < 8 * MOST_BYTES


def test_half_a_request_is_nobodys(entrance: Entrance):
    body = urllib.parse.urlencode(command(entrance.slack)).encode()
    assert entrance.signed(body, **{"wsgi.input": io.BytesIO(body[:-1])}) == 401
    assert entrance.signed(body, **{"wsgi.input": Broken()}) == 401
    assert entrance.called() == []


ANA = {"user": {"id": "U0ANA"}, "team": {"id": "T0HARBOUR"}}
DROPPED = {"type": "file_shared", "file_id": "F1", "user_id": "U0ANA", "channel_id": "C0PAYMENTS"}
MALFORMED = [
    b"[]",
    b"null",
    b"7",
    b'"text"',
    b"{}",
    b"{",
    b"[" * 20_000,
    b"{" + b'"a":{' * 20_000,
    b"payload=[]",
    b"payload=7",
    b"payload={",
    b"payload=",
    b"",
    b"text=pilot",
    *(
        json.dumps(each).encode()
        for each in (
            {"type": "block_actions", "actions": [], "user": {"id": "U0ANA"}},
            {"type": "block_actions", "user": {"id": "U0ANA"}},
            {"type": "block_actions", "actions": {"0": 1}, "user": {"id": "U0ANA"}},
            {"type": "block_actions", "actions": [7], "user": {"id": "U0ANA"}},
            {"type": "block_actions", "actions": [{"action_id": 7}], "user": {"id": "U0ANA"}},
            {"type": "block_actions", "actions": [{"action_id": "x"}], "user": "U0ANA"},
            {"type": "block_actions", "actions": [{"action_id": "x"}]},
            {"type": "view_submission", "user": {"id": "U0ANA"}},
            {"type": "view_submission", "user": {"id": "U0ANA"}, "view": {"state": []}},
            {"type": "view_submission", "user": {"id": "U0ANA"}, "view": {"state": {"values": 1}}},
            {"type": "view_submission", "user": {"id": "U0ANA"}, "view": [], "team": "x"},
            {"type": "message_action", "callback_id": "ask", "user": {"id": "U0ANA"}},
            {"type": "event_callback", "event": [], "event_id": "Ev1"},
            {"type": "event_callback", "event": {"type": "message"}},
            {"type": "event_callback", "event": {"type": 7}, "event_id": "Ev1"},
            {"type": "block_actions", "actions": [{"action_id": "x"}], **ANA, "enterprise": "E1"},
            {
                "type": "block_actions",
                "actions": [{"action_id": "x"}],
                "user": {"id": "U", "team_id": {}},
            },
            {"type": "view_submission", **ANA, "view": {"callback_id": "page"}},
            {"type": "view_submission", **ANA, "view": {"type": "workflow_step"}},
            {"type": "interactive_message", "callback_id": "x", "actions": [], **ANA},
            {"type": "workflow_step_edit", "callback_id": "x", **ANA},
            {"type": "event_callback", "event_id": "Ev1", "event": {**DROPPED, "user_id": ["x"]}},
            {"type": "event_callback", "event_id": "Ev1", "event": {**DROPPED, "channel_id": 7}},
            {"type": "block_actions", "command": "/meshfit", "user_id": "U0ANA", "channel_id": "C"},
            {"type": ["event_callback"]},
            {"enterprise": 7, "type": "event_callback"},
        )
    ),
]


@pytest.mark.parametrize("body", MALFORMED)
def test_a_signed_body_that_makes_no_sense_gets_400(entrance: Entrance, body: bytes):
    assert entrance.signed(body) == 400
    assert entrance.signed(body, CONTENT_TYPE="application/json") == 400
    assert entrance.called() == []


def test_slacks_own_questions_are_answered(entrance: Entrance):
    assert entrance.signed(b"ssl_check=1&token=x") == 200
    asked = {"type": "url_verification", "token": "x", "challenge": "harbour"}
    assert entrance.signed(json.dumps(asked).encode(), CONTENT_TYPE="application/json") == 200


ELSEWHERE = [
    "https://evil.example/response/x",
    "http://hooks.slack.com/commands/x",
    "https://hooks.slack.com:8443/commands/x",
    "https://hooks.slack.com.evil.example/x",
    "https://evilslack.com/x",
    "https://user@hooks.slack.com/x",
    "https://user:443@hooks.slack.com/x",
    "https://hooks.slack.com:443@evil.example/x",
    "https://hooks.slack.com%2eevil.example/x",
    "https://hooks.slack.com./x",
    "https://hooks.sl\u0430ck.com/x",
    "https://hooks.slac\u212a.com/x",
    "https://hooks\u3002slack.com/x",
    "https://evil.example\uff0f.slack.com/x",
    "https://evil.example\u2100.slack.com/x",
    "https://xn--slck-63d.com/x",
    "https://hooks.slack.com /x",
    " https://hooks.slack.com/x",
    "https://hooks.slack.com/\u00e9",
    "https://hooks.slack.com:\u0664\u0664\u0663/x",
    "https:///hooks.slack.com/x",
    "https:hooks.slack.com/x",
    "https://[::1]/x",
    "javascript:alert(1)//hooks.slack.com/x",
    "https://evil.example\\@hooks.slack.com/x",
    "https://evil.example#@hooks.slack.com/x",
    "https://hooks.slack.com\n.evil.example/x",
    "//hooks.slack.com/x",
    "file://hooks.slack.com/x",
    "ftp://hooks.slack.com/x",
    "http://127.0.0.1:10/api/x",
    "https://127.0.0.1:9/api/x",
    "http://localhost:9/api/x",
    "https://hooks.slack.com:65536000/x",
    "",
    "x",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_what_is_not_slacks_is_not_followed(entrance: Entrance, address: str):
    assert not is_slacks(address, ROOT)
    body = urllib.parse.urlencode(command(entrance.slack, response_url=address)).encode()
    assert entrance.signed(body) == 400
    body = json.dumps(
        {
            "type": "view_submission",
            "user": {"id": "U0ANA"},
            "view": {"type": "modal", "callback_id": "x"},
            "response_urls": [{"response_url": address}],
        }
    )
    assert entrance.signed(b"payload=" + urllib.parse.quote(body).encode()) == 400
    for kind in ("event_callback", "block_suggestion", "shortcut", "view_closed"):
        assert entrance.signed(json.dumps(asking(kind, address)).encode(), **JSON) == 400
    assert entrance.called() == []


JSON = {"CONTENT_TYPE": "application/json"}


def asking(kind: str, address: str) -> dict[str, Any]:
    """A body of any kind that asks to be answered somewhere, where Slack's own never does."""
    mention = {"type": "app_mention", "user": "U0ANA", "channel": "C0PAYMENTS", "text": "hi"}
    return {
        "type": kind,
        "event_id": "Ev1",
        "event": {**mention, "ts": "1.2"},
        "user": {"id": "U0ANA"},
        "view": {"type": "modal", "callback_id": "page"},
        "response_url": address,
    }


@pytest.mark.parametrize(
    "address",
    [
        "https://hooks.slack.com/commands/T1/2/x",
        "https://files.slack.com/files-pri/T1-F1/download/a%20b.json",
        "https://HOOKS.slack.com:443/x?y=z",
        "https://hooks.slack-gov.com/x",
        "http://127.0.0.1:9/response/x",
    ],
)
def test_slack_and_the_configured_root_are_followed(address: str):
    assert is_slacks(address, ROOT)


def test_the_same_bytes_again_act_once_also_after_a_restart(tmp_path: Path):
    with Slack() as slack:
        body = urllib.parse.urlencode(command(slack)).encode()
        stamp = int(time.time())
        headers = {
            "X-Slack-Request-Timestamp": str(stamp),
            "X-Slack-Signature": sign(SECRET, stamp, body),
        }
        for _ in range(2):
            entrance = Entrance(slack, tmp_path / "meshfit.db")
            assert [entrance.post(body, headers) for _ in range(3)] == [200] * 3
            assert entrance.post(body, headers | {"X-Slack-Retry-Num": "1"}) == 200
            entrance.built.relay.start()
            assert entrance.built.relay.settle()
            assert entrance.built.relay.end(10)
            entrance.built.executor.shutdown()
        assert len(every_row(tmp_path / "meshfit.db")["pilots"]) == 1
        offer = "chat.postEphemeral"  # to remind; which of the two is told first is not promised
        assert sorted(entrance.called()) == [offer, "chat.postMessage"]


def test_a_page_that_was_recorded_brings_no_old_answer_back(tmp_path: Path):
    """A page goes through whenever Slack sends it; the very bytes do not, on any process."""
    people = People(SHIPPED)
    [user], page = people.come(1), people.pages.quick[0].id
    with Slack() as slack:
        stamp, sent = int(time.time()), list[bytes]()
        for _ in range(2):
            view = json.dumps(people.submit(page, user).payload).replace(TEAM, slack.world.team)
            sent.append(urllib.parse.urlencode({"payload": view}).encode())
        assert sent[0] != sent[1]
        answers = list[object]()
        for body in (*sent, sent[0]):
            entrance = Entrance(slack, tmp_path / "meshfit.db")
            signed = {"X-Slack-Request-Timestamp": str(stamp)}
            signed["X-Slack-Signature"] = sign(SECRET, stamp, body)
            assert entrance.post(body, signed) == 200
            entrance.built.executor.shutdown()
            answers.append([row[-1] for row in every_row(tmp_path / "meshfit.db")["answers"]])
        assert answers[0] != answers[1] == answers[2]


def test_a_stranger_who_is_recorded_is_refused_once(tmp_path: Path):
    with Slack() as slack:
        body = urllib.parse.urlencode(command(slack, team_id="T0ELSEWHERE")).encode()
        stamp = int(time.time())
        signed = {"X-Slack-Request-Timestamp": str(stamp)}
        signed["X-Slack-Signature"] = sign(SECRET, stamp, body)
        told = list[str]()
        for _ in range(2):
            entrance = Entrance(slack, tmp_path / "meshfit.db")
            entrance.post(body, signed)
            told.append(entrance.last)
        assert "another workspace" in told[0]
        assert told[1] == ""


def test_what_was_killed_before_it_was_done_is_never_called_done(tmp_path: Path, monkeypatch):
    """Marked and claimed, then gone: the very bytes are neither done nor said to have been."""
    with Slack() as slack:
        body, stamp = urllib.parse.urlencode(command(slack)).encode(), int(time.time())
        signed = {"X-Slack-Request-Timestamp": str(stamp)}
        signed["X-Slack-Signature"] = sign(SECRET, stamp, body)
        with monkeypatch.context() as killed:
            killed.setattr("bot.app.strangers.refuse", _killed)
            with pytest.raises(SystemExit):
                Entrance(slack, tmp_path / "meshfit.db").post(body, signed)
        other = Entrance(slack, tmp_path / "meshfit.db")
        assert [other.post(body, signed) for _ in range(2)] == [503, 503]
        other.built.once.clock = lambda: datetime.now(UTC) + timedelta(minutes=4)
        assert other.post(body, signed) == 503
        assert every_row(tmp_path / "meshfit.db")["pilots"] == []
        assert other.called() == []


def _killed(body: object, next: object) -> BoltResponse:  # noqa: A002 - as Bolt has it
    raise SystemExit


def test_a_strangers_mention_that_is_delivered_again_is_refused_once(tmp_path: Path):
    with Slack() as slack:
        event = asking("event_callback", "") | {"team_id": slack.world.team}
        event["event"] |= {"team": "T0ELSEWHERE"}
        del event["response_url"], event["user"], event["view"]
        entrance = Entrance(slack, tmp_path / "meshfit.db")
        entrance.built.relay.start()
        for _ in range(2):
            assert entrance.signed(json.dumps(event).encode(), **JSON) == 200
            assert entrance.built.relay.settle()
        assert entrance.called() == ["chat.postEphemeral"]
        assert entrance.built.relay.end(10)


def test_what_can_come_no_more_is_forgotten_whichever_way_requests_come(tmp_path: Path):
    store, now = migrate(SqliteStore(tmp_path / "meshfit.db")), datetime.now(UTC)
    times = [now]
    once = Once(store, lambda: times[0])

    def taken(key: str, **context: str) -> bool:
        request = BoltRequest(body=key, context={"installation": "T0", **context})
        request.body = {"type": "event_callback", "event_id": key}
        return (
            once.middleware(request, request.body, lambda: BoltResponse(status=201)).status == 201
        )

    assert taken("Ev1", signature="v0=aa")
    times[0] = now + timedelta(minutes=10)
    assert not taken("Ev2", signature="v0=aa")
    assert taken("Ev3", signature="v0=bb")
    times[0] = now + timedelta(minutes=12)
    assert taken("Ev4")
    signed = {
        row[1] for row in every_row(tmp_path / "meshfit.db")["deliveries"] if row[1][0] == "v"
    }
    assert signed == {"v0=bb"}
    times[0] = now + timedelta(hours=26)
    assert taken("Ev5")
    kept = {row[1][:4] for row in every_row(tmp_path / "meshfit.db")["deliveries"]}
    assert kept == {"Ev5", "last"}


def test_what_the_door_found_sound_is_not_looked_at_again(entrance: Entrance, monkeypatch):
    looked: list[object] = []

    def looks(body: object, root: str) -> bool:
        looked.append(body)
        return is_sound(body, root)

    monkeypatch.setattr(envelopes, "is_sound", looks)
    body = urllib.parse.urlencode(command(entrance.slack, trigger_id="seen once"))
    assert entrance.signed(body.encode()) == 200
    assert len(looked) == 1


def test_what_was_altered_behind_the_door_is_looked_at_again():
    body = {"command": "/meshfit", "user_id": "U0", "channel_id": "C0"}
    context = BoltContext(sound=body)
    client, on = WebClient(base_url=ROOT), BoltResponse(status=200)
    assert envelopes.refuse(body, client, context, lambda: on) is on
    altered = body | {"response_url": "https://hooks.slack.com.evil.example/"}
    assert envelopes.refuse(altered, client, context, lambda: on).status == 400


def test_a_form_is_told_from_another_by_the_bytes_that_it_came_as(entrance, monkeypatch):
    def never(_: object) -> str:
        raise AssertionError

    monkeypatch.setattr(once, "_json", never)
    body = urllib.parse.urlencode(command(entrance.slack, trigger_id="as it came"))
    before = len(entrance.called())
    for _ in range(2):
        assert entrance.signed(body.encode()) == 200
    assert len(entrance.called()) <= before + 1


@pytest.mark.parametrize(
    ("sent", "altered"),
    [
        ('{"user": "U00001"}', False),
        (r'{"text": "a\u0000b"}', True),
        (r'{"private_metadata": "{\"text\": \"a\\u0000b\"}"}', True),
        (r'{"text": "\ud83d"}', True),
    ],
)
def test_only_a_body_with_a_nul_or_half_a_pair_is_written_anew(sent: str, altered: bool):
    for raw in (sent, urllib.parse.urlencode({"payload": sent})):
        request = BoltRequest(body=raw)
        request.body = body = json.loads(sent)
        nul.take_out(request, lambda: BoltResponse(status=200))
        assert (request.body is not body) == altered
