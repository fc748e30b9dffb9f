"""Answers, one row each: the one that counts, and everybody's own voice beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from bot.domain.model import Advice, Answer, Outcome
from bot.domain.team import Changed, ChangeSet, TeamAnswer, Workspace
from bot.store import rows
from bot.store.engine import Database, listed

_UPSERT = (
    "INSERT INTO {table} (assessment, question, workspace, respondent, at, answer) "
    "SELECT a.id, v.column1, a.workspace, v.column2, v.column3, v.column4 "
    "FROM (VALUES {rows}) v JOIN assessments a ON a.id = ? AND a.workspace = ? WHERE true "
    "ON CONFLICT ({key}) DO UPDATE SET respondent = excluded.respondent, at = excluded.at, "
    "answer = excluded.answer"
)


_KEYS = {"answers": "assessment, question", "voices": "assessment, question, respondent"}


def _put(
    db: Database, table: str, workspace: Workspace, assessment: str, answers: Iterable[TeamAnswer]
) -> None:
    said = [
        (each.question, each.respondent, each.at.isoformat(), rows.answer_json(each.answer))
        for each in answers
    ]
    if said:
        sql = _UPSERT.format(table=table, rows=listed(said), key=_KEYS[table])
        db.execute(sql, [*chain(*said), assessment, workspace])


def put(db: Database, workspace: Workspace, assessment: str, *them: TeamAnswer) -> None:
    """Make these the answers that count."""
    _put(db, "answers", workspace, assessment, them)


def speak(db: Database, workspace: Workspace, assessment: str, *them: TeamAnswer) -> None:
    """Note these as the respondent's own answers, whichever count."""
    _put(db, "voices", workspace, assessment, them)


def drop(db: Database, workspace: Workspace, assessment: str, question: str) -> None:
    """Leave a question unanswered again."""
    db.execute(
        "DELETE FROM answers WHERE workspace = ? AND assessment = ? AND question = ?",
        [workspace, assessment, question],
    )


def _all(db: Database, table: str, workspace: Workspace, assessment: str) -> tuple[TeamAnswer, ...]:
    answer_rows = db.query(
        f"SELECT question, respondent, at, answer FROM {table} "
        "WHERE workspace = ? AND assessment = ? ORDER BY at, question",
        [workspace, assessment],
    )
    return tuple(rows.team_answer(row) for row in answer_rows)


def counting(db: Database, workspace: Workspace, assessment: str) -> tuple[TeamAnswer, ...]:
    """The answers that count."""
    return _all(db, "answers", workspace, assessment)


def voices(db: Database, workspace: Workspace, assessment: str) -> tuple[TeamAnswer, ...]:
    """What everybody answered, agreeing or not."""
    return _all(db, "voices", workspace, assessment)


def record_changes(db: Database, workspace: Workspace, changes: ChangeSet) -> None:
    """Remember what one person changed in one go, so that it can be undone."""
    db.execute(
        "INSERT INTO changesets (id, workspace, assessment, respondent, at, changes, "
        "outcome_before, outcome_after, title_before, title_after, why) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            changes.id,
            workspace,
            changes.assessment,
            changes.respondent,
            changes.at.isoformat(),
            rows.changes_json(changes.changes),
            changes.outcome_before,
            changes.outcome_after,
            changes.title_before,
            changes.title_after,
            changes.why,
        ],
    )


def changeset(db: Database, workspace: Workspace, change: str) -> ChangeSet | None:
    """The changes with this id, if they belong to the workspace."""
    row = next(
        db.query("SELECT * FROM changesets WHERE workspace = ? AND id = ?", [workspace, change]),
        None,
    )
    return rows.changeset(row) if row else None


def changesets(db: Database, workspace: Workspace, assessment: str) -> tuple[ChangeSet, ...]:
    """All that was changed of an assessment's answers, in no order."""
    change_rows = db.query(
        "SELECT * FROM changesets WHERE workspace = ? AND assessment = ?", [workspace, assessment]
    )
    return tuple(map(rows.changeset, change_rows))


def turned_last(
    db: Database, workspace: Workspace, assessment: str
) -> tuple[datetime, Outcome] | None:
    """When the outcome last changed by what somebody answered, and to what; None for never."""
    rows = db.query(
        "SELECT at, outcome_after FROM changesets WHERE workspace = ? AND assessment = ? "
        "AND outcome_before <> outcome_after ORDER BY at DESC LIMIT 1",
        [workspace, assessment],
    )
    return next(((datetime.fromisoformat(row["at"]), row["outcome_after"]) for row in rows), None)


def mark_undone(db: Database, workspace: Workspace, change: str, user: str) -> None:
    """Say who took a change back."""
    db.execute(
        "UPDATE changesets SET undone_by = ? WHERE workspace = ? AND id = ?",
        [user, workspace, change],
    )


def new_changes(
    assessment: str,
    respondent: str,
    at: datetime,
    changes: Iterable[tuple[str, Answer | None, Answer | None]],
    advice: tuple[Advice, Advice],
) -> ChangeSet:
    """A change set with an id of its own, not yet written; advice before and after it."""
    return ChangeSet(
        id=rows.new_id(),
        assessment=assessment,
        respondent=respondent,
        at=at,
        changes=tuple(Changed(question=q, before=b, after=a) for q, b, a in changes),
        outcome_before=advice[0].outcome,
        outcome_after=advice[1].outcome,
        title_before=advice[0].title,
        title_after=advice[1].title,
    )
