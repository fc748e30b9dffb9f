"""How requests travel: signatures, retries, time, the socket's habits, response URLs."""

from __future__ import annotations

import json
import threading
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from flask import Flask, Response, request
from slack_sdk.signature import SignatureVerifier

from playground.clock import HandClock
from playground.deliver import sign
from playground.idle import CountedExecutor
from playground.manifest import Manifest, Shortcut, read_manifest
from playground.server import Door
from playground.slack import Slack
from tests.playground.conftest import no_threads_left, over_socket
from tests.playground.sample_app import section


@pytest.fixture
def heard(slack: Slack) -> list[tuple[dict, bytes]]:
    """What a bare server got to hear."""
    requests: list[tuple[dict, bytes]] = []
    bare = Flask("bare")

    @bare.post("/slack/events")
    def events() -> Response:
        requests.append((dict(request.headers), request.get_data(parse_form_data=False)))
        return Response("")

    door = Door(bare)
    door.open()
    slack.connect(f"http://127.0.0.1:{door.port}/slack/events")
    yield requests
    door.close()


def test_slacks_own_verifier_accepts_the_signature(slack: Slack, heard: list) -> None:
    slack.person("ana").types("/meshfit why <not>", in_="payments")
    headers, body = heard[0]
    verifier = SignatureVerifier(slack.signing_secret)
    assert verifier.is_valid_request(body, headers)
    assert not verifier.is_valid_request(body + b"&x=1", headers)
    theirs = verifier.generate_signature(timestamp="1700000000", body=body)
    assert theirs == sign(slack.signing_secret, 1_700_000_000, body)


@pytest.mark.usefixtures("http_app")
def test_a_forged_or_old_request_is_turned_away(slack: Slack, clock: HandClock) -> None:
    delivery = slack.delivery
    form = b"command=%2Fmeshfit&text=say"
    plain = {"Content-Type": "application/x-www-form-urlencoded"}
    assert delivery.post(form, {**plain, "X-Slack-Signature": "v0=forged"}).status == 401
    clock.skip(-301)
    assert delivery.post(form, plain).status == 401


@pytest.mark.usefixtures("http_app")
def test_slacks_probes(slack: Slack) -> None:
    assert slack.verify_url().body == {"challenge": "harbour-light"}
    assert slack.check_ssl().ok


def test_a_redelivery_carries_its_headers(slack: Slack, heard: list) -> None:
    slack.person("ana").mentions("hi", in_="payments")
    slack.redeliver(slack.traffic.sent("app_mention")[0], 2, "http_error")
    first, again = heard
    assert "X-Slack-Retry-Num" not in first[0]
    assert (again[0]["X-Slack-Retry-Num"], again[0]["X-Slack-Retry-Reason"]) == ("2", "http_error")
    assert first[1] == again[1]


def test_an_app_that_is_not_there_is_a_fault(slack: Slack) -> None:
    slack.connect("http://127.0.0.1:9/slack/events")
    ana = slack.person("ana")
    assert ana.types("/meshfit", in_="payments").status == 0
    assert 'failed with the error "operation_timeout"' in ana.last("payments").text
    assert len(slack.faults) == 2


def test_the_socket_redelivers_reconnects_and_leaves_nothing_behind(clock: HandClock) -> None:
    with Slack(clock=clock) as slack, over_socket(slack):
        ana = slack.person("ana")
        ana.mentions("hi", in_="payments")
        slack.redeliver(slack.traffic.sent("app_mention")[0], 1, "timeout")
        assert len(ana.last("payments").thread) == 2
        slack.delivery.disconnect()
        assert slack.until(lambda: len(slack.traffic.calls("apps.connections.open")) == 2)
        assert slack.delivery.wait_connected()
        ana.dms("still there?")
        assert ana.last().text == "dm still there? []"
    assert no_threads_left() == set()


def response(url: str, **body: object) -> tuple[int, str]:
    asked = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urlopen(asked) as answer:
            return answer.status, json.loads(answer.read()).get("error", "")
    except HTTPError as refused:
        with refused:
            return refused.code, json.loads(refused.read())["error"]


def response_url(slack: Slack) -> str:
    slack.person("ana").types("/meshfit", in_="vault")
    return slack.traffic.sent("/meshfit")[-1].request["response_url"]


@pytest.mark.usefixtures("heard")
def test_a_response_url_works_five_times_and_for_half_an_hour(
    slack: Slack, clock: HandClock
) -> None:
    url = response_url(slack)
    for n in range(5):
        assert response(url, text=f"{n}", response_type="in_channel") == (200, "")
    assert response(url, text="6") == (404, "used_url")
    assert [m.text for m in slack.person("ben").sees("vault")] == list("01234")
    late = response_url(slack)
    clock.skip(30 * 60 + 1)
    assert response(late, text="late") == (404, "expired_url")
    assert response(f"{late}x", text="?") == (404, "invalid_url")


@pytest.mark.usefixtures("heard")
def test_a_response_is_checked_like_any_message(slack: Slack) -> None:
    url = response_url(slack)
    assert response(url) == (404, "no_text")
    assert response(url, text="x", colour="red") == (404, "invalid_payload")
    assert response(url, text="x", blocks=[section("x" * 3001)]) == (404, "invalid_blocks")


@pytest.mark.usefixtures("heard")
def test_a_response_may_replace_or_delete_its_own_message(slack: Slack) -> None:
    ana = slack.person("ana")
    response(
        response_url(slack),
        text="first",
        blocks=[
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "action_id": "b",
                        "text": {"type": "plain_text", "text": "B"},
                    }
                ],
            }
        ],
    )
    shown = ana.last("vault")
    ana.presses("B", on=shown)
    sent = slack.traffic.sent("block_actions")[-1].request
    assert "message" not in sent
    assert sent["container"]["is_ephemeral"] is True
    assert response(sent["response_url"], text="second", replace_original=True) == (200, "")
    assert [m.text for m in ana.sees("vault")] == ["second"]
    assert response(sent["response_url"], delete_original=True) == (200, "")
    assert ana.sees("vault") == []


def test_the_counted_executor_knows_when_it_is_idle() -> None:
    gate, executor = threading.Event(), CountedExecutor(2)
    future = executor.submit(gate.wait)
    assert not executor.idle()
    gate.set()
    assert future.result() is True
    executor.shutdown()
    assert executor.idle()


def test_a_manifest_says_what_is_granted_and_sent(tmp_path) -> None:
    path = tmp_path / "manifest.yml"
    path.write_text(
        "features:\n"
        "  slash_commands: [{command: /meshfit, usage_hint: '[h]', should_escape: true}]\n"
        "  shortcuts: [{name: Ask, type: message, callback_id: ask, description: d}]\n"
        "oauth_config: {scopes: {bot: [commands], bot_optional: [team:read]}}\n"
        "settings: {event_subscriptions: {bot_events: [app_mention]}}\n"
    )
    assert read_manifest(path) == Manifest(
        scopes=frozenset({"commands", "team:read"}),
        events=frozenset({"app_mention"}),
        commands={"/meshfit": True},
        hints={"/meshfit": "[h]"},
        shortcuts=(Shortcut("Ask", "ask", "message"),),
    )
