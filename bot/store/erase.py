"""Forgetting: one person's answers, or everything a workspace ever said."""

from __future__ import annotations

from sqlite_utils import Database

from bot.domain.team import Place, Workspace

_OF_A_WORKSPACE = ("assessments", "records", "pilots", "asked", "imports", "estimates")
"""What hangs on these goes with them."""


_HERE = (
    "workspace = :workspace AND assessment IN "
    "(SELECT id FROM assessments WHERE workspace = :workspace AND channel = :channel)"
)


def mine(db: Database, place: Place) -> int:
    """Delete what this person answered in this channel, drafts included; answers how many answers.

    What others changed since goes out of reach of Undo where it would bring such an answer back.
    """
    values, many = place.model_dump(), count_mine(db, place)
    db.execute(
        f"DELETE FROM changesets WHERE {_HERE} AND (respondent = :user OR EXISTS ("
        "SELECT 1 FROM json_each(changesets.changes) c JOIN voices v "
        "ON v.question = json_extract(c.value, '$.question') WHERE v.workspace = :workspace "
        "AND v.assessment = changesets.assessment AND v.respondent = :user))",
        values,
    )
    for table in ("answers", "voices"):
        db.execute(f"DELETE FROM {table} WHERE {_HERE} AND respondent = :user", values)
    db.execute(
        "DELETE FROM assessments WHERE workspace = :workspace AND channel = :channel "
        "AND started_by = :user AND status = 'draft'",
        values,
    )
    return many


def count_mine(db: Database, place: Place) -> int:
    """How many answers of this person are kept for this channel."""
    row = next(
        db.query(
            "SELECT COUNT(*) AS n FROM (SELECT assessment, question FROM answers WHERE "
            "workspace = :workspace AND respondent = :user UNION SELECT assessment, question "
            "FROM voices WHERE workspace = :workspace AND respondent = :user) "
            "WHERE assessment IN (SELECT id FROM assessments WHERE workspace = :workspace "
            "AND channel = :channel)",
            place.model_dump(),
        )
    )
    return int(row["n"])


def workspace(db: Database, workspace: Workspace) -> None:
    """Delete everything held for a workspace that uninstalled meshfit."""
    for table in _OF_A_WORKSPACE:
        db.execute(f"DELETE FROM {table} WHERE workspace = ?", [workspace])
