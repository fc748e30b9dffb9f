"""A digest a month, of what changed at the teams that show it; nothing unasked, nothing twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.advisor import Advisor, Desk
from bot.store import holding
from playground.people import Person
from playground.surfaces import ShownMessage
from tests.journeys.house import House
from tests.journeys.story import aside, changes, modal, posted, shares_quick_path

IN_NOVEMBER = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def led(house: House) -> None:
    house.clock = lambda: IN_NOVEMBER
    house.led_by("U0CLEO")


def at(house: House, when: datetime) -> None:
    """A new process, at that time."""
    house.clock = lambda: when
    house.restart()
    assert house.relay.settle()


def names(lead: Person, channel: str | None, **times: str) -> None:
    """The settings, with this channel for the digest."""
    lead.types("/meshfit settings", in_="payments")
    lead.chooses("digest_channel", channel)
    lead.submits()
    for field, typed in times.items():
        lead.fills(field, typed)
    lead.submits()
    assert "Saved." in modal(lead).all_text
    lead.closes()


def digests(person: Person, in_: str = "platform") -> list[ShownMessage]:
    """Every digest that stands there, oldest first."""
    return [each for each in posted(person, in_) if "what changed at the teams" in each.all_text]


def owed(house: House) -> list[str]:
    """When the next is due."""
    return [r["not_before"][:16] for r in house.kept()["owed"] if r["kind"] == "digest"]


def test_once_a_month_it_tells_what_changed_and_only_that(house: House):
    ana, ben, cleo = (house.slack.person(each) for each in ("ana", "ben", "cleo"))
    shares_quick_path(ana)
    shares_quick_path(ben, "partners", platform_owner="named")
    assert owed(house) == []
    names(cleo, "C0PLATFORM")
    assert owed(house) == ["2026-12-01T09:00"]
    for _ in range(3):  # nothing changed until then, whoever was up when
        at(house, datetime(2026, 12, 1, 9, 1, tzinfo=UTC))
    assert digests(ana) == []
    assert owed(house) == ["2027-01-01T09:00"]
    changes(ana, platform_owner="named")
    at(house, datetime(2027, 1, 2, 12, tzinfo=UTC))  # a Saturday: nobody was up on the day itself
    assert digests(ana) == []
    assert owed(house) == ["2027-01-04T09:00"]
    for minute in (0, 1, 2):
        at(house, datetime(2027, 1, 4, 9, minute, tzinfo=UTC))
    (digest,) = digests(ben)
    assert "Since 20 Nov 2026, as it stands on 4 Jan 2027." in digest.all_text
    assert "<#C0PAYMENTS>: *Pilot first, then decide" in digest.all_text
    assert "was Not yet: nobody would run it" in digest.all_text
    assert "C0PARTNERS" not in digest.all_text
    assert "Nothing like this changed at 1 other team." in digest.all_text
    assert "U0" not in digest.all_text, "nobody is named"
    assert owed(house) == ["2027-02-01T09:00"]
    ana.types("/meshfit leads", in_="payments")
    ana.presses("Stop showing it to them", on=aside(ana))
    changes(ana, platform_owner="none")
    at(house, datetime(2027, 2, 1, 9, tzinfo=UTC))
    (_, second) = digests(ben)
    assert "Since 4 Jan 2027" in second.all_text
    assert "C0PAYMENTS" not in second.all_text, "nothing of who shows it no more"
    assert "1 team closed its decision or shows it no more." in second.all_text


def test_it_is_gone_with_its_channel_and_keeps_the_hours_of_the_workspace(house: House):
    ana, cleo = house.slack.person("ana"), house.slack.person("cleo")
    names(cleo, "C0PLATFORM", time_zone="Pacific/Auckland", work_hours="08:30-16:00")
    assert owed(house) == ["2026-11-30T19:30"]
    names(cleo, "C0PAYMENTS", time_zone="America/Los_Angeles")
    assert owed(house) == ["2026-12-01T16:30"]
    shares_quick_path(ana)
    names(cleo, None)
    assert owed(house) == []
    assert house.kept()["digests"] == house.kept()["digest_teams"] == []
    at(house, datetime(2026, 12, 2, 20, tzinfo=UTC))
    assert digests(ana) == digests(ana, "payments") == []


def test_where_it_may_not_post_who_named_the_channel_hears_so_and_nothing_is_lost(house: House):
    ana, cleo = house.slack.person("ana"), house.slack.person("cleo")
    names(cleo, "C0ELSEWHERE")
    shares_quick_path(ana)
    at(house, datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert "I may not post in <#C0ELSEWHERE>" in cleo.sees("dm")[-1].all_text
    names(cleo, "C0PLATFORM")
    at(house, datetime(2027, 1, 1, 9, tzinfo=UTC))
    (digest,) = digests(ana)
    assert "<#C0PAYMENTS>: *Not yet: nobody would run it*, in no digest before" in digest.all_text


def test_a_process_that_dies_after_it_was_worded_words_it_no_second_time(house: House):
    ana, cleo = house.slack.person("ana"), house.slack.person("cleo")
    names(cleo, "C0PLATFORM")
    shares_quick_path(ana)
    house.relay.end(5)
    december = datetime(2026, 12, 1, 9, tzinfo=UTC)
    desk = Desk(house.store, house.pack, lambda: december)
    advisor = Advisor(desk, house.settings.workplace)
    with house.store.writing() as db:
        due = holding.claim(db, "relay", december, {"digest"}, among=True)
    assert due is not None
    for _ in range(2):
        advisor.digests.word(due)
    assert [r["kind"] for r in house.kept()["owed"] if r["kind"] == "digest_worded"] == [
        "digest_worded"
    ]
    at(house, december)
    assert len(digests(ana)) == 1
    assert owed(house) == ["2027-01-01T09:00"]
