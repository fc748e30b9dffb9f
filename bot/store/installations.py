"""Which workspaces installed meshfit, each with its bot's token, sealed before it comes here."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from bot.domain.team import Workspace
from bot.store.engine import Database

TABLES = """
CREATE TABLE installations (
    workspace TEXT NOT NULL, enterprise TEXT, team TEXT, wide INTEGER NOT NULL,
    app TEXT NOT NULL, bot_id TEXT NOT NULL, bot_user TEXT NOT NULL, scopes TEXT NOT NULL,
    token TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (workspace)
) STRICT, WITHOUT ROWID;
CREATE TABLE installing (
    state TEXT NOT NULL, until TEXT NOT NULL, PRIMARY KEY (state)
) STRICT, WITHOUT ROWID;
CREATE INDEX installing_by_age ON installing (until)
"""
MOST_BEGUN = 1000
"""Installations begun and not finished; of more, the oldest make way."""


class Installed(BaseModel):
    """One installation; `token` is sealed, `wide` where it is for a whole organisation."""

    model_config = ConfigDict(frozen=True)

    workspace: Workspace
    enterprise: str | None
    team: str | None
    wide: bool
    app: str
    bot_id: str
    bot_user: str
    scopes: str
    token: str
    by: str
    at: datetime


def keep(db: Database, installed: Installed) -> None:
    """Remember an installation; a newer one of the same workspace replaces it."""
    values = installed.model_dump(mode="json") | {"wide": int(installed.wide)}
    later = ", ".join(f"{each} = excluded.{each}" for each in values if each != "workspace")
    db.execute(
        f"INSERT INTO installations ({', '.join(values)}) "
        f"VALUES ({', '.join(f':{each}' for each in values)}) "
        f"ON CONFLICT (workspace) DO UPDATE SET {later}",
        values,
    )


def of(db: Database, enterprise: str | None, team: str | None) -> Installed | None:
    """What a request of this team is served by: its organisation's installation, else its own."""
    row = next(
        db.query(
            "SELECT * FROM installations WHERE (workspace = ? AND wide = 1) OR workspace = ? "
            "ORDER BY wide DESC LIMIT 1",
            [enterprise or "", team or ""],
        ),
        None,
    )
    return Installed(**row) if row else None


def tokens(db: Database) -> list[str]:
    """The token of each, sealed."""
    return [str(token) for (token,) in db.execute("SELECT token FROM installations")]


def forget(db: Database, workspace: Workspace, gone_at: float | None) -> None:
    """Drop a token that is worth nothing since then, unless a newer one was given; None is now."""
    for (at,) in list(db.execute("SELECT at FROM installations WHERE workspace = ?", [workspace])):
        if gone_at is None or datetime.fromisoformat(at).timestamp() <= gone_at:
            db.execute("DELETE FROM installations WHERE workspace = ?", [workspace])


def begin(db: Database, state: str, now: datetime, until: datetime) -> None:
    """Note that somebody set out to install, and forget those that took too long."""
    db.execute("DELETE FROM installing WHERE until < ?", [now.isoformat()])
    db.execute(
        "DELETE FROM installing WHERE state IN "
        "(SELECT state FROM installing ORDER BY until DESC LIMIT 1000 OFFSET ?)",
        [MOST_BEGUN - 1],
    )
    db.execute("INSERT INTO installing (state, until) VALUES (?, ?)", [state, until.isoformat()])


def end(db: Database, state: str, now: datetime) -> bool:
    """Whether somebody set out under this state, lately and not yet come back."""
    rows = db.execute(
        "DELETE FROM installing WHERE state = ? AND until >= ?", [state, now.isoformat()]
    )
    return bool(rows.rowcount)
