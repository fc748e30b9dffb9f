"""Questions people asked, how each was met, and whether it helped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.search.model import MissedQuestion
from bot.domain.team import Asked, Caller, Workspace
from bot.store import order, rows
from bot.store.engine import Database

FOLLOWED = 5
"""Questions of a thread back from the latest by which it is told what the talk is about."""


def note(db: Database, question: Asked) -> Asked:
    """Keep a question and how it was met; answers it with its id."""
    kept = question.model_copy(update={"id": rows.new_id()})
    db.execute(
        'INSERT INTO asked (id, workspace, channel, "user", text, tier, entry, at, thread, '
        "written) VALUES (:id, :workspace, :channel, :user, :text, :tier, :entry, :at, :thread, "
        ":written)",
        {**kept.model_dump(mode="json"), "written": order.next_in(db, question.workspace)},
    )
    return kept


def latest(db: Database, caller: Caller, thread: str) -> list[tuple[str, str | None]]:
    """The last questions of a thread, the latest first, each with the entry that answered it."""
    rows = db.query(
        "SELECT text, entry FROM asked WHERE workspace = ? AND channel = ? AND thread = ? "
        "ORDER BY written DESC, at DESC LIMIT ?",
        [caller.workspace, caller.channel, thread, FOLLOWED],
    )
    return [(row["text"], row["entry"]) for row in rows]


def missed(db: Database, workspace: Workspace | None) -> Iterator[MissedQuestion]:
    """What was not answered for sure or rated unhelpful, latest first; None: of every workspace."""
    of, values = ("workspace = ? AND", [workspace, workspace]) if workspace else ("", [])
    unhelpful = "EXISTS (SELECT 1 FROM feedback f WHERE f.asked = a.id AND f.helpful = 0)"
    missed = (
        f"SELECT id FROM asked WHERE {of} tier <> 'sure' "
        f"UNION SELECT asked AS id FROM feedback WHERE {of} helpful = 0"
    )
    for row in db.query(
        f"SELECT a.id AS id, a.text AS text, {unhelpful} AS unhelpful FROM ({missed}) m "
        "JOIN asked a ON a.id = m.id ORDER BY a.written DESC, a.at DESC",
        values,
    ):
        yield MissedQuestion(id=row["id"], text=row["text"], unhelpful=bool(row["unhelpful"]))


def by_id(db: Database, caller: Caller, asked: str) -> Asked | None:
    """The question with this id, if it was asked in this channel or by this person."""
    row = next(
        db.query(
            "SELECT * FROM asked WHERE workspace = :workspace AND id = :id "
            'AND (channel = :channel OR "user" = :user)',
            {**caller.model_dump(), "id": asked},
        ),
        None,
    )
    return Asked(**{name: row[name] for name in Asked.model_fields}) if row else None


def claim_sharing(db: Database, workspace: Workspace, asked: str) -> bool:
    """Whether this is the first time that the answer is shared; a double click is not."""
    done = db.execute(
        "UPDATE asked SET shared = 1 WHERE workspace = ? AND id = ? AND shared = 0",
        [workspace, asked],
    )
    return bool(done.rowcount)


def rate(db: Database, caller: Caller, asked: str, *, helpful: bool, now: datetime) -> None:
    """Store one person's verdict; a second one replaces the first."""
    db.execute(
        'INSERT INTO feedback (asked, workspace, "user", helpful, at) '
        "SELECT id, workspace, ?, ?, ? FROM asked WHERE workspace = ? AND id = ? "
        'ON CONFLICT (asked, "user") DO UPDATE SET helpful = excluded.helpful, at = excluded.at',
        [caller.user, int(helpful), now.isoformat(), caller.workspace, asked],
    )
