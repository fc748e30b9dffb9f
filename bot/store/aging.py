"""What has become old, found by its age over all workspaces and deleted a few rows at a time."""

from __future__ import annotations

from datetime import datetime

from bot.store.engine import Database

AT_ONCE = 200
"""Rows of one transaction, so that nobody waits long for the writer's turn."""
_OLD = {
    "assessments": "status = 'closed' AND closed_at < :before ORDER BY closed_at",
    "asked": "at < :before ORDER BY at",
    "imports": "at < :before ORDER BY at",
}
KINDS = tuple(_OLD)


def forget(db: Database, kind: str, before: datetime) -> int:
    """Delete some of one kind from before then, with what hangs on it; answers how many."""
    old = f"SELECT id FROM {kind} WHERE {_OLD[kind]} LIMIT {AT_ONCE}"
    values = {"before": before.isoformat()}
    return db.execute(f"DELETE FROM {kind} WHERE id IN ({old})", values).rowcount
