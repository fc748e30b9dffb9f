"""Which of two rows was written later: a number, never a clock, which can be set back."""

from __future__ import annotations

from bot.domain.team import Workspace
from bot.store.engine import Database


def next_in(db: Database, workspace: Workspace) -> int:
    """The number after the last one given in this workspace, for a row about to be written.

    Whoever takes one holds the workspace's row until the transaction ends, so numbers come in the
    order of the commits.
    """
    [last] = db.execute(
        "INSERT INTO writings (workspace, last) VALUES (?, 1) "
        "ON CONFLICT (workspace) DO UPDATE SET last = writings.last + 1 RETURNING last",
        [workspace],
    ).fetchone()
    return int(last)
