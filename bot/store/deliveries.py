"""Which deliveries of Slack were acted on, and which are being acted on: for every process.

Whoever acts on one holds it under a lease; from a process that died it falls back, and the next
delivery of the same may try again. `along` writes the end of it with the first thing that the act
keeps, so that nothing is kept twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import chain
from typing import Literal

from bot.domain.team import Workspace
from bot.store import leases
from bot.store.engine import Database, listed

KEEP = timedelta(hours=25)
"""Slack's delayed events come hourly for a day; after that no redelivery is possible."""
KEEP_SIGNATURES = timedelta(minutes=11)
"""Slack's signature holds for five minutes on either side of its time."""
LEASE = timedelta(seconds=15)
"""No act takes as long; what is slow is owed instead."""
Claim = Literal["mine", "busy", "done"]


def claim(db: Database, workspace: Workspace, key: str, holder: str, now: datetime) -> Claim:
    """Whether this holder may act on the delivery, somebody does just now, or somebody did.

    A lease that ends later than one can was given by a clock that has been set back.
    """
    at = leases.ends(now, LEASE)
    claimed = db.execute(
        "INSERT INTO deliveries (workspace, key, holder, held_until, at) "
        "VALUES (:workspace, :key, :holder, :lease, :now) ON CONFLICT (workspace, key) DO UPDATE "
        "SET holder = excluded.holder, held_until = excluded.held_until, at = excluded.at "
        "WHERE deliveries.done = 0 AND (deliveries.held_until <= excluded.at "
        "OR deliveries.held_until > :beyond)",
        {"workspace": workspace, "key": key, "holder": holder, **at},
    )
    if claimed.rowcount:
        return "mine"
    return became(db, workspace, key)


def became(
    db: Database, workspace: Workspace, key: str, holder: str = ""
) -> Literal["busy", "done"]:
    """Whether a delivery was acted on to its end, or is being acted on by this holder itself.

    One that nobody claimed has no end to wait for.
    """
    row = db.execute(
        "SELECT done, holder FROM deliveries WHERE workspace = ? AND key = ?", [workspace, key]
    ).fetchone()
    return "done" if row is None or row[0] or row[1] == holder else "busy"


def finish(db: Database, workspace: Workspace, key: str) -> None:
    """Mark a delivery as acted on."""
    db.execute("UPDATE deliveries SET done = 1 WHERE workspace = ? AND key = ?", [workspace, key])


def first_seen(db: Database, workspace: Workspace, key: str, now: datetime) -> bool:
    """Whether a key comes for the first time: what it stands for is done with this transaction."""
    noted = db.execute(
        "INSERT INTO deliveries (workspace, key, done, at) VALUES (?, ?, 1, ?) "
        "ON CONFLICT (workspace, key) DO NOTHING",
        [workspace, key, now.isoformat()],
    )
    return bool(noted.rowcount)


def pressed_before(
    db: Database, workspace: Workspace, user: str, what: str, now: datetime
) -> datetime | None:
    """When this person did the very same last, if they did nothing else since; it is noted anew.

    What is no press (`what` is empty) was never done before.
    """
    key = f"last {user}"
    row = (
        what
        and db.execute(
            "SELECT holder, at FROM deliveries WHERE workspace = ? AND key = ?", [workspace, key]
        ).fetchone()
    )
    db.execute(
        "INSERT INTO deliveries (workspace, key, holder, done, at) VALUES (?, ?, ?, 1, ?) "
        "ON CONFLICT (workspace, key) DO UPDATE SET holder = excluded.holder, at = excluded.at",
        [workspace, key, what, now.isoformat()],
    )
    return datetime.fromisoformat(row[1]) if row and row[0] == what else None


def acted(
    db: Database, workspace: Workspace, more: Mapping[str, int], now: datetime
) -> dict[str, int]:
    """How many acts people and channels have had today, in UTC, with these, in every process.

    Their keys outlive whoever is forgotten by a day, so they name nobody.
    """
    whose = {_of_today("acts", who, now): who for who in more}
    counted = [(workspace, key, more[who], now.isoformat()) for key, who in whose.items()]
    acts = db.execute(
        f"INSERT INTO deliveries (workspace, key, done, at) VALUES {listed(counted)} "
        "ON CONFLICT (workspace, key) DO UPDATE SET done = deliveries.done + excluded.done, "
        "at = excluded.at RETURNING key, done",
        [*chain(*counted)],
    )
    return {whose[key]: int(done) for key, done in acts}


def told_first(db: Database, workspace: Workspace, who: str, now: datetime) -> bool:
    """Whether a person or a channel was not told yet today that this is beyond the limit."""
    return first_seen(db, workspace, _of_today("over", who, now), now)


def _of_today(what: str, who: str, now: datetime) -> str:
    return f"{what} {now.date().isoformat()} {sha256(who.encode()).hexdigest()}"


def forget(db: Database, now: datetime) -> None:
    """Drop what can come no more; signatures begin with the version of Slack's way of signing."""
    db.execute("DELETE FROM deliveries WHERE at < ?", [(now - KEEP).isoformat()])
    db.execute(
        "DELETE FROM deliveries WHERE key BETWEEN 'v0=' AND 'v0=g' AND at < ?",
        [(now - KEEP_SIGNATURES).isoformat()],
    )
