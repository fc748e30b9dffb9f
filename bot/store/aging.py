"""What has become old, found by its age, everywhere or in one workspace; a few rows at a time."""

from __future__ import annotations

from datetime import datetime

from bot.domain.team import Workspace
from bot.store.engine import Database

KEPT = {
    "packs": "what an assessment was answered with",
    "pilots": "open or closed, with their log: what was proved outlives the assessment",
    "estimates": "the last of a channel",
    "workplaces": "a workspace's settings",
    "digests": "where the teams stood, until the digest is turned off",
    "zones": "until its person has everything about them deleted",
    "lead_group_people": "as Slack named them last, at most a day ago",
    "left_alone": "somebody's wish, until they take it back",
    "installations": "until the app is taken out",
    "writings": "one count a workspace",
}
"""Table → why its rows stay however old they are."""
SHORT = {
    "deliveries": "a day",
    "open_forms": "a day",
    "installing": "ten minutes",
    "owed": "until it is delivered on its day, or given up a day after",
}
"""Table → how long its rows stay, whatever is asked for."""
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
"""Kind → its table, and which of its rows are old. What hangs on a row goes with it."""
AGED = frozenset(table for table, _ in _OLD.values())
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
