"""Questions as they were asked: which of a thread came last is an order of writing."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.team import Asked
from bot.store import SqliteStore, asked
from tests.store.conftest import AT, HERE

THREAD = "1764150000.000100"


def question(entry: str | None, hours: int, thread: str = THREAD) -> Asked:
    tier = "sure" if entry else "none"
    return Asked(
        **HERE.model_dump(include={"workspace", "channel", "user"}),
        id="",
        text="?",
        tier=tier,
        entry=entry,
        at=AT + timedelta(hours=hours),
        thread=thread,
    )


def test_the_question_written_last_is_the_last_though_the_clock_was_set_back(store: SqliteStore):
    with store.writing() as db:
        assert asked.latest(db, HERE, THREAD) == []
        asked.note(db, question("joining-jobs", hours=2))
        kept = asked.note(db, question("joining-restarts", hours=0))
        asked.note(db, question("joining-502", hours=5, thread="another"))
    with store.reading() as db:
        assert asked.latest(db, HERE, THREAD) == [
            ("?", "joining-restarts"),
            ("?", "joining-jobs"),
        ]
        assert asked.by_id(db, HERE, kept.id) == kept


def test_few_of_the_latest_tell_what_a_thread_is_about(store: SqliteStore):
    with store.writing() as db:
        for at in range(asked.FOLLOWED + 2):
            asked.note(db, question("joining-jobs" if at == 1 else None, hours=at))
    with store.reading() as db:
        assert asked.latest(db, HERE, THREAD) == [("?", None)] * asked.FOLLOWED
