"""A Slack that is ill on order, and what it makes of an id that it has seen."""

from __future__ import annotations

import http.client
import time

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from playground.clock import HandClock
from playground.illness import AILMENTS
from playground.slack import Slack
from tests.playground.test_web_api import refusal

HELLO = {"channel": "C0PAYMENTS", "text": "hello", "client_msg_id": "one"}


def heard(slack: Slack) -> int:
    """How often the channel heard hello."""
    return sum(each.text == "hello" for each in slack.world.messages.get("C0PAYMENTS", ()))


def test_an_id_seen_answers_with_the_first_message(slack: Slack, web: WebClient) -> None:
    first, again = web.chat_postMessage(**HELLO), web.chat_postMessage(**HELLO)
    other = web.chat_postMessage(**HELLO | {"client_msg_id": "two"})
    assert first["ts"] == again["ts"] != other["ts"]
    assert heard(slack) == 2


def test_an_id_of_a_message_that_was_deleted_is_refused(slack: Slack, web: WebClient) -> None:
    web.chat_delete(channel="C0PAYMENTS", ts=web.chat_postMessage(**HELLO)["ts"])
    assert refusal(web.chat_postMessage, **HELLO) == "duplicate_message_not_found"


def test_a_slack_that_forgets_posts_a_second_one(slack: Slack, web: WebClient) -> None:
    slack.trouble.forgets = True
    assert web.chat_postMessage(**HELLO)["ts"] != web.chat_postMessage(**HELLO)["ts"]
    assert heard(slack) == 2


def outcome(web: WebClient) -> str:
    """What became of one call, as the app sees it."""
    try:
        web.chat_postMessage(channel="C0PAYMENTS", text="hello")
    except SlackApiError as error:
        answer = error.response
        status = answer["status"] if isinstance(answer, dict) else answer.status_code
        return str(answer.get("error") or status) if status == 200 else str(status)
    except (OSError, http.client.HTTPException):
        return "hang"
    return "done"


def test_a_share_of_all_calls_fails_in_every_way_and_the_same_each_time(
    slack: Slack, web: WebClient
) -> None:
    answers = []
    for _ in range(2):
        slack.illness.strikes(0.5, seed=7)
        answers.append([outcome(web) for _ in range(60)])
    slack.illness.strikes(0)
    assert answers[0] == answers[1]
    assert set(answers[0]) == {"done", *AILMENTS}
    assert heard(slack) > 2 * answers[0].count("done")
    assert [outcome(web) for _ in range(20)] == ["done"] * 20


def test_an_outage_lasts_as_long_as_it_lasts(
    slack: Slack, web: WebClient, clock: HandClock
) -> None:
    slack.illness.lasts(60)
    assert {outcome(web) for _ in range(5)} == {"503"}
    clock.skip(59)
    assert outcome(web) == "503"
    clock.skip(2)
    assert outcome(web) == "done"


def test_answers_at_a_response_url_fail_too(slack: Slack) -> None:
    slack.illness.lasts(60)
    answer = WebhookClient(f"{slack.root}/response/x").send(text="hello")
    assert answer.status_code == 503


def test_a_call_that_hangs_takes_its_time(slack: Slack, web: WebClient) -> None:
    slack.illness.strikes(1, seed=3)
    while True:
        began = time.monotonic()
        if outcome(web) == "hang":
            break
    assert time.monotonic() - began >= AILMENTS["hang"].hangs


@pytest.mark.parametrize("status", ["500", "503", "hang", "fatal_error"])
def test_a_lost_answer_says_nothing_of_what_was_done(
    slack: Slack, web: WebClient, status: str
) -> None:
    slack.illness.strikes(1, seed=1)
    met = [(outcome(web), heard(slack)) for _ in range(60)]
    grew = {told for (told, many), (_, before) in zip(met[1:], met, strict=False) if many > before}
    assert status in grew
    assert not grew & {"429", "ratelimited"}
