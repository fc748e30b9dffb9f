"""The relay: delivers what is due, waits where Slack is ill, tells where it cannot be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.blocks import notice
from bot.outbox.refusals import Barred, Later
from bot.outbox.relay import Kind, Pace, Relay
from bot.store import SqliteStore, migrate, owed
from bot.store.holding import Due
from tests.store.conftest import HERE

PACE = Pace(first=0.01, longest=0.05, look=0.01)


class Running:
    """A relay over a store, and what it delivered."""

    def __init__(self, path: Path) -> None:
        self.store = migrate(SqliteStore(path))
        self.delivered: list[Due] = []
        self.kinds: dict[str, Kind] = {"notice": self.delivered.append, "said": self.said}
        self.slow: dict[str, Kind] = {}
        self.fails: list[Exception] = []
        self.shift = timedelta()

    def said(self, due: Due) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.delivered.append(due)

    def owes(self, *kinds: str, line: str = "") -> None:
        with self.store.writing() as db:
            for each in kinds:
                owed.say(db, HERE, each, line=line)

    def start(self) -> Relay:
        kinds = {**self.kinds, **self.slow}
        self.relay = Relay(self.store, self.now, kinds, frozenset({"file", *self.slow}), PACE)
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


def test_a_failure_of_ours_is_told_with_the_reference_that_is_in_the_log(
    running: Running, caplog: pytest.LogCaptureFixture
):
    running.fails = [ValueError("zwiebelkuchen")]
    running.owes("said")
    assert running.start().settle()
    (told,) = running.delivered
    reference = told.data["message"]["text"].rpartition("reference ")[2].rstrip(".")
    assert f"reference {reference}: said, ValueError" in caplog.text
    assert "zwiebelkuchen" not in caplog.text


def test_after_a_day_it_is_given_up_with_a_word_and_a_line(
    running: Running, caplog: pytest.LogCaptureFixture
):
    running.owes("said")
    running.fails = [Later()] * 1000
    running.shift = timedelta(hours=23)
    relay = running.start()
    assert not relay.settle(0.2)
    assert running.delivered == []
    running.shift = timedelta(hours=24, seconds=1)
    assert relay.settle()
    (told,) = running.delivered
    assert "For a day Slack took nothing" in told.data["message"]["text"]
    assert "gave up after a day: said" in caplog.text


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
