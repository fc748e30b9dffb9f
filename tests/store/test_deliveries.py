"""A delivery is acted on once: claimed, finished, taken over from a process that died."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import SqliteStore, assessments, deliveries
from bot.store.deliveries import LEASE
from tests.journeys.story import at_once
from tests.store.conftest import AT, HERE, every_row

T = HERE.workspace
LATER = AT + LEASE


def claim(store: SqliteStore, holder: str, now=AT, key: str = "Ev1") -> str:
    with store.noting() as db:
        return deliveries.claim(db, T, key, holder, now)


def test_the_first_claim_wins_and_the_second_stands_back(store: SqliteStore):
    assert claim(store, "a") == "mine"
    assert claim(store, "a") == "busy"
    assert claim(store, "b") == "busy"
    assert claim(store, "b", key="Ev2") == "mine"


def test_what_a_dead_process_began_another_may_finish(store: SqliteStore):
    assert claim(store, "a") == "mine"
    assert claim(store, "b", LATER - timedelta(seconds=1)) == "busy"
    assert claim(store, "b", LATER) == "mine"
    assert claim(store, "a", LATER) == "busy"


def test_a_clock_that_is_set_back_makes_no_claim_last(store: SqliteStore):
    assert claim(store, "a", AT + timedelta(hours=2)) == "mine"
    assert claim(store, "b", AT) == "mine"


def test_a_clock_that_is_behind_another_takes_nothing_from_it(store: SqliteStore):
    assert claim(store, "a", AT + timedelta(milliseconds=1)) == "mine"
    assert claim(store, "b", AT) == "busy"
    assert claim(store, "c", AT - timedelta(seconds=30)) == "busy"


def test_what_was_finished_is_finished_for_every_process(store: SqliteStore):
    claim(store, "a")
    with store.noting() as db:
        deliveries.finish(db, T, "Ev1")
    assert claim(store, "b", LATER) == "done"


def test_claims_are_forgotten_after_slack_has_given_up(store: SqliteStore, path: Path):
    claim(store, "a")
    with store.noting() as db:
        deliveries.forget(db, AT + deliveries.KEEP)
    assert len(every_row(path)["deliveries"]) == 1
    with store.noting() as db:
        deliveries.forget(db, AT + deliveries.KEEP + timedelta(seconds=1))
    assert every_row(path)["deliveries"] == []


def test_of_many_threads_exactly_one_claims(store: SqliteStore):
    got = at_once([lambda: claim(store, "a")] * 16)
    assert sorted(got) == ["busy"] * 15 + ["mine"]


def test_an_act_and_its_end_are_kept_together_or_neither(store: SqliteStore, advisor, path: Path):
    def act(fails: bool) -> None:
        with store.along(lambda db: deliveries.finish(db, T, "Ev1")), store.writing() as db:
            assessments.start(db, HERE, advisor.desk.digest, AT)
            if fails:
                raise ZeroDivisionError

    claim(store, "a")
    with pytest.raises(ZeroDivisionError):
        act(fails=True)
    assert every_row(path)["assessments"] == []
    assert claim(store, "b", LATER) == "mine"
    act(fails=False)
    assert len(every_row(path)["assessments"]) == 1
    assert claim(store, "c", LATER + LEASE) == "done"


def test_an_act_that_keeps_nothing_is_noted_at_its_end(store: SqliteStore):
    claim(store, "a")
    with store.along(lambda db: deliveries.finish(db, T, "Ev1")), store.reading() as db:
        db.execute("SELECT 1")
    assert claim(store, "b", LATER) == "done"


def test_the_note_goes_along_once_and_with_its_own_thread(store: SqliteStore):
    noted = []
    with store.along(lambda _: noted.append(1)):
        at_once([lambda: claim(store, "a", key="other")] * 2)
        assert noted == []
        claim(store, "a")
        claim(store, "a", key="Ev2")
    assert noted == [1]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(("claim", "finish", "wait")))))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_in_no_order_of_events_is_a_delivery_held_by_two(
    store: SqliteStore, steps: list[tuple[str, str]]
):
    key, now, holding, finished = secrets.token_hex(8), AT, "", 0
    for who, step in steps:
        if step == "claim" and claim(store, who, now, key) == "mine":
            assert not finished
            assert not holding
            holding = who
        elif step == "finish" and who == holding:
            with store.noting() as db:
                deliveries.finish(db, T, key)
            finished, holding = finished + 1, ""
        elif step == "wait":
            now, holding = now + LEASE, ""
    assert finished <= 1
