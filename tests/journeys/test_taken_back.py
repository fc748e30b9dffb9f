"""Whose acceptance others take back hears it once; who is left alone reads it in their message."""

from __future__ import annotations

import sqlite3

import pytest

from bot.domain.pack import Pack
from bot.store import nominations
from playground.people import Person
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.pilots import checklist, plans
from tests.journeys.story import named_directly, names_owner, reply, shares_quick_path
from tests.journeys.test_actions import day, takes, what_to_do
from tests.journeys.test_goal_later import YES, runs, shows_later
from tests.journeys.test_nominations import direct, names_for_roles

GONE = "That does not stand any more."


def owner_accepts(slack: Slack, *, alone: bool = False) -> tuple[Person, Person]:
    """Who took that back may be ana; cleo, who accepted, may want no such messages."""
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    names_owner(ana, cleo)
    if alone:
        cleo.presses("Don't ask me this way", on=direct(cleo)[0])
    cleo.presses("I own this", on=direct(cleo)[0])
    return ana, cleo


def test_who_is_left_alone_reads_in_their_message_that_it_was_taken_back(slack: Slack):
    ana, cleo = owner_accepts(slack, alone=True)
    ana.presses("Undo", on=reply(ana, "Undo"))
    (only,) = direct(cleo)
    assert GONE in only.all_text
    assert "I no longer write to you" in only.all_text
    cleo.opens_home()
    cleo.presses("Write to me again", on=cleo.home)
    assert len(direct(cleo)) == 1, "what was settled meanwhile is not told afterwards"


def test_an_action_that_somebody_else_took_is_told_to_whoever_took_it_before(slack: Slack):
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    shares_quick_path(ana)
    takes(ana, owner=cleo, due=day(9))
    request = reply(ana, "I do it")
    cleo.presses("I do it", on=named_directly(cleo, "I do it"))
    ben.presses("Change", on=what_to_do(ben))
    ben.chooses("owner", ben)
    ben.submits()
    assert GONE in request.all_text
    first, second = direct(cleo)
    assert "You took it on in <#C0PAYMENTS>: Find an owner" in first.all_text
    assert first.all_text.endswith(GONE)
    assert second.all_text.startswith(first.all_text)
    assert second.buttons == ["Go to the card"]
    ben.presses("Done", on=what_to_do(ben))
    assert len(direct(cleo)) == 2


def test_who_was_to_measure_a_goal_hears_that_somebody_else_is(slack: Slack, pack: Pack):
    ana, ben = runs(slack, pack)
    ben.presses(YES, on=named_directly(ben, YES))
    before = len(direct(ben))
    shows_later(ana, ana)
    messages = direct(ben)[before:]
    assert ["You accepted to measure the goal" in each.all_text for each in messages] == [True]
    assert GONE in messages[0].all_text
    assert (
        GONE
        in next(e for e in checklist(ana).thread if "accepted to measure" in e.all_text).all_text
    )


def test_whoever_accepted_roles_hears_which_are_not_theirs_any_more(slack: Slack, pack: Pack):
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    plans(ana, ben)
    first, second, *_ = pack.roles
    names_for_roles(ana, **{first: cleo, second: cleo})
    cleo.presses("I accept my roles", on=named_directly(cleo, "I accept my roles"))
    names_for_roles(ana, **{first: ben})
    assert len(direct(cleo)) == 1, "who was asked has not accepted: it is hers until then"
    ben.presses("I accept my roles", on=named_directly(ben, "I accept my roles"))
    accepted, told = direct(cleo)
    assert told.all_text.startswith(accepted.all_text)
    assert accepted.all_text.endswith(f"No longer yours: *{pack.roles[first].title}*.")


def test_a_crash_between_what_is_owed_and_its_mark_tells_it_once(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    ana, cleo = owner_accepts(house.slack)
    marks, update = list[object](), nominations.update

    def dies_at_its_first_mark(*given: object, **changes: object) -> None:
        marks.extend(changes.get("drawn", []) and ["mark"])
        if len(marks) == 1:
            marks.append("died")
            raise sqlite3.OperationalError
        update(*given, **changes)

    monkeypatch.setattr(nominations, "update", dies_at_its_first_mark)
    ana.presses("Undo", on=reply(ana, "Undo"))
    assert house.relay.settle()
    assert "died" in marks
    assert len(direct(cleo)) == 2
