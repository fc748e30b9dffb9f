"""When a workspace's next digest is due, and where the teams stood at the last one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from bot.domain.model.digest import Stood
from bot.domain.team import Workspace
from bot.store.engine import Database


class Waiting(NamedTuple):
    """A digest that is to come: since when it tells, from which day on, and its row of `owed`."""

    since: date
    due_on: date
    owed: str


def of(db: Database, workspace: Workspace) -> Waiting | None:
    """The next one of a workspace; None where it has none."""
    rows = db.query("SELECT since, due_on, owed FROM digests WHERE workspace = ?", [workspace])
    return next((_waiting(row["since"], row["due_on"], row["owed"]) for row in rows), None)


def _waiting(since: str, due_on: str, owed: str) -> Waiting:
    return Waiting(date.fromisoformat(since), date.fromisoformat(due_on), owed)


def keep(db: Database, workspace: Workspace, waiting: Waiting) -> None:
    """The next one is this."""
    db.execute(
        "INSERT INTO digests (workspace, since, due_on, owed) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (workspace) DO UPDATE SET since = excluded.since, "
        "due_on = excluded.due_on, owed = excluded.owed",
        [workspace, waiting.since.isoformat(), waiting.due_on.isoformat(), waiting.owed],
    )


def drop(db: Database, workspace: Workspace) -> None:
    """There is none any more, and nothing is kept for it."""
    for table in ("digests", "digest_teams"):
        db.execute(f"DELETE FROM {table} WHERE workspace = ?", [workspace])


def teams(db: Database, workspace: Workspace) -> dict[str, Stood]:
    """Channel → where its team stood at the last digest."""
    rows = db.query("SELECT channel, json FROM digest_teams WHERE workspace = ?", [workspace])
    return {row["channel"]: Stood.model_validate_json(row["json"]) for row in rows}


def keep_teams(db: Database, workspace: Workspace, stood: Iterable[Stood]) -> None:
    """They stand so at this one; what stood before is forgotten."""
    db.execute("DELETE FROM digest_teams WHERE workspace = ?", [workspace])
    for each in stood:
        db.execute(
            "INSERT INTO digest_teams (workspace, channel, assessment, json) "
            "SELECT workspace, ?, id, ? FROM assessments WHERE workspace = ? AND id = ?",
            [each.channel, each.model_dump_json(), workspace, each.assessment],
        )
