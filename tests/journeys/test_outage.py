"""A minute without Slack in the middle of what people do together: each is seen once afterwards."""

from __future__ import annotations

import pytest

from bot.outbox import posting
from playground.people import Person
from playground.slack import Slack
from playground.surfaces import ShownMessage
from tests.journeys.house import House
from tests.journeys.pilots import plans
from tests.journeys.rounds import EIGHT, answers, invited, opens
from tests.journeys.story import card, modal, posted, reply, shares_quick_path
from tests.journeys.test_actions import day, what_to_do
from tests.journeys.test_nominations import direct
from tests.journeys.test_records import filed
from tests.journeys.test_rollout import rollout

GATEWAY = "Does a service mesh replace an API gateway?"


class Outage:
    """Slack answers nothing, and whoever acts is acknowledged all the same."""

    def __init__(self, house: House) -> None:
        self.house, self.slack = house, house.slack

    def __enter__(self) -> None:
        self.slack.patient = False
        self.slack.illness.lasts(60)

    def __exit__(self, *_: object) -> None:
        assert self.slack.until(lambda: self.slack.illness.met.get("503", 0) > 2)
        assert not self.house.relay.idle()
        self.slack.clock.skip(61)
        assert self.house.relay.settle()
        self.slack.patient = True


def test_what_people_do_together_in_an_outage_of_a_minute_is_seen_once(
    house: House, five: list[Person]
):
    ana, ben, cleo, dora, finn = five
    everything_is_open(*five)
    before = whole(house.slack)
    with Outage(house):
        for person in (ana, ben, cleo, dora):
            answer = person.submits()
            assert answer is not None
            assert answer.ok
            assert person.modal is None
        assert whole(house.slack) == before
    assert [len(invitations(each)) for each in (finn, ben)] == [1, 1]
    assert [len(direct(each)) for each in (finn, cleo)] == [1, 1]
    assert "named you as the one who would run the mesh" in direct(finn)[0].all_text
    assert "approve an exception" in direct(cleo)[0].all_text
    assert "legacy until 1 Jan 2099, *not approved*" in rollout(ana).all_text
    assert card(ana).all_text.count("actions: 1 open") == 1
    assert heard(ana, "I own this") == 1
    assert heard(ana, "*0 of 2 have answered.*") == 1


def everything_is_open(ana: Person, ben: Person, cleo: Person, dora: Person, finn: Person) -> None:
    """Forms that are filled in, one of each."""
    shares_quick_path(ana)
    plans(ana, ben)
    rollout(ana)
    dora.types("/meshfit round", in_="payments")
    dora.chooses("people", [ben, finn])
    ben.presses("Take it", on=what_to_do(ben))
    ben.chooses("due", day(20))
    cleo.presses("Find an owner", on=card(cleo))
    cleo.chooses("owner_user", finn)
    ana.presses("Add an exception", on=rollout(ana))
    ana.fills("service", "legacy")
    ana.fills("reason", "speaks no TLS")
    ana.chooses("approver", cleo)
    ana.fills("ends_on", "2099-01-01")


def whole(slack: Slack) -> list[str]:
    """All that anybody can read."""
    return [
        f"{each.channel} {each.text}" for them in slack.world.messages.values() for each in them
    ]


def invitations(person: Person) -> list[ShownMessage]:
    return [each for each in person.sees("dm") if "Give my answers" in each.buttons]


def heard(person: Person, words: str) -> int:
    """How often the card's thread says this, or offers it."""
    return sum(words in each.all_text or words in each.buttons for each in card(person).thread)


def test_a_word_for_a_record_and_the_last_of_a_round_in_an_outage_count_once(house: House):
    ana, ben, cleo = (house.slack.person(each) for each in ("ana", "ben", "cleo"))
    shares_quick_path(ana)
    opens(ana, ben, cleo)
    answers(ben, invited(ben))
    ana.types("/meshfit record", in_="payments")
    waits = reply(ana, "Confirm")
    cleo.presses("Give my answers", on=invited(cleo))
    with Outage(house):
        assert ana.presses("Confirm", on=waits).ok
        while modal(cleo).submit:
            for question, usual in EIGHT.items():
                if modal(cleo).has(question):
                    cleo.chooses(question, usual)
            cleo.submits()
        assert "Your answers are in." in modal(cleo).all_text
        assert heard(ana, "2 of 2 have answered") == 0
    cleo.dismisses()
    assert "Confirmed by <@U0ANA>" in waits.all_text
    assert [each.files for each in filed(ana)] == [["0001-service-mesh.md"]] * 2
    assert heard(ana, "2 of 2 have answered") == 1


def test_a_slack_that_takes_a_call_and_never_answers_holds_up_that_line_alone(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(posting, "TIMEOUT_S", 600)
    house.restart()
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    slack.patient = False
    slack.illness.ignores_next("chat.postMessage")
    ana.mentions(GATEWAY, in_="payments")
    assert slack.until(lambda: slack.traffic.calls("chat.postMessage"))
    ben.mentions(GATEWAY, in_="payments")
    first, second = (each for each in posted(ana) if GATEWAY in each.message.text)
    assert slack.until(lambda: second.thread)
    assert first.thread == []
    slack.illness.gets_well()
    assert house.relay.settle()
    slack.patient = True
    assert [len(each.thread) for each in posted(ana) if GATEWAY in each.message.text] == [1, 1]
