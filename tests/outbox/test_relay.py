"""The relay: delivers what is due, waits where Slack is ill, tells where it cannot be."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import build_app
from bot.blocks import notice
from bot.outbox import access
from bot.outbox.refusals import Barred, Later, Withdrawn
from bot.outbox.relay import Kind, Pace, Relay
from bot.settings import Settings
from bot.store import SqliteStore, holding, migrate, owed
from bot.store.engine.sqlite import SqliteDatabase
from bot.store.holding import Due
from tests.shipped import SHIPPED
from tests.store.conftest import HERE

PACE = Pace(first=0.01, longest=0.05, look=0.01)


class Looking(SqliteStore):
    """A store that counts how often somebody looks for what is due."""

    looks = 0

    @contextmanager
    def noting(self) -> Iterator[SqliteDatabase]:
        self.looks += 1
        with super().noting() as db:
            yield db


class LateTurns(SqliteStore):
    """A store at which whoever notes waits for their turn."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.waits, self.turns = threading.Event(), threading.Event()

    @contextmanager
    def noting(self) -> Iterator[SqliteDatabase]:
        self.waits.set()
        assert self.turns.wait(10)
        with super().noting() as db:
            yield db


class Running:
    """A relay over a store, and what it delivered."""

    def __init__(self, path: Path) -> None:
        self.store = migrate(SqliteStore(path))
        self.delivered: list[Due] = []
        self.kinds: dict[str, Kind] = {"notice": self.delivered.append, "said": self.said}
        self.slow: dict[str, Kind] = {}
        self.fails: list[Exception] = []
        self.shift = timedelta()
        self.pace = PACE

    def said(self, due: Due) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.delivered.append(due)

    def owes(self, *kinds: str, line: str = "", channel: str = HERE.channel) -> None:
        with self.store.writing() as db:
            for each in kinds:
                owed.say(db, HERE.model_copy(update={"channel": channel}), each, line=line)

    def start(self) -> Relay:
        kinds = {**self.kinds, **self.slow}
        self.relay = Relay(self.store, self.now, kinds, frozenset({"file", *self.slow}), self.pace)
        self.relay.start()
        return self.relay

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path / "meshfit.db")
    yield running
    assert running.relay.end(10)


def test_what_was_owed_before_it_began_is_delivered(running: Running):
    running.owes("said", "said")
    assert running.start().settle()
    assert [each.kind for each in running.delivered] == ["said", "said"]
    running.owes("said")
    assert running.relay.settle()
    assert len(running.delivered) == 3


def test_with_nothing_due_its_hands_rest(tmp_path: Path):
    running = Running(tmp_path / "meshfit.db")
    running.store = store = migrate(Looking(tmp_path / "meshfit.db"))
    running.pace = Pace(look=60)
    running.owes("said")
    assert running.start().settle()
    before = store.looks
    time.sleep(0.3)
    assert store.looks - before < 20
    assert running.relay.end(10)


def test_where_slack_is_ill_it_is_tried_again_in_order_under_the_same_id(running: Running):
    seen = []

    def fails_twice(due: Due) -> None:
        seen.append(due.message_id)
        if len(seen) < 3:
            raise Later(0.01 if len(seen) == 1 else None)
        running.delivered.append(due)

    running.kinds["first"] = fails_twice
    running.owes("first", "said", line="card:x")
    assert running.start().settle()
    assert [each.kind for each in running.delivered] == ["first", "said"]
    assert len(seen) == 3
    assert len(set(seen)) == 1


def test_what_slack_refuses_is_told_to_the_person_and_holds_up_nobody(running: Running):
    running.fails = [Barred("C0PAYMENTS", "is_archived")]
    running.owes("said", "said", line="card:x")
    assert running.start().settle()
    told, said = sorted(running.delivered, key=lambda each: each.kind)
    assert said.kind == "said"
    assert told.person == HERE.user
    assert told.data["message"] == notice.barred("C0PAYMENTS", "is_archived")


def test_where_access_is_gone_it_waits_and_whoever_pressed_is_told_once(running: Running):
    told: list[Due] = []
    running.kinds["answer"] = told.append
    running.fails = [Withdrawn(), Withdrawn()]
    with running.store.writing() as db:
        owed.say(db, HERE.model_copy(update={"answer_at": "https://hooks.slack.com/1"}), "said")
    assert running.start().settle()
    assert [each.kind for each in running.delivered] == ["said"]
    assert [each.data["message"]["text"] for each in told] == [access.SAID]


def test_what_another_gave_up_meanwhile_is_not_told_of_again(running: Running):
    def late(due: Due) -> None:
        with running.store.noting() as db:
            assert holding.done(db, due)
        raise Barred("C0PAYMENTS", "is_archived")

    running.kinds["late"] = late
    running.owes("late")
    assert running.start().settle()
    assert running.delivered == []


def test_a_failure_of_ours_is_told_with_the_reference_that_is_in_the_log(
    running: Running, caplog: pytest.LogCaptureFixture
):
    running.fails = [ValueError("zwiebelkuchen")]
    running.owes("said")
    assert running.start().settle()
    (due,) = running.delivered
    reference = due.data["message"]["text"].rpartition("reference ")[2].rstrip(".")
    assert f"reference {reference}: said, ValueError" in caplog.text
    assert "zwiebelkuchen" not in caplog.text


def test_what_lay_for_days_before_its_first_try_is_tried_for_a_day_from_then(running: Running):
    running.owes("said")
    running.fails = [Later()] * 3
    running.shift = timedelta(days=3)
    assert running.start().settle()
    assert [each.kind for each in running.delivered] == ["said"]
    assert running.delivered[0].tries == 4


@pytest.mark.parametrize(
    ("channel", "where"),
    [("C0PAYMENTS", "in <#C0PAYMENTS>,"), ("", "to you here,"), ("D0ANA", "to you here,")],
)
def test_after_a_day_it_is_given_up_with_a_word_and_a_line(
    running: Running, caplog: pytest.LogCaptureFixture, channel: str, where: str
):
    running.owes("said", channel=channel)
    running.fails = [Later()] * 1000
    running.shift = timedelta(hours=23)
    relay = running.start()
    assert not relay.settle(0.2)
    assert running.delivered == []
    running.shift = timedelta(hours=24, seconds=1)
    assert relay.settle()
    (due,) = running.delivered
    assert (
        f"For a day Slack took nothing of what I had to say {where}"
        in (due.data["message"]["text"])
    )
    assert "gave up after a day: said" in caplog.text


@pytest.mark.parametrize("kind", sorted(owed.LASTING))
def test_what_a_promise_rests_on_is_never_given_up(running: Running, kind: str):
    running.kinds[kind] = running.said
    running.owes(kind)
    running.fails = [Withdrawn()] * 1000
    relay = running.start()
    for days in (1, 2, 3):
        assert not relay.settle(0.1)
        running.shift = timedelta(days=days, seconds=1)
    running.fails.clear()
    assert relay.settle()
    assert [each.kind for each in running.delivered] == [kind]


def test_slow_work_holds_up_nothing_quick(running: Running):
    go_on = threading.Event()
    running.slow["file"] = lambda _: go_on.wait(60) and None
    running.owes("file", "file", "said")
    relay = running.start()
    assert not relay.settle(0.1)
    assert [each.kind for each in running.delivered] == ["said"]
    go_on.set()
    assert relay.settle()


def test_two_relays_on_one_file_share_the_rows(running: Running):
    other = Running(running.store.path)
    running.start()
    other.start()
    for _ in range(20):
        running.owes("said")
        other.owes("said")
    assert running.relay.settle()
    assert other.relay.end(10)
    ids = [each.id for each in (*running.delivered, *other.delivered)]
    assert len(ids) == len(set(ids)) == 40


def test_at_the_end_a_hand_finishes_what_it_holds_and_the_rest_waits(running: Running):
    go_on, begun = threading.Event(), threading.Event()

    def holds(due: Due) -> None:
        begun.set()
        go_on.wait(60)
        running.delivered.append(due)

    running.kinds["held"] = holds
    running.owes("held", "said", line="card:x")
    relay = running.start()
    assert begun.wait(10)
    assert not relay.end(0.01)
    go_on.set()
    assert relay.end(10)
    assert [each.kind for each in running.delivered] == ["held"]
    assert running.start().settle()
    assert [each.kind for each in running.delivered] == ["held", "said"]


def test_a_hand_whose_turn_comes_after_the_end_takes_nothing(tmp_path: Path):
    running = Running(tmp_path / "meshfit.db")
    running.store = store = migrate(LateTurns(tmp_path / "meshfit.db"))
    running.owes("said")
    relay = running.start()
    assert store.waits.wait(10)
    assert not relay.end(0)
    store.turns.set()
    assert relay.end(10)
    assert running.delivered == []


def test_every_kind_that_can_be_brought_in_is_delivered_by_something(tmp_path: Path):
    settings = Settings(db=tmp_path / "kinds.db", slack_bot_token="xoxb-none")
    assert set(build_app(settings, SHIPPED).relay.kinds) == owed.KINDS
