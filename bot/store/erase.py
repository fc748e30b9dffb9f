"""Forgetting: one person's answers, or everything a workspace ever said."""

from __future__ import annotations

from bot.domain.team import Caller, Workspace
from bot.store.engine import Database

_OF_A_WORKSPACE = (
    "assessments", "records", "pilots", "asked", "imports", "estimates", "owed", "writings",
)  # fmt: skip
"""What hangs on these goes with them."""


_HERE = (
    "workspace = :workspace AND assessment IN "
    "(SELECT id FROM assessments WHERE workspace = :workspace AND channel = :channel)"
)
_ASKED = "workspace = :workspace AND channel = :channel AND user = :user"
_SENT = "workspace = :workspace AND user = :user"


def mine(db: Database, caller: Caller) -> dict[str, int]:
    """Delete what this person said in this channel, drafts included; answers how much of each kind.

    What others changed since goes out of reach of Undo where it would bring such an answer back.
    """
    values, many = caller.model_dump(), count_mine(db, caller)
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
    db.execute(f"DELETE FROM asked WHERE {_ASKED}", values)
    db.execute(f"DELETE FROM imports WHERE {_SENT}", values)
    db.execute(
        "DELETE FROM owed WHERE workspace = :workspace AND channel = :channel AND person = :user "
        "AND lasting = 0",
        values,
    )
    return many


def count_mine(db: Database, caller: Caller) -> dict[str, int]:
    """How much of this person is kept for this channel, by kind; what there is none of is absent.

    Files they sent and did not use belong to no channel, so they count everywhere.
    """
    row = next(
        db.query(
            "SELECT (SELECT COUNT(*) FROM (SELECT assessment, question FROM answers WHERE "
            "workspace = :workspace AND respondent = :user UNION SELECT assessment, question "
            "FROM voices WHERE workspace = :workspace AND respondent = :user) "
            "WHERE assessment IN (SELECT id FROM assessments WHERE workspace = :workspace "
            "AND channel = :channel)) AS answer, "
            f"(SELECT COUNT(*) FROM asked WHERE {_ASKED}) AS question, "
            f"(SELECT COUNT(*) FROM imports WHERE {_SENT}) AS file",
            caller.model_dump(),
        )
    )
    return {kind: int(many) for kind, many in row.items() if many}


def workspace(db: Database, workspace: Workspace) -> None:
    """Delete everything held for a workspace that uninstalled meshfit."""
    for table in _OF_A_WORKSPACE:
        db.execute(f"DELETE FROM {table} WHERE workspace = ?", [workspace])
