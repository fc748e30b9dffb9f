"""Forgetting: one person's answers, or everything a workspace ever said."""

from __future__ import annotations

from sqlite_utils import Database

from bot.domain.team import Place, Workspace

_OF_A_WORKSPACE = ("assessments", "records", "pilots", "asked")
"""What hangs on these goes with them."""


def mine(db: Database, place: Place) -> int:
    """Delete what this person answered in this channel, drafts included; answers how many rows."""
    values = place.model_dump()
    gone = 0
    for table in ("answers", "voices"):
        gone += db.execute(
            f"DELETE FROM {table} WHERE workspace = :workspace AND respondent = :user "
            "AND assessment IN (SELECT id FROM assessments WHERE workspace = :workspace "
            "AND channel = :channel)",
            values,
        ).rowcount
    db.execute(
        "DELETE FROM changesets WHERE workspace = :workspace AND respondent = :user "
        "AND assessment IN (SELECT id FROM assessments WHERE workspace = :workspace "
        "AND channel = :channel)",
        values,
    )
    db.execute(
        "DELETE FROM assessments WHERE workspace = :workspace AND channel = :channel "
        "AND started_by = :user AND status = 'draft'",
        values,
    )
    return gone


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
