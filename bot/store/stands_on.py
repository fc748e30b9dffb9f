"""On which teams' answers a platform decision stands: their channels, chosen by a lead."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.team import Workspace
from bot.store.engine import Database


def of_assessment(db: Database, workspace: Workspace, assessment: str) -> tuple[str, ...]:
    """The channels of its teams; none for a team's own assessment."""
    rows = db.query(
        "SELECT channel FROM stands_on WHERE workspace = ? AND assessment = ? ORDER BY channel",
        [workspace, assessment],
    )
    return tuple(row["channel"] for row in rows)


def choose(db: Database, workspace: Workspace, assessment: str, channels: Iterable[str]) -> None:
    """It stands on these from now on."""
    db.execute(
        "DELETE FROM stands_on WHERE workspace = ? AND assessment = ?", [workspace, assessment]
    )
    for each in channels:
        db.execute(
            "INSERT INTO stands_on (workspace, assessment, channel) "
            "SELECT workspace, id, ? FROM assessments WHERE workspace = ? AND id = ?",
            [each, workspace, assessment],
        )
