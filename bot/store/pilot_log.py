"""What a pilot gathered: a log of seals, runs, figures, drills, exceptions.

The newest entry of a kind counts where the domain says so. Only what never counted is taken out
again: a clock that was stopped, runs that were refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Literal, TypeVar

from pydantic import BaseModel

from bot.domain.runs.model import Side
from bot.domain.team import Caller, Workspace
from bot.store import order, people, rows
from bot.store.engine import Database

Kind = Literal[
    "seal", "run", "measurement", "drill", "clock", "exception", "override", "goal", "edit"
]
Kept = TypeVar("Kept", bound=BaseModel)


def add(db: Database, caller: Caller, pilot: str, kind: Kind, at: datetime, what: BaseModel) -> str:
    """Add what this person did to the log; answers the entry's id."""
    entry = rows.new_id()
    added = db.execute(
        "INSERT INTO pilot_log (id, pilot, workspace, kind, by, at, json) "
        "SELECT ?, id, workspace, ?, ?, ?, ? FROM pilots WHERE workspace = ? AND id = ?",
        [entry, kind, caller.user, at.isoformat(), what.model_dump_json(), caller.workspace, pilot],
    )
    if added.rowcount:
        number = order.next_in(db, caller.workspace)
        db.execute(
            "UPDATE pilot_log SET written = ? WHERE workspace = ? AND id = ?",
            [number, caller.workspace, entry],
        )
    people.named(db, caller.workspace, pilot, what, caller.user)
    return entry


def entries(
    db: Database, workspace: Workspace, pilot: str, kind: Kind, model: type[Kept]
) -> Iterator[Kept]:
    """Everything of one kind, in the order in which it was written."""
    rows = db.query(
        "SELECT json FROM pilot_log WHERE workspace = ? AND pilot = ? AND kind = ? "
        "ORDER BY written",
        [workspace, pilot, kind],
    )
    for row in rows:
        yield model.model_validate_json(row["json"])


def since(
    db: Database, workspace: Workspace, pilot: str, written: int
) -> Iterator[tuple[Kind, str, str]]:
    """(kind, who, JSON) of everything that was written after this number and still stands."""
    later = db.query(
        "SELECT kind, by, json FROM pilot_log WHERE workspace = ? AND pilot = ? AND written > ? "
        "ORDER BY written",
        [workspace, pilot, written],
    )
    for row in later:
        yield row["kind"], row["by"], row["json"]


def drop(db: Database, workspace: Workspace, pilot: str, kind: Kind) -> None:
    """Take everything of one kind out, where it is used up (a clock that was stopped)."""
    db.execute(
        "DELETE FROM pilot_log WHERE workspace = ? AND pilot = ? AND kind = ?",
        [workspace, pilot, kind],
    )


def drop_runs(db: Database, workspace: Workspace, pilot: str, batch: str, side: Side) -> None:
    """Take the runs of one side that came together out again."""
    kept = db.query(
        "SELECT id, json FROM pilot_log WHERE workspace = ? AND pilot = ? AND kind = 'run'",
        [workspace, pilot],
    )
    for row in list(kept):
        run = json.loads(row["json"])
        if (run["batch"], run["side"]) == (batch, side):
            db.execute(
                "DELETE FROM pilot_log WHERE workspace = ? AND id = ?", [workspace, row["id"]]
            )
