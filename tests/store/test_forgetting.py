"""Everything about one person: no table and no column knows them afterwards, nor do the bytes."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from slack_bolt import BoltContext, BoltResponse

from bot.advisor import Advisor, Desk
from bot.advisor.counted_acts import CountedActs
from bot.domain.dates.model import Action, Reminder, State, Thing, Tripwire
from bot.domain.model import Answer, Reached, Wire
from bot.domain.model.digest import Stood
from bot.domain.model.nominations import Nomination
from bot.domain.model.workplace import Chosen, Workplace
from bot.domain.pack import Pack
from bot.domain.pilot.model import (
    Clock,
    DrillResult,
    Edit,
    KeptRun,
    LineTick,
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
from bot.listeners.limits import Limits
from bot.store import (
    Database,
    SqliteStore,
    actions,
    confirmed,
    digests,
    estimates,
    evidence,
    imports,
    installations,
    lead_groups,
    nominations,
    open_forms,
    owed,
    pilot_log,
    pilots,
    records,
    reminders,
    round_answers,
    rounds,
    shown,
    stands_on,
    tripwires,
    workplaces,
    zones,
)
from tests.store.conftest import AT, HERE, HOLD, NEED, by, every_row
from tests.store.test_scope import FILLED, INSTALLED, LOAD, ROUND, RUN, TOLD, WEIGHED

ANA, BEN = HERE, by("U0BEN")
OF_NOBODY = {
    "packs", "deliveries", "writings", "installing", "evidence_uses", "snapshots", "digests",
    "digest_teams", "stands_on",
}  # fmt: skip
"""Tables in which no id of a person can stand; `deliveries` holds marks made of some.

A new table is filled below, or shown to belong here.
"""
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
    answer = {"value": "yes", "evidence": "measured", "note": "ana's note"}
    advisor.teams.change(ANA, {"observability": answer}, why="ana's why")
    theirs = advisor.teams.change(BEN, {"observability": {"value": "no"}})
    assert theirs.changes
    changed = advisor.teams.change(BEN, {"services": {"value": 60}})
    assert changed.changes
    advisor.teams.undo(ANA, changed.changes.id, "1.2")
    advisor.owning.nominate(BEN, "U0ANA")
    advisor.records.entered(ANA, advisor.records.record(ANA))
    with advisor.desk.store.writing() as db:
        written = records.last(db, ANA)
        assert written is not None
        by_ana = {"confirmed_by": ANA.user, "confirmed_at": AT}
        records.accepted(db, ANA, written.model_copy(update=by_ana))
    advisor.checklist.save(by("U0ANA", channel="C0PLATFORM"), "need", NEED)
    question = advisor.asking.ask(ANA, "ana's question, what is a mesh?")
    other = advisor.asking.ask(BEN, "ben's question, what is a mesh?")
    advisor.asking.rate(ANA, other.asked.id, helpful=True)
    advisor.asking.rate(BEN, question.asked.id, helpful=False)
    goes_over_a_limit(advisor.desk)
    with advisor.desk.store.writing() as db:
        installations.keep(db, INSTALLED)
        for filled_in_by in (ANA, BEN):
            open_forms.keep(db, filled_in_by, "V1", FILLED, AT)
        shown.show(db, ANA, shared.standing.assessment, AT)
        workplaces.keep(db, ANA, Chosen(leads=("U0ANA", "U0BEN"), pack_owners=("U0ANA",)), AT)
        digests.keep(db, ANA.workspace, digests.Waiting(AT.date(), AT.date(), "digest:1"))
        stood = {"channel": ANA.channel, "assessment": shared.standing.assessment.id}
        before = Stood(**stood, outcome="not_yet", headline="Not yet", owned=True)
        digests.keep_teams(db, ANA.workspace, [before])
        zones.keep(db, ANA, "Europe/Berlin", AT)
        lead_groups.keep(db, ANA.workspace, ["U0ANA", "U0BEN"])
        stands_on.choose(db, ANA.workspace, shared.standing.assessment.id, ["C0LEDGER"])
        rounds.start(db, ROUND, ["U0ANA", "U0BEN"])
        round_answers.put(db, ROUND, "U0ANA", {"zero_trust": Answer(value="yes", note="ana's why")})
        owed.say(db, ANA, "answer", {"message": "ana's answer"})
        owed.redraw(db, ANA, "card", shared.standing.assessment.id)
        owed.redraw(db, ANA, "home", "U0ANA")
        for state in ("open", "done"):
            actions.keep(db, ANA.workspace, _action(shared.standing.assessment.id, state))
        look = Thing(kind="look", subject=shared.standing.assessment.id)
        reminder = {"thing": look, "channel": ANA.channel, "said_on": AT.date()}
        reminders.keep(db, ANA.workspace, Reminder(person="U0ANA", **reminder))
        wire = {"id": "w", "text": "x", "question": "services"}
        tripwires.write(db, ANA.workspace, look.subject, [Wire(**wire)], AT.date())
        written = Tripwire(assessment=look.subject, on=AT.date(), **wire)
        tripwires.say(db, ANA, written, "no", AT.date())
        named = {"subject": look.subject, "channel": ANA.channel, "at": AT}
        for person, asker in (("U0ANA", "U0BEN"), ("U0BEN", "U0ANA")):
            asked = {"id": person, "kind": "owner", "person": person, "by": asker}
            word = {"said": "declined", "reason": f"{person == 'U0ANA' and 'ana'}'s why"}
            nominations.keep(db, ANA.workspace, Nomination(**named, **asked, **word))
        nominations.leave_alone(db, ANA, AT)
        for giver in (ANA, BEN):
            _evidence(db, giver, changed.changes.id)
    return {
        "assessment": shared.standing.assessment.id,
        "pilot": _pilot(advisor.desk.store, ANA),
        "other": _pilot(advisor.desk.store, BEN.model_copy(update={"channel": "C0LEDGER"})),
    }


def goes_over_a_limit(desk: Desk) -> None:
    """Ana asks too much, and is told once; so is her channel."""
    limits = Limits(lambda _: Workplace(acts=2, channel_acts=1), CountedActs(desk))
    context = BoltContext(
        installation=ANA.workspace, actor_user_id=ANA.user, channel_id=ANA.channel
    )
    waited, on = 0, BoltResponse(status=200)
    for _ in range(5):
        try:
            limits.middleware({"event": {"type": "message"}}, context, lambda: on)
        except Refused:
            waited += 1
    assert waited == 2


def _action(assessment: str, state: State) -> Action:
    return Action(
        assessment=assessment, line=state, text="Find an owner.", owner="U0ANA", asked="U0ANA",
        asked_by="U0ANA", state=state, by="U0ANA", at=AT,
    )  # fmt: skip


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
        by = {"observe.healthy": LineTick(who="U0ANA", at=AT)}
        state = RolloutState(mesh="istio_sidecar", ticked=frozenset(by), ticked_by=by)
        pilots.set_rollout(*key, state)
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
        side="mesh",
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
    again = Measurement(
        metric="p99", baseline=(1,), mesh=(2,), reason=f"{who}'s excuse", by=user, at=AT
    )
    return [
        ("run", run),
        ("override", override),
        ("edit", Edit(fields=("metric",))),
        ("drill", drill),
        ("seal", seal),
        ("goal", goal),
        ("measurement", again),
        ("clock", Clock(drill="control_plane", by=user, at=AT)),
        ("exception", exception("e1" if who == "ana" else "e2", f"{who}'s reason")),
    ]


def test_every_kind_of_entry_is_tried():
    assert {kind for kind, _ in _entries("U0ANA")} == set(get_args(pilot_log.Kind))


def about(path: Path, *said: str) -> dict[str, set[str]]:
    """Table.column → what of this stands there, in our workspace."""
    found: dict[str, set[str]] = {}
    with closing(sqlite3.connect(path)) as db:
        for table in every_row(path):
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
        "import", "answer", "dashboard", "second look", "excuse", "why",
    )
)  # fmt: skip


def test_no_column_of_any_table_knows_the_person_or_their_words(
    advisor: Advisor, path: Path, ids: dict[str, str]
):
    before = about(path, "U0ANA")
    assert {each.partition(".")[0] for each in before} == set(every_row(path)) - OF_NOBODY
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
    words = (
        "reason", "override", "expectation", "sight", "proof", "amendment", "excuse", "question",
    )  # fmt: skip
    places = about(path, *(f"ben's {each}" for each in words))
    assert len({each for found in places.values() for each in found}) == len(words)
    card = advisor.teams.card(BEN)
    assert card.answered["observability"].respondent == "U0BEN"
    assert card.assessment.started_by == card.assessment.shared_by == FORMER
    assert card.assessment.owner_asked is None
    assert [(each.state, each.owner, each.asked) for each in card.actions] == [
        ("open", "", ""),
        ("done", FORMER, ""),
    ]


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
    assert [each.overridden for each in figures if each.overridden] == [
        (f"Unlike. ({WITHDRAWN})", "Kept (as is).")
    ]


def test_whose_reason_an_exception_repeats_is_no_matter_of_the_clock(
    advisor: Advisor, ids: dict[str, str], path: Path
):
    """Ana wrote it first, and then the clock was set back before Ben renewed it."""
    with advisor.desk.store.writing() as db:
        for who, at in ((ANA, AT), (BEN, AT - timedelta(hours=2))):
            third = exception("e3", "ana's third reason")
            pilot_log.add(db, who, ids["pilot"], "exception", at, third)
    advisor.records.erase_everywhere(ANA)
    assert about(path, "ana's third reason") == {}


def test_what_is_deleted_in_one_channel_is_nothing_of_another(advisor: Advisor, path: Path):
    there = by("U0BEN", channel="C0PLATFORM")
    with advisor.desk.store.writing() as db:
        kept = evidence.keep(db, there, "ben's export", TOLD, AT)
        evidence.use(db, by("U0ANA", channel="C0PLATFORM"), kept, AT)
    advisor.records.erase_mine(ANA)
    assert about(path, "U0ANA") == {"evidence.used_by": {"U0ANA"}}


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
    assert {table for table, rows in every_row(path).items() if rows} <= OF_NOBODY


def test_undo_does_not_bring_back_what_the_person_said(advisor: Advisor, ids: dict[str, str]):
    change = advisor.teams.change(BEN, {"zero_trust": {"value": "no"}})
    assert change.changes
    advisor.records.erase_everywhere(ANA)
    with pytest.raises(Refused):
        advisor.teams.undo(BEN, change.changes.id, "1.2")


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(4))
def test_no_byte_of_what_was_deleted_stays_in_the_file_or_its_log(
    store: SqliteStore, pack: Pack, path: Path, seed: int
):
    """Rows come and go in many channels, so that SQLite moves what is kept from page to page."""
    advisor, tossed = Advisor(Desk(store, pack)), random.Random(seed)
    for at in range(60):
        who = by(tossed.choice(["U0ANA", "U0BEN", "U0CLEO"]), channel=f"C{at % 20}")
        note = f"{who.user} wrote: {'a heron stood by the lock ' * tossed.randrange(1, 18)}"[:499]
        answer = {"value": "yes", "evidence": "counted", "note": note}
        advisor.checklist.save(who, "need", {**NEED, "observability": answer})
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
