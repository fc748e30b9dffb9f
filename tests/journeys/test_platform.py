"""One decision for the platform: teams' answers are offered to a lead, and given by the lead."""

from __future__ import annotations

import pytest

from playground.people import Person
from playground.surfaces import ShownView
from tests.journeys.house import House
from tests.journeys.story import (
    QUICK,
    aside,
    card,
    changes,
    fills_page,
    modal,
    picks_question,
    shares_quick_path,
    turns_to,
)

pytestmark = pytest.mark.usefixtures("led")


def decides(lead: Person, in_: str = "incidents") -> ShownView:
    lead.types("/meshfit platform", in_=in_)
    return modal(lead)


def two_teams(house: House) -> tuple[Person, Person, Person]:
    ana, ben, cleo = (house.slack.person(each) for each in ("ana", "ben", "cleo"))
    shares_quick_path(ana)
    shares_quick_path(ben, "platform", zero_trust="becoming")
    changes(ana, services="14", languages=["go"])
    changes(ben, "platform", services="30", languages=["java"])
    return ana, ben, cleo


def test_a_lead_decides_for_all_from_what_the_teams_answered(house: House):
    ana, ben, cleo = two_teams(house)
    form = decides(cleo)
    assert "<#C0PAYMENTS>: Not yet" in str(form.view)
    cleo.submits()
    page = modal(cleo)
    assert "Yes, today: 1 of 2 · Not yet, but within a year: 1 of 2" in page.all_text
    for each in QUICK:
        fills_page(cleo, each, platform_owner="named")
        assert "none of it is filled in" not in modal(cleo).all_text
        cleo.submits()
    cleo.presses("Go deeper", on=modal(cleo))
    page = modal(cleo)
    assert "From the teams, not all of it counted" in page.all_text
    assert "*44 services*, the sum of 2 of 2 teams." in page.all_text
    assert "*Go, Java*, all that was named by 2 of 2 teams." in page.all_text
    takes(cleo, "services")
    assert "_This is your answer._" in modal(cleo).all_text
    cleo.presses("See my result now", on=modal(cleo))
    cleo.submits()
    shown = card(ana, "incidents")
    assert "Pilot first, then decide" in shown.all_text
    below = " ".join(each.all_text for each in shown.thread)
    assert "The answers of 2 teams were offered beside its questions" in below
    assert "<#C0PAYMENTS> and <#C0PLATFORM>" in below
    cleo.types("/meshfit record", in_="incidents")
    [file] = [each for each in house.slack.world.files.values() if each.name.endswith(".md")]
    document = file.content.decode()
    assert "A decision for the platform: the answers of 2 teams were offered" in document
    assert "From teams, " in document
    assert "| Cleo Lindqvist (U0CLEO) |" in document
    cleo.types("/meshfit leads", in_="incidents")
    cleo.types("/meshfit teams", in_="incidents")
    aside_text = aside(cleo, "incidents").all_text
    assert "*2 teams:*" in aside_text
    assert "1 decision for the platform, below and in none of these figures." in aside_text
    assert "U0BEN" not in page.all_text
    assert ben.modal is None


def takes(person: Person, question: str) -> None:
    """Take it, beside this question."""
    shown = modal(person)
    place = shown.find(f"{question}.counted/counted_take")
    person._acts(shown, place, None)


def test_only_a_lead_sees_it_and_only_of_teams_that_still_show_it(house: House):
    ana, ben, cleo = two_teams(house)
    ana.types("/meshfit platform", in_="payments")
    assert aside(ana).all_text == "What teams show to their leads is for <@U0CLEO> (a lead)."
    cleo.types("/meshfit platform", in_="dm")
    assert "is a channel's" in cleo.sees("dm")[-1].all_text
    decides(cleo)
    cleo.chooses("teams.0", [])
    cleo.submits()
    assert cleo.errors["teams.0"] == "Needs at least one team."
    cleo.chooses("teams.0", ["C0PAYMENTS", "C0PLATFORM"])
    cleo.submits()
    for each in QUICK:
        fills_page(cleo, each)
        cleo.submits()
    cleo.submits()
    assert "services.counted" not in str(picks_question(ana, "services", "incidents").view)
    ana.closes()
    assert "*44 services*" in turns_to(cleo, "platform", "incidents").all_text
    cleo.closes()
    ben.types("/meshfit leads", in_="platform")
    ben.presses("Stop showing it to them", on=aside(ben, "platform"))
    assert (
        "*14 services*, the answer of 1 of 1 team."
        in turns_to(cleo, "platform", "incidents").all_text
    )
    cleo.closes()
    cleo.types("/meshfit leads", in_="incidents")


def test_it_joins_the_decision_that_the_channel_has(house: House):
    ana, _, cleo = two_teams(house)
    shares_quick_path(ana, "incidents")
    decides(cleo)
    cleo.submits()
    for each in QUICK:
        fills_page(cleo, each)
        cleo.submits()
    cleo.submits()
    below = " ".join(each.all_text for each in card(ana, "incidents").thread)
    assert "The answers of 2 teams were offered beside its questions" in below
    assert len(house.kept()["stands_on"]) == 2


@pytest.mark.parametrize("block", ["teams.x", "teams.", "teams.\u0661", "teams.-1", "teams.0"])
@pytest.mark.parametrize("ticked", [[], [{"value": "C0VAULT"}]])
def test_teams_that_no_screen_offered_are_chosen_by_nobody(
    house: House, block: str, ticked: list[dict[str, str]]
):
    _, _, cleo = two_teams(house)
    view = decides(cleo).view
    cleo.chooses("teams.0", [])
    view.state[block] = {"answer": {"type": "checkboxes", "selected_options": ticked}}
    cleo.submits(unchecked=True)
    assert house.kept()["stands_on"] == []
