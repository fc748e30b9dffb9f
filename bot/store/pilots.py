"""A team's pilot: its steps and who ticked them, metric, plan, roles, rollout, how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.pilot.model import Owner, Owners, Plan, RolloutState
from bot.domain.team import Caller, PilotBoard, Tick, Workspace
from bot.store import order, people, rows
from bot.store.engine import Database

_WRITTEN = (
    "COALESCE((SELECT last FROM writings w WHERE w.workspace = pilots.workspace), 0) AS written"
)


def of_team(db: Database, caller: Caller) -> PilotBoard | None:
    """The team's checklist: the open one, else the last that was closed."""
    return in_channel(db, caller.workspace, caller.channel)


def open_of_team(db: Database, caller: Caller) -> PilotBoard | None:
    """The team's checklist, unless it is closed."""
    board = of_team(db, caller)
    return board if board and board.result is None else None


def in_channel(db: Database, workspace: Workspace, channel: str) -> PilotBoard | None:
    """The same by its channel."""
    return _one(
        db,
        "workspace = :workspace AND channel = :channel ORDER BY closed_at IS NOT NULL, begun "
        "DESC LIMIT 1",
        {"workspace": workspace, "channel": channel},
    )


def by_id(db: Database, caller: Caller, pilot: str) -> PilotBoard | None:
    """The checklist with this id, if it belongs to the channel."""
    return _one(
        db,
        "workspace = :workspace AND channel = :channel AND id = :id",
        {**caller.model_dump(), "id": pilot},
    )


def channel_of(db: Database, workspace: Workspace, pilot: str) -> str | None:
    """The channel of a pilot; None where it is gone."""
    return _column(db, workspace, pilot, "channel")


def with_person(db: Database, workspace: Workspace, user: str) -> tuple[PilotBoard, ...]:
    """The open pilots in which this person opened, ticked, measured, planned or sealed anything."""
    took_part = " UNION ".join(
        [
            "SELECT pilot FROM ticks WHERE workspace = :workspace AND who = :user",
            "SELECT pilot FROM pilot_log WHERE workspace = :workspace AND by = :user",
            "SELECT p.pilot FROM pilot_people p JOIN pilots b ON b.id = p.pilot "
            "WHERE p.workspace = :workspace AND p.person = :user "
            "AND :user IN (b.started_by, b.metric_by)",
        ]
    )
    rows = db.query(
        f"SELECT b.id AS id FROM ({took_part}) m JOIN pilots b ON b.id = m.pilot "
        "WHERE b.closed_at IS NULL ORDER BY b.begun DESC LIMIT 20",
        {"workspace": workspace, "user": user},
    )
    return _each(db, workspace, rows)


def naming(db: Database, workspace: Workspace, user: str) -> tuple[PilotBoard, ...]:
    """The pilots that name this person and go on: open, rolled out, or with a goal to measure."""
    rows = db.query(
        "SELECT b.id AS id FROM pilot_people p JOIN pilots b ON b.id = p.pilot "
        "WHERE p.workspace = :workspace AND p.person = :user "
        "AND (b.closed_at IS NULL OR b.rollout IS NOT NULL OR b.result = 'open') "
        "ORDER BY b.begun DESC LIMIT 20",
        {"workspace": workspace, "user": user},
    )
    return _each(db, workspace, rows)


def rolled_out(db: Database, caller: Caller) -> tuple[str, ...]:
    """The team's pilots, open or closed, whose rollout was looked at; the newest first."""
    return _ids(db, caller, "rollout IS NOT NULL")


def awaiting_goal(db: Database, caller: Caller) -> tuple[str, ...]:
    """The team's pilots that are open or were closed before their number showed."""
    return _ids(db, caller, "(closed_at IS NULL OR result = 'open')")


def _ids(db: Database, caller: Caller, which: str) -> tuple[str, ...]:
    rows = db.query(
        "SELECT id FROM pilots WHERE workspace = :workspace AND channel = :channel "
        f"AND {which} ORDER BY begun DESC LIMIT 20",
        caller.model_dump(),
    )
    return tuple(row["id"] for row in rows)


def _each(
    db: Database, workspace: Workspace, pilot_rows: Iterable[rows.Row]
) -> tuple[PilotBoard, ...]:
    where = "workspace = :workspace AND id = :id"
    boards = (_one(db, where, {"workspace": workspace, "id": row["id"]}) for row in pilot_rows)
    return tuple(each for each in boards if each is not None)


def _one(db: Database, where: str, values: dict[str, object]) -> PilotBoard | None:
    row = next(db.query(f"SELECT pilots.*, {_WRITTEN} FROM pilots WHERE {where}", values), None)
    if row is None:
        return None
    ticks = db.query(
        "SELECT step, who, at FROM ticks WHERE workspace = ? AND pilot = ?",
        [row["workspace"], row["id"]],
    )
    kept = {key: row[key] for key in row if key in PilotBoard.model_fields}
    return PilotBoard(**kept, ticks={each["step"]: Tick(**each) for each in ticks})


def start(db: Database, caller: Caller, now: datetime) -> None:
    """Open the team's checklist; nothing happens where one is open."""
    where = [pilot := rows.new_id(), caller.workspace, caller.channel, caller.user]
    db.execute(
        "INSERT INTO pilots (id, workspace, channel, started_by, started_at, begun) "
        "VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (workspace, channel) WHERE closed_at IS NULL DO NOTHING",
        [*where, now.isoformat(), order.next_in(db, caller.workspace)],
    )
    people.stands(db, caller.workspace, pilot, [caller.user])


def tick(db: Database, workspace: Workspace, pilot: str, tick: Tick) -> None:
    """Tick a step; who ticked it first stays."""
    db.execute(
        "INSERT INTO ticks (pilot, step, workspace, who, at) "
        "SELECT id, ?, workspace, ?, ? FROM pilots WHERE workspace = ? AND id = ? "
        "ON CONFLICT (pilot, step) DO NOTHING",
        [tick.step, tick.who, tick.at.isoformat(), workspace, pilot],
    )
    people.stands(db, workspace, pilot, [tick.who])


def untick(db: Database, workspace: Workspace, pilot: str, step: str) -> None:
    """Take a tick back."""
    db.execute(
        "DELETE FROM ticks WHERE workspace = ? AND pilot = ? AND step = ?",
        [workspace, pilot, step],
    )


def set_metric(db: Database, workspace: Workspace, pilot: str, metric: str, user: str) -> None:
    """Write the success metric down, as the team worded it."""
    db.execute(
        "UPDATE pilots SET metric = ?, metric_by = ? WHERE workspace = ? AND id = ?",
        [metric, user, workspace, pilot],
    )
    people.stands(db, workspace, pilot, [user])


def moved(db: Database, workspace: Workspace, pilot: str) -> datetime | None:
    """When anything was last added to it, or ticked, since it was opened."""
    latest = (
        "SELECT started_at AS at FROM pilots WHERE workspace = :workspace AND id = :pilot "
        "UNION ALL SELECT MAX(at) AS at FROM ticks WHERE workspace = :workspace AND pilot = :pilot "
        "UNION ALL SELECT MAX(at) AS at FROM pilot_log "
        "WHERE workspace = :workspace AND pilot = :pilot"
    )
    rows = db.execute(latest, {"workspace": workspace, "pilot": pilot})
    return max((datetime.fromisoformat(row[0]) for row in rows if row[0]), default=None)


def set_card(db: Database, workspace: Workspace, pilot: str, ts: str) -> None:
    """Remember which message is the checklist."""
    db.execute(
        "UPDATE pilots SET card_ts = ? WHERE workspace = ? AND id = ?", [ts, workspace, pilot]
    )


def plan(db: Database, workspace: Workspace, pilot: str) -> Plan:
    """The plan as far as it is written."""
    return Plan.model_validate_json(_column(db, workspace, pilot, "plan") or "{}")


def set_plan(db: Database, workspace: Workspace, pilot: str, plan: Plan) -> None:
    """Write the plan down."""
    _set(db, workspace, pilot, "plan", plan.model_dump_json(exclude_defaults=True))
    people.named(db, workspace, pilot, plan)


def rollout(db: Database, workspace: Workspace, pilot: str) -> RolloutState | None:
    """Where the rollout stands; None before it begins."""
    written = _column(db, workspace, pilot, "rollout")
    return RolloutState.model_validate_json(written) if written else None


def set_rollout(db: Database, workspace: Workspace, pilot: str, state: RolloutState) -> None:
    """Write down where the rollout stands."""
    _set(db, workspace, pilot, "rollout", state.model_dump_json())
    people.named(db, workspace, pilot, state)


def owners(db: Database, workspace: Workspace, pilot: str) -> Owners:
    """Role → owner, for the roles that have one."""
    rows = db.query(
        "SELECT role, owner FROM pilot_owners WHERE workspace = ? AND pilot = ? ORDER BY role",
        [workspace, pilot],
    )
    return {row["role"]: Owner.model_validate_json(row["owner"]) for row in rows}


def set_owner(db: Database, workspace: Workspace, pilot: str, role: str, owner: Owner) -> None:
    """Name who has a role."""
    db.execute(
        "INSERT INTO pilot_owners (pilot, role, workspace, owner) "
        "SELECT id, ?, workspace, ? FROM pilots WHERE workspace = ? AND id = ? "
        "ON CONFLICT (pilot, role) DO UPDATE SET owner = excluded.owner",
        [role, owner.model_dump_json(), workspace, pilot],
    )
    people.named(db, workspace, pilot, owner)


def close(db: Database, caller: Caller, pilot: str, result: str, now: datetime) -> None:
    """End the pilot with its result, which this person found; its channel may begin another."""
    ended = {"result": result, "closed_at": now.isoformat(), "closed_by": caller.user}
    for column, value in ended.items():
        _set(db, caller.workspace, pilot, column, value)
    people.stands(db, caller.workspace, pilot, [caller.user])


def ends(db: Database, workspace: Workspace, pilot: str, result: str) -> None:
    """What a pilot that was closed without a result came to once its goal was measured."""
    _set(db, workspace, pilot, "result", result)


def _column(db: Database, workspace: Workspace, pilot: str, name: str) -> str | None:
    row = next(
        db.query(f"SELECT {name} FROM pilots WHERE workspace = ? AND id = ?", [workspace, pilot]),
        None,
    )
    return row[name] if row else None


def _set(db: Database, workspace: Workspace, pilot: str, name: str, value: str) -> None:
    db.execute(
        f"UPDATE pilots SET {name} = ? WHERE workspace = ? AND id = ?", [value, workspace, pilot]
    )
