"""The settings of a workspace: who may change them, what they change, and what they refuse."""

from __future__ import annotations

from datetime import time

import pytest
from pydantic import ValidationError

from bot.advisor import Advisor, Desk
from bot.domain.model.workplace import Workplace
from bot.domain.team import Caller
from bot.settings import Settings
from bot.store.installations import keep
from playground.people import Person
from tests.journeys.house import House
from tests.journeys.story import aside, at_once, modal
from tests.store.test_scope import INSTALLED


@pytest.fixture(autouse=True)
def led(house: House) -> None:
    house.led_by("U0CLEO")


def holds(house: House) -> Workplace:
    desk = Desk(house.store, house.pack)
    return Advisor(desk, house.settings.workplace).workplaces.here("T0HARBOUR")


def opens(person: Person) -> None:
    person.opens_home()
    assert person.home
    person.presses("Settings", on=person.home)


def test_a_lead_changes_them_in_two_steps_and_they_hold_at_once(house: House):
    ana, ben, cleo = (house.slack.person(each) for each in ("ana", "ben", "cleo"))
    opens(cleo)
    cleo.chooses("leads", [ana])
    cleo.chooses("pack_owners", [ben])
    cleo.chooses("digest_channel", "C0PLATFORM")
    cleo.fills("github", "git.example/payments")
    cleo.submits()
    assert "Needs the address of a project" in cleo.errors["github"]
    for odd in (
        "https://../../..",
        "https://git.example/../payments",
        "https://git.example/harbour/..",
        "https://-git.example/harbour/payments",
        "https://git..example/harbour/payments",
        "https://git.example:/harbour/payments",
    ):
        cleo.fills("github", odd)
        cleo.submits()
        assert "Needs the address of a project" in cleo.errors["github"], odd
    for port in ("0", "99999", "65536"):
        cleo.fills("github", f"https://git.example:{port}/harbour/payments")
        cleo.submits()
        assert f"Has port {port}, and ports" in cleo.errors["github"]
    cleo.fills("github", "https://git.example/harbour/payments.git/")
    cleo.submits()
    cleo.chooses("work_days", ["Mon", "Sun"])
    for field, wrong, why in (
        ("time_zone", "Berlin", "is no time zone, such as Europe/Berlin"),
        ("work_hours", "17:00-09:00", "ends before it begins"),
        ("work_hours", "nine to five", "is no span of hours, such as 09:00-17:00"),
        ("work_hours", "0\u0669:00-17:00", "is no span of hours"),
        ("acts", "1001", "At most 1,000: whoever runs meshfit set that."),
        ("acts", "3", "At least 20: with fewer nobody could come back to change this."),
        ("retention_days", "999999", "Is a number from 1 to 36,500."),
    ):
        cleo.fills(field, wrong)
        cleo.submits()
        assert why in cleo.errors[field]
        cleo.fills(field, None)
    cleo.fills("time_zone", "Pacific/Auckland")
    cleo.fills("work_hours", "8:30-24:00")
    cleo.fills("retention_days", "40")
    cleo.fills("acts", "20")
    cleo.submits()
    assert "Saved. Working hours: Mon, Sun, 08:30-24:00, Pacific/Auckland." in modal(cleo).all_text
    house.restart()
    now = holds(house)
    assert now.leads == {"U0ANA", "U0CLEO"}
    assert now.pack_owners == {"U0ANA", "U0BEN"}
    assert (now.digest_channel, now.time_zone) == ("C0PLATFORM", "Pacific/Auckland")
    assert now.trackers == {"GitHub": "https://git.example/harbour/payments"}
    assert (now.work_days, now.work_from, now.work_until) == ((0, 6), time(8, 30), time.max)
    assert (now.retention_days, now.acts, now.channel_acts) == (40, 20, 5000)
    ben.types("/meshfit questions-missed", in_="payments")
    assert "Nothing was missed" in aside(ben).all_text
    for _ in range(20):
        ben.types("/meshfit help", in_="payments")
    assert "You asked 20 things of me today" in aside(ben).all_text
    ana.types("/meshfit settings", in_="payments")
    assert "Last saved by <@U0CLEO>" in modal(ana).all_text


def test_who_may_not_is_told_who_may_and_the_installer_may(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    ben.opens_home()
    assert ben.home
    assert "Settings" not in ben.home.buttons
    house.led_by()
    ben.types("/meshfit settings", in_="payments")
    aside_text = aside(ben).all_text
    assert "for whoever installed meshfit here, and for leads" in aside_text
    assert "U0BEN" in aside_text
    with house.store.writing() as db:
        keep(db, INSTALLED.model_copy(update={"workspace": "T0HARBOUR", "by": "U0ANA"}))
    house.led_by("U0CLEO")
    ben.types("/meshfit settings", in_="payments")
    who = "is for <@U0ANA> (installed meshfit) and <@U0CLEO> (a lead)."
    assert aside(ben).all_text == f"To see or change the settings of this workspace {who}"
    opens(ana)
    assert modal(ana).title == "Settings"


def test_two_forms_undo_nothing_of_each_other(house: House):
    ana, cleo = house.slack.person("ana"), house.slack.person("cleo")
    opens(cleo)
    cleo.chooses("leads", [ana])
    cleo.submits()
    cleo.closes()
    opens(cleo)
    opens(ana)
    ana.fills("gitlab", "https://git.example/a/b")
    cleo.chooses("digest_channel", "C0PAYMENTS")
    at_once([ana.submits, cleo.submits])
    assert holds(house).trackers == {"GitLab": "https://git.example/a/b"}
    assert holds(house).digest_channel == "C0PAYMENTS"
    for each in (ana, cleo):
        each.closes()
        opens(each)
    ana.chooses("digest_channel", "C0PLATFORM")
    ana.submits()
    cleo.chooses("digest_channel", None)
    cleo.submits()
    assert "where the monthly digest goes: now C0PLATFORM (<@U0ANA>)" in modal(cleo).all_text
    assert holds(house).digest_channel == "C0PLATFORM"


def test_a_form_left_open_is_refused_by_the_name_of_who_saved_that_field(house: House):
    """Not of whoever saved anything last, though it be the same person in another window."""
    ana, ben, cleo = (house.slack.person(each) for each in ("ana", "ben", "cleo"))
    opens(cleo)
    cleo.chooses("leads", [ana, ben])
    cleo.submits()
    cleo.closes()
    opens(ana)
    opens(ben)
    ben.chooses("digest_channel", "C0PLATFORM")
    ben.submits()
    here = Caller(workspace="T0HARBOUR", channel="", user="U0ANA")
    desk = Desk(house.store, house.pack)
    window = Advisor(desk, house.settings.workplace).workplaces
    marks, project = window.open(here).marks, {"github": "https://git.example/a/b"}
    window.choose(here, project, frozenset(project), marks)
    ana.chooses("digest_channel", "C0PAYMENTS")
    ana.submits()
    assert "where the monthly digest goes: now C0PLATFORM (<@U0BEN>)" in modal(ana).all_text
    assert holds(house).digest_channel == "C0PLATFORM"
    window.choose(here, project, frozenset(project), {})


def test_the_environment_names_leads_of_one_workspace_or_of_many():
    one = Settings(MESHFIT_LEADS="U0ANA, T01:U0BEN,T02:U0CLEO", slack_bot_token="xoxb-1")
    assert one.workplace("T01").leads == {"U0ANA", "U0BEN"}
    for wrong in (
        {"MESHFIT_LEADS": "@ana"},
        {"MESHFIT_LEADS": "U0ANA", "slack_client_id": "1"},
        {"MESHFIT_TIME_ZONE": "Berlin"},
        {"MESHFIT_WORKING_DAYS": "Mon,Fryday"},
        {"MESHFIT_WORKING_HOURS": "9 to 5"},
    ):
        with pytest.raises(ValidationError):
            Settings(**wrong)


def test_a_limit_that_was_saved_holds_at_the_next_act(house: House):
    places = Advisor(Desk(house.store, house.pack), house.settings.workplace).workplaces
    cleo = Caller(workspace="T0HARBOUR", channel="C0PAYMENTS", user="U0CLEO")
    assert places.lately("T0HARBOUR").acts == 1000
    places.choose(cleo, {"acts": 20}, frozenset({"acts"}), places.open(cleo).marks)
    assert places.lately("T0HARBOUR").acts == 20
