"""A team's decision as it stood when a record was written, a round closed, or it was closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.snapshots.model import MonthlyHours, Snapshot
from bot.domain.team import Caller, Workspace
from bot.store import order, rows
from bot.store.engine import Database

TABLES = """
CREATE TABLE snapshots (
    workspace TEXT NOT NULL, id TEXT NOT NULL, channel TEXT NOT NULL,
    assessment TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('record', 'round', 'closed')),
    at TEXT NOT NULL, written INTEGER NOT NULL, number INTEGER,
    outcome TEXT NOT NULL, title TEXT NOT NULL, headline TEXT NOT NULL, rule TEXT NOT NULL,
    pack TEXT NOT NULL, version TEXT NOT NULL, json TEXT,
    PRIMARY KEY (workspace, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX snapshots_of_a_channel ON snapshots (workspace, channel, written);
CREATE INDEX snapshots_of_an_assessment ON snapshots (assessment);
CREATE TABLE snapshot_answers (
    workspace TEXT NOT NULL, snapshot TEXT NOT NULL, question TEXT NOT NULL,
    respondent TEXT NOT NULL, at TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (workspace, snapshot, question),
    FOREIGN KEY (workspace, snapshot) REFERENCES snapshots (workspace, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX snapshot_answers_of_a_person ON snapshot_answers (workspace, respondent, snapshot)
"""
"""`json` holds the hours, where they could be counted."""

MOST = 20
_OF_A_CHANNEL = "SELECT * FROM snapshots WHERE workspace = :workspace AND channel = :channel "


def keep(db: Database, caller: Caller, taken: Snapshot, now: datetime) -> None:
    """Keep one, with its answers and without what was written beside them."""
    shown = taken.model_dump(include={"kind", "assessment", "number", "outcome", "title"})
    db.execute(
        "INSERT INTO snapshots (workspace, id, channel, assessment, kind, at, written, number, "
        "outcome, title, headline, rule, pack, version, json) VALUES (:workspace, :id, :channel, "
        ":assessment, :kind, :at, :written, :number, :outcome, :title, :headline, :rule, :pack, "
        ":version, :json)",
        {
            **shown,
            "workspace": caller.workspace,
            "channel": caller.channel,
            "id": taken.id,
            "at": now.isoformat(),
            "written": order.next_in(db, caller.workspace),
            "headline": taken.headline,
            "rule": taken.rule,
            "pack": taken.pack.name,
            "version": taken.pack.version,
            "json": taken.hours and taken.hours.model_dump_json(),
        },
    )
    for each in taken.answered.values():
        bare = each.answer.model_copy(update={"note": ""})
        db.execute(
            "INSERT INTO snapshot_answers (workspace, snapshot, question, respondent, at, answer) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [caller.workspace, taken.id, each.question, each.respondent, each.at.isoformat(),
             rows.answer_json(bare)],
        )  # fmt: skip


def of_channel(db: Database, caller: Caller) -> tuple[Snapshot, ...]:
    """The channel's latest, newest first, without their answers."""
    rows = db.query(_OF_A_CHANNEL + "ORDER BY written DESC LIMIT :most",
                     {**caller.model_dump(), "most": MOST})  # fmt: skip
    return tuple(map(_snapshot, rows))


def by_id(db: Database, caller: Caller, name: str) -> Snapshot | None:
    """One of the channel's, with its answers."""
    return _one(db, caller, "AND id = :id", id=name)


def last_before(db: Database, caller: Caller, until: datetime) -> Snapshot | None:
    """The last one that was kept by then."""
    where = "AND at < :until ORDER BY written DESC LIMIT 1"
    return _one(db, caller, where, until=until.isoformat())


def first(db: Database, caller: Caller) -> Snapshot | None:
    """The first one of the channel."""
    return _one(db, caller, "ORDER BY written LIMIT 1")


def strike(db: Database, caller: Caller, number: int) -> None:
    """Take out that of a record that could not be posted."""
    db.execute(
        "DELETE FROM snapshots WHERE workspace = ? AND channel = ? AND kind = 'record' "
        "AND written >= 0 AND number = ?",
        [caller.workspace, caller.channel, number],
    )


def forget(db: Database, person: Caller, *, everywhere: bool) -> None:
    """Take a person's answers out of those of a channel, or of all."""
    here = (
        "AND snapshot IN (SELECT id FROM snapshots "
        "WHERE workspace = :workspace AND channel = :channel)"
    )
    db.execute(
        "DELETE FROM snapshot_answers WHERE workspace = :workspace AND respondent = :user "
        + ("" if everywhere else here),
        person.model_dump(),
    )


def _one(db: Database, caller: Caller, where: str, **values: object) -> Snapshot | None:
    row = next(db.query(_OF_A_CHANNEL + where, {**caller.model_dump(), **values}), None)
    if row is None:
        return None
    answers = {
        each["question"]: rows.team_answer(each) for each in _answers(db, caller.workspace, row)
    }
    return _snapshot(row).model_copy(update={"answered": answers})


def _answers(db: Database, workspace: Workspace, row: rows.Row) -> Iterator[rows.Row]:
    return db.query(
        "SELECT question, respondent, at, answer FROM snapshot_answers "
        "WHERE workspace = ? AND snapshot = ? ORDER BY question",
        [workspace, row["id"]],
    )


def _snapshot(row: rows.Row) -> Snapshot:
    left_out = ("workspace", "channel", "written", "json", "pack", "version")
    kept = {name: row[name] for name in row if name not in left_out}
    hours = MonthlyHours.model_validate_json(row["json"]) if row["json"] else None
    pack = {"name": row["pack"], "version": row["version"]}
    return Snapshot(**kept | {"pack": pack, "hours": hours})
