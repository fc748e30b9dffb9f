"""Rounds: who was asked, who has answered, and what, until it closes for nobody else to see."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from bot.domain.rounds.model import AtClose, Round
from bot.domain.team import FORMER, Assessment, Caller, Workspace
from bot.store import order, round_answers, rows
from bot.store.engine import Database

_SELECT = (
    "SELECT r.*, "
    "(SELECT COUNT(*) FROM round_people p WHERE p.workspace = r.workspace AND p.round = r.id "
    "AND p.named = 1) AS asked, "
    "(SELECT COUNT(*) FROM round_people p WHERE p.workspace = r.workspace AND p.round = r.id "
    "AND p.answered = 1) AS answered FROM rounds r WHERE r.workspace = :workspace "
)
OF_A_PERSON = (
    "SELECT round AS id FROM round_people WHERE workspace = :workspace AND person = :user "
    "UNION SELECT id FROM rounds WHERE workspace = :workspace AND opened_by = :user "
    "UNION SELECT id FROM rounds WHERE workspace = :workspace AND closed_by = :user"
)
ANSWERED_HERE = (
    "SELECT COUNT(*) FROM round_people p WHERE p.workspace = :workspace AND p.person = :user "
    "AND p.answered <> 0 AND EXISTS (SELECT 1 FROM rounds r WHERE r.workspace = p.workspace "
    "AND r.id = p.round AND r.channel = :channel "
    "AND (r.names = 'open' OR r.closed_at IS NULL))"
)
_CHANGEABLE = frozenset({"message_ts", "result_ts", "assessment", "json"})


def start(db: Database, new: Round, people: Iterable[str]) -> bool:
    """Open it; False where the channel has an open one."""
    opened = db.execute(
        "INSERT INTO rounds (workspace, id, channel, opened_by, opened_at, closes_at, names, "
        "invites, questions, salt, written) VALUES (:workspace, :id, :channel, :opened_by, "
        ":opened_at, :closes_at, :names, :invites, :questions, :salt, :written) "
        "ON CONFLICT (workspace, channel) WHERE closed_at IS NULL DO NOTHING",
        {
            **new.model_dump(include={"workspace", "id", "channel", "opened_by", "names"}),
            "opened_at": new.opened_at.isoformat(),
            "closes_at": new.closes_at.isoformat(),
            "invites": int(new.invites),
            "questions": " ".join(new.questions),
            "salt": secrets.token_hex(16) if new.names == "anonymous" else "",
            "written": order.next_in(db, new.workspace),
        },
    )
    if not opened.rowcount:
        return False
    for each in people:
        round_answers.join(db, new, each, named=True)
    return True


def by_id(db: Database, workspace: Workspace, name: str) -> Round | None:
    """The round with this id, if it belongs to the workspace."""
    rows = db.query(_SELECT + "AND r.id = :id", {"workspace": workspace, "id": name})
    return next(map(_round, rows), None)


def open_of(db: Database, caller: Caller) -> Round | None:
    """The channel's open round."""
    where = "AND r.channel = :channel AND r.closed_at IS NULL"
    return next(map(_round, db.query(_SELECT + where, caller.model_dump())), None)


def waiting_for(db: Database, workspace: Workspace, person: str) -> tuple[Round, ...]:
    """The open rounds that wait for this person's answers, oldest first."""
    rows = db.query(
        _SELECT + "AND r.closed_at IS NULL AND r.id IN (SELECT round FROM round_people "
        "WHERE workspace = :workspace AND person = :person AND answered < 1 AND named = 1) "
        "ORDER BY r.written",
        {"workspace": workspace, "person": person},
    )
    return tuple(map(_round, rows))


def unnamed(db: Database, assessment: Assessment) -> int:
    """How many answered the anonymous rounds that came to an assessment."""
    [many] = db.execute(
        "SELECT COUNT(*) FROM round_people WHERE workspace = :workspace AND answered = 1 "
        "AND round IN (SELECT id FROM rounds WHERE workspace = :workspace AND channel = :channel "
        "AND assessment = :id AND names = 'anonymous' ORDER BY written)",
        assessment.model_dump(include={"workspace", "channel", "id"}),
    ).fetchone()
    return int(many)


def close(db: Database, round_: Round, by: str | None, now: datetime) -> bool:
    """Close it; False where it was closed already. What was not handed in goes."""
    closed = db.execute(
        "UPDATE rounds SET closed_at = ?, closed_by = ? "
        "WHERE workspace = ? AND id = ? AND closed_at IS NULL",
        [now.isoformat(), by, round_.workspace, round_.id],
    )
    if not closed.rowcount:
        return False
    round_answers.drop_begun(db, round_)
    db.execute(
        "UPDATE rounds SET salt = '' WHERE workspace = ? AND id = ?", [round_.workspace, round_.id]
    )
    return True


def update(db: Database, round_: Round, **changes: str | None) -> None:
    """Set columns of one round."""
    if odd := set(changes) - _CHANGEABLE:
        raise ValueError(f"rounds has no changeable column {', '.join(sorted(odd))}")
    assignments = ", ".join(f"{column} = :{column}" for column in changes)
    db.execute(
        f"UPDATE rounds SET {assignments} WHERE workspace = :workspace AND id = :id",
        {**changes, "workspace": round_.workspace, "id": round_.id},
    )


def drop_all(db: Database, workspace: Workspace, channel: str) -> None:
    """Delete all rounds of a channel."""
    db.execute("DELETE FROM rounds WHERE workspace = ? AND channel = ?", [workspace, channel])


def withdraw(db: Database, person: Caller, *, everywhere: bool) -> tuple[Round, ...]:
    """Take out what a person said, in a channel or everywhere; answers the rounds it changed.

    Everywhere they are asked no more. What they gave to an anonymous round that has closed cannot
    be told from the others'.
    """
    rows = db.query(
        _SELECT + "AND r.id IN (SELECT round FROM round_people "
        "WHERE workspace = :workspace AND person = :user)",
        person.model_dump(),
    )
    theirs = [each for each in map(_round, rows) if everywhere or each.channel == person.channel]
    for each in theirs:
        round_answers.leave(db, each, person.user, everywhere=everywhere)
    return tuple(theirs)


def rename(db: Database, person: Caller) -> None:
    """Who opened or closed one, and had everything about them deleted, has no name there."""
    for column in ("opened_by", "closed_by"):
        db.execute(
            f"UPDATE rounds SET {column} = ? WHERE workspace = ? AND {column} = ?",
            [FORMER, person.workspace, person.user],
        )


def _round(row: rows.Row) -> Round:
    kept = {name: row[name] for name in row if name not in ("salt", "written", "json")}
    at_close = AtClose.model_validate_json(row["json"]) if row["json"] else None
    return Round(**kept | {"questions": tuple(row["questions"].split()), "at_close": at_close})
