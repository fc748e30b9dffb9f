"""Who may do what: everyone answers and ticks; what binds others is for a few, who are named."""

from __future__ import annotations

import pytest

from bot.advisor.rights import allows
from bot.domain.pack import Pack
from bot.domain.team import Caller
from playground.people import Person
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.pilots import checklist, plans, seals
from tests.journeys.story import aside, card, changes, modal, posted, shares_quick_path
from tests.journeys.test_pilot_forms import passes
from tests.journeys.test_rollout import adds_exception, rollout


@pytest.fixture(autouse=True)
def led(house: House) -> None:
    house.led_by("U0CLEO")


def told(person: Person) -> str:
    """What this person was refused with, on a modal or beside the channel."""
    text = person.modal.all_text if person.modal else aside(person).all_text
    while person.modal:
        person.closes()
    return text


def test_sealing_and_amending_are_for_a_role_who_began_it_or_a_lead(slack: Slack):
    ana, ben, cleo = (slack.person(each) for each in ("ana", "ben", "cleo"))
    plans(ana, asked=ben)
    ben.presses("step.driver/tick", on=checklist(ben))
    ben.presses("Budgets", on=checklist(ben))
    assert told(ben) == (
        "Sealing or amending the pilot's budgets is for <@U0ANA> (began it) and <@U0CLEO> "
        "(a lead); whoever takes a role of the pilot, under *Owners*, may too."
    )
    assert "version 1" in seals(cleo).all_text
    ben.presses("Owners", on=checklist(ben))
    ben.chooses("upgrades", ben)
    ben.submits()
    assert "version 2" in seals(ben, p95_added=7, reason="as agreed").all_text
    ana.presses("Owners", on=checklist(ana))
    ana.chooses("upgrades", cleo)
    ana.submits()
    ben.presses("Budgets", on=checklist(ben))
    assert ben.modal, "who had the role keeps it until the other accepts"


def test_closing_and_deleting_are_too_and_answers_are_everybodys(house: House):
    ana, ben, cleo = (house.slack.person(each) for each in ("ana", "ben", "cleo"))
    shares_quick_path(ana)
    changes(ben, observability="yes")
    ben.types("/meshfit assess new", in_="payments")
    assert "Start afresh" not in aside(ben).buttons
    assert told(ben) == (
        "Closing this assessment is for <@U0ANA> (began it) and <@U0CLEO> (a lead)."
    )
    ben.types("/meshfit delete", in_="payments")
    assert "erase_team" not in aside(ben).all_text
    assert "Delete the assessment" not in aside(ben).buttons
    assert "Change answers" in card(ana).buttons
    cleo.types("/meshfit delete", in_="payments")
    cleo.presses("Delete the assessment", on=aside(cleo), confirm=True)
    assert "This assessment was deleted by <@U0CLEO>." in posted(ana)[-1].all_text


def binding(house: House) -> dict[str, list]:
    """What only a few may change."""
    kept = house.kept()
    return {each: kept[each] for each in ("assessments", "pilots", "pilot_log", "answers")}


def test_closing_a_pilot_is_refused_to_others_though_its_button_is_there(
    house: House, five: list[Person], pack: Pack
):
    ana, _, cleo, dora, _ = five
    shares_quick_path(ana)
    passes(house.slack, pack)
    before = binding(house)
    dora.types("/meshfit verdict", in_="payments")
    dora.presses("Close the pilot", on=aside(dora), confirm=True)
    assert told(dora) == (
        "Closing the pilot is for <@U0BEN> (Policy writer), <@U0ANA> (began it) and <@U0CLEO> "
        "(a lead); whoever takes a role of the pilot, under *Owners*, may too."
    )
    assert binding(house) == before
    cleo.types("/meshfit verdict", in_="payments")
    cleo.presses("Close the pilot", on=aside(cleo), confirm=True)
    assert "closed, passed" in checklist(ana).all_text


def test_exceptions_are_refused_to_others_and_to_a_form_of_who_may_no_more(
    house: House, five: list[Person]
):
    ana, ben, cleo, dora, _ = five
    plans(ana, ben)
    adds_exception(ana, ben, "2099-01-01")
    ben.presses("I approve it", on=rollout(ben))
    before = binding(house)
    refusal = (
        "Entering, renewing or ending an exception is for <@U0ANA> (began it) and <@U0{}> "
        "(a lead); whoever takes a role of the pilot, under *Owners*, may too."
    )
    for button in ("Add an exception", "New date", "It is over"):
        dora.presses(button, on=rollout(dora))
        assert told(dora) == refusal.format("CLEO"), button
        assert binding(house) == before, button
    adds = {"service": "payroll", "reason": "Its client cannot speak mTLS."}
    for button, fields in (("Add an exception", adds), ("New date", {})):
        house.led_by("U0CLEO")
        cleo.presses(button, on=rollout(cleo))
        for field, value in fields.items():
            cleo.fills(field, value)
        cleo.chooses("approver", cleo)
        cleo.fills("ends_on", "2098-01-01")
        house.led_by("U0FINN")
        cleo.submits()
        assert refusal.format("FINN") in modal(cleo).all_text, button
        told(cleo)
        assert binding(house) == before, button


def test_deleting_is_refused_to_a_button_of_who_may_no_more(house: House):
    ana, cleo = (house.slack.person(each) for each in ("ana", "cleo"))
    shares_quick_path(ana)
    cleo.types("/meshfit delete", in_="payments")
    house.led_by("U0FINN")
    before = binding(house)
    cleo.presses("Delete the assessment", on=aside(cleo), confirm=True)
    assert told(cleo) == (
        "Deleting this assessment is for <@U0ANA> (began it) and <@U0FINN> (a lead)."
    )
    assert binding(house) == before
    assert "Change answers" in card(ana).buttons


@pytest.mark.parametrize(
    ("people", "channel", "may"),
    [
        ({"U1": "began it"}, "C1", False),
        ({"U2": "a lead"}, "C1", True),
        ({}, "C1", True),
        ({"U1": "began it"}, "D1", True),
    ],
)
def test_where_nobody_is_left_who_may_everybody_may(people: dict, channel: str, may: bool):
    assert allows(Caller(workspace="T1", channel=channel, user="U2"), people) is may
