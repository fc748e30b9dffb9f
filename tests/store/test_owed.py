"""What is owed: in order, held by one at a time, once, and whatever the clock does."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.store import SqliteStore, holding, migrate, owed
from bot.store.holding import FURTHEST, LEASE, Due
from tests.journeys.story import at_once
from tests.store.conftest import AT, HERE, by

SECOND = timedelta(seconds=1)


@pytest.fixture
def store(path: Path) -> SqliteStore:
    store = migrate(SqliteStore(path))
    store.clock = lambda: AT
    return store


def taken(store: SqliteStore, holder: str = "a", now: datetime = AT) -> Due | None:
    """The next row that a holder gets."""
    with store.noting() as db:
        return holding.claim(db, holder, now, ["slow"], among=False)


def delivered(store: SqliteStore, now: datetime = AT) -> list[str]:
    """The kinds that are delivered one after the other, until nothing is due."""
    kinds = []
    while due := taken(store, now=now):
        kinds.append(due.kind)
        with store.noting() as db:
            holding.done(db, due)
    return kinds


def test_a_line_goes_in_the_order_of_writing_and_one_at_a_time(store: SqliteStore):
    with store.writing() as db:
        for kind in ("one", "two", "three"):
            owed.say(db, HERE, kind, line="card:x")
        owed.say(db, HERE, "aside")
    first, other = taken(store), taken(store, "b")
    assert first
    assert other
    assert {first.kind, other.kind} == {"one", "aside"}
    assert taken(store, "c") is None
    with store.noting() as db:
        holding.done(db, first)
    assert delivered(store) == ["two", "three"]


def test_many_changes_of_a_live_message_are_one_drawing(store: SqliteStore):
    for _ in range(5):
        with store.writing() as db:
            owed.redraw(db, HERE, "card", "x", line="card:x")
            owed.say(db, HERE, "turned", line="card:x")
    assert delivered(store) == ["card", *["turned"] * 5]
    assert delivered(store) == []


def test_what_changes_while_it_is_drawn_is_drawn_again(store: SqliteStore):
    with store.writing() as db:
        owed.redraw(db, HERE, "card", "x", data={"anew": True})
    due = taken(store)
    with store.writing() as db:
        owed.redraw(db, by("U0BEN"), "card", "x")
    with store.noting() as db:
        holding.done(db, due)
    again = taken(store)
    assert again
    assert (again.person, again.data) == ("U0BEN", {})


def test_what_is_due_later_waits_and_holds_up_nobody(store: SqliteStore):
    with store.writing() as db:
        owed.say(db, HERE, "reminder", line="card:x", not_before=AT + timedelta(days=30))
        owed.say(db, HERE, "now", line="card:x")
    assert delivered(store) == ["now"]
    assert delivered(store, AT + timedelta(days=29)) == []
    assert delivered(store, AT + timedelta(days=30)) == ["reminder"]


def test_what_failed_comes_again_and_what_stands_behind_it_waits(store: SqliteStore):
    with store.writing() as db:
        owed.say(db, HERE, "one", line="card:x")
        owed.say(db, HERE, "two", line="card:x")
    due = taken(store)
    with store.noting() as db:
        holding.again(db, due, AT + 5 * SECOND)
    assert delivered(store, AT + 4 * SECOND) == []
    assert delivered(store, AT + 5 * SECOND) == ["one", "two"]


def test_what_a_dead_process_held_falls_to_another_and_the_living_keep_theirs(store: SqliteStore):
    with store.writing() as db:
        owed.say(db, HERE, "one")
    assert taken(store, "dead")
    assert taken(store, "b", AT + LEASE - SECOND) is None
    with store.noting() as db:
        holding.renew(db, "dead", AT + LEASE - SECOND)
    assert taken(store, "b", AT + LEASE) is None
    assert taken(store, "b", AT + 2 * LEASE)


def test_a_clock_that_is_set_back_keeps_nothing_waiting(store: SqliteStore):
    with store.writing() as db:
        owed.say(db, HERE, "held", line="card:x")
        owed.say(db, HERE, "put off", line="card:y")
    later = AT + timedelta(hours=2)
    leased, put_off = taken(store, "dead", later), taken(store, "dead", later)
    assert leased
    assert put_off
    with store.noting() as db:
        holding.again(db, put_off, later + 60 * SECOND)
    assert later > AT + FURTHEST
    assert sorted(delivered(store)) == ["held", "put off"]


def test_a_clock_that_is_behind_another_takes_no_row_from_it(store: SqliteStore):
    with store.writing() as db:
        owed.say(db, HERE, "one")
    assert taken(store, "a", AT + SECOND / 1000)
    assert taken(store, "b", AT) is None
    assert taken(store, "c", AT - 30 * SECOND) is None


def test_of_many_hands_exactly_one_takes_a_row(store: SqliteStore):
    with store.writing() as db:
        owed.say(db, HERE, "one")
    got = at_once([lambda: taken(store)] * 12)
    assert sum(each is not None for each in got) == 1


def test_under_a_name_it_is_owed_once_and_can_be_taken_back(store: SqliteStore):
    with store.writing() as db:
        for _ in range(3):
            owed.say_once(db, HERE, "still", "x:still", not_before=AT + SECOND)
        owed.say_once(db, HERE, "still", "y:still", not_before=AT + SECOND)
        owed.unsay(db, HERE.workspace, "y:still")
    assert delivered(store, AT + SECOND) == ["still"]


def test_an_address_for_answers_is_kept_for_half_an_hour(store: SqliteStore):
    caller = HERE.model_copy(update={"answer_at": "https://hooks.slack.com/x"})
    with store.writing() as db:
        owed.say(db, caller, "answer")
        holding.forget_answers(db, AT + timedelta(minutes=29))
    due = taken(store)
    assert due
    assert due.answer_at
    with store.noting() as db:
        holding.again(db, due, AT)
        holding.forget_answers(db, AT + timedelta(minutes=30))
    due = taken(store)
    assert due
    assert due.answer_at == ""


def test_whoever_writes_something_owed_wakes_the_relay_once_it_is_kept(store: SqliteStore):
    woken = []
    store.wake = lambda: woken.append(len(woken))
    with store.writing() as db:
        db.execute("SELECT 1")
    assert woken == []
    with pytest.raises(ZeroDivisionError):
        fails(store)
    assert woken == []
    with store.writing() as db:
        owed.say(db, HERE, "one")
        assert woken == []
    assert woken == [0]


def fails(store: SqliteStore) -> None:
    """A transaction that owes something and comes to nothing."""
    with store.writing() as db:
        owed.say(db, HERE, "one")
        raise ZeroDivisionError
