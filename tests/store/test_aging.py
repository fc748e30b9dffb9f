"""What is older than it is to be kept goes, and nothing else does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.advisor import Advisor, Desk, Retention
from bot.domain.model.workplace import Workplace
from bot.domain.pack import Pack
from bot.domain.team import Caller
from bot.store import SqliteStore, aging, confirmed, evidence, imports, open_forms, pilots
from tests.store.conftest import AT, HERE, HOLD, NEED, by, every_row
from tests.store.test_scope import FILLED, RUN, TOLD, WEIGHED

DAY = timedelta(days=1)


class Years:
    """A desk whose clock is turned by hand."""

    def __init__(self, store: SqliteStore, pack: Pack) -> None:
        self.now = AT
        self.desk = Desk(store, pack, lambda: self.now)
        self.advisor = Advisor(self.desk)

    def decides(self, caller: Caller) -> None:
        """An assessment that is shared, with a record."""
        self.advisor.checklist.save(caller, "need", NEED)
        self.advisor.checklist.save(caller, "hold", HOLD)
        self.advisor.teams.share(caller, {})
        self.advisor.records.entered(caller, self.advisor.records.record(caller))

    def sends(self, name: str) -> None:
        with self.desk.store.writing() as db:
            imports.keep(db, HERE, (name, (RUN,)), self.now)


@pytest.fixture
def years(store: SqliteStore, pack: Pack) -> Years:
    return Years(store, pack)


def names(path: Path, table: str, column: int) -> set[object]:
    return {row[column] for row in every_row(path)[table]}


def test_a_form_that_nobody_goes_on_with_is_forgotten_after_a_day(years: Years, path: Path):
    with years.desk.store.writing() as db:
        open_forms.keep(db, HERE, "V1", FILLED, AT)
    for later, kept in ((DAY - timedelta(seconds=1), 1), (timedelta(seconds=2), 0)):
        years.now += later
        Retention(years.desk, None).sweep()
        assert len(every_row(path)["open_forms"]) == kept
        assert bool(years.advisor.open_forms.before(HERE, "V1").fields) == bool(kept)


def test_evidence_goes_with_its_incidents_and_sooner_where_nobody_uses_it(years: Years, path: Path):
    for name in ("used", "offered"):
        with years.desk.store.writing() as db:
            kept = evidence.keep(db, HERE, name, TOLD, AT)
            confirmed.put(db, HERE, kept, [WEIGHED.model_copy(update={"id": name})])
            if name == "used":
                evidence.use(db, HERE, kept, AT)
    years.now += 30 * DAY + timedelta(seconds=1)
    assert Retention(years.desk, None).sweep() == 1
    assert len(every_row(path)["evidence"]) == len(every_row(path)["evidence_incidents"]) == 1
    assert Retention(years.desk, 31).sweep() == 0
    assert Retention(years.desk, 30).sweep() == 1
    assert every_row(path)["evidence_incidents"] == []


def test_an_incident_of_two_exports_goes_with_neither_alone(years: Years, path: Path):
    """What is only offered takes nothing from what is in use, nor when it is swept or deleted."""
    kept = {}
    with years.desk.store.writing() as db:
        for name in ("used", "offered"):
            kept[name] = evidence.keep(db, HERE, name, TOLD, AT)
            confirmed.put(db, HERE, kept[name], [WEIGHED])
            if name == "used":
                evidence.use(db, HERE, kept[name], AT)
                confirmed.say(db, HERE, WEIGHED, "cause", AT)
        assert [each.said for each in confirmed.of_channel(db, HERE)] == ["cause"]
    assert years.advisor.records.held(HERE).mine == {"upload": 2, "confirmation": 1}
    years.now += 31 * DAY
    assert Retention(years.desk, None).sweep() == 1
    with years.desk.store.writing() as db:
        assert [each.said for each in confirmed.of_channel(db, HERE)] == ["cause"]
        again = evidence.keep(db, HERE, "again", TOLD, AT)
        confirmed.put(db, HERE, again, [WEIGHED])
        evidence.use(db, HERE, again, AT)
        evidence.drop(db, HERE, kept["used"])
        assert [each.said for each in confirmed.of_channel(db, HERE)] == ["cause"]


def test_what_was_closed_or_asked_long_ago_goes(years: Years, path: Path):
    years.decides(HERE)
    years.advisor.asking.ask(HERE, "old, what is a mesh?")
    years.decides(by("U0BEN", channel="C0OPEN"))
    with years.desk.store.writing() as db:
        pilots.start(db, HERE, AT)
    years.advisor.teams.close(HERE)
    years.now += 10 * DAY
    years.advisor.asking.ask(HERE, "new, what is a mesh?")
    sweep = Retention(years.desk, 10).sweep
    assert sweep() == 0
    years.now += timedelta(seconds=1)
    assert sweep() == 2
    assert names(path, "assessments", 2) == {"C0OPEN"}
    assert names(path, "records", 1) == {"C0OPEN"}
    assert names(path, "asked", 4) == {"new, what is a mesh?"}
    assert len(every_row(path)["answers"]) == 8
    assert len(every_row(path)["pilots"]) == 1


def test_by_default_all_is_kept_but_results_that_nobody_used(years: Years, path: Path):
    years.decides(HERE)
    years.advisor.teams.close(HERE)
    years.advisor.asking.ask(HERE, "what is a mesh?")
    years.sends("old")
    years.now += 29 * DAY
    years.sends("newer")
    before = every_row(path)
    sweep = Retention(years.desk, None).sweep
    assert sweep() == 0
    years.now += 2 * DAY
    assert sweep() == 1
    assert names(path, "imports", 3) == {"newer"}
    assert every_row(path) | {"imports": []} == before | {"imports": []}


def test_results_go_with_the_rest_where_less_is_kept(years: Years, path: Path):
    years.sends("old")
    years.now += 8 * DAY
    years.sends("new")
    assert Retention(years.desk, 7).sweep() == 1
    assert names(path, "imports", 3) == {"new"}


def test_a_long_history_goes_in_pieces(years: Years, path: Path):
    with years.desk.store.writing() as db:
        for _ in range(aging.AT_ONCE * 2 + 1):
            imports.keep(db, HERE, ("old", (RUN,)), AT)
    years.now += 31 * DAY
    with years.desk.store.writing() as db:
        assert aging.forget(db, "imports", years.now) == aging.AT_ONCE
    assert Retention(years.desk, None).sweep() == aging.AT_ONCE + 1
    assert every_row(path)["imports"] == []


def test_to_keep_things_longer_than_there_are_dates_is_to_keep_them(years: Years, path: Path):
    """And what other workspaces chose holds all the same."""
    years.sends("sent")
    years.now += 2 * DAY
    own = {"T0FIRST": Workplace(retention_days=10**12), HERE.workspace: Workplace(retention_days=1)}
    assert Retention(years.desk, 10**12, lambda: own).sweep() == 1
    assert every_row(path)["imports"] == []


def test_every_table_is_aged_kept_short_lived_or_goes_with_another(store: SqliteStore):
    """A new one stands in none of them until somebody has said how long it is kept."""
    with store.reading() as db:
        names = set(db.columns())
        hangs = {
            each
            for each in names
            if any(row[6] == "CASCADE" for row in db.execute(f"PRAGMA foreign_key_list({each})"))
        }
    named = [*aging.AGED, *aging.KEPT, *aging.SHORT, *hangs]
    assert sorted(named) == sorted(names)
