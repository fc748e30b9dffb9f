"""What a pilot gathered: plan, owners, and a log of seals, runs, figures, drills, exceptions.

The newest entry of a kind counts where the domain says so. Only what never counted is taken out
again: a clock that was stopped, runs that were refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, TypeVar

from pydantic import BaseModel

from bot.domain.pilot.model import Owner, Owners, Plan, RolloutState, Side
from bot.domain.team import Caller, Workspace
from bot.store import people, rows
from bot.store.engine import Database

Kind = Literal["seal", "run", "measurement", "drill", "clock", "exception", "override", "goal"]
Kept = TypeVar("Kept", bound=BaseModel)


def add(db: Database, caller: Caller, pilot: str, kind: Kind, at: datetime, what: BaseModel) -> str:
    """Add what this person did to the log; answers the entry's id."""
    entry = rows.new_id()
    db.execute(
        "INSERT INTO pilot_log (id, pilot, workspace, kind, by, at, json) "
        "SELECT ?, id, workspace, ?, ?, ?, ? FROM pilots WHERE workspace = ? AND id = ?",
        [entry, kind, caller.user, at.isoformat(), what.model_dump_json(), caller.workspace, pilot],
    )
    _named(db, caller.workspace, pilot, what, caller.user)
    return entry


def entries(
    db: Database, workspace: Workspace, pilot: str, kind: Kind, model: type[Kept]
) -> Iterator[Kept]:
    """Everything of one kind, oldest first."""
    found = db.query(
        "SELECT json FROM pilot_log WHERE workspace = ? AND pilot = ? AND kind = ? "
        "ORDER BY at, rowid",
        [workspace, pilot, kind],
    )
    for row in found:
        yield model.model_validate_json(row["json"])


def drop(db: Database, workspace: Workspace, pilot: str, kind: Kind) -> None:
    """Take everything of one kind out, where it is used up (a clock that was stopped)."""
    db.execute(
        "DELETE FROM pilot_log WHERE workspace = ? AND pilot = ? AND kind = ?",
        [workspace, pilot, kind],
    )


def drop_runs(db: Database, workspace: Workspace, pilot: str, batch: str, side: Side) -> None:
    """Take the runs of one side that came together out again."""
    db.execute(
        "DELETE FROM pilot_log WHERE workspace = ? AND pilot = ? AND kind = 'run' "
        "AND json_extract(json, '$.batch') = ? AND json_extract(json, '$.side') = ?",
        [workspace, pilot, batch, side],
    )


def plan(db: Database, workspace: Workspace, pilot: str) -> Plan:
    """The plan as far as it is written."""
    return Plan.model_validate_json(_column(db, workspace, pilot, "plan") or "{}")


def set_plan(db: Database, workspace: Workspace, pilot: str, plan: Plan) -> None:
    """Write the plan down."""
    _set(db, workspace, pilot, "plan", plan.model_dump_json(exclude_defaults=True))
    _named(db, workspace, pilot, plan)


def rollout(db: Database, workspace: Workspace, pilot: str) -> RolloutState | None:
    """Where the rollout stands; None before it begins."""
    held = _column(db, workspace, pilot, "rollout")
    return RolloutState.model_validate_json(held) if held else None


def set_rollout(db: Database, workspace: Workspace, pilot: str, state: RolloutState) -> None:
    """Write down where the rollout stands."""
    _set(db, workspace, pilot, "rollout", state.model_dump_json())


def owners(db: Database, workspace: Workspace, pilot: str) -> Owners:
    """Role → owner, for the roles that have one."""
    found = db.query(
        "SELECT role, owner FROM pilot_owners WHERE workspace = ? AND pilot = ?",
        [workspace, pilot],
    )
    return {row["role"]: Owner.model_validate_json(row["owner"]) for row in found}


def set_owner(db: Database, workspace: Workspace, pilot: str, role: str, owner: Owner) -> None:
    """Name who has a role."""
    db.execute(
        "INSERT INTO pilot_owners (pilot, role, workspace, owner) "
        "SELECT id, ?, workspace, ? FROM pilots WHERE workspace = ? AND id = ? "
        "ON CONFLICT (pilot, role) DO UPDATE SET owner = excluded.owner",
        [role, owner.model_dump_json(), workspace, pilot],
    )
    _named(db, workspace, pilot, owner)


def close(db: Database, caller: Caller, pilot: str, result: str, now: datetime) -> None:
    """End the pilot with its result, which this person found; its channel may begin another."""
    ended = {"result": result, "closed_at": now.isoformat(), "closed_by": caller.user}
    for column, value in ended.items():
        _set(db, caller.workspace, pilot, column, value)
    people.stands(db, caller.workspace, pilot, [caller.user])


def _named(db: Database, workspace: Workspace, pilot: str, what: BaseModel, *who: str) -> None:
    """Note who is named in what was written down, beside whoever wrote it."""
    named = people.named_in(what.model_dump(mode="json"))
    people.stands(db, workspace, pilot, [*named, *who])


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
