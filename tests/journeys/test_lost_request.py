"""A request that Slack took without saying so, and that was answered before it was sent again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.outbox.posting import Posting
from bot.outbox.refusals import Later
from bot.store.holding import Due
from playground.people import Person
from tests.journeys.house import House
from tests.journeys.life import Life
from tests.journeys.story import card
from tests.journeys.test_actions import day


@pytest.fixture(autouse=True)
def lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the first try nobody learns that it stands there, and the next comes ten minutes later."""
    real = Posting.post

    def post(posting: Posting, due: Due, *args: Any, **more: Any) -> str:
        ts = real(posting, due, *args, **more)
        if due.kind in ("owner_request", "action_asked", "measurer_asked") and due.tries == 1:
            raise Later(600)
        return ts

    monkeypatch.setattr(Posting, "post", post)


def ten_minutes_later(house: House) -> None:
    house.clock = lambda: datetime.now(UTC) + timedelta(seconds=700)
    house.restart()
    assert house.relay.settle()


def thread(person: Person, words: str) -> list[str]:
    """What the card's thread says about this."""
    return [each.all_text for each in card(person).thread if words in each.all_text]


def test_of_an_owner_it_says_in_the_end_who_accepted(house: House):
    house.slack.patient = False
    life = Life(house.slack)
    life.answers_and_shares()
    life.finds_an_owner()
    assert thread(life.ana, "named you as the one") != []
    ten_minutes_later(house)
    assert thread(life.ana, "named you as the one") == []
    assert thread(life.ana, "accepted to own this") == [
        "<@U0CLEO> accepted to own this, with time set aside."
    ]


def test_of_a_line_of_what_to_do_it_says_in_the_end_who_took_it(house: House):
    house.slack.patient = False
    life = Life(house.slack)
    life.due = day(9)
    life.answers_and_shares()
    life.asks_ben_for_the_first_line()
    assert thread(life.ana, "asks whether you do this") != []
    ten_minutes_later(house)
    assert thread(life.ana, "asks whether you do this") == []
    assert len(thread(life.ana, "took this on")) == 1
