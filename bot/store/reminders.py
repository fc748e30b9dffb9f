"""Who said yes to be reminded of what, and what of it the outbox holds."""

from __future__ import annotations

from bot.domain.dates.model import OF_A_CARD, Reminder, Thing
from bot.domain.team import Caller, Workspace
from bot.store import owed
from bot.store.engine import Database
from bot.store.rows import Row

_SELECT = "SELECT person, thing, channel, said_on, told, snoozed, owed FROM reminders "
_ITS = "workspace = :workspace AND person = :person AND thing = :thing"
_TABLES = {"assessment": "assessments", "round": "rounds", "pilot": "pilots"}
"""Column → the table that it names a row of."""


def of(db: Database, workspace: Workspace, person: str, thing: Thing) -> Reminder | None:
    """This person's reminder of a thing; None where they did not say yes."""
    key = {"workspace": workspace, "person": person, "thing": str(thing)}
    return next(map(_read, db.query(f"{_SELECT} WHERE {_ITS}", key)), None)


def of_subject(db: Database, workspace: Workspace, subject: str) -> tuple[Reminder, ...]:
    """Everybody's reminders of an assessment, a round or a pilot."""
    of = (f"{_SELECT} WHERE workspace = :workspace AND {each} = :subject" for each in _TABLES)
    rows = db.query(" UNION ALL ".join(of), {"workspace": workspace, "subject": subject})
    return tuple(map(_read, rows))


def of_person(db: Database, person: Caller) -> tuple[Reminder, ...]:
    """All that this person said yes to in the workspace."""
    where = "WHERE workspace = :workspace AND person = :user"
    return tuple(map(_read, db.query(f"{_SELECT} {where}", person.model_dump())))


def keep(db: Database, workspace: Workspace, reminder: Reminder) -> None:
    """Write a yes down as it stands now."""
    column = _column(reminder.thing)
    columns = reminder.model_dump(mode="json") | {"thing": str(reminder.thing)}
    db.execute(
        f"INSERT INTO reminders (workspace, person, thing, channel, {column}, said_on, told, "
        "snoozed, owed) "
        "SELECT workspace, :person, :thing, :channel, id, :said_on, :told, :snoozed, :owed "
        f"FROM {_TABLES[column]} "
        "WHERE workspace = :workspace AND id = :subject "
        "ON CONFLICT (workspace, person, thing) DO UPDATE SET said_on = excluded.said_on, "
        "told = excluded.told, snoozed = excluded.snoozed, owed = excluded.owed",
        {
            **columns,
            "workspace": workspace,
            "subject": reminder.thing.subject,
            "told": columns["told"] or "",
            "snoozed": columns["snoozed"] or "",
        },
    )


def drop(db: Database, workspace: Workspace, reminder: Reminder) -> None:
    """Take a yes back, with what the outbox holds of it."""
    owed.unsay(db, workspace, reminder.owed)
    db.execute(
        f"DELETE FROM reminders WHERE {_ITS}",
        {"workspace": workspace, "person": reminder.person, "thing": str(reminder.thing)},
    )


def drop_subject(db: Database, workspace: Workspace, subject: str) -> None:
    """The same of everybody's, of an assessment, a round or a pilot that is over."""
    for each in of_subject(db, workspace, subject):
        drop(db, workspace, each)


def drop_of(db: Database, person: Caller) -> None:
    """Take back one person's in a channel; the outbox is emptied of what is theirs elsewhere."""
    db.execute(
        "DELETE FROM reminders WHERE workspace = :workspace AND person = :user "
        "AND channel = :channel",
        person.model_dump(),
    )


def _column(thing: Thing) -> str:
    if thing.kind in OF_A_CARD:
        return "assessment"
    return "round" if thing.kind == "round" else "pilot"


def _read(row: Row) -> Reminder:
    days = {name: row[name] or None for name in ("told", "snoozed")}
    return Reminder.model_validate({**row, **days, "thing": Thing.read(row["thing"])})
