"""In which time zone people live who asked to be reminded, where Slack may tell."""

from __future__ import annotations

from datetime import datetime

from bot.domain.team import Caller, Workspace
from bot.store.engine import Database


def of(db: Database, workspace: Workspace, person: str) -> str:
    """The zone's IANA name; empty where it is not known."""
    rows = db.query(
        "SELECT zone FROM zones WHERE workspace = ? AND person = ?", [workspace, person]
    )
    return next((str(row["zone"]) for row in rows), "")


def keep(db: Database, person: Caller, zone: str, now: datetime) -> None:
    """This person lives there."""
    db.execute(
        "INSERT INTO zones (workspace, person, zone, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (workspace, person) DO UPDATE SET zone = excluded.zone, at = excluded.at",
        [person.workspace, person.user, zone, now.isoformat()],
    )
