"""Load-test results that somebody sent in a message, until they are put to use."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from bot.domain.measurement import Run
from bot.domain.team import Workspace
from bot.store import rows


def keep(db: Database, workspace: Workspace, user: str, run: tuple[str, Run], now: datetime) -> str:
    """Keep (file name, what was read from it) for the one who sent it; answers its id."""
    name, held = run
    kept = rows.new_id()
    db.execute(
        "INSERT INTO imports (id, workspace, user, name, at, json) VALUES (?, ?, ?, ?, ?, ?)",
        [kept, workspace, user, name, now.isoformat(), held.model_dump_json()],
    )
    return kept


def by_id(db: Database, workspace: Workspace, user: str, kept: str) -> tuple[str, Run] | None:
    """What this person sent under this id, with the file's name."""
    row = next(
        db.query(
            "SELECT name, json FROM imports WHERE workspace = ? AND user = ? AND id = ?",
            [workspace, user, kept],
        ),
        None,
    )
    return (row["name"], Run.model_validate_json(row["json"])) if row else None
