"""Who was named for what and asked directly, what they said, and who wants no such messages."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.domain.model.nominations import NominatedFor, Nomination
from bot.domain.team import Caller, Workspace
from bot.store import order
from bot.store.engine import Database
from bot.store.rows import Row

What = tuple[NominatedFor, str, str]
"""For what, of which assessment or pilot, which part of it."""

_COLUMNS = (
    "workspace, id, kind, assessment, pilot, part, channel, person, by, at, said, reason, over, "
    "message_ts, direct, direct_ts, drawn, written"
)
_INDEXES = """
CREATE INDEX nominations_of_an_assessment ON nominations (assessment)
    WHERE assessment IS NOT NULL;
CREATE INDEX nominations_of_a_pilot ON nominations (pilot) WHERE pilot IS NOT NULL;
CREATE INDEX nominations_of_a_person ON nominations (workspace, person, written);
CREATE INDEX nominations_by_a_person ON nominations (workspace, by, written)
"""


def _table(name: str, kinds: str) -> str:
    return f"""
CREATE TABLE {name} (
    workspace TEXT NOT NULL, id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ({kinds})),
    assessment TEXT REFERENCES assessments (id) ON DELETE CASCADE,
    pilot TEXT REFERENCES pilots (id) ON DELETE CASCADE,
    part TEXT NOT NULL, channel TEXT NOT NULL,
    person TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
    said TEXT NOT NULL CHECK (said IN ('', 'accepted', 'declined')), reason TEXT NOT NULL,
    over INTEGER NOT NULL, message_ts TEXT NOT NULL,
    direct TEXT NOT NULL, direct_ts TEXT NOT NULL, drawn TEXT NOT NULL, written INTEGER NOT NULL,
    PRIMARY KEY (workspace, id)
) STRICT, WITHOUT ROWID"""


TABLES = f"""
{_table("nominations", "'owner', 'roles', 'exception'")};
{_INDEXES};
CREATE TABLE left_alone (
    workspace TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (workspace, person)
) STRICT, WITHOUT ROWID
"""

OF_ACTIONS_TOO = f"""
{_table("nominations_of_actions_too", "'owner', 'roles', 'exception', 'action'")};
INSERT INTO nominations_of_actions_too ({_COLUMNS}) SELECT {_COLUMNS} FROM nominations;
DROP TABLE nominations;
ALTER TABLE nominations_of_actions_too RENAME TO nominations;
{_INDEXES}
"""
"""A line of what to do is offered by name too: a table cannot loosen what it checks in place."""
TO_MEASURE_TOO = f"""
{_table("nominations_to_measure_too", "'owner', 'roles', 'exception', 'action', 'measure'")};
INSERT INTO nominations_to_measure_too ({_COLUMNS}) SELECT {_COLUMNS} FROM nominations;
DROP TABLE nominations;
ALTER TABLE nominations_to_measure_too RENAME TO nominations;
{_INDEXES}
"""
"""Whoever is to measure a goal later is asked as owners are."""

_OF_AN_ASSESSMENT: Final = ("owner", "action")
_SELECT = (
    "SELECT id, kind, COALESCE(assessment, pilot) AS subject, part, channel, person, by, at, "
    "said, reason, over, message_ts, direct, direct_ts, drawn, written FROM nominations "
)
_OF_ITS_SUBJECT = (
    f"{_SELECT} WHERE workspace = :workspace AND assessment = :subject "
    f"UNION ALL {_SELECT} WHERE workspace = :workspace AND pilot = :subject ORDER BY written"
)


_THEIRS = (
    "workspace = :workspace AND id IN (SELECT id FROM nominations "
    "WHERE workspace = :workspace AND {column} = :user ORDER BY written)"
)


def keep(db: Database, workspace: Workspace, made: Nomination) -> None:
    """Write down that somebody was named."""
    column = "assessment" if made.kind in _OF_AN_ASSESSMENT else "pilot"
    db.execute(
        f"INSERT INTO nominations (workspace, id, kind, {column}, part, channel, person, by, at, "
        "said, reason, over, message_ts, direct, direct_ts, drawn, written) "
        "SELECT workspace, :id, :kind, id, :part, :channel, :person, :by, :at, :said, :reason, "
        f":over, :message_ts, :direct, :direct_ts, :drawn, :written FROM {column}s "
        "WHERE workspace = :workspace AND id = :subject",
        {
            **made.model_dump(mode="json"),
            "over": int(made.over),
            "workspace": workspace,
            "written": order.next_in(db, workspace),
        },
    )


def by_id(db: Database, workspace: Workspace, nomination: str) -> Nomination | None:
    """One of them; None where it went with what it was about."""
    rows = db.query(f"{_SELECT} WHERE workspace = ? AND id = ?", [workspace, nomination])
    return next(map(_read, rows), None)


def of_subject(db: Database, workspace: Workspace, subject: str) -> tuple[Nomination, ...]:
    """Every one of an assessment, or of a pilot, the oldest first."""
    rows = db.query(_OF_ITS_SUBJECT, {"workspace": workspace, "subject": subject})
    return tuple(map(_read, rows))


def open_of(db: Database, workspace: Workspace, subject: str) -> tuple[Nomination, ...]:
    """Those in which somebody's word is waited for."""
    return tuple(each for each in of_subject(db, workspace, subject) if not each.over)


def declined(db: Database, workspace: Workspace, subject: str) -> tuple[Nomination, ...]:
    """Those to which somebody said no."""
    return tuple(each for each in of_subject(db, workspace, subject) if each.said == "declined")


def of_person(db: Database, workspace: Workspace, person: str) -> tuple[Nomination, ...]:
    """Those that wait for this person's word."""
    rows = db.query(
        f"{_SELECT} WHERE workspace = ? AND person = ? ORDER BY written", [workspace, person]
    )
    return tuple(each for each in map(_read, rows) if not each.over)


def newest(db: Database, workspace: Workspace, what: What, person: str = "") -> Nomination | None:
    """The last time that this was asked, of one person or of anybody."""
    return next(reversed(_asking(db, workspace, what, person)), None)


def stands_at(
    db: Database, caller: Caller, what: What, ts: str, person: str = ""
) -> tuple[str, ...]:
    """The message in the channel that asks is this one: of one person, else of all who wait.

    Answers the id of one that was settled before, whose message does not say so yet.
    """
    asking = _asking(db, caller.workspace, what, person)
    settled = [each for each in asking[-1:] if person and each.over and not each.message_ts]
    for each in (*(each for each in asking if not each.over), *settled):
        update(db, caller.workspace, each.id, message_ts=ts)
    return tuple(each.id for each in settled)


def _asking(db: Database, workspace: Workspace, what: What, person: str) -> tuple[Nomination, ...]:
    """Every time that this was asked, of one person or of anybody, the oldest first."""
    kind, subject, part = what
    return tuple(
        each
        for each in of_subject(db, workspace, subject)
        if each.kind == kind and person in ("", each.person) and part in ("", each.part)
    )


def update(db: Database, workspace: Workspace, nomination: str, **changes: object) -> None:
    """Set columns of one."""
    columns = ", ".join(f"{each} = :{each}" for each in changes)
    changes = {
        each: int(value) if value in (True, False) else value for each, value in changes.items()
    }
    db.execute(
        f"UPDATE nominations SET {columns} WHERE workspace = :workspace AND id = :nomination",
        {**changes, "workspace": workspace, "nomination": nomination},
    )


def is_left_alone(db: Database, workspace: Workspace, person: str) -> bool:
    """Whether this person wants no message when somebody names them."""
    rows = db.query(
        "SELECT person FROM left_alone WHERE workspace = ? AND person = ?", [workspace, person]
    )
    return next(rows, None) is not None


def leave_alone(db: Database, person: Caller, now: datetime) -> None:
    """They said so."""
    db.execute(
        "INSERT INTO left_alone (workspace, person, at) VALUES (?, ?, ?) "
        "ON CONFLICT (workspace, person) DO NOTHING",
        [person.workspace, person.user, now.isoformat()],
    )


def no_longer_alone(db: Database, person: Caller) -> None:
    """They took that back."""
    db.execute(
        "DELETE FROM left_alone WHERE workspace = ? AND person = ?",
        [person.workspace, person.user],
    )


def forget(db: Database, person: Caller, former: str) -> None:
    """What was asked of this person goes with what they said; whom they asked stays asked."""
    key = {**person.model_dump(), "former": former}
    db.execute(f"DELETE FROM nominations WHERE {_THEIRS.format(column='person')}", key)
    db.execute(f"UPDATE nominations SET by = :former WHERE {_THEIRS.format(column='by')}", key)
    no_longer_alone(db, person)


def forget_here(db: Database, person: Caller) -> None:
    """Of what they answered in one channel the reason goes."""
    db.execute(
        f"UPDATE nominations SET reason = '' WHERE {_THEIRS.format(column='person')} "
        "AND channel = :channel",
        person.model_dump(),
    )


def _read(row: Row) -> Nomination:
    return Nomination(**{name: row[name] for name in row if name != "written"})
