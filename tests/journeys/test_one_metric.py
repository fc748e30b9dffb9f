"""Card and pilot share one driver and one metric: changing one changes the other, on the record."""

from __future__ import annotations

from playground.people import Person
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.pilots import checklist, fills_aim, plans
from tests.journeys.story import aside, card, changes, modal, reply, shares_quick_path

ROLLBACKS = "Rollbacks fall from 10 to 7 a month"
FOLLOWS = "The plan follows the card"


def on_the_card(person: Person, question: str) -> object:
    """What Change answers begins with, for one question."""
    person.presses("do/edit", on=card(person))
    person.chooses("which/answer_one", question)
    held = modal(person).value(question)
    person.dismisses()
    person.types("/meshfit help", in_="payments")  # the next press is none of a double click
    return held


def in_the_plan(person: Person, *fields: str) -> list[object]:
    """What the first page of the plan begins with."""
    person.presses("Plan", on=checklist(person))
    held = [modal(person).value(each) for each in fields]
    person.dismisses()
    person.types("/meshfit help", in_="payments")  # the next press is none of a double click
    return held


def test_a_change_on_the_card_is_one_of_the_plan_and_its_undo_too(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    plans(ana, ben)
    changes(ben, success_metric=ROLLBACKS)
    line = checklist(ana).thread[-1].all_text
    assert FOLLOWS in line
    assert f"<@{ben.id}> changed" in line
    assert "Where the number stands today and should be is open again" in line
    assert in_the_plan(ana, "metric", "target") == [ROLLBACKS, None]
    ana.presses("Undo", on=reply(ana, "Undo"))
    assert in_the_plan(ana, "metric") == ["95 % of east-west calls use workload identity"]
    changes(ben, driver="telemetry")
    assert in_the_plan(ana, "driver") == ["telemetry"]


def test_what_the_plan_says_the_card_says_with_who_and_undo(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ben.presses("Plan", on=checklist(ben))
    fills_aim(ben, metric=ROLLBACKS, baseline=10, target=7, unit="a month")
    ben.submits()
    line = reply(ana, "Undo").all_text
    assert f"<@{ben.id}>" in line
    assert ROLLBACKS in line
    assert on_the_card(ana, "success_metric") == ROLLBACKS
    assert on_the_card(ana, "driver") == "identity"
    ana.presses("Undo", on=reply(ana, "Undo"))
    assert in_the_plan(ana, "metric", "driver") == [None, None]


def test_a_card_that_comes_after_the_pilot_says_what_its_plan_says(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    plans(ben, ana)
    shares_quick_path(ana)
    assert on_the_card(ana, "success_metric") == "95 % of east-west calls use workload identity"
    assert on_the_card(ana, "driver") == "identity"
    answered = {row["question"]: row["respondent"] for row in house.kept()["answers"]}
    assert answered["driver"] == answered["success_metric"] == ben.id
    spoke = {(row["question"], row["respondent"]) for row in house.kept()["voices"]}
    assert ("driver", ana.id) not in spoke
    assert not [each for each in checklist(ana).thread if FOLLOWS in each.all_text]


def test_a_new_card_beside_an_open_pilot_keeps_their_one_metric(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    plans(ben, ana)
    ana.types("/meshfit assess new", in_="payments")
    ana.presses("Start afresh", on=aside(ana), confirm=True)
    ana.dismisses()
    shares_quick_path(ana)
    assert [on_the_card(ana, "driver")] == in_the_plan(ben, "driver") == ["identity"]
