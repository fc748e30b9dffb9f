"""What has become old, found by its age, everywhere or in one workspace; a few rows at a time."""

from __future__ import annotations

from datetime import datetime

from bot.domain.team import Workspace
from bot.store.engine import Database

AT_ONCE = 200
"""Rows of one transaction, so that nobody waits long for the writer's turn."""
_OLD = {
    "assessments": ("assessments", "status = 'closed' AND closed_at < :before ORDER BY closed_at"),
    "asked": ("asked", "at < :before ORDER BY at"),
    "imports": ("imports", "at < :before ORDER BY at"),
    "evidence": ("evidence", "at < :before ORDER BY at"),
    "rounds": ("rounds", "closed_at < :before ORDER BY closed_at"),
    "offers": ("evidence", "used_by IS NULL AND at < :before ORDER BY at"),
}
"""Kind → its table, and which of its rows are old."""
KINDS = tuple(_OLD)


def forget(db: Database, kind: str, before: datetime, workspace: Workspace | None = None) -> int:
    """Delete some of one kind from before then, with what hangs on it; answers how many.

    Of all workspaces, or of the one that keeps things for less time.
    """
    table, which = _OLD[kind]
    whose = "workspace = :workspace AND " if workspace is not None else ""
    old = f"SELECT id FROM {table} WHERE {whose}{which} LIMIT {AT_ONCE}"
    values = {"before": before.isoformat(), "workspace": workspace or ""}
    return db.execute(f"DELETE FROM {table} WHERE id IN ({old})", values).rowcount
