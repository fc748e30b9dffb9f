"""What Slack sends beside what people do: events, probes, its own echoes, kinds nobody expects."""

from __future__ import annotations

import threading

import pytest

from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.story import (
    QUICK,
    aside,
    fills_page,
    names_owner,
    shares_quick_path,
    starts,
    turns_to,
)

GATEWAY = "Does a service mesh replace an API gateway?"


def calls(slack: Slack) -> list[str]:
    """What the app did at Slack, its own introduction aside."""
    made = (each.what for each in slack.traffic.all() if each.way == "to_slack")
    return [each for each in made if each != "auth.test"]


def test_slacks_question_for_an_address_is_answered_with_its_challenge(slack: Slack):
    assert slack.verify_url().body == {"challenge": "harbour-light"}
    assert slack.check_ssl().ok


@pytest.mark.parametrize(
    "event",
    [
        {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0MESHFIT"]}},
        {"type": "app_context_changed", "user": "U0ANA"},
        {"type": "agent_session_stopped", "user": "U0ANA"},
        {"type": "agent_session_title_changed", "user": "U0ANA"},
        {"type": "member_joined_channel", "user": "U0ANA", "channel": "C0PAYMENTS"},
        {"type": "a_kind_of_event_from_the_future", "user": {"id": "U0ANA"}},
    ],
    ids=lambda event: event["type"],
)
def test_an_event_that_asks_nothing_is_acknowledged_and_answered_by_nothing(
    slack: Slack, event: dict[str, object]
):
    assert slack.event(event).ok
    assert calls(slack) == []


@pytest.mark.parametrize(
    "echo",
    [
        {"subtype": "message_changed", "message": {"text": GATEWAY}},
        {"subtype": "message_deleted", "deleted_ts": "1.2"},
        {"subtype": "channel_join", "user": "U0ANA", "text": "joined"},
        {"bot_id": "B0MESHFIT", "user": "U0MESHFIT", "text": GATEWAY},
        {"bot_id": "B0OTHER", "subtype": "bot_message", "text": GATEWAY},
    ],
    ids=["edited", "deleted", "joined", "my own", "another bot"],
)
def test_only_a_persons_new_words_in_a_direct_message_are_answered(
    slack: Slack, echo: dict[str, object]
):
    room = slack.person("ana").room("dm")
    event = {"type": "message", "channel": room.id, "channel_type": "im", "ts": "1700000000.1"}
    assert slack.event({**event, **echo}).ok
    assert calls(slack) == []


def test_the_messages_tab_draws_no_home(slack: Slack):
    ana = slack.person("ana")
    ana.opens_home("messages")
    assert calls(slack) == []
    ana.opens_home()
    assert calls(slack) == ["views.publish"]


def test_home_is_drawn_from_what_is_true_now(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ana.opens_home()
    assert "Teams in which" not in ana.home.all_text
    shares_quick_path(ana)
    ana.opens_home()
    assert "<#C0PAYMENTS>: *Not yet" in ana.home.all_text
    assert "Go to the card" in ana.home.buttons
    ben.opens_home()
    assert "C0PAYMENTS" not in ben.home.all_text


def test_what_fails_at_home_is_said_in_a_direct_message(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    names_owner(ana, cleo)
    cleo.opens_home()
    ana.types("/meshfit assess new", in_="payments")
    ana.presses("Start afresh", on=aside(ana), confirm=True)
    ana.closes()
    cleo.presses("I own this", on=cleo.home)
    assert "closed or deleted" in cleo.last("dm").all_text


def test_what_fails_in_a_modal_is_said_on_top_of_it(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    turns_to(ben)
    ben.chooses("zero_trust", "no")
    ana.types("/meshfit delete", in_="payments")
    ana.presses("Delete the assessment", on=aside(ana), confirm=True)
    ben.submits()
    assert "no shared assessment yet" in ben.modal.all_text
    ben.closes()
    assert ben.modal.value("zero_trust") == "no"


def writes(house: House) -> list[str]:
    """The kinds of transactions that write, from now on, without the relay's."""
    kinds = list[str]()

    def notes(kind: str, _: float) -> None:
        if kind != "reading" and not threading.current_thread().name.startswith("relay"):
            kinds.append(kind)

    house.store.timed = notes
    return kinds


def test_an_act_is_claimed_and_counted_at_once_and_done_with_the_first_thing_it_keeps(house: House):
    ana = house.slack.person("ana")
    ana.types("/meshfit help", in_="payments")  # the first of a minute drops what is old
    kept = writes(house)
    starts(ana)
    assert kept == ["noting", "noting"]
    for page in QUICK:
        kept.clear()
        fills_page(ana, page)
        ana.submits()
        assert kept == ["noting", "writing"]
