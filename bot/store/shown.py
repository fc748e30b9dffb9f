"""Which teams show where they stand to the leads of their workspace: a row a channel."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from bot.domain.team import Assessment, Caller, Workspace
from bot.store import rows
from bot.store.engine import Database

TABLES = """
CREATE TABLE shown_to_leads (
    workspace TEXT NOT NULL, channel TEXT NOT NULL,
    assessment TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    by TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (workspace, channel)
) STRICT, WITHOUT ROWID;
CREATE INDEX shown_of_an_assessment ON shown_to_leads (assessment);
CREATE INDEX shown_by_a_person ON shown_to_leads (workspace, by)
"""


class ShownToLeads(NamedTuple):
    """Who said last that the leads may see it, and when."""

    by: str
    at: datetime


def of(db: Database, assessment: Assessment) -> ShownToLeads | None:
    """Whether the leads see this very assessment; an earlier one of the channel does not count."""
    rows = db.query(
        "SELECT by, at FROM shown_to_leads WHERE workspace = ? AND channel = ? AND assessment = ?",
        [assessment.workspace, assessment.channel, assessment.id],
    )
    return next((ShownToLeads(row["by"], datetime.fromisoformat(row["at"])) for row in rows), None)


def show(db: Database, caller: Caller, assessment: Assessment, now: datetime) -> None:
    """From now on the leads see it."""
    db.execute(
        "INSERT INTO shown_to_leads (workspace, channel, assessment, by, at) "
        "SELECT workspace, channel, id, ?, ? FROM assessments WHERE workspace = ? AND id = ? "
        "ON CONFLICT (workspace, channel) DO UPDATE SET assessment = excluded.assessment, "
        "by = excluded.by, at = excluded.at",
        [caller.user, now.isoformat(), assessment.workspace, assessment.id],
    )


def hide(db: Database, assessment: Assessment) -> None:
    """From now on they do not."""
    db.execute(
        "DELETE FROM shown_to_leads WHERE workspace = ? AND channel = ? AND assessment = ?",
        [assessment.workspace, assessment.channel, assessment.id],
    )


def teams(db: Database, workspace: Workspace) -> tuple[Assessment, ...]:
    """The open assessments that the leads of a workspace see, by their channels."""
    team_rows = db.query(
        "SELECT a.*, p.name, p.version FROM shown_to_leads s "
        "JOIN assessments a ON a.id = s.assessment AND a.workspace = s.workspace "
        "JOIN packs p ON p.digest = a.pack_digest "
        "WHERE s.workspace = ? AND a.status = 'open' ORDER BY s.channel",
        [workspace],
    )
    return tuple(rows.assessment(row) for row in team_rows)
