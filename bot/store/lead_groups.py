"""Who is in the user group of leads that a workspace named, as Slack told last."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.team import Workspace
from bot.store.engine import Database


def people(db: Database, workspace: Workspace) -> frozenset[str]:
    """Everybody in it."""
    rows = db.query("SELECT person FROM lead_group_people WHERE workspace = ?", [workspace])
    return frozenset(row["person"] for row in rows)


def keep(db: Database, workspace: Workspace, people: Iterable[str]) -> None:
    """These are in it now, and nobody else."""
    db.execute("DELETE FROM lead_group_people WHERE workspace = ?", [workspace])
    for each in sorted(set(people)):
        db.execute(
            "INSERT INTO lead_group_people (workspace, person) VALUES (?, ?)", [workspace, each]
        )
