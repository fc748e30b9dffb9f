"""A delivery is acted on once: claimed, finished, taken over from a process that died."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import SqliteStore, deliveries
from tests.journeys.story import at_once
from tests.store.conftest import AT, held


def test_the_first_claim_wins_and_the_second_stands_back(store: SqliteStore):
    with store.writing() as db:
        assert deliveries.claim(db, "Ev1", "boot-a", AT)
        assert not deliveries.claim(db, "Ev1", "boot-a", AT)
        assert deliveries.claim(db, "Ev2", "boot-a", AT)


def test_what_a_dead_process_began_another_may_finish(store: SqliteStore):
    with store.writing() as db:
        assert deliveries.claim(db, "Ev1", "boot-a", AT)
    with store.writing() as db:
        assert deliveries.claim(db, "Ev1", "boot-b", AT)
        assert not deliveries.claim(db, "Ev1", "boot-b", AT)


def test_what_was_finished_is_finished_for_every_process(store: SqliteStore):
    with store.writing() as db:
        deliveries.claim(db, "Ev1", "boot-a", AT)
        deliveries.finish(db, "Ev1")
    with store.writing() as db:
        assert not deliveries.claim(db, "Ev1", "boot-b", AT)


def test_claims_are_forgotten_after_slack_has_given_up(store: SqliteStore, path: Path):
    with store.writing() as db:
        deliveries.claim(db, "Ev1", "boot-a", AT)
        deliveries.finish(db, "Ev1")
        assert not deliveries.claim(db, "Ev1", "boot-b", AT + deliveries.KEEP)
        later = AT + deliveries.KEEP + timedelta(seconds=1)
        assert deliveries.claim(db, "Ev2", "boot-b", later)
    assert [row[0] for row in held(path)["deliveries"]] == ["Ev2"]


def test_of_many_threads_exactly_one_claims(store: SqliteStore):
    def claim() -> bool:
        with store.writing() as db:
            return deliveries.claim(db, "Ev1", "boot-a", AT)

    assert sorted(at_once([claim] * 16)) == [False] * 15 + [True]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(("claim", "finish", "crash")))))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_in_no_order_of_events_is_a_delivery_finished_twice(
    store: SqliteStore, steps: list[tuple[str, str]]
):
    key, boots, holding, finished = secrets.token_hex(8), {"a": 0, "b": 0}, "", 0
    for who, step in steps:
        boot = f"{key}{who}{boots[who]}"
        with store.writing() as db:
            if step == "claim" and deliveries.claim(db, key, boot, AT):
                assert not finished
                assert boot != holding
                holding = boot
            elif step == "finish" and boot == holding:
                deliveries.finish(db, key)
                finished, holding = finished + 1, ""
            elif step == "crash":
                boots[who] += 1
    assert finished <= 1
