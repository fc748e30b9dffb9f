"""The hours to run a mesh, worked out in place, from every page that asks for them."""

from __future__ import annotations

import json

from playground.people import Person
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.story import (
    aside,
    card,
    changes,
    modal,
    opens_alone,
    picks_question,
    posted,
    reply,
    shares_quick_path,
    turns_to,
    walks_quick_path,
)

BY = "\N{MULTIPLICATION SIGN}"
FIELD = "mesh_hours_per_month"
MONTHLY = {"upgrades.times": 12, "upgrades.hours": 3}
WORDS = (
    f"12 upgrades a year {BY} 3 h + 1 rotation a year {BY} 8 h + 2 alerts a month {BY} 3 h + "
    f"8 requests a month {BY} 1 h"
)


def works_out(person: Person, **figures: float) -> None:
    """The worksheet from the page on top, with these figures, and its sum."""
    person.presses("Work it out")
    assert modal(person).title == "Hours to run a mesh"
    for field, figure in {**MONTHLY, **figures}.items():
        person.fills(field, figure)
    person.submits()


def test_from_the_hours_page_the_sum_lands_in_the_field_and_says_how(slack: Slack):
    ana = slack.person("ana")
    walks_quick_path(ana, platform_owner="named")
    ana.presses("Go deeper")
    ana.chooses("Go to page", "Hours a month")
    assert "Instead of guessing: add up upgrades, rotations, alerts and requests." in (
        modal(ana).all_text
    )
    ana.fills("incidents_per_month", 2)
    ana.fills("hours_per_incident", 18)
    ana.presses("Work it out")
    shown = modal(ana).all_text
    assert "As filled in when this opened: *18.7 hours a month*" in shown
    assert modal(ana).value("upgrades.times") == "3"
    assert "Istio's minor versions are supported for seven to eight months" in shown
    assert "Source: Istio's repository and Linkerd's documentation." in shown
    assert "Our guess" in shown
    ana.presses("Back without the sum")
    assert modal(ana).title == "4 of 7: Hours a month"
    assert modal(ana).value("incidents_per_month") == "2"
    assert not modal(ana).value(FIELD)

    works_out(ana)
    assert modal(ana).title == "4 of 7: Hours a month"
    assert modal(ana).value(FIELD) == "17.7"
    assert f"Derived: {WORDS}." in modal(ana).all_text
    assert modal(ana).all_text.count(WORDS) == 1

    ana.presses("Work it out")
    assert modal(ana).value("upgrades.times") == "12"
    assert "*17.7 hours a month*" in modal(ana).all_text
    ana.presses("Back without the sum")
    ana.fills("drift_hours_per_team", 4)
    ana.chooses("Go to page", "Your platform")
    ana.fills("teams", 10)
    ana.chooses("Go to page", "Hours a month")
    ana.presses("See my result now")
    ana.submits()
    assert "you said 17.7 (derived)" in card(ana).all_text


def test_the_same_sum_typed_over_is_no_longer_derived(slack: Slack):
    ana = slack.person("ana")
    walks_quick_path(ana, platform_owner="named")
    ana.presses("Go deeper")
    ana.chooses("Go to page", "Hours a month")
    works_out(ana)
    opens_alone(ana, FIELD)
    assert modal(ana).value(f"{FIELD}.evidence") == "derived"
    assert modal(ana).value(f"{FIELD}.note") == WORDS
    ana.presses("Back")
    ana.fills(FIELD, 30)
    ana.presses("Next")
    ana.presses("Back")
    assert modal(ana).value(FIELD) == "30"
    assert "Derived" not in modal(ana).all_text
    ana.presses("Work it out")
    assert modal(ana).value("upgrades.times") == "3"


def test_of_the_teams_answers_one_question_alone_and_the_thread_tells_it(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana, platform_owner="named")
    changes(ana, mesh_hours_per_month=20)
    picks_question(ana, FIELD)
    works_out(ana)
    assert modal(ana).title == "Change one answer"
    assert modal(ana).value(FIELD) == "17.7"
    line = reply(ben, "Undo").all_text
    assert f"Mesh hours: 20 a month → 17.7 a month (derived: {WORDS})" in line
    ana.submits()
    assert reply(ben, "Undo").all_text == line
    ben.presses("Undo", on=reply(ben, "Undo"))
    picks_question(ben, FIELD)
    assert modal(ben).value(FIELD) == "20"
    assert "Instead of guessing" in modal(ben).all_text


def test_of_a_whole_page_of_the_team_and_of_a_mesh_that_runs(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana, platform_owner="named")
    turns_to(ana, "hours")
    ana.fills("incidents_per_month", 4)
    works_out(ana, **{"on_call.times": 0})
    assert modal(ana).title == "Change 4 of 7"
    assert modal(ana).value("incidents_per_month") == "4"
    assert modal(ana).value(FIELD) == "11.7"
    assert "0 alerts a month" in modal(ana).all_text
    ana.closes()
    ben.types("/meshfit", in_="platform")
    ben.presses("We already run one", on=aside(ben, "platform"))
    ben.chooses("existing_mesh", "linkerd")
    ben.chooses("platform_owner", "named")
    ben.submits()
    for question in ("zero_trust", "traffic_management", "observability", "multi_cluster"):
        ben.chooses(question, "no")
    ben.submits()
    works_out(ben)
    assert modal(ben).title == "3 of 3: Hours a month"
    assert modal(ben).value(FIELD) == "17.7"
    assert posted(ben, "platform") == []


def test_what_cannot_be_added_up_is_said_beside_its_field(slack: Slack):
    ana = slack.person("ana")
    walks_quick_path(ana, platform_owner="named")
    ana.presses("Go deeper")
    ana.chooses("Go to page", "Hours a month")
    ana.presses("Work it out")
    ana.fills("upgrades.times", 10_000)
    ana.fills("upgrades.hours", 1_000)
    ana.submits()
    assert ana.errors["upgrades.times"] == (
        "The sum comes to 833,348 hours a month, at most 100,000 fit: look at the figures."
    )
    ana.fills("upgrades.times", 10_001)
    ana.submits(unchecked=True)
    assert ana.errors["upgrades.times"] == "Must be at most 10,000."
    ana.fills("upgrades.times", "often")
    ana.submits(unchecked=True)
    assert "ust be a number" in ana.errors["upgrades.times"]


def test_somebody_else_who_answered_meanwhile_is_not_overruled(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana, platform_owner="named")
    picks_question(ana, FIELD)
    ana.presses("Work it out")
    changes(ben, mesh_hours_per_month=40)
    ana.submits()
    assert "Mesh hours: now 40 a month (<@U0BEN>)" in modal(ana).all_text
    ana.closes()
    assert modal(ana).title == "Hours to run a mesh"
    picks_question(ben, FIELD)
    assert modal(ben).value(FIELD) == "40"


def test_in_the_calculator_it_stores_nothing_and_keeps_the_other_figures(house: House):
    ana = house.slack.person("ana")
    ana.types("/meshfit tax", in_="payments")
    assert "Instead of guessing: add up upgrades, rotations, alerts and requests." in (
        modal(ana).all_text
    )
    ana.fills("teams", 7)
    ana.presses("Work it out")
    assert "*18.7 hours a month*" in modal(ana).all_text
    ana.presses("Back without the sum")
    assert modal(ana).title == "Hours a month"
    assert modal(ana).value("teams") == "7"
    works_out(ana)
    assert modal(ana).value("teams") == "7"
    assert modal(ana).value(FIELD) == "17.7"
    assert f"Derived: {WORDS}." in modal(ana).all_text
    ana.submits()
    assert "less 17.7 to run it" in modal(ana).all_text
    assert f"Derived: {WORDS}." in modal(ana).all_text
    ana.presses("Work it out")
    assert modal(ana).value("upgrades.times") == "12"
    ana.presses("Back without the sum")
    ana.fills(FIELD, 30)
    ana.submits()
    assert "Derived" not in modal(ana).all_text
    assert house.kept()["assessments"] == []
    assert posted(ana) == []


def test_in_a_round_it_is_ones_own_and_counts_once_it_is_handed_in(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    ana.types("/meshfit round", in_="payments")
    ana.chooses("people", [ana, ben])
    ana.chooses("questions", ["teams", FIELD])
    ana.submits()
    live = next(each for each in posted(ben) if "Give my answers" in each.buttons)
    ben.presses("Give my answers", on=live)
    ben.fills("teams", 9)
    ben.presses("Work it out")
    ben.presses("Back without the sum")
    assert modal(ben).value("teams") == "9"
    works_out(ben)
    assert modal(ben).title == "Your own answers"
    assert modal(ben).value("teams") == "9"
    assert modal(ben).value(FIELD) == "17.7"
    assert f"Derived: {WORDS}." in modal(ben).all_text
    assert "0 of 2 have answered" in live.all_text
    ben.submits()
    assert "1 of 2 have answered" in live.all_text
    rows = [each for each in house.kept()["round_answers"] if each["question"] == FIELD]
    assert [json.loads(each["answer"])["evidence"] for each in rows] == ["derived"]
