"""What was handed over as evidence: looks and exports, offered until somebody puts them to use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.evidence.model import EvidenceChange, KeptExport, KeptLook, LookSummary
from bot.domain.evidence.model.handed_over import ExportSummary
from bot.domain.team import Caller, Workspace
from bot.store import order, rows
from bot.store.engine import Database

TABLES = """
CREATE TABLE evidence (
    workspace TEXT NOT NULL, id TEXT NOT NULL, channel TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('look', 'export')),
    "user" TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL,
    used_by TEXT, used_at TEXT, written INTEGER NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (workspace, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_of_a_channel ON evidence (workspace, channel, written);
CREATE TABLE evidence_uses (
    workspace TEXT NOT NULL, evidence TEXT NOT NULL, changeset TEXT NOT NULL,
    written INTEGER NOT NULL,
    PRIMARY KEY (workspace, evidence, changeset),
    FOREIGN KEY (workspace, evidence) REFERENCES evidence (workspace, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE evidence_incidents (
    workspace TEXT NOT NULL, channel TEXT NOT NULL, key TEXT NOT NULL, evidence TEXT NOT NULL,
    written INTEGER NOT NULL, json TEXT NOT NULL,
    said TEXT CHECK (said IN ('cause', 'amplifier', 'none', 'unclear')),
    said_by TEXT, said_at TEXT,
    PRIMARY KEY (workspace, channel, key),
    FOREIGN KEY (workspace, evidence) REFERENCES evidence (workspace, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
"""
"""`written` numbers the rows of a workspace as they come; `key` is an incident's id and start."""

OF_EACH_EXPORT = """
CREATE TABLE incidents_of_exports (
    workspace TEXT NOT NULL, channel TEXT NOT NULL, key TEXT NOT NULL, evidence TEXT NOT NULL,
    written INTEGER NOT NULL, json TEXT NOT NULL,
    said TEXT CHECK (said IN ('cause', 'amplifier', 'none', 'unclear')),
    said_by TEXT, said_at TEXT,
    PRIMARY KEY (workspace, channel, key, evidence),
    FOREIGN KEY (workspace, evidence) REFERENCES evidence (workspace, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO incidents_of_exports
    (workspace, channel, key, evidence, written, json, said, said_by, said_at)
    SELECT workspace, channel, key, evidence, written, json, said, said_by, said_at
    FROM evidence_incidents;
DROP TABLE evidence_incidents;
ALTER TABLE incidents_of_exports RENAME TO evidence_incidents;
CREATE INDEX incidents_of_evidence ON evidence_incidents (workspace, evidence);
CREATE INDEX incidents_said_by ON evidence_incidents (workspace, said_by, channel)
    WHERE said_by IS NOT NULL
"""
"""An incident in two exports goes with neither of them alone; what is said of it stands in both."""

Said = LookSummary | ExportSummary
Kept = KeptLook | KeptExport


def keep(db: Database, caller: Caller, name: str, summary: Said, now: datetime) -> str:
    """Keep what somebody handed over, not yet in use; answers its id."""
    kept = rows.new_id()
    db.execute(
        'INSERT INTO evidence (workspace, id, channel, kind, "user", name, at, written, json) '
        "VALUES (:workspace, :id, :channel, :kind, :user, :name, :at, :written, :json)",
        {
            **caller.model_dump(),
            "id": kept,
            "kind": "look" if isinstance(summary, LookSummary) else "export",
            "name": name[:200],
            "at": now.isoformat(),
            "written": order.next_in(db, caller.workspace),
            "json": summary.model_dump_json(),
        },
    )
    return kept


def by_id(db: Database, caller: Caller, kept: str) -> Kept | None:
    """One piece of this channel."""
    every = _found(db, caller, "AND id = :id", id=kept)
    return next(every, None)


def in_use(db: Database, caller: Caller) -> tuple[Kept, ...]:
    """What this channel uses, newest first."""
    return tuple(_found(db, caller, "AND used_by IS NOT NULL ORDER BY written DESC"))


def use(db: Database, caller: Caller, kept: str, now: datetime) -> None:
    """Put it to use; who did so first stays."""
    db.execute(
        "UPDATE evidence SET used_by = :user, used_at = :at WHERE workspace = :workspace "
        "AND channel = :channel AND id = :id AND used_by IS NULL",
        {**caller.model_dump(), "id": kept, "at": now.isoformat()},
    )


def say(db: Database, caller: Caller, kept: str, summary: ExportSummary) -> None:
    """What an export says of itself, with what was asked of it."""
    db.execute(
        "UPDATE evidence SET json = :json WHERE workspace = :workspace AND channel = :channel "
        "AND id = :id AND kind = 'export'",
        {**caller.model_dump(), "id": kept, "json": summary.model_dump_json()},
    )


def drop(db: Database, caller: Caller, kept: str) -> None:
    """Delete one piece, with its incidents and what people said of them."""
    db.execute(
        "DELETE FROM evidence WHERE workspace = :workspace AND channel = :channel AND id = :id",
        {**caller.model_dump(), "id": kept},
    )


def drop_all(db: Database, workspace: Workspace, channel: str) -> None:
    """Delete all evidence of a channel."""
    db.execute("DELETE FROM evidence WHERE workspace = ? AND channel = ?", [workspace, channel])


def changed(db: Database, workspace: Workspace, kept: str, changeset: str) -> None:
    """Remember that this evidence led to these changes."""
    db.execute(
        "INSERT INTO evidence_uses (workspace, evidence, changeset, written) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (workspace, evidence, changeset) DO NOTHING",
        [workspace, kept, changeset, order.next_in(db, workspace)],
    )


def turned(db: Database, caller: Caller, most: int = 20) -> tuple[EvidenceChange, ...]:
    """What the channel's evidence changed, newest first, as far as it was not deleted."""
    change_rows = db.query(
        "SELECT c.*, u.evidence AS evidence FROM evidence_uses u "
        "JOIN changesets c ON c.id = u.changeset "
        "WHERE u.workspace = :workspace AND u.evidence IN (SELECT id FROM evidence "
        "WHERE workspace = :workspace AND channel = :channel) "
        "ORDER BY u.written DESC LIMIT :most",
        {**caller.model_dump(), "most": most},
    )
    return tuple(
        EvidenceChange(evidence=row.pop("evidence"), changes=rows.changeset(row))
        for row in change_rows
    )


def _found(db: Database, caller: Caller, more: str, **values: object) -> Iterator[Kept]:
    rows = db.query(
        'SELECT id, kind, "user", name, at, used_by, used_at, json FROM evidence '
        f"WHERE workspace = :workspace AND channel = :channel {more}",
        {**caller.model_dump(), **values},
    )
    for row in rows:
        kind, written = row.pop("kind"), row.pop("json")
        if kind == "look":
            yield KeptLook(**row, look=LookSummary.model_validate_json(written))
        else:
            yield KeptExport(**row, summary=ExportSummary.model_validate_json(written))
