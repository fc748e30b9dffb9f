"""What leads see: only what a team's own people show them, said in the form and in the thread."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from playground.people import Person
from tests.journeys.house import House
from tests.journeys.pilots import plans
from tests.journeys.rounds import opens
from tests.journeys.story import (
    aside,
    card,
    modal,
    names_owner,
    reply,
    shares_quick_path,
    walks_quick_path,
)
from tests.journeys.test_rollout import adds_exception, rollout

pytestmark = pytest.mark.usefixtures("led")


def seen(house: House) -> list[str]:
    """The channels that the leads see."""
    return [row["channel"] for row in house.kept()["shown_to_leads"]]


def threads(person: Person, in_: str = "payments") -> str:
    return " ".join(each.all_text for each in card(person, in_).thread)


def test_who_shares_is_told_who_else_sees_it_and_can_take_it_back(house: House):
    ana, ben, cleo = (house.slack.person(each) for each in ("ana", "ben", "cleo"))
    form = walks_quick_path(ana)
    assert "Your leads, who see what teams show them: <@U0CLEO>." in form.all_text
    ana.submits()
    assert seen(house) == ["C0PAYMENTS"]
    shows = "<@U0ANA> shows this to the leads of the workspace (<@U0CLEO>)."
    assert shows in threads(ben)
    shares_quick_path(ben)
    assert seen(house) == ["C0PAYMENTS"], "who did not touch the tick changed nothing"
    ben.types("/meshfit leads", in_="payments")
    assert "they see this channel's card, as <@U0ANA> said" in aside(ben).all_text
    ben.presses("Stop showing it to them", on=aside(ben))
    assert seen(house) == []
    assert "<@U0BEN> no longer shows this to the leads." in threads(cleo)
    ben.presses("Show it to them", on=aside(ben))
    assert seen(house) == ["C0PAYMENTS"]
    ben.types("/meshfit delete", in_="payments")
    assert "<@U0BEN>" in threads(cleo)


def test_unticked_and_earlier_shares_stay_out_until_somebody_ticks(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    house.led_by()
    assert "leads" not in walks_quick_path(ana).all_text
    ana.submits()
    house.led_by("U0CLEO")
    walks_quick_path(ben)
    assert modal(ben).find("to_leads_tick").element.get("initial_options") is None
    ben.submits()
    assert (ben.modal, seen(house)) == (None, [])
    walks_quick_path(ben)
    ben.chooses("to_leads_tick", ["show"])
    ben.submits()
    assert seen(house) == ["C0PAYMENTS"]
    walks_quick_path(ana, "platform")
    ana.chooses("to_leads_tick", [])
    ana.submits()
    assert seen(house) == ["C0PAYMENTS"]
    assert "leads" not in threads(ana, "platform")
    ana.types("/meshfit assess", in_="dm")
    assert "Your leads" not in modal(ana).all_text


def test_a_new_assessment_of_the_channel_asks_anew(house: House):
    ana = house.slack.person("ana")
    shares_quick_path(ana)
    ana.types("/meshfit assess new", in_="payments")
    ana.presses("Start afresh", on=aside(ana), confirm=True)
    ana.closes()
    walks_quick_path(ana)
    ana.chooses("to_leads_tick", [])
    ana.submits()
    ana.types("/meshfit leads", in_="payments")
    assert "they do not see this channel's card" in aside(ana).all_text


def test_leads_see_where_the_teams_stand_that_show_it(house: House):
    ana, ben, cleo = (house.slack.person(each) for each in ("ana", "ben", "cleo"))
    cleo.types("/meshfit teams", in_="incidents")
    assert "No team shows you where it stands yet." in aside(cleo, "incidents").all_text
    shares_quick_path(ana)
    shares_quick_path(ben, "platform", platform_owner="named")
    walks_quick_path(ana, "partners")
    names_owner(ana, ben)
    ana.types("/meshfit pilot", in_="payments")
    cleo.types("/meshfit teams", in_="incidents")
    alone = aside(cleo, "incidents")
    assert "*2 teams:*" in alone.all_text
    assert "1 of 2: nobody would run it" in alone.all_text
    table = next(each for each in alone.message.blocks if each["type"] == "data_table")
    rows = {row[0]["elements"][0]["elements"][0]["channel_id"]: row for row in table["rows"][1:]}
    assert set(rows) == {"C0PAYMENTS", "C0PLATFORM"}, "nothing of a draft"
    texts = [cell.get("text") for cell in rows["C0PAYMENTS"]]
    assert texts[1] == "Not yet"
    assert "asked, no answer yet" in texts
    assert "named, not accepted here" in [cell.get("text") for cell in rows["C0PLATFORM"]]
    assert "planned" in texts
    assert "not counted" in texts
    cleo.presses("Send me the file (CSV)", on=alone)
    [sheet] = [file for file in house.slack.world.files.values() if file.name.endswith(".csv")]
    lines = sheet.content.decode().splitlines()
    assert [each.split(",")[0] for each in lines] == ["channel", "C0PAYMENTS", "C0PLATFORM"]
    assert "D" in {each[0] for each in sheet.channels}
    cleo.opens_home()
    assert cleo.home
    assert "*Teams you lead*" in cleo.home.all_text
    assert "<#C0PLATFORM>: *Pilot first" in cleo.home.all_text
    assert " · owner: asked, no answer yet · pilot planned · " in cleo.home.all_text
    assert " · owner: named, not accepted here" in cleo.home.all_text
    ana.types("/meshfit leads", in_="payments")
    ana.presses("Stop showing it to them", on=aside(ana))
    cleo.opens_home()
    assert "C0PAYMENTS" not in cleo.home.all_text


def what_is_next(person: Person) -> str:
    """Of the one team, as a lead's table says it."""
    person.types("/meshfit teams", in_="incidents")
    blocks = aside(person, "incidents").message.blocks
    head, row = next(each["rows"] for each in blocks if each["type"] == "data_table")
    at = [each["text"] for each in head].index("Next")
    return str(row[at].get("text", ""))


def test_what_is_next_is_the_nearest_of_all_days_and_goes_once_it_is_settled(house: House):
    ana, ben, cleo = (house.slack.person(each) for each in ("ana", "ben", "cleo"))
    today = house.clock().date()
    shares_quick_path(ana)
    look = what_is_next(cleo)
    assert look.endswith(" look again")
    plans(ana, ben)
    adds_exception(ana, ben, str(today + timedelta(20)))
    assert what_is_next(cleo) == f"{today + timedelta(20)} an exception ends"
    opens(ana, ben, until=str(today + timedelta(9)))
    assert what_is_next(cleo) == f"{today + timedelta(9)} a round closes"
    ana.presses("Close now", on=reply(ana, "Close now"), confirm=True)
    assert what_is_next(cleo) == f"{today + timedelta(20)} an exception ends"
    house.clock = lambda: datetime.now(UTC) + timedelta(21)
    house.restart()
    assert what_is_next(cleo) == f"{today + timedelta(20)} an exception ends", "past, not settled"
    ana.presses("It is over", on=rollout(ana))
    assert what_is_next(cleo) == look


def test_nobody_else_sees_them(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    shares_quick_path(ana)
    ben.types("/meshfit teams", in_="payments")
    aside_text = aside(ben).all_text
    assert aside_text == "What teams show to their leads is for <@U0CLEO> (a lead)."
    ben.opens_home()
    assert ben.home
    assert "Teams you lead" not in ben.home.all_text


def names_group(house: House, group: str) -> Person:
    """A lead names a user group in the settings."""
    cleo = house.slack.person("cleo")
    cleo.types("/meshfit settings", in_="payments")
    cleo.fills("lead_group", group)
    cleo.submits()
    return cleo


def test_a_user_group_leads_where_slack_may_tell_who_is_in_it(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    house.slack.world.groups["S0LEADS"] = ["U0BEN"]
    cleo = names_group(house, "leads")
    assert cleo.errors["lead_group"] == "Needs the ID of a user group, such as S0614TZR7."
    cleo.fills("lead_group", "S0LEADS")
    cleo.submits()
    cleo.closes()
    shares_quick_path(ana)
    ben.types("/meshfit teams", in_="partners")
    assert "*1 team:*" in aside(ben, "partners").all_text
    house.slack.world.groups["S0LEADS"] = ["U0ANA"]
    house.clock = lambda: datetime.now(UTC) + timedelta(days=1, minutes=1)
    house.restart()
    assert house.relay.settle()
    ben.types("/meshfit teams", in_="partners")
    assert "is for <@U0ANA> (a lead) and <@U0CLEO> (a lead)" in aside(ben, "partners").all_text
    names_group(house, "").closes()
    assert house.kept()["lead_group_people"] == []
    assert not [each for each in cleo.sees("dm") if "user group" in each.all_text]


@pytest.mark.parametrize(
    ("withheld", "why"),
    [
        (("usergroups:read",), "whoever installed me left out the scope `usergroups:read`"),
        ((), "there is no such user group here"),
    ],
)
def test_who_names_a_group_that_cannot_be_read_is_told_once(
    house: House, withheld: tuple[str, ...], why: str
):
    house.slack.withhold(*withheld)
    cleo = names_group(house, "S0NOBODY")
    lines = [each.all_text for each in cleo.sees("dm") if "user group" in each.all_text]
    assert len(lines) == 1
    assert why in lines[0]
    house.clock = lambda: datetime.now(UTC) + timedelta(days=1, minutes=1)
    house.restart()
    assert house.relay.settle()
    assert len([each for each in cleo.sees("dm") if "user group" in each.all_text]) == 1
