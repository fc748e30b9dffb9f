"""Two workspaces in one database see nothing of each other, whatever they ask."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import bot.store
from bot.advisor import Advisor
from bot.advisor.choosing import ChosenRun as Picked
from bot.advisor.given_files import Aside, Spot
from bot.domain.dates.model import Action, Reminder, State, Thing, Tripwire
from bot.domain.estimate.model import Load
from bot.domain.evidence.model import LookSummary, Offered
from bot.domain.evidence.model.handed_over import ExportSummary
from bot.domain.incidents.model import Weighed
from bot.domain.model import Answer, PackName, Wire
from bot.domain.model.digest import Stood
from bot.domain.model.filled_in import FilledIn
from bot.domain.model.nominations import Nomination
from bot.domain.model.record import FiledRecord
from bot.domain.model.workplace import Chosen
from bot.domain.pilot.model import KeptRun, Owner, Plan, RolloutState
from bot.domain.replies import OpenedForm
from bot.domain.rounds.model import Round
from bot.domain.runs.model import Run
from bot.domain.team import Assessment, Caller, TeamAnswer, Tick
from bot.errors import Refused
from bot.store import (
    SqliteStore,
    actions,
    answers,
    asked,
    assessments,
    confirmed,
    deliveries,
    digests,
    erase,
    estimates,
    evidence,
    forgetting,
    holding,
    imports,
    installations,
    lead_groups,
    nominations,
    open_forms,
    owed,
    people,
    pilot_log,
    pilots,
    records,
    reminders,
    round_answers,
    rounds,
    shown,
    snapshots,
    stands_on,
    tripwires,
    workplaces,
    zones,
)
from bot.store.engine.sqlite import SqliteDatabase as Database
from bot.store.installations import Installed
from tests.store.conftest import AT, HERE, HOLD, NEED, by, every_row

THERE = HERE.model_copy(update={"workspace": "T0PARTNER"})
"""The same person and channel ids, in another workspace."""


@pytest.fixture
def ids(advisor: Advisor) -> dict[str, str]:
    """One of everything in our workspace; what each is called."""
    for page in (NEED, HOLD):
        advisor.checklist.save(HERE, "need", page)
    shared = advisor.teams.share(HERE, {})
    change = advisor.teams.change(by("U0BEN"), {"platform_owner": {"value": "named"}})
    advisor.records.entered(HERE, advisor.records.record(HERE))
    advisor.checklist.save(by("U0CLEO"), "need", NEED)
    met = advisor.asking.ask(HERE, "Does a service mesh replace an API gateway?")
    advisor.asking.rate(HERE, met.asked.id, helpful=True)
    store = advisor.desk.store
    with store.writing() as db:
        pilots.start(db, HERE, AT)
        board = pilots.of_team(db, HERE)
        assert board
        pilots.tick(db, HERE.workspace, board.id, Tick(step="driver", who="U0ANA", at=AT))
        pilot_log.add(db, HERE, board.id, "run", AT, KEPT)
        pilots.set_owner(db, HERE.workspace, board.id, "policy", Owner(user="U0ANA"))
        pilots.set_rollout(db, HERE.workspace, board.id, STATE)
        pilots.set_plan(db, HERE.workspace, board.id, Plan(driver="traffic"))
        estimates.keep(db, HERE, LOAD, AT)
        installations.keep(db, INSTALLED)
        run = imports.keep(db, HERE, ("k6.json", (RUN,)), AT)
        assert change.changes
        look, offered = (evidence.keep(db, HERE, "look.json", LOOK, AT) for _ in range(2))
        export = evidence.keep(db, HERE, "incidents.json", TOLD, AT)
        confirmed.put(db, HERE, export, [WEIGHED])
        confirmed.say(db, HERE, WEIGHED, "cause", AT)
        for kept in (look, export):
            evidence.use(db, HERE, kept, AT)
        evidence.changed(db, HERE.workspace, look, change.changes.id)
        owed.say_once(db, HERE, "file", "a file")
        actions.keep(db, HERE.workspace, _taken({"assessment": shared.standing.assessment.id}))
        nominations.keep(db, HERE.workspace, _named(shared.standing.assessment.id))
        nominations.leave_alone(db, HERE, AT)
        reminders.keep(db, HERE.workspace, _look({"assessment": shared.standing.assessment.id}))
        wire = _wire(shared.standing.assessment.id)
        written = Wire(id="w", text="x", question="services")
        tripwires.write(db, HERE.workspace, wire.assessment, [written], AT.date())
        tripwires.say(db, HERE, wire, "no", AT.date())
        deliveries.claim(db, HERE.workspace, "Ev1", "boot", AT)
        open_forms.keep(db, HERE, "V1", FILLED, AT)
        team = assessments.open_of(db, HERE)
        assert team
        shown.show(db, HERE, team, AT)
        workplaces.keep(db, HERE, Chosen(leads=("U0ANA",)), AT)
        digests.keep(db, HERE.workspace, digests.Waiting(AT.date(), AT.date(), "digest:1"))
        digests.keep_teams(db, HERE.workspace, [_stood(team.id)])
        stands_on.choose(db, HERE.workspace, team.id, ["C0PLATFORM"])
        zones.keep(db, HERE, "Europe/Berlin", AT)
        lead_groups.keep(db, HERE.workspace, [HERE.user])
        assert rounds.start(db, ROUND, ["U0ANA"])
        round_answers.put(db, ROUND, "U0ANA", {"zero_trust": Answer(value="yes")})
    assert change.changes
    with store.reading() as db:
        [snapshot] = snapshots.of_channel(db, HERE)
    return {
        "snapshot": snapshot.id,
        "assessment": shared.standing.assessment.id,
        "change": change.changes.id,
        "pilot": board.id,
        "asked": met.asked.id,
        "kept": run,
        "look": look,
        "offered": offered,
        "export": export,
    }


def _stood(assessment: str, *, owned: bool = False) -> Stood:
    where = {"channel": HERE.channel, "assessment": assessment}
    return Stood(**where, outcome="not_yet", headline="Not yet", owned=owned)


INSTALLED = Installed(
    workspace=HERE.workspace, enterprise=None, team=HERE.workspace, wide=False, app="A1",
    bot_id="B1", bot_user="U1", scopes="commands", token="sealed", by="U0ANA", at=AT,
)  # fmt: skip
LOOK = LookSummary(
    seen=AT.date(),
    pack=PackName(name="meshfit", version="1"),
    counts={},
    meshed={},
    offered=Offered(services=2, services_without_databases=2, pods=4, nodes=1),
)
TOLD = ExportSummary(format="Jira", counted=1, first=AT.date(), last=AT.date(), people=3)
MINE = 'workspace = :workspace AND "user" = :user'
TOLD_BY_ME = "workspace = :workspace AND said_by = :user"
USED_BY_ME = "workspace = :workspace AND used_by = :user"
ASKED = TOLD.model_copy(update={"follow_up": 2})
WEIGHED = Weighed(id="INC-1", title="rates unreachable", start=AT, suggested="cause")
FILLED = FilledIn(fields={"service_1": {"answer": "ana's service"}, "owner_1": {"answer": "U0ANA"}})
RUN = Run(format="fortio", tool="Fortio")
LOAD = Load(services=60, pods=240, nodes=12, rps_per_edge=20)
KEPT = KeptRun(service="pay", endpoint="/pay", side="mesh", file="a.json", batch="b1", run=RUN)
OPENED = OpenedForm(written=0, altered=frozenset({"metric"}))
STATE = RolloutState(mesh="istio_sidecar")
FAR = datetime(2099, 1, 1, tzinfo=UTC)
ROUND = Round(
    id="r1", workspace=HERE.workspace, channel=HERE.channel, opened_by="U0ANA", opened_at=AT,
    closes_at=AT, names="open", invites=False, questions=("zero_trust",),
)  # fmt: skip
GIVEN = TeamAnswer(question="zero_trust", answer=Answer(value="no"), respondent="U0ANA", at=AT)
TICK = Tick(step="measure", who="U0EVE", at=AT)


def _taken(ids: dict[str, str], state: State = "open") -> Action:
    return Action(
        assessment=ids["assessment"], line="l1", text="Find an owner.", owner="U0ANA",
        asked="U0ANA", asked_by="U0ANA", due=AT.date(), link="", state=state, by="U0ANA", at=AT,
    )  # fmt: skip


def _wire(assessment: str) -> Tripwire:
    return Tripwire(assessment=assessment, id="w", text="x", question="services", on=AT.date())


def _look(ids: dict[str, str], owed: str = "a reminder") -> Reminder:
    thing = Thing(kind="look", subject=ids["assessment"])
    return Reminder(person="U0ANA", thing=thing, channel="C0PAYMENTS", said_on=AT.date(), owed=owed)


Call = Callable[[Database, Caller, dict[str, str]], Any]

CALLS: dict[str, Call] = {
    "actions.of_assessment": lambda db, at, ids: actions.of_assessment(
        db, at.workspace, ids["assessment"]
    ),
    "actions.by_line": lambda db, at, ids: actions.by_line(
        db, at.workspace, ids["assessment"], "l1"
    ),
    "actions.of_person": lambda db, at, _: actions.of_person(db, at.workspace, at.user),
    "actions.keep": lambda db, at, ids: (
        actions.keep(db, at.workspace, _taken(ids, "done")) and None
    ),
    "actions.forget": lambda db, at, _: actions.forget(db, at),
    "answers.put": lambda db, at, ids: answers.put(db, at.workspace, ids["assessment"], GIVEN),
    "answers.speak": lambda db, at, ids: answers.speak(db, at.workspace, ids["assessment"], GIVEN),
    "answers.drop": lambda db, at, ids: answers.drop(
        db, at.workspace, ids["assessment"], "zero_trust"
    ),
    "answers.counting": lambda db, at, ids: answers.counting(db, at.workspace, ids["assessment"]),
    "answers.voices": lambda db, at, ids: answers.voices(db, at.workspace, ids["assessment"]),
    "answers.changeset": lambda db, at, ids: answers.changeset(db, at.workspace, ids["change"]),
    "answers.turned_last": lambda db, at, ids: answers.turned_last(
        db, at.workspace, ids["assessment"]
    ),
    "answers.mark_undone": lambda db, at, ids: answers.mark_undone(
        db, at.workspace, ids["change"], "U0EVE"
    ),
    "asked.by_id": lambda db, at, ids: asked.by_id(db, at, ids["asked"]),
    "asked.latest": lambda db, at, _: asked.latest(db, at, ""),
    "asked.claim_sharing": lambda db, at, ids: asked.claim_sharing(db, at.workspace, ids["asked"]),
    "asked.rate": lambda db, at, ids: asked.rate(db, at, ids["asked"], helpful=False, now=AT),
    "assessments.by_id": lambda db, at, ids: assessments.by_id(db, at.workspace, ids["assessment"]),
    "assessments.open_of": lambda db, at, _: assessments.open_of(db, at),
    "assessments.draft_of": lambda db, at, _: assessments.draft_of(
        db, at.model_copy(update={"user": "U0CLEO"})
    ),
    "assessments.history_of": lambda db, at, _: assessments.history_of(db, at),
    "assessments.with_person": lambda db, at, _: assessments.with_person(db, at.workspace, at.user),
    "assessments.update": lambda db, at, ids: assessments.update(
        db, at.workspace, ids["assessment"], status="closed"
    ),
    "installations.forget": lambda db, at, _: installations.forget(db, at.workspace, None),
    "assessments.forget": lambda db, at, ids: assessments.forget(
        db, at.workspace, ids["assessment"]
    ),
    "deliveries.became": lambda db, at, _: deliveries.became(db, at.workspace, "Ev1") == "busy",
    "deliveries.finish": lambda db, at, _: deliveries.finish(db, at.workspace, "Ev1"),
    "erase.answers": lambda db, at, ids: erase.answers(db, at, [(ids["assessment"], "zero_trust")]),
    "erase.counted": lambda db, at, _: erase.counted(
        db, at, answer=f"SELECT COUNT(*) FROM ({erase.SAID}) s"
    ),
    "erase.mine": lambda db, at, _: erase.mine(db, at),
    "erase.evidence": lambda db, at, _: erase.evidence(db, at, MINE, TOLD_BY_ME, USED_BY_ME),
    "erase.count_mine": lambda db, at, _: erase.count_mine(db, at),
    "erase.workspace": lambda db, at, _: erase.workspace(db, at.workspace, None),
    "estimates.counted_by": lambda db, at, ids: estimates.counted_by(db, at.workspace, at.channel),
    "estimates.of_channel": lambda db, at, _: estimates.of_channel(db, at.workspace, at.channel),
    "forgetting.count": lambda db, at, _: forgetting.count(db, at),
    "forgetting.everything": lambda db, at, _: any(forgetting.everything(db, at)),
    "evidence.by_id": lambda db, at, ids: evidence.by_id(db, at, ids["look"]),
    "evidence.in_use": lambda db, at, _: evidence.in_use(db, at),
    "evidence.use": lambda db, at, ids: evidence.use(db, at, ids["offered"], AT),
    "evidence.say": lambda db, at, ids: evidence.say(db, at, ids["export"], ASKED),
    "evidence.drop": lambda db, at, ids: evidence.drop(db, at, ids["look"]),
    "evidence.drop_all": lambda db, at, _: evidence.drop_all(db, at.workspace, at.channel),
    "evidence.turned": lambda db, at, _: evidence.turned(db, at),
    "confirmed.of_channel": lambda db, at, _: confirmed.of_channel(db, at),
    "confirmed.say": lambda db, at, _: confirmed.say(db, at, WEIGHED, "none", AT),
    "imports.by_id": lambda db, at, ids: imports.by_id(db, at, ids["kept"]),
    "owed.forget_card": lambda db, at, ids: owed.forget_card(db, at.workspace, ids["assessment"]),
    "owed.unsay": lambda db, at, _: owed.unsay(db, at.workspace, "a file"),
    "holding.hold": lambda db, at, _: holding.hold(db, at.workspace, "a file", "me", AT),
    "imports.drop": lambda db, at, ids: imports.drop(db, at, ids["kept"]),
    "open_forms.read": lambda db, at, _: open_forms.read(db, at, "V1", AT).fields,
    "open_forms.drop": lambda db, at, _: open_forms.drop(db, at, "V1"),
    "open_forms.drop_of": lambda db, at, _: open_forms.drop_of(db, at),
    "people.pilots_of": lambda db, at, _: people.pilots_of(db, at.workspace, at.user),
    "people.named": lambda db, at, ids: people.named(
        db, at.workspace, ids["pilot"], Owner(user="U0EVE")
    ),
    "people.stands": lambda db, at, ids: people.stands(db, at.workspace, ids["pilot"], ["U0EVE"]),
    "pilots.of_team": lambda db, at, _: pilots.of_team(db, at),
    "pilots.open_of_team": lambda db, at, _: pilots.open_of_team(db, at),
    "pilots.in_channel": lambda db, at, _: pilots.in_channel(db, at.workspace, at.channel),
    "pilots.awaiting_goal": lambda db, at, _: pilots.awaiting_goal(db, at),
    "pilots.by_id": lambda db, at, ids: pilots.by_id(db, at, ids["pilot"]),
    "pilots.naming": lambda db, at, _: pilots.naming(db, at.workspace, at.user),
    "pilots.with_person": lambda db, at, _: pilots.with_person(db, at.workspace, at.user),
    "pilots.rolled_out": lambda db, at, _: pilots.rolled_out(db, at),
    "pilots.tick": lambda db, at, ids: pilots.tick(db, at.workspace, ids["pilot"], TICK),
    "pilots.untick": lambda db, at, ids: pilots.untick(db, at.workspace, ids["pilot"], "driver"),
    "pilots.set_metric": lambda db, at, ids: pilots.set_metric(
        db, at.workspace, ids["pilot"], "mine", "U0EVE"
    ),
    "pilots.set_card": lambda db, at, ids: pilots.set_card(db, at.workspace, ids["pilot"], "1.2"),
    "pilot_log.add": lambda db, at, ids: (
        pilot_log.add(db, at, ids["pilot"], "drill", AT, RUN) and None
    ),
    "pilot_log.entries": lambda db, at, ids: list(
        pilot_log.entries(db, at.workspace, ids["pilot"], "run", KeptRun)
    ),
    "pilot_log.since": lambda db, at, ids: list(pilot_log.since(db, at.workspace, ids["pilot"], 0)),
    "pilot_log.drop": lambda db, at, ids: pilot_log.drop(db, at.workspace, ids["pilot"], "run"),
    "pilot_log.drop_runs": lambda db, at, ids: pilot_log.drop_runs(
        db, at.workspace, ids["pilot"], "b1", "mesh"
    ),
    "pilots.plan": lambda db, at, ids: pilots.plan(db, at.workspace, ids["pilot"]).driver,
    "pilots.set_plan": lambda db, at, ids: pilots.set_plan(
        db, at.workspace, ids["pilot"], Plan(driver="identity")
    ),
    "pilots.rollout": lambda db, at, ids: pilots.rollout(db, at.workspace, ids["pilot"]),
    "pilots.set_rollout": lambda db, at, ids: pilots.set_rollout(
        db, at.workspace, ids["pilot"], RolloutState(mesh="other")
    ),
    "pilots.owners": lambda db, at, ids: pilots.owners(db, at.workspace, ids["pilot"]),
    "pilots.set_owner": lambda db, at, ids: pilots.set_owner(
        db, at.workspace, ids["pilot"], "upgrades", Owner(user="U0EVE")
    ),
    "pilots.close": lambda db, at, ids: pilots.close(db, at, ids["pilot"], "failed", AT),
    "pilots.ends": lambda db, at, ids: pilots.ends(db, at.workspace, ids["pilot"], "passed"),
    "rounds.by_id": lambda db, at, _: rounds.by_id(db, at.workspace, "r1"),
    "rounds.open_of": lambda db, at, _: rounds.open_of(db, at),
    "rounds.waiting_for": lambda db, at, _: rounds.waiting_for(db, at.workspace, at.user),
    "rounds.drop_all": lambda db, at, _: rounds.drop_all(db, at.workspace, at.channel),
    "rounds.withdraw": lambda db, at, _: rounds.withdraw(db, at, everywhere=True),
    "rounds.rename": lambda db, at, _: rounds.rename(db, at),
    "tripwires.of_assessment": lambda db, at, ids: tripwires.of_assessment(
        db, at.workspace, ids["assessment"]
    ),
    "tripwires.say": lambda db, at, ids: tripwires.say(
        db, at, _wire(ids["assessment"]), "yes", AT.date()
    ),
    "tripwires.rename": lambda db, at, _: tripwires.rename(db, at),
    "pilots.channel_of": lambda db, at, ids: pilots.channel_of(db, at.workspace, ids["pilot"]),
    "pilots.moved": lambda db, at, ids: pilots.moved(db, at.workspace, ids["pilot"]),
    "nominations.by_id": lambda db, at, _: nominations.by_id(db, at.workspace, "named"),
    "nominations.of_subject": lambda db, at, ids: nominations.of_subject(
        db, at.workspace, ids["assessment"]
    ),
    "nominations.open_of": lambda db, at, ids: nominations.open_of(
        db, at.workspace, ids["assessment"]
    ),
    "nominations.declined": lambda db, at, ids: nominations.declined(
        db, at.workspace, ids["assessment"]
    ),
    "nominations.of_person": lambda db, at, _: nominations.of_person(db, at.workspace, "U0BEN"),
    "nominations.newest": lambda db, at, ids: nominations.newest(
        db, at.workspace, ("owner", ids["assessment"], "")
    ),
    "nominations.stands_at": lambda db, at, ids: nominations.stands_at(
        db, at, ("owner", ids["assessment"], ""), "1.2"
    ),
    "nominations.update": lambda db, at, _: nominations.update(
        db, at.workspace, "named", reason="none"
    ),
    "nominations.is_left_alone": lambda db, at, _: nominations.is_left_alone(
        db, at.workspace, at.user
    ),
    "nominations.no_longer_alone": lambda db, at, _: nominations.no_longer_alone(db, at),
    "nominations.forget": lambda db, at, _: nominations.forget(db, by_ben(at), "former"),
    "nominations.forget_here": lambda db, at, _: nominations.forget_here(db, by_ben(at)),
    "reminders.of": lambda db, at, ids: reminders.of(db, at.workspace, at.user, _look(ids).thing),
    "reminders.of_subject": lambda db, at, ids: reminders.of_subject(
        db, at.workspace, ids["assessment"]
    ),
    "reminders.keep": lambda db, at, ids: reminders.keep(db, at.workspace, _look(ids, "later")),
    "reminders.drop": lambda db, at, ids: reminders.drop(db, at.workspace, _look(ids)),
    "reminders.drop_subject": lambda db, at, ids: reminders.drop_subject(
        db, at.workspace, ids["assessment"]
    ),
    "reminders.drop_of": lambda db, at, _: reminders.drop_of(db, at),
    "snapshots.of_channel": lambda db, at, _: snapshots.of_channel(db, at),
    "snapshots.by_id": lambda db, at, ids: snapshots.by_id(db, at, ids["snapshot"]),
    "snapshots.last_before": lambda db, at, _: snapshots.last_before(db, at, FAR),
    "snapshots.first": lambda db, at, _: snapshots.first(db, at),
    "snapshots.strike": lambda db, at, _: snapshots.strike(db, at, 1),
    "snapshots.forget": lambda db, at, _: snapshots.forget(db, at, everywhere=True),
    "records.before": lambda db, at, _: records.before(db, at, 2),
    "records.accepted": lambda db, at, ids: records.accepted(
        db,
        at,
        FiledRecord(
            number=1,
            assessment=ids["assessment"],
            outcome="pilot",
            at=AT,
            by="U0BEN",
            title="t",
            seen="another mark",
            confirmed_by="U0BEN",
            confirmed_at=AT,
        ),
    ),
    "records.seen": lambda db, at, _: records.seen(db, at, 1, "a third mark"),
    "records.strike": lambda db, at, _: records.strike(db, at, 1),
    "records.last": lambda db, at, _: records.last(db, at),
    "shown.show": lambda db, at, ids: shown.show(
        db, at.model_copy(update={"user": "U0EVE"}), _team(at, ids), AT
    ),
    "shown.teams": lambda db, at, _: shown.teams(db, at.workspace),
    "zones.of": lambda db, at, _: zones.of(db, at.workspace, at.user),
    "lead_groups.people": lambda db, at, _: lead_groups.people(db, at.workspace),
    "reminders.of_person": lambda db, at, _: reminders.of_person(db, at),
    "answers.changesets": lambda db, at, ids: answers.changesets(
        db, at.workspace, ids["assessment"]
    ),
    "digests.of": lambda db, at, _: digests.of(db, at.workspace),
    "digests.drop": lambda db, at, _: digests.drop(db, at.workspace),
    "digests.teams": lambda db, at, _: digests.teams(db, at.workspace),
    "digests.keep_teams": lambda db, at, ids: digests.keep_teams(
        db, at.workspace, [_stood(ids["assessment"], owned=True)]
    ),
    "stands_on.of_assessment": lambda db, at, ids: stands_on.of_assessment(
        db, at.workspace, ids["assessment"]
    ),
    "round_answers.part_rows": lambda db, at, _: round_answers.part_rows(
        db, at.workspace, ROUND.id, ()
    ),
    "stands_on.choose": lambda db, at, ids: stands_on.choose(
        db, at.workspace, ids["assessment"], ["C0OTHER"]
    ),
    "workplaces.of": lambda db, at, _: workplaces.of(db, at.workspace),
    "workplaces.names": lambda db, at, _: workplaces.names(db, at),
    "workplaces.forget": lambda db, at, _: workplaces.forget(db, at, "a former member"),
}
"""Every function that reads or changes what is there, called with our ids from somewhere else."""

MAKING = {
    "nominations.keep",
    "nominations.leave_alone",
    "answers.record_changes",
    "deliveries.acted",
    "deliveries.told_first",
    "deliveries.claim",
    "deliveries.first_seen",
    "deliveries.pressed_before",
    "digests.keep",
    "estimates.keep",
    "evidence.keep",
    "evidence.changed",
    "confirmed.put",
    "assessments.start",
    "assessments.begin",
    "imports.keep",
    "open_forms.keep",
    "order.next_in",
    "owed.redraw",
    "owed.say",
    "owed.say_once",
    "pilots.start",
    "records.add",
    "snapshots.keep",
    "tripwires.write",
    "workplaces.keep",
    "zones.keep",
    "lead_groups.keep",
}
"""Functions that only add a row of the workspace that they are given."""


def _team(at: Caller, ids: dict[str, str]) -> Assessment:
    """Our assessment, as somebody in this workspace and channel would name it."""
    where = {"workspace": at.workspace, "channel": at.channel, "pack_digest": "d"}
    row = {"status": "open", "started_by": "U0ANA", "started_at": AT, "touched_at": AT}
    pack = PackName(name="meshfit", version="1")
    return Assessment(id=ids["assessment"], pack=pack, **where, **row)


def test_every_function_of_the_store_is_called_here():
    scoped = set()
    for module in pkgutil.iter_modules(bot.store.__path__):
        loaded = importlib.import_module(f"bot.store.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if own and {"Caller", "Workspace"} & set(function.__annotations__.values()):
                scoped.add(f"{module.name}.{name}")
    assert scoped == set(CALLS) | MAKING


def _named(assessment: str, name: str = "named") -> Nomination:
    """Ben, who was asked to own it."""
    return Nomination(
        id=name, kind="owner", subject=assessment, channel=HERE.channel, person="U0BEN",
        by=HERE.user, at=AT, said="declined", reason="ben's why",
    )  # fmt: skip


def by_ben(at: Caller) -> Caller:
    """Ben, in the same place."""
    return at.model_copy(update={"user": "U0BEN"})


def outcome(store: SqliteStore, name: str, at: Caller, ids: dict[str, str]) -> tuple[object, bool]:
    """What a call finds, and whether it changes anything; every call meets the same rows."""
    with store.writing() as db:
        before = rows(db)
        found = CALLS[name](db, at, ids)
        changed = rows(db) != before
        db.execute("ROLLBACK")
        db.execute("BEGIN")
    return found, changed


def rows(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row, as this transaction sees it."""
    names = sorted(db.columns())
    return {name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


@pytest.mark.exhaustive
def test_another_workspace_finds_and_changes_nothing(store: SqliteStore, ids: dict[str, str]):
    met = {name: outcome(store, name, THERE, ids) for name in CALLS}
    assert [name for name, (found, changed) in met.items() if found or changed] == []


@pytest.mark.exhaustive
def test_the_same_calls_do_find_or_change_what_is_ours(store: SqliteStore, ids: dict[str, str]):
    met = {name: outcome(store, name, HERE, ids) for name in CALLS}
    assert [name for name, (found, changed) in met.items() if not (found or changed)] == []


def test_the_same_ids_in_two_workspaces_are_two_teams(advisor: Advisor):
    for at in (HERE, THERE):
        for page in (NEED, HOLD):
            advisor.checklist.save(at, "need", page)
        advisor.teams.share(at, {})
    advisor.teams.change(by("U0BEN", workspace=THERE.workspace), {"platform_owner": "named"})
    assert advisor.teams.card(HERE).advice.outcome == "not_yet"
    assert advisor.teams.card(THERE).advice.outcome == "pilot"
    home = advisor.homes.home(HERE.workspace, "U0BEN")
    assert home.teams == ()


def test_the_desk_refuses_ids_of_another_workspace(advisor: Advisor, ids: dict[str, str]):
    for ask in (
        lambda: advisor.records.read(THERE, ids["assessment"]),
        lambda: advisor.records.erase_team(THERE, ids["assessment"]),
        lambda: advisor.teams.undo(THERE, ids["change"], "1.2"),
        lambda: advisor.owning.answer_request(THERE, ids["assessment"], accepts=True),
        lambda: advisor.teams.card(THERE),
        lambda: advisor.asking.reply(THERE, ids["asked"]),
    ):
        with pytest.raises(Refused):
            ask()


def test_uninstalling_one_leaves_the_other_whole(advisor: Advisor, path: Path, ids: dict[str, str]):
    before = every_row(path)
    assert {name for name, rows in before.items() if not rows} == {"installing"}, "fill a new table"
    for page in (NEED, HOLD):
        advisor.checklist.save(THERE, "need", page)
    advisor.teams.share(THERE, {})
    advisor.asking.ask(THERE, "What is a mesh?")
    advisor.records.uninstalled(THERE.workspace, None)
    assert every_row(path) == before
    advisor.records.uninstalled(HERE.workspace, None)
    assert {table for table, rows in every_row(path).items() if rows} <= {"packs", "deliveries"}


ELSEWHERE = HERE.model_copy(update={"channel": "C0PLATFORM", "user": "U0EVE"})
"""Another channel of the same workspace, and somebody who took no part."""


def test_another_channel_finds_nothing_by_an_id(store: SqliteStore, ids: dict[str, str]):
    for name in ("asked.by_id", "imports.by_id", "pilots.by_id"):
        assert outcome(store, name, ELSEWHERE, ids) == (None, False), name


def test_what_is_private_goes_with_the_person(store: SqliteStore, ids: dict[str, str]):
    mine = HERE.model_copy(update={"channel": "D0ANA"})
    for name in ("asked.by_id", "imports.by_id"):
        assert outcome(store, name, mine, ids)[0], name
    assert outcome(store, "pilots.by_id", mine, ids)[0] is None


def test_the_desk_refuses_ids_of_another_channel(advisor: Advisor, ids: dict[str, str]):
    spot = Spot("pay", "/pay")
    for ask in (
        lambda: advisor.records.read(ELSEWHERE, ids["assessment"]),
        lambda: advisor.records.erase_team(by("U0ANA", channel="C0PLATFORM"), ids["assessment"]),
        lambda: advisor.teams.undo(ELSEWHERE, ids["change"], "1.2"),
        lambda: advisor.asking.reply(ELSEWHERE, ids["asked"]),
        lambda: advisor.asking.rate(ELSEWHERE, ids["asked"], helpful=True),
        lambda: advisor.dossiers.of(ELSEWHERE, ids["pilot"]),
        lambda: advisor.pilots.tick(ELSEWHERE, ids["pilot"], "driver"),
        lambda: advisor.pilots.set_metric(ELSEWHERE, ids["pilot"], "p95 under 100 ms", OPENED),
        lambda: advisor.measuring.close(ELSEWHERE, ids["pilot"]),
        lambda: advisor.rolling.begin(ELSEWHERE, ids["pilot"]),
        lambda: advisor.choosing.use(ELSEWHERE, ids["pilot"], spot, [Picked("mesh", ids["kept"])]),
        lambda: advisor.choosing.file(ELSEWHERE, ids["kept"]),
        lambda: advisor.comparing.report(ELSEWHERE, ids["pilot"], spot),
        lambda: advisor.comparing.set_aside(
            ELSEWHERE, ids["pilot"], spot, Aside("target", "because"), OPENED
        ),
        lambda: advisor.checklist.go_on(ELSEWHERE),
    ):
        with pytest.raises(Refused):
            ask()
