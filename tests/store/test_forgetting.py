"""Everything about one person: no table and no column knows them afterwards, nor do the bytes."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from bot.advisor import Advisor, Desk
from bot.domain.model import Reached
from bot.domain.pack import Pack
from bot.domain.pilot.model import (
    Clock,
    DrillResult,
    Edit,
    KeptRun,
    Measurement,
    Override,
    Owner,
    PilotService,
    Plan,
    PolicyException,
    RolloutState,
    Seal,
)
from bot.domain.team import FORMER, WITHDRAWN, Caller, Tick
from bot.errors import Refused
from bot.store import (
    Database,
    SqliteStore,
    confirmed,
    estimates,
    evidence,
    imports,
    installations,
    owed,
    pilot_log,
    pilots,
)
from tests.store.conftest import AT, HERE, HOLD, NEED, by, held
from tests.store.test_scope import INSTALLED, LOAD, RUN, TOLD, WEIGHED

ANA, BEN = HERE, by("U0BEN")
OF_NOBODY = {"packs", "deliveries", "writings", "installing", "evidence_uses"}
"""Tables in which no person can stand. A new table is filled below, or shown to belong here."""
STAYS = {"ana's metric", "ana's service", "ana's file", "ana's batch", "/ana's endpoint"}
"""What a team agreed on and measured, and what the screen says it leaves."""
OTHER_WORKSPACE = Caller(workspace="T0PARTNER", channel="C0PAYMENTS", user="U0ANA")


def exception(name: str, reason: str, **more: object) -> PolicyException:
    return PolicyException(
        id=name, service="pay", reason=reason, approver="U0ANA", ends_on=date(2027, 1, 1), **more
    )


@pytest.fixture
def ids(advisor: Advisor) -> dict[str, str]:
    return at_work(advisor)


def at_work(advisor: Advisor) -> dict[str, str]:
    """Ana and Ben at work: every table names Ana, and most hold words of hers."""
    for at in (ANA, OTHER_WORKSPACE):
        advisor.checklist.save(at, "need", NEED)
        advisor.checklist.save(at, "hold", HOLD)
    shared = advisor.teams.share(ANA, {})
    advisor.teams.confirm(ANA)
    said = {"value": "yes", "evidence": "measured", "note": "ana's note"}
    advisor.teams.change(ANA, {"observability": said})
    theirs = advisor.teams.change(BEN, {"observability": {"value": "no"}})
    assert theirs.changes
    changed = advisor.teams.change(BEN, {"services": {"value": 60}})
    assert changed.changes
    advisor.teams.undo(ANA, changed.changes.id)
    advisor.teams.nominate(BEN, "U0ANA")
    advisor.records.entered(ANA, advisor.records.record(ANA))
    advisor.checklist.save(by("U0ANA", channel="C0PLATFORM"), "need", NEED)
    question = advisor.asking.ask(ANA, "ana's question, what is a mesh?")
    other = advisor.asking.ask(BEN, "ben's question, what is a mesh?")
    advisor.asking.rate(ANA, other.asked.id, helpful=True)
    advisor.asking.rate(BEN, question.asked.id, helpful=False)
    with advisor.desk.store.writing() as db:
        installations.keep(db, INSTALLED)
        owed.say(db, ANA, "answer", {"message": "ana's answer"})
        owed.redraw(db, ANA, "card", shared.standing.assessment.id)
        owed.redraw(db, ANA, "home", "U0ANA")
        for giver in (ANA, BEN):
            _evidence(db, giver, changed.changes.id)
    return {
        "assessment": shared.standing.assessment.id,
        "pilot": _pilot(advisor.desk.store, ANA),
        "other": _pilot(advisor.desk.store, BEN.model_copy(update={"channel": "C0LEDGER"})),
    }


def _evidence(db: Database, giver: Caller, change: str) -> None:
    """What Ana or Ben handed over; Ana put it to use, and said of its incident what it was."""
    name = "ana's export" if giver == ANA else "ben's export"
    kept = evidence.keep(db, giver, name, TOLD, AT)
    evidence.use(db, ANA, kept, AT)
    evidence.changed(db, ANA.workspace, kept, change)
    incident = WEIGHED.model_copy(update={"id": name, "title": f"in {name}"})
    confirmed.put(db, giver, kept, [incident])
    confirmed.say(db, ANA, incident, "cause", AT)


def _pilot(store: SqliteStore, starter: Caller) -> str:
    """A pilot in which Ana wrote, measured and was named; begun by either."""
    there = ANA.model_copy(update={"channel": starter.channel})
    with store.writing() as db:
        pilots.start(db, starter, AT)
        board = pilots.of_team(db, starter)
        assert board
        key = (db, ANA.workspace, board.id)
        pilots.set_metric(*key, "ana's metric", "U0ANA")
        pilots.tick(*key, Tick(step="driver", who="U0ANA", at=AT))
        service = PilotService(name="ana's service", owner="U0ANA", endpoints=("/ana's endpoint",))
        pilots.set_plan(*key, Plan(driver="traffic", metric="ana's metric", services=(service,)))
        pilots.set_owner(*key, "policy", Owner(user="U0ANA", backup="U0BEN", accepted=True))
        pilots.set_owner(*key, "upgrades", Owner(user="U0BEN", backup="U0ANA", accepted=True))
        pilots.set_rollout(*key, RolloutState(mesh="istio_sidecar"))
        for caller in (there, BEN):
            for kind, what in _entries(caller.user):
                pilot_log.add(db, caller, board.id, kind, AT, what)
        figures = Measurement(
            metric="p95",
            baseline=(1,),
            mesh=(2,),
            overridden=("Unlike. (ana's override)", "Kept (as is)."),
            by="U0BEN",
            at=AT,
        )
        pilot_log.add(db, BEN, board.id, "measurement", AT, figures)
        ended = exception("e1", "ana's reason", closed=True)
        pilot_log.add(db, BEN, board.id, "exception", AT, ended)
        estimates.keep(db, there, LOAD, AT)
        imports.keep(db, there, ("ana's import", (RUN,)), AT)
    return board.id


def _entries(user: str) -> list[tuple[pilot_log.Kind, object]]:
    who = "ana" if user == "U0ANA" else "ben"
    run = KeptRun(
        service="pay", endpoint="/pay", side="mesh", file="ana's file", batch="ana's batch", run=RUN
    )
    override = Override(
        service="pay",
        endpoint="/pay",
        refusal="target",
        texts=("Unlike.",),
        reason=f"{who}'s override",
        by=user,
        at=AT,
    )
    drill = DrillResult(
        drill="control_plane",
        with_mesh=True,
        expected=f"{who}'s expectation",
        seen=f"{who}'s sight",
        as_expected=True,
        minutes=2,
        proof=f"{who}'s proof",
        by=user,
        at=AT,
    )
    goal = Reached(
        value=1,
        known="counted",
        where=f"{who}'s dashboard",
        reason=f"{who}'s second look",
        by=user,
        at=AT,
    )
    seal = Seal(version=1, digest="d" * 12, at=AT, by=user, reason=f"{who}'s amendment", terms={})
    return [
        ("run", run),
        ("override", override),
        ("edit", Edit(fields=("metric",))),
        ("drill", drill),
        ("seal", seal),
        ("goal", goal),
        ("clock", Clock(drill="control_plane", by=user, at=AT)),
        ("exception", exception("e1" if who == "ana" else "e2", f"{who}'s reason")),
    ]


def test_every_kind_of_entry_is_tried():
    tried = {kind for kind, _ in _entries("U0ANA")} | {"measurement"}
    assert tried == set(get_args(pilot_log.Kind))


def about(path: Path, *said: str) -> dict[str, set[str]]:
    """Table.column → what of this stands there, in our workspace."""
    found: dict[str, set[str]] = {}
    with closing(sqlite3.connect(path)) as db:
        for table in held(path):
            names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            where = f"WHERE workspace = '{ANA.workspace}'" if "workspace" in names else ""
            for row in db.execute(f"SELECT * FROM {table} {where}"):
                for column, value in zip(names, row, strict=True):
                    for each in said:
                        if each in str(value):
                            found.setdefault(f"{table}.{column}", set()).add(each)
    return found


WORDS = tuple(
    f"ana's {each}"
    for each in (
        "note", "question", "reason", "override", "expectation", "sight", "proof", "amendment",
        "import", "answer", "dashboard", "second look",
    )
)  # fmt: skip


def test_no_column_of_any_table_knows_the_person_or_their_words(
    advisor: Advisor, path: Path, ids: dict[str, str]
):
    before = about(path, "U0ANA")
    assert {each.partition(".")[0] for each in before} == set(held(path)) - OF_NOBODY
    assert {each for found in about(path, *WORDS).values() for each in found} == set(WORDS)
    forgotten = advisor.records.erase_everywhere(ANA)
    assert about(path, "U0ANA", *WORDS) == {}
    left = {each for found in about(path, *STAYS).values() for each in found}
    assert left == STAYS
    assert forgotten.gone["answer"] == 12
    assert set(forgotten.pilots) == {ids["pilot"], ids["other"]}
    assert advisor.records.held(ANA).everywhere == {}


def test_what_others_said_and_the_other_workspace_stay(
    advisor: Advisor, path: Path, ids: dict[str, str]
):
    with closing(sqlite3.connect(path)) as db:
        there = "SELECT COUNT(*) FROM answers WHERE workspace = 'T0PARTNER'"
        assert db.execute(there).fetchone() == (8,)
        advisor.records.erase_everywhere(ANA)
        assert db.execute(there).fetchone() == (8,)
    words = ("reason", "override", "expectation", "sight", "proof", "amendment", "question")
    said = about(path, *(f"ben's {each}" for each in words))
    assert len({each for found in said.values() for each in found}) == len(words)
    card = advisor.teams.card(BEN)
    assert card.given["observability"].respondent == "U0BEN"
    assert card.assessment.started_by == card.assessment.shared_by == FORMER
    assert card.assessment.owner_asked is None


def test_a_pilot_stays_readable_without_the_person(advisor: Advisor, ids: dict[str, str]):
    advisor.records.erase_everywhere(ANA)
    dossier = advisor.dossiers.of(BEN, ids["pilot"])
    assert (dossier.board.started_by, dossier.board.metric_by) == (FORMER, FORMER)
    assert dossier.board.ticks["driver"].who == FORMER
    assert dossier.owners["policy"] == Owner(user="", backup="U0BEN")
    assert dossier.owners["upgrades"] == Owner(user="U0BEN", backup="", accepted=True)
    assert [(each.by, each.reason) for each in dossier.seals] == [
        (FORMER, WITHDRAWN),
        ("U0BEN", "ben's amendment"),
    ]
    assert [each.seen for each in dossier.drills] == [WITHDRAWN, "ben's sight"]
    first, second = dossier.exceptions
    assert (first.closed, first.approver, first.reason) == (True, FORMER, WITHDRAWN)
    assert (second.approver, second.reason) == (FORMER, "ben's reason")


def test_of_a_pilot_that_is_over_a_former_member_had_the_role(
    advisor: Advisor, store: SqliteStore, ids: dict[str, str]
):
    with store.writing() as db:
        pilots.close(db, BEN, ids["pilot"], "passed", AT)
    forgotten = advisor.records.erase_everywhere(ANA)
    assert set(forgotten.pilots) == {ids["other"]}
    owners = advisor.dossiers.of(BEN, ids["pilot"]).owners
    assert owners["policy"] == Owner(user=FORMER, backup="U0BEN", accepted=True)


def test_a_reason_quoted_beside_figures_goes_too(advisor: Advisor, ids: dict[str, str], path: Path):
    quoted = "Unlike. (ana's override)"
    assert "pilot_log.json" in about(path, quoted)
    advisor.records.erase_everywhere(ANA)
    figures = advisor.dossiers.of(BEN, ids["pilot"]).measurements
    assert [each.overridden for each in figures] == [(f"Unlike. ({WITHDRAWN})", "Kept (as is).")]


def test_what_is_kept_in_the_direct_message_with_the_bot_goes_whole(
    advisor: Advisor, store: SqliteStore, path: Path
):
    alone = by("U0ANA", channel="D0ANA")
    advisor.checklist.save(alone, "need", NEED)
    advisor.checklist.save(alone, "hold", HOLD)
    advisor.teams.share(alone, {})
    with store.writing() as db:
        pilots.start(db, alone, AT)
    advisor.records.erase_everywhere(ANA)
    assert {table for table, rows in held(path).items() if rows} <= OF_NOBODY


def test_undo_does_not_bring_back_what_the_person_said(advisor: Advisor, ids: dict[str, str]):
    change = advisor.teams.change(BEN, {"zero_trust": {"value": "no"}})
    assert change.changes
    advisor.records.erase_everywhere(ANA)
    with pytest.raises(Refused):
        advisor.teams.undo(BEN, change.changes.id)


@pytest.mark.parametrize("seed", range(4))
def test_no_byte_of_what_was_deleted_stays_in_the_file_or_its_log(
    store: SqliteStore, pack: Pack, path: Path, seed: int
):
    """Rows come and go in many channels, so that SQLite moves what is kept from page to page."""
    advisor, tossed = Advisor(Desk(store, pack)), random.Random(seed)
    for at in range(60):
        who = by(tossed.choice(["U0ANA", "U0BEN", "U0CLEO"]), channel=f"C{at % 20}")
        note = f"{who.user} wrote: {'a heron stood by the lock ' * tossed.randrange(1, 18)}"[:499]
        said = {"value": "yes", "evidence": "counted", "note": note}
        advisor.checklist.save(who, "need", {**NEED, "observability": said})
        advisor.asking.ask(who, note)
        if tossed.random() < 0.3:
            advisor.checklist.save(who, "hold", HOLD)
            advisor.teams.share(who, {})
        if tossed.random() < 0.2:
            advisor.records.erase_mine(who)
    assert left_in(path, b"U0ANA wrote") > 0
    advisor.records.erase_everywhere(ANA)
    advisor.records.settle()
    assert left_in(path, b"U0ANA") == 0
    assert left_in(path, b"U0BEN wrote") > 0


def left_in(path: Path, what: bytes) -> int:
    """How often this stands in the database's three files."""
    files = [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]
    return sum(each.read_bytes().count(what) for each in files if each.exists())


def test_a_reader_in_the_way_is_told_of(store: SqliteStore):
    other = sqlite3.connect(store.path, isolation_level=None)
    with closing(other):
        other.execute("BEGIN")
        other.execute("SELECT * FROM packs").fetchall()
        with store._connection() as db:
            db.execute("PRAGMA busy_timeout = 50")
        assert not store.settle()
    with store._connection() as db:
        db.execute("PRAGMA busy_timeout = 10000")
    assert store.settle()
