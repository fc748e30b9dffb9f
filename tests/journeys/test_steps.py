"""Long forms a step at a time: kept on the way, saved as one, refused where others came first."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from playground.people import Person
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.pilots import (
    checklist,
    fills_aim,
    plans,
    reaches_step,
    saves,
    takes_a_role,
)
from tests.journeys.story import card, modal, shares_quick_path, walks_quick_path

OTHERWISE = {
    "zero_trust": "no",
    "traffic_management": "no",
    "observability": "yes",
    "multi_cluster": "yes",
    "problem_location": "inside",
    "few_services": "yes",
    "platform_owner": "named",
    "measurement_ready": "no",
}
"""Nothing of the usual answers."""


def begins_a_slice(slack: Slack) -> None:
    ana = slack.person("ana")
    ana.presses("Plan", on=checklist(ana))
    fills_aim(ana)
    ana.submits()
    ana.fills("service_1", "checkout")
    ana.chooses("traits_1", ["chatty", "http"])
    ana.chooses("owner_1", slack.person("ben"))
    ana.fills("service_2", "ledger")


def ends_the_slice(person: Person) -> None:
    """Its last service, and its last step."""
    person.fills("service_3", "nightly")
    reaches_step(person, "can_live")
    person.chooses("can_live", "yes")
    person.submits()


def test_what_was_filled_in_stands_there_again_after_back(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    begins_a_slice(slack)
    ana.submits()
    assert "Step 2 of 3." in modal(ana).all_text
    ana.fills("service_3", "nightly")
    ana.presses("Back")
    assert "Step 1 of 3. Nothing is saved before the last." in modal(ana).all_text
    shown = modal(ana)
    assert (shown.value("service_1"), shown.value("service_2")) == ("checkout", "ledger")
    assert shown.value("traits_1") == ["chatty", "http"]
    assert shown.value("owner_1") == ben.id
    ana.fills("service_2", "search")
    ana.submits()
    assert modal(ana).value("service_3") == "nightly"
    reaches_step(ana, "can_live")
    ana.chooses("can_live", "yes")
    ana.submits()
    assert "3 services: checkout, search, nightly" in checklist(ana).all_text


def test_nothing_is_saved_before_the_last_step_and_nothing_is_kept_after_it(house: House):
    ana = house.slack.person("ana")
    begins_a_slice(house.slack)
    ana.submits()
    [kept] = house.kept()["open_forms"]
    assert "checkout" in json.dumps(kept)
    assert "checkout" not in json.dumps(house.kept()["pilots"])
    ends_the_slice(ana)
    assert ana.modal is None
    assert house.kept()["open_forms"] == []
    assert "checkout" in json.dumps(house.kept()["pilots"])


def test_a_step_survives_a_restart(house: House):
    ana = house.slack.person("ana")
    begins_a_slice(house.slack)
    ana.submits()
    house.restart()
    ends_the_slice(ana)
    assert "3 services: checkout, ledger, nightly" in checklist(ana).all_text


def test_steps_that_are_gone_save_nothing(house: House):
    ana = house.slack.person("ana")
    begins_a_slice(house.slack)
    ana.submits()
    ana.fills("service_3", "nightly")
    house.clock = lambda: datetime.now(UTC) + timedelta(days=1, minutes=1)
    house.restart()
    ana.submits()
    assert "is kept for a day, and is gone, so nothing was saved" in modal(ana).all_text
    assert "nightly" not in json.dumps(house.kept()["pilots"])


def test_what_is_wrong_on_a_step_is_said_there(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    ana.presses("Budgets", on=checklist(ana))
    ana.fills("p95_added", "9000000000000")
    ana.submits(unchecked=True)
    assert "can be reached" in ana.errors["p95_added"]
    assert "Step 1 of 2" in modal(ana).all_text
    ana.fills("p95_added", 4)
    saves(ana)
    assert "version 1" in checklist(ana).all_text


def test_a_step_delivered_again_leads_on_again_and_the_last_seals_once(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    ana.presses("Budgets", on=checklist(ana))
    ana.submits()
    again = slack.redeliver(slack.traffic.sent("view_submission")[-1])
    assert "Step 2 of 2." in json.dumps(again.body)
    ana.submits()
    assert ana.modal is None
    again = slack.redeliver(slack.traffic.sent("view_submission")[-1])
    assert "Step" not in json.dumps(again.body)
    lines = [each for each in checklist(ana).thread if "Budgets, version" in each.all_text]
    assert len(lines) == 1


def test_two_people_fill_in_the_same_form_apart(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    takes_a_role(ben)
    for each, limit in ((ana, 3), (ben, 7)):
        each.presses("Budgets", on=checklist(each))
        each.fills("p95_added", limit)
        each.submits()
    for each, limit in ((ana, "3"), (ben, "7")):
        each.presses("Back")
        assert modal(each).value("p95_added") == limit


def test_why_a_team_answer_changes_is_told_where_sharing_changes_it(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    walks_quick_path(ben, platform_owner="named")
    ben.chooses("differs.platform_owner", "note")
    ben.fills("sharing.because", "the platform team said so")
    ben.submits()
    assert "Nothing is changed here yet" in ben.errors["sharing.because"]
    ben.chooses("differs.platform_owner", "change")
    ben.submits()
    assert ben.modal is None
    assert "the platform team said so" in card(ana).thread[-1].all_text


def test_more_differences_than_eight_are_asked_step_by_step(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    walks_quick_path(ben, **OTHERWISE)
    assert "Step 1 of 2." in modal(ben).all_text
    assert modal(ben).submit == "Next"
    shown = [each["block_id"] for each in modal(ben).blocks if each["type"] == "input"]
    assert len(shown) == 8
    for each in shown:
        ben.chooses(each, "note")
    ben.submits()
    assert modal(ben).submit == "Share in channel"
    ben.presses("Back")
    assert modal(ben).value(shown[0]) == "note"
