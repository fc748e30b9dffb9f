"""What happens to a reminder between the moment it is worded and the moment it is noted as told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.advisor import Advisor
from bot.domain.dates.model import DueNotice, Thing
from bot.domain.rounds.model import ToAsk
from bot.store import SqliteStore, migrate, reminders
from bot.store.engine.sqlite import SqliteDatabase
from bot.store.schema import migrations
from tests.store.conftest import HERE, HOLD, NEED, by

MONDAY = datetime(2026, 11, 30, 10, tzinfo=UTC)


@pytest.fixture
def look(advisor: Advisor) -> Thing:
    """The day on which a shared decision is to be looked at again; whoever shared it said yes."""
    at(advisor, MONDAY)
    for page in (NEED, HOLD):
        advisor.checklist.save(HERE, "need", page)
    shared = advisor.teams.share(HERE, {})
    thing = Thing(kind="look", subject=shared.standing.assessment.id)
    advisor.reminding.say_yes(HERE, thing)
    return thing


def at(advisor: Advisor, when: datetime) -> None:
    advisor.desk.clock = advisor.desk.store.clock = lambda: when


def name_owed(advisor: Advisor, thing: Thing) -> str:
    """Under which name the outbox holds it, where it does."""
    with advisor.desk.store.reading() as db:
        reminder = reminders.of(db, HERE.workspace, HERE.user, thing)
        names = {row["id"] for row in db.query("SELECT id FROM owed WHERE kind = 'reminder'")}
    assert reminder
    assert names == ({reminder.owed} if reminder.owed else set()), "no row without its reminder"
    return reminder.owed


def worded(advisor: Advisor, thing: Thing) -> DueNotice:
    """Its day has come, and it is being posted."""
    at(advisor, datetime(2027, 3, 1, 9, tzinfo=UTC))
    name = name_owed(advisor, thing)
    notice = advisor.reminding.to_tell(HERE.workspace, HERE.user, thing, name)
    assert notice
    return notice


def test_snoozed_before_it_was_noted_as_told_it_comes_in_a_week(advisor: Advisor, look: Thing):
    notice = worded(advisor, look)
    advisor.reminding.snooze(HERE, look)
    advisor.reminding.was_told(HERE.workspace, notice, reached=True)
    assert name_owed(advisor, look).endswith("@20270308090000")


def test_moved_before_it_was_noted_as_told_it_comes_on_its_new_day(advisor: Advisor, look: Thing):
    notice = worded(advisor, look)
    advisor.teams.confirm(by("U0BEN"))
    advisor.reminding.follow(HERE.workspace, look.subject)
    advisor.reminding.was_told(HERE.workspace, notice, reached=True)
    assert name_owed(advisor, look).endswith("@20270531090000")


@pytest.mark.parametrize("ends", ["stop", "done", "close"])
def test_ended_before_it_was_noted_as_told_it_comes_no_more(
    advisor: Advisor, look: Thing, ends: str
):
    notice = worded(advisor, look)
    if ends == "close":
        advisor.teams.close(HERE)
    else:
        getattr(advisor.reminding, ends)(HERE, look)
    advisor.reminding.was_told(HERE.workspace, notice, reached=True)
    with advisor.desk.store.reading() as db:
        kept = reminders.of(db, HERE.workspace, HERE.user, look)
    assert kept is None if ends != "done" else name_owed(advisor, look) == ""


def test_worded_twice_and_told_once_it_is_owed_no_more(advisor: Advisor, look: Thing):
    notice = worded(advisor, look)
    advisor.reminding.was_told(HERE.workspace, notice, reached=True)
    name = notice.reminder.owed
    assert name_owed(advisor, look) == ""
    assert advisor.reminding.to_tell(HERE.workspace, HERE.user, look, name) is None


def test_nobody_is_reminded_on_the_day_of_their_yes_of_what_is_ahead(advisor: Advisor):
    at(advisor, MONDAY)
    tomorrow = (MONDAY + timedelta(days=1)).date()
    asked = ToAsk(people=("U0BEN",), until=tomorrow, names="open", questions=("zero_trust",))
    opened = advisor.rounds.open(HERE, asked)
    thing = Thing(kind="round", subject=opened.id)
    advisor.reminding.say_yes(by("U0BEN", channel="D0BEN"), thing)
    with advisor.desk.store.reading() as db:
        kept = reminders.of(db, HERE.workspace, "U0BEN", thing)
    assert kept
    assert (kept.channel, kept.owed[-15:]) == (HERE.channel, "@20261201090000")


def test_of_a_round_nobody_hears_once_it_is_too_late_to_answer(advisor: Advisor):
    """Both are due at the same moment where somebody lives so far west that their day begins."""
    at(advisor, MONDAY)
    until = (MONDAY + timedelta(days=7)).date()
    asked = ToAsk(people=("U0BEN",), until=until, names="open", questions=("zero_trust",))
    opened = advisor.rounds.open(HERE, asked)
    thing, ben = Thing(kind="round", subject=opened.id), by("U0BEN")
    advisor.reminding.lives_in(ben, "America/Los_Angeles")
    advisor.reminding.say_yes(ben, thing)
    with advisor.desk.store.reading() as db:
        kept = reminders.of(db, HERE.workspace, "U0BEN", thing)
    assert kept
    assert kept.owed.endswith("@20261204170000"), "on the Friday before that Monday"
    at(advisor, opened.closes_at)
    assert advisor.reminding.to_tell(HERE.workspace, "U0BEN", thing, kept.owed) is None


def test_a_reminder_goes_with_its_round(advisor: Advisor):
    at(advisor, MONDAY)
    until = (MONDAY + timedelta(days=3)).date()
    asked = ToAsk(people=(), until=until, names="anonymous", questions=("zero_trust",))
    opened = advisor.rounds.open(HERE, asked)
    thing = Thing(kind="round", subject=opened.id)
    advisor.reminding.say_yes(HERE, thing)
    assert name_owed(advisor, thing)
    with advisor.desk.store.writing() as db:
        db.execute("DELETE FROM rounds")
        assert reminders.of(db, HERE.workspace, HERE.user, thing) is None


def test_who_said_yes_before_there_were_rounds_is_reminded_still(path: Path):
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        old = SqliteDatabase(conn)
        migrations.apply(old, stop_before="reminders_of_rounds")
        old.execute(
            "INSERT INTO reminders (workspace, person, thing, channel, said_on, told, snoozed, "
            "owed) VALUES ('T', 'U', 'look:a:', 'C', '2026-11-30', '', '2026-12-07', 'name')"
        )
    with migrate(SqliteStore(path)).reading() as db:
        kept = reminders.of(db, "T", "U", Thing(kind="look", subject="a"))
    assert kept
    assert (kept.channel, str(kept.snoozed), kept.owed) == ("C", "2026-12-07", "name")
