"""What a team would mesh, as it last counted it: the load behind its estimate."""

from __future__ import annotations

from datetime import datetime

from bot.domain.estimate.model import Load
from bot.domain.team import Caller, Workspace
from bot.store.engine import Database


def of_channel(db: Database, workspace: Workspace, channel: str) -> Load | None:
    """The load that this channel last estimated with."""
    row = next(
        db.query(
            "SELECT load FROM estimates WHERE workspace = ? AND channel = ?", [workspace, channel]
        ),
        None,
    )
    return Load.model_validate_json(row["load"]) if row else None


def counted_by(db: Database, workspace: Workspace, channel: str) -> str:
    """Who counted that load; empty where nobody did."""
    row = next(
        db.query(
            "SELECT by FROM estimates WHERE workspace = ? AND channel = ?", [workspace, channel]
        ),
        None,
    )
    return str(row["by"]) if row else ""


def keep(db: Database, caller: Caller, load: Load, now: datetime) -> None:
    """Remember a load; the newest of a channel replaces the one before."""
    db.execute(
        "INSERT INTO estimates (workspace, channel, by, at, load) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (workspace, channel) DO UPDATE SET by = excluded.by, at = excluded.at, "
        "load = excluded.load",
        [
            caller.workspace,
            caller.channel,
            caller.user,
            now.isoformat(),
            load.model_dump_json(exclude_none=True),
        ],
    )
