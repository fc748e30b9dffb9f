"""Forgetting: what one person said in a channel, or everything a workspace ever said."""

from __future__ import annotations

import json

from bot.domain.team import FORMER, Caller, TeamAnswer, Workspace
from bot.store import installations, nominations, open_forms, reminders, rounds
from bot.store.answers import counting, put, voices
from bot.store.engine import Database

_OF_A_WORKSPACE = (
    "assessments", "records", "pilots", "asked", "imports", "estimates", "evidence", "rounds",
    "snapshots", "owed", "open_forms", "writings", "deliveries", "workplaces",
    "digests", "zones", "lead_group_people", "left_alone",
)  # fmt: skip
"""What hangs on these goes with them."""

SAID = (
    "SELECT assessment, question FROM answers "
    "WHERE workspace = :workspace AND respondent = :user "
    "UNION SELECT assessment, question FROM voices "
    "WHERE workspace = :workspace AND respondent = :user"
)
SAID_OF = "SELECT DISTINCT channel, key FROM evidence_incidents"
_IN = "(SELECT channel FROM assessments a WHERE a.id = s.assessment) = :channel"
_TOOK_BACK = (
    "SELECT assessment, '' FROM changesets s "
    f"WHERE workspace = :workspace AND respondent = :user AND {_IN}"
)
_ASKED = 'workspace = :workspace AND channel = :channel AND "user" = :user'
_SENT = 'workspace = :workspace AND "user" = :user'
_GIVEN = 'workspace = :workspace AND channel = :channel AND "user" = :user'
_TOLD = "workspace = :workspace AND channel = :channel AND said_by = :user"
_USED = (
    "workspace = :workspace AND id IN (SELECT id FROM evidence "
    "WHERE workspace = :workspace AND channel = :channel AND used_by = :user ORDER BY written)"
)


_NOT_OWNED = (
    "UPDATE assessments SET owner_accepted = NULL, owner_accepted_at = NULL "
    "WHERE workspace = :workspace AND channel = :channel AND owner_accepted = :user"
)
"""Whoever takes their words back has accepted nothing."""

_NOT_TAKEN = (
    "UPDATE actions SET {who} = '' WHERE workspace = :workspace AND {who} = :user "
    "AND {who} <> '' AND state = 'open' AND assessment IN (SELECT id FROM assessments "
    "WHERE workspace = :workspace AND channel = :channel)"
)


def mine(db: Database, caller: Caller) -> None:
    """Delete what this person said in this channel, drafts included; `count_mine` tells how much.

    What others changed since goes out of reach of Undo where it would bring such an answer back.
    """
    values = caller.model_dump()
    rows = db.execute(f"SELECT assessment, question FROM ({SAID}) s WHERE {_IN}", values)
    answers(db, caller, [*rows, *db.execute(_TOOK_BACK, values)])
    db.execute(
        "DELETE FROM assessments WHERE workspace = :workspace AND channel = :channel "
        "AND started_by = :user AND status = 'draft'",
        values,
    )
    db.execute(_NOT_OWNED, values)
    for each in ("owner", "asked"):
        db.execute(_NOT_TAKEN.format(who=each), values)
    reminders.drop_of(db, caller)
    nominations.forget_here(db, caller)
    open_forms.drop_of(db, caller)
    db.execute(f"DELETE FROM asked WHERE {_ASKED}", values)
    db.execute(f"DELETE FROM imports WHERE {_SENT}", values)
    evidence(db, caller, _GIVEN, _TOLD, _USED)
    db.execute(
        "DELETE FROM owed WHERE workspace = :workspace AND id IN (SELECT id FROM owed "
        "WHERE workspace = :workspace AND person = :user AND lasting = 0 AND channel = :channel)",
        values,
    )


def evidence(db: Database, person: Caller, where: str, text: str, used: str) -> None:
    """Delete what a person handed over, and what they said of incidents; who used it, too."""
    values = {**person.model_dump(), "former": FORMER}
    db.execute(f"DELETE FROM evidence WHERE {where}", values)
    db.execute(
        f"UPDATE evidence_incidents SET said = NULL, said_by = NULL, said_at = NULL WHERE {text}",
        values,
    )
    db.execute(f"UPDATE evidence SET used_by = :former WHERE {used}", values)


def answers(db: Database, person: Caller, pairs: list[tuple[str, str]]) -> None:
    """Delete a person's answers (assessment, question), and what would bring one of them back.

    Where others said the same as the team's answer that goes, it stays by the first of them.
    """
    questions: dict[str, set[str]] = {}
    for assessment, question in pairs:
        questions.setdefault(assessment, set()).add(question)
    for assessment, theirs in questions.items():
        made = db.execute(
            "SELECT id, respondent, changes FROM changesets WHERE assessment = ? AND workspace = ?",
            [assessment, person.workspace],
        )
        for change, who, changes in list(made):
            if who == person.user or theirs & {each["question"] for each in json.loads(changes)}:
                db.execute("DELETE FROM changesets WHERE id = ?", [change])
        alike = _said_alike(db, person, assessment)
        for table in ("answers", "voices"):
            db.execute(
                f"DELETE FROM {table} WHERE workspace = ? AND respondent = ? AND assessment = ?",
                [person.workspace, person.user, assessment],
            )
        put(db, person.workspace, assessment, *alike)


def _said_alike(db: Database, person: Caller, assessment: str) -> list[TeamAnswer]:
    """What others say themselves of each team's answer by this person, the first who says it."""
    theirs = {
        each.question: each.answer.value
        for each in counting(db, person.workspace, assessment)
        if each.respondent == person.user
    }
    alike = dict[str, TeamAnswer]()
    for each in voices(db, person.workspace, assessment) if theirs else ():
        if each.respondent != person.user and theirs.get(each.question) == each.answer.value:
            alike.setdefault(each.question, each)
    return list(alike.values())


def count_mine(db: Database, caller: Caller) -> dict[str, int]:
    """How much of this person is kept for this channel, by kind; what there is none of is absent.

    Files they sent and did not use belong to no channel, so they count everywhere.
    """
    return counted(
        db,
        caller,
        answer=f"SELECT COUNT(*) FROM ({SAID}) s WHERE {_IN}",
        question=f"SELECT COUNT(*) FROM asked WHERE {_ASKED}",
        file=f"SELECT COUNT(*) FROM imports WHERE {_SENT}",
        upload=f"SELECT COUNT(*) FROM evidence WHERE {_GIVEN}",
        confirmation=f"SELECT COUNT(*) FROM ({SAID_OF} WHERE {_TOLD}) s",
        round=rounds.ANSWERED_HERE,
    )


def counted(db: Database, caller: Caller, **kinds: str) -> dict[str, int]:
    """Kind → how many its statement finds; what there is none of is absent."""
    columns = ", ".join(f"({each}) AS {kind}" for kind, each in kinds.items())
    [row] = db.query(f"SELECT {columns}", caller.model_dump())
    return {kind: int(many) for kind, many in row.items() if many}


def workspace(db: Database, workspace: Workspace, gone_at: float | None) -> None:
    """Delete everything held for a workspace that uninstalled meshfit; a newer token stays."""
    installations.forget(db, workspace, gone_at)
    for table in _OF_A_WORKSPACE:
        db.execute(f"DELETE FROM {table} WHERE workspace = ?", [workspace])
