"""One person or one channel that asks too much is told so, once where nobody waits."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from slack_bolt import BoltContext, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.advisor.counted_acts import CountedActs
from bot.advisor.desk import Desk
from bot.domain.model.workplace import Workplace
from bot.errors import Refused
from bot.listeners.limits import Limits
from bot.store import SqliteStore, migrate
from tests.journeys.house import House
from tests.journeys.story import aside, card, modal, posted, shares_quick_path, starts
from tests.shipped import SHIPPED
from tests.store.conftest import every_row


def narrowed(house: House, **limits: int) -> House:
    house.settings = house.settings.model_copy(update=limits)
    house.restart()
    return house


def test_a_person_who_asks_too_much_is_told_until_tomorrow(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    narrowed(house, acts=3)
    for _ in range(3):
        ana.types("/meshfit help", in_="payments")
    ana.types("/meshfit help", in_="payments")
    assert "You asked 3 things of me today" in aside(ana).all_text
    ana.types("/meshfit pilot", in_="payments")
    assert posted(ana) == []
    ben.types("/meshfit help", in_="payments")
    assert "You asked" not in aside(ben).all_text
    house.restart()
    ana.types("/meshfit pilot", in_="payments")
    assert posted(ana) == []
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    house.clock = lambda: tomorrow
    house.restart()
    ana.types("/meshfit pilot", in_="payments")
    assert len(posted(ana)) == 1


def test_processes_count_together_and_tell_once(tmp_path: Path):
    """Two on one database: together no more than is allowed, give or take a hundredth each."""
    path, now = tmp_path / "both.db", datetime(2026, 11, 29, 9, tzinfo=UTC)
    migrate(SqliteStore(path))
    desks = [Desk(SqliteStore(path), SHIPPED) for _ in range(2)]
    for each in desks:
        each.clock = lambda: now
    both = [Limits(lambda _: Workplace(acts=500), CountedActs(each)) for each in desks]
    context = BoltContext(installation="T0", actor_user_id="U0", channel_id="C0")
    taken, told, on = 0, 0, BoltResponse(status=201)
    for at in range(800):
        try:
            body = {"event": {"type": "message"}}
            taken += both[at % 2].middleware(body, context, lambda: on).status == on.status
        except Refused:
            told += 1
    assert 490 <= taken <= 510
    assert told == 1


def test_a_person_and_a_channel_are_counted_in_one_transaction(tmp_path: Path):
    path, kinds = tmp_path / "counted.db", list[str]()
    migrate(SqliteStore(path))
    desk = Desk(SqliteStore(path), SHIPPED)
    desk.store.timed = lambda kind, _: kinds.append(kind)
    limits = Limits(lambda _: Workplace(acts=2), CountedActs(desk))
    context = BoltContext(installation="T0", actor_user_id="U0", channel_id="C0")
    for _ in range(2):
        assert limits.middleware({"command": "/meshfit"}, context, lambda: "on") == "on"
    assert kinds == ["noting", "noting"]


def test_who_may_not_act_uses_up_nobodys_acts(tmp_path: Path):
    store = migrate(SqliteStore(tmp_path / "counted.db"))
    counts = CountedActs(Desk(store, SHIPPED))
    limits = Limits(lambda _: Workplace(), counts)
    home = AuthorizeResult(enterprise_id=None, team_id="T0", bot_token="xoxb-x")
    for team, counted in (("T1", 0), ("T0", 2)):
        context = BoltContext(
            installation="T0", actor_user_id="U0", channel_id="C0", authorize_result=home
        )
        with store.noting() as db:
            limits.count(partial(counts.add, db), {"command": "/meshfit", "team_id": team}, context)
        assert len(every_row(tmp_path / "counted.db")["deliveries"]) == counted


class Ill(SqliteStore):
    def noting(self):
        raise sqlite3.OperationalError("disk I/O error")


def test_a_store_that_is_ill_stops_nobody_within_the_limit(tmp_path: Path):
    path = tmp_path / "ill.db"
    migrate(SqliteStore(path))
    limits = Limits(lambda _: Workplace(acts=2), CountedActs(Desk(Ill(path), SHIPPED)))
    context = BoltContext(installation="T0", actor_user_id="U0")
    for _ in range(2):
        assert limits.middleware({"command": "/meshfit"}, context, lambda: "on") == "on"
    with pytest.raises(Refused):
        limits.middleware({"command": "/meshfit"}, context, lambda: "on")


def test_a_form_over_the_limit_keeps_what_was_typed(house: House):
    ana = house.slack.person("ana")
    narrowed(house, acts=1)
    starts(ana)
    ana.chooses("zero_trust", "yes")
    ana.submits(unchecked=True)
    assert "You asked 1 thing of me" in modal(ana).all_text
    ana.closes()
    assert modal(ana).value("zero_trust") == "yes"


@pytest.mark.parametrize("way", ["dm", "mention"])
def test_messages_over_the_limit_are_answered_once(house: House, way: str):
    ana = house.slack.person("ana")
    narrowed(house, acts=1)
    for _ in range(5):
        if way == "dm":
            ana.dms("hello")
        else:
            ana.mentions("hello", in_="payments")
    lines = [each.all_text for seen in ana.sees("dm") for each in (seen, *seen.thread)]
    assert sum("You asked" in each for each in lines) == 1


def test_a_channel_has_a_limit_of_its_own(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    shares_quick_path(ana)
    narrowed(house, channel_acts=2)
    ana.presses("Why", on=card(ana))
    ben.presses("Why", on=card(ben))
    ben.types("/meshfit why", in_="payments")
    assert "This channel asked 2 things" in aside(ben).all_text
    ben.types("/meshfit help", in_="platform")
    assert "This channel" not in aside(ben, "platform").all_text
