"""What to do next: one line and one primary button, which does it."""

from __future__ import annotations

import pytest

from playground.slack import Slack
from tests.journeys.pilots import checklist, plans, seals
from tests.journeys.story import aside, card, changes, modal, names_owner, shares_quick_path


def primary(message: object) -> list[str]:
    """The texts of a message's primary buttons."""
    return [
        each["text"]["text"]
        for block in message.blocks
        for each in block.get("elements", [])
        if each.get("style") == "primary"
    ]


@pytest.mark.parametrize(
    ("answers", "button"),
    [
        ({}, "Find an owner"),
        ({"platform_owner": "named", "measurement_ready": "no"}, "How to measure"),
        ({"platform_owner": "planned"}, "Start the pilot"),
        ({"platform_owner": "unknown"}, "Answer it"),
    ],
)
def test_the_card_has_one_primary_button_and_meshfit_alone_shows_it(
    slack: Slack, answers: dict[str, str], button: str
):
    ana = slack.person("ana")
    shares_quick_path(ana, **answers)
    assert primary(card(ana)) == [button]
    assert "*Next:*" in card(ana).all_text
    assert len(card(ana).buttons) <= 5
    ana.types("/meshfit", in_="payments")
    assert primary(aside(ana)) == [button]


def test_others_are_asked_from_the_card_where_one_of_its_five_buttons_is_left(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    ana.presses("Ask the others", on=card(ana))
    assert modal(ana).title == "Ask the others"
    ana.dismisses()
    changes(ana, platform_owner="planned")
    assert card(ana).buttons == [
        "Start the pilot",
        "Find an owner",
        "Change answers",
        "Why",
        "What if",
    ]
    assert "Ask the others" in card(ana).thread[0].buttons


def test_who_is_alone_is_offered_no_others_to_ask(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit", in_="dm")
    assert "Start" in aside(ana, "dm").buttons
    assert "Ask the others" not in aside(ana, "dm").buttons
    shares_quick_path(ana, "dm")
    assert "Ask the others" not in card(ana, "dm").buttons
    assert "More" in card(ana, "dm").thread[0].buttons
    assert "Ask the others" not in card(ana, "dm").thread[0].buttons


def test_the_most_decisive_question_is_answered_alone(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana, platform_owner="unknown")
    ana.presses("Answer it", on=card(ana))
    assert modal(ana).title == "Change one answer"
    assert modal(ana).has("platform_owner")
    assert not modal(ana).has("measurement_ready")
    ana.chooses("platform_owner", "planned")
    ana.submits()
    assert ana.modal is None
    assert primary(card(ana)) == ["Start the pilot"]


def test_the_pilot_begins_with_what_the_card_says_and_leads_on(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana, platform_owner="planned")
    changes(ana, driver="identity", success_metric="95 % of calls use workload identity")
    ana.presses("Start the pilot", on=card(ana))
    assert "95 % of calls use workload identity" in checklist(ana).all_text
    assert primary(checklist(ana)) == ["Plan"]
    plans(ana, ben)
    assert primary(checklist(ana)) == ["Budgets"]
    seals(ana)
    assert primary(checklist(ana)) == ["Measure"]
    assert "☑ *1. " in checklist(ana).all_text


def test_how_to_measure_shows_the_recipes(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana, platform_owner="named", measurement_ready="no")
    ana.presses("How to measure", on=card(ana))
    assert "How to measure, degrade and roll out" in aside(ana).all_text


def test_what_is_simpler_is_shown_to_who_asks(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    cleo.presses("I own this", on=names_owner(ana, cleo))
    changes(ana, gateway_enough="yes", zero_trust="no")
    assert primary(card(ana)) == ["What is simpler"]
    ana.presses("What is simpler", on=card(ana))
    assert "Instead" in aside(ana).all_text


@pytest.mark.parametrize(
    ("answers", "offered"),
    [
        ({"few_services": "yes"}, False),
        ({"zero_trust": "no", "traffic_management": "no"}, False),
        ({"problem_location": "inside"}, False),
        ({"measurement_ready": "no"}, True),
        ({"platform_owner": "planned"}, True),
    ],
)
def test_an_owner_is_looked_for_only_where_a_mesh_may_come(
    slack: Slack, answers: dict[str, str], offered: bool
):
    ana = slack.person("ana")
    shares_quick_path(ana, **answers)
    assert ("Find an owner" in card(ana).buttons) == offered
    ana.presses("What if", on=card(ana))
    assert ("Find an owner" in aside(ana).buttons) == offered
