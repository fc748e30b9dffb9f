"""One person's way through the checklist: private, shared, deeper, back, next week."""

from __future__ import annotations

import pytest

from bot.domain.pack import Pack
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.story import (
    aside,
    card,
    fills_page,
    modal,
    more,
    opens_alone,
    posted,
    shares_quick_path,
    starts,
    walks_quick_path,
)

DEEP = {
    "services": 60,
    "teams": 10,
    "languages": ["go", "java", "vendor_sdks"],
    "clusters": "one",
    "threat_level": "regulated",
    "incidents_per_month": 2,
    "hours_per_incident": 18,
    "drift_hours_per_team": 4,
    "saving_percent": 40,
    "mesh_hours_per_month": 20,
    "trend": "rising",
    "driver": "identity",
    "success_metric": "95 % of east-west calls use workload identity",
    "gateway_enough": "no",
    "instrumentation_strong": "no",
    "shared_library_realistic": "no",
    "uniform_stack": "no",
    "platform": ["eks", "vms"],
    "existing_mesh": "none",
    "encryption_scope": "authorization",
    "l7_scope": "selective",
    "restart_tolerance": "yes",
    "per_pod_overhead": "fine",
}
"""The article's worked example, and something for every other page."""


def test_the_first_word_says_where_to_start_and_is_seen_by_nobody_else(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ana.types("/meshfit", in_="payments")
    assert ana.last("payments").buttons == [
        "Start",
        "We already run one",
        "Ask the others",
        "Ask a question",
        "See an example",
    ]
    assert ana.last("payments").ephemeral
    assert ben.sees("payments") == []
    ana.presses("Start", on=ana.last("payments"))
    assert modal(ana).title == "1 of 2: What you need"


def test_a_quick_result_kept_private_posts_nothing_and_is_found_again(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    result = walks_quick_path(ana)
    assert result.title == "Your quick result"
    assert "Not yet: nobody would run it" in result.all_text
    assert "Nothing is posted yet" in result.all_text
    ana.closes()
    assert posted(ana) == []
    assert slack.traffic.calls("chat.postMessage") == []

    ana.types("/meshfit", in_="payments")
    assert "all 8 answered" in aside(ana).all_text
    ana.presses("Go on", on=aside(ana))
    assert modal(ana).callback_id == "quick_result"
    ana.closes()

    ana.opens_home()
    assert "My private drafts" in ana.home.all_text
    ana.presses("Go on", on=ana.home)
    assert modal(ana).callback_id == "quick_result"

    ben.types("/meshfit", in_="payments")
    assert "all 8 answered" not in aside(ben).all_text
    ben.opens_home()
    assert "drafts" not in ben.home.all_text


def test_a_quick_result_that_is_shared_becomes_the_teams_card(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shown = shares_quick_path(ana)
    assert "Should we add a service mesh? Not yet" in shown.all_text
    assert "*Stops it:* no owner" in shown.all_text
    assert "*Look again:*" in shown.all_text
    assert 8 <= len(shown.all_text.splitlines()) <= 18
    detail = shown.thread[0].all_text
    assert "your answers; the rule: the article" in detail
    assert "From the article" in more(ana).all_text
    assert card(ben).ts == shown.ts
    ana.types("/meshfit", in_="payments")
    assert "Still true?" in aside(ana).all_text
    assert slack.traffic.calls("chat.postMessage")[0].request["channel"] == "C0PAYMENTS"


HOURS = ("incidents_per_month", "saving_percent", "mesh_hours_per_month")


def test_the_deep_path_counts_the_hours_and_shows_them_on_the_card(slack: Slack):
    ana = slack.person("ana")
    walks_quick_path(ana, platform_owner="named")
    ana.presses("Go deeper")
    answers, titles = dict(DEEP), []
    while modal(ana).callback_id == "page":
        titles.append(modal(ana).title)
        for question in [each for each in answers if modal(ana).has(each)]:
            ana.chooses(question, answers.pop(question))
        for question in [each for each in HOURS if modal(ana).has(each)]:
            opens_alone(ana, question)
            ana.chooses(f"{question}.evidence", "counted")
            ana.fills(f"{question}.note", "https://tickets.example/net")
            assert modal(ana).title == "More about one answer"
            ana.submits()
            assert modal(ana).title == titles[-1]
            assert "Counted · https://tickets.example/net" in modal(ana).all_text
        ana.submits()
    assert not answers
    assert titles == [
        "3 of 7: Your platform",
        "4 of 7: Hours a month",
        "5 of 7: One goal",
        "6 of 7: What you have",
        "7 of 7: Proxy placement",
    ]
    assert modal(ana).title == "Your result"
    assert "76 a month today" in modal(ana).all_text
    ana.submits()
    assert "Adopt, in stages" in card(ana).all_text
    assert "*Hours:* 76 a month today. At 40 % saved (counted)" in card(ana).all_text
    assert "*Goal:* " in card(ana).all_text
    detail = card(ana).thread[0]
    assert "36 on incidents + 40 on upkeep = 76" in detail.all_text
    detail = more(ana)
    chart = next(each for each in detail.blocks if each["type"] == "data_visualization")
    assert chart["chart"]["series"][0]["data"][0]["value"] == 76
    table = next(each for each in detail.blocks if each["type"] == "table")
    assert [cell["text"] for cell in table["rows"][0]][-1] == "You"
    assert "Where the proxy runs" in detail.all_text


def test_what_is_known_is_filled_in_when_one_goes_deeper_or_back(slack: Slack):
    ana = slack.person("ana")
    walks_quick_path(ana)
    ana.presses("Count the hours")
    assert modal(ana).title == "4 of 7: Hours a month"
    ana.fills("incidents_per_month", 2)
    opens_alone(ana, "incidents_per_month")
    assert modal(ana).value("incidents_per_month") == "2"
    ana.chooses("incidents_per_month.evidence", "guess")
    ana.presses("Back")
    assert modal(ana).title == "4 of 7: Hours a month"
    ana.presses("Back")
    assert modal(ana).title == "3 of 7: Your platform"
    ana.fills("services", 60)
    ana.presses("See my result now")
    ana.presses("Count the hours")
    assert modal(ana).value("incidents_per_month") == "2"
    assert "A guess" in modal(ana).all_text
    opens_alone(ana, "incidents_per_month")
    assert modal(ana).value("incidents_per_month.evidence") == "guess"
    ana.chooses("Go to page", "Your platform")
    assert modal(ana).value("services") == "60"
    ana.chooses("Go to page", "What you need")
    assert modal(ana).value("zero_trust") == "yes"


def test_back_on_the_second_page_keeps_what_both_pages_hold(slack: Slack):
    ana = slack.person("ana")
    starts(ana)
    fills_page(ana, "need")
    ana.submits()
    ana.chooses("platform_owner", "planned")
    ana.presses("Back")
    assert modal(ana).title == "1 of 2: What you need"
    assert modal(ana).value("zero_trust") == "yes"
    ana.chooses("zero_trust", "becoming")
    ana.submits()
    assert modal(ana).value("platform_owner") == "planned"
    fills_page(ana, "hold")
    ana.submits()
    ana.presses("Change an answer")
    assert modal(ana).value("zero_trust") == "becoming"


def test_half_a_draft_waits_a_week_and_a_restart(house: House):
    ana = house.slack.person("ana")
    starts(ana)
    fills_page(ana, "need")
    ana.submits()
    ana.closes()
    house.ages(days=7)
    ana.types("/meshfit", in_="payments")
    assert "4 questions left" in aside(ana).all_text
    ana.presses("Go on", on=aside(ana))
    assert modal(ana).title == "2 of 2: Reasons to wait"
    ana.presses("Back")
    assert modal(ana).value("zero_trust") == "yes"


def test_a_required_field_left_empty_stays_with_the_form(slack: Slack):
    ana = slack.person("ana")
    starts(ana)
    ana.chooses("zero_trust", "yes")
    assert ana.submits() is None
    assert set(ana.errors) == {"traffic_management", "observability", "multi_cluster"}


@pytest.mark.parametrize(
    ("question", "typed", "says"),
    [
        ("services", "0", "at least 1"),
        ("services", "1.5", "whole number"),
        ("teams", "99999999", "at most"),
    ],
)
def test_what_slacks_form_lets_through_is_checked_again(
    slack: Slack, question: str, typed: str, says: str
):
    ana = slack.person("ana")
    walks_quick_path(ana)
    ana.presses("Go deeper")
    ana.fills(question, typed)
    ana.submits(unchecked=True)
    assert says in ana.errors[question]
    ana.fills(question, 12)
    ana.submits()
    assert modal(ana).title == "4 of 7: Hours a month"


def test_dont_know_is_no_no_and_says_what_to_find_out_first(slack: Slack):
    ana = slack.person("ana")
    everything = ("zero_trust", "traffic_management", "observability", "multi_cluster")
    said = {**dict.fromkeys(everything, "unknown"), "platform_owner": "named"}
    result = walks_quick_path(ana, **said)
    assert "*Find out first:* Zero trust" in result.all_text
    assert "Can't say yet" in result.all_text
    assert "most decisive first" in result.all_text
    assert "4 don't know" in result.all_text


def test_what_if_on_the_private_result_posts_nothing(slack: Slack):
    ana = slack.person("ana")
    walks_quick_path(ana)
    ana.presses("What if")
    assert modal(ana).title == "What if"
    assert "Owner: named or agreed → *Pilot first*" in modal(ana).all_text
    ana.closes()
    assert modal(ana).callback_id == "quick_result"
    assert posted(ana) == []


def test_in_a_direct_message_one_person_is_the_team(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana, in_="dm")
    assert card(ana, "dm").by_bot
    assert posted(ana, "payments") == []
    ana.opens_home()
    assert "this conversation" in ana.home.all_text


def test_two_channels_are_two_teams(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    ana.types("/meshfit", in_="platform")
    assert "Start" in aside(ana, "platform").buttons
    shares_quick_path(ana, "platform", platform_owner="named")
    assert "Pilot first" in card(ana, "platform").all_text
    assert "Not yet" in card(ana).all_text
    ana.opens_home()
    assert ana.home.all_text.count("<#C0P") == 2


def test_a_pack_of_another_company_asks_its_own_questions(house: House, pack: Pack):
    asked = dict(pack.questions)
    asked["zero_trust"] = asked["zero_trust"].model_copy(update={"label": "Zero trust, please?"})
    house.restart(pack.model_copy(update={"questions": asked, "version": "2.0"}))
    ana = house.slack.person("ana")
    assert "Zero trust, please?" in starts(ana).all_text
