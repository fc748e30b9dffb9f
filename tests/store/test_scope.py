"""Two workspaces in one database see nothing of each other, whatever they ask."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import bot.store
from bot.advisor import Advisor
from bot.advisor.choosing import Chosen
from bot.advisor.given_files import Spot
from bot.domain.estimate.model import Load
from bot.domain.evidence.model import LookSummary, Offered
from bot.domain.evidence.model.kept import Told
from bot.domain.incidents.model import Weighed
from bot.domain.model import Answer, PackName
from bot.domain.pilot.model import KeptRun, Owner, Plan, RolloutState
from bot.domain.replies import Opened
from bot.domain.runs.model import Run
from bot.domain.team import Caller, TeamAnswer, Tick
from bot.errors import Refused
from bot.store import (
    SqliteStore,
    answers,
    asked,
    assessments,
    confirmed,
    deliveries,
    erase,
    estimates,
    evidence,
    forgetting,
    imports,
    installations,
    owed,
    people,
    pilot_log,
    pilots,
    records,
)
from bot.store.engine.sqlite import SqliteDatabase as Database
from bot.store.installations import Installed
from tests.store.conftest import AT, HERE, HOLD, NEED, by, held

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
        deliveries.claim(db, HERE.workspace, "Ev1", "boot", AT)
    assert change.changes
    return {
        "assessment": shared.standing.assessment.id,
        "change": change.changes.id,
        "pilot": board.id,
        "asked": met.asked.id,
        "kept": run,
        "look": look,
        "offered": offered,
        "export": export,
    }


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
TOLD = Told(format="Jira", counted=1, first=AT.date(), last=AT.date(), people=3)
MINE = 'workspace = :workspace AND "user" = :user'
TOLD_BY_ME = "workspace = :workspace AND said_by = :user"
ASKED = TOLD.model_copy(update={"follow_up": 2})
WEIGHED = Weighed(id="INC-1", title="rates unreachable", start=AT, suggested="cause")
RUN = Run(format="fortio", tool="Fortio")
LOAD = Load(services=60, pods=240, nodes=12, rps_per_edge=20)
KEPT = KeptRun(service="pay", endpoint="/pay", side="mesh", file="a.json", batch="b1", run=RUN)
OPENED = Opened(written=0, altered=frozenset({"metric"}))
STATE = RolloutState(mesh="istio_sidecar")
GIVEN = TeamAnswer(question="zero_trust", answer=Answer(value="no"), respondent="U0ANA", at=AT)
TICK = Tick(step="measure", who="U0EVE", at=AT)
Call = Callable[[Database, Caller, dict[str, str]], Any]

CALLS: dict[str, Call] = {
    "answers.put": lambda db, at, ids: answers.put(db, at.workspace, ids["assessment"], GIVEN),
    "answers.speak": lambda db, at, ids: answers.speak(db, at.workspace, ids["assessment"], GIVEN),
    "answers.drop": lambda db, at, ids: answers.drop(
        db, at.workspace, ids["assessment"], "zero_trust"
    ),
    "answers.counting": lambda db, at, ids: answers.counting(db, at.workspace, ids["assessment"]),
    "answers.voices": lambda db, at, ids: answers.voices(db, at.workspace, ids["assessment"]),
    "answers.changeset": lambda db, at, ids: answers.changeset(db, at.workspace, ids["change"]),
    "answers.mark_undone": lambda db, at, ids: answers.mark_undone(
        db, at.workspace, ids["change"], "U0EVE"
    ),
    "asked.by_id": lambda db, at, ids: asked.by_id(db, at, ids["asked"]),
    "asked.answered_last": lambda db, at, _: asked.answered_last(db, at, ""),
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
    "installations.forget": lambda db, at, _: installations.forget(db, at.workspace),
    "assessments.forget": lambda db, at, ids: assessments.forget(
        db, at.workspace, ids["assessment"]
    ),
    "deliveries.finish": lambda db, at, _: deliveries.finish(db, at.workspace, "Ev1"),
    "erase.answers": lambda db, at, ids: erase.answers(db, at, [(ids["assessment"], "zero_trust")]),
    "erase.counted": lambda db, at, _: erase.counted(
        db, at, answer=f"SELECT COUNT(*) FROM ({erase.SAID}) s"
    ),
    "erase.mine": lambda db, at, _: erase.mine(db, at),
    "erase.evidence": lambda db, at, _: erase.evidence(db, at, MINE, TOLD_BY_ME),
    "erase.count_mine": lambda db, at, _: erase.count_mine(db, at),
    "erase.workspace": lambda db, at, _: erase.workspace(db, at.workspace),
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
    "imports.drop": lambda db, at, ids: imports.drop(db, at, ids["kept"]),
    "people.pilots_of": lambda db, at, _: people.pilots_of(db, at.workspace, at.user),
    "people.named": lambda db, at, ids: people.named(
        db, at.workspace, ids["pilot"], Owner(user="U0EVE")
    ),
    "people.stands": lambda db, at, ids: people.stands(db, at.workspace, ids["pilot"], ["U0EVE"]),
    "pilots.of_team": lambda db, at, _: pilots.of_team(db, at),
    "pilots.in_channel": lambda db, at, _: pilots.in_channel(db, at.workspace, at.channel),
    "pilots.by_id": lambda db, at, ids: pilots.by_id(db, at, ids["pilot"]),
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
    "records.strike": lambda db, at, _: records.strike(db, at, 1),
    "records.last": lambda db, at, _: records.last(db, at),
}
"""Every function that reads or changes what is there, called with our ids from somewhere else."""

MAKING = {
    "answers.record_changes",
    "deliveries.claim",
    "deliveries.first_seen",
    "deliveries.pressed_before",
    "estimates.keep",
    "evidence.keep",
    "evidence.changed",
    "confirmed.put",
    "assessments.start",
    "imports.keep",
    "order.next_in",
    "owed.redraw",
    "owed.say",
    "owed.say_once",
    "pilots.start",
    "records.add",
}
"""Functions that only add a row of the workspace that they are given."""


def test_every_function_of_the_store_is_called_here():
    scoped = set()
    for module in pkgutil.iter_modules(bot.store.__path__):
        loaded = importlib.import_module(f"bot.store.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if own and {"Caller", "Workspace"} & set(function.__annotations__.values()):
                scoped.add(f"{module.name}.{name}")
    assert scoped == set(CALLS) | MAKING


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


def test_another_workspace_finds_and_changes_nothing(store: SqliteStore, ids: dict[str, str]):
    met = {name: outcome(store, name, THERE, ids) for name in CALLS}
    assert [name for name, (found, changed) in met.items() if found or changed] == []


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
    home = advisor.records.home(HERE.workspace, "U0BEN")
    assert home.teams == ()


def test_the_desk_refuses_ids_of_another_workspace(advisor: Advisor, ids: dict[str, str]):
    for ask in (
        lambda: advisor.records.read(THERE, ids["assessment"]),
        lambda: advisor.records.erase_team(THERE, ids["assessment"]),
        lambda: advisor.teams.undo(THERE, ids["change"]),
        lambda: advisor.teams.answer_request(THERE, ids["assessment"], accepts=True),
        lambda: advisor.teams.card(THERE),
        lambda: advisor.asking.reply(THERE, ids["asked"]),
    ):
        with pytest.raises(Refused):
            ask()


def test_uninstalling_one_leaves_the_other_whole(advisor: Advisor, path: Path, ids: dict[str, str]):
    before = held(path)
    for page in (NEED, HOLD):
        advisor.checklist.save(THERE, "need", page)
    advisor.teams.share(THERE, {})
    advisor.asking.ask(THERE, "What is a mesh?")
    advisor.records.uninstalled(THERE.workspace)
    assert held(path) == before
    advisor.records.uninstalled(HERE.workspace)
    assert {table for table, rows in held(path).items() if rows} <= {"packs", "deliveries"}


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
        lambda: advisor.teams.undo(ELSEWHERE, ids["change"]),
        lambda: advisor.asking.reply(ELSEWHERE, ids["asked"]),
        lambda: advisor.asking.rate(ELSEWHERE, ids["asked"], helpful=True),
        lambda: advisor.dossiers.of(ELSEWHERE, ids["pilot"]),
        lambda: advisor.pilots.tick(ELSEWHERE, ids["pilot"], "driver"),
        lambda: advisor.pilots.set_metric(ELSEWHERE, ids["pilot"], "p95 under 100 ms", OPENED),
        lambda: advisor.measuring.close(ELSEWHERE, ids["pilot"]),
        lambda: advisor.rolling.begin(ELSEWHERE, ids["pilot"]),
        lambda: advisor.choosing.use(ELSEWHERE, ids["pilot"], spot, [Chosen("mesh", ids["kept"])]),
        lambda: advisor.choosing.file(ELSEWHERE, ids["kept"]),
        lambda: advisor.comparing.report(ELSEWHERE, ids["pilot"], spot),
        lambda: advisor.comparing.set_aside(
            ELSEWHERE, ids["pilot"], spot, ("target", "because"), OPENED
        ),
        lambda: advisor.checklist.go_on(ELSEWHERE),
    ):
        with pytest.raises(Refused):
            ask()
