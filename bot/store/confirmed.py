"""Incidents that count, one row each, and what a person said of each: who and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.evidence.model import Confirmed
from bot.domain.incidents.model import Weighed
from bot.domain.pack.incidents import Network
from bot.domain.team import Caller
from bot.store import order
from bot.store.engine import Database


def put(db: Database, caller: Caller, kept: str, incidents: Iterable[Weighed]) -> None:
    """Enter the incidents of an export; of one that another export holds too, what was said."""
    for each in incidents:
        db.execute(
            "INSERT INTO evidence_incidents "
            "(workspace, channel, key, evidence, written, json, said, said_by, said_at) "
            "SELECT :workspace, :channel, :key, :evidence, :written, :json, "
            "MAX(said), MAX(said_by), MAX(said_at) FROM evidence_incidents "
            "WHERE workspace = :workspace AND channel = :channel AND key = :key "
            "ON CONFLICT (workspace, channel, key, evidence) DO UPDATE SET json = excluded.json",
            {
                "workspace": caller.workspace,
                "channel": caller.channel,
                "key": each.key,
                "evidence": kept,
                "written": order.next_in(db, caller.workspace),
                "json": each.model_dump_json(),
            },
        )


def of_channel(db: Database, caller: Caller) -> tuple[Confirmed, ...]:
    """The incidents of the exports that this channel uses, each once, by their key."""
    rows = db.query(
        "SELECT i.key AS key, i.json AS json, i.said AS said, i.said_by AS said_by, "
        "i.said_at AS said_at "
        "FROM evidence_incidents i "
        "JOIN evidence e ON e.workspace = i.workspace AND e.id = i.evidence "
        "WHERE i.workspace = :workspace AND i.channel = :channel AND e.used_by IS NOT NULL "
        "ORDER BY i.key, i.written",
        caller.model_dump(),
    )
    return tuple(
        Confirmed(
            incident=Weighed.model_validate_json(row["json"]),
            said=row["said"],
            by=row["said_by"],
            at=row["said_at"],
        )
        for row in {row["key"]: row for row in rows}.values()
    )


def say(db: Database, caller: Caller, incident: Weighed, network: Network, now: datetime) -> None:
    """What this person says of an incident; the last word counts."""
    db.execute(
        "UPDATE evidence_incidents SET said = :said, said_by = :user, said_at = :at "
        "WHERE workspace = :workspace AND channel = :channel AND key = :key",
        {**caller.model_dump(), "key": incident.key, "said": network, "at": now.isoformat()},
    )
