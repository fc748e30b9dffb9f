"""Which deliveries of Slack were already acted on, across restarts.

A delivery is claimed by the running process and marked done at its end. Claimed but not done by an
earlier process means that it died on the way: the next delivery may try again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.store.engine import Database

KEEP = timedelta(hours=25)
"""Slack's delayed events come hourly for a day; after that no redelivery is possible."""
KEEP_SIGNATURES = timedelta(minutes=11)
"""Slack's signature holds for five minutes on either side of its time."""


def claim(db: Database, key: str, boot: str, now: datetime) -> bool:
    """Whether this process may act on the delivery: nobody did, or whoever tried has died."""
    db.execute("DELETE FROM deliveries WHERE at < ?", [(now - KEEP).isoformat()])
    claimed = db.execute(
        "INSERT INTO deliveries (key, boot, at) VALUES (:key, :boot, :at) "
        "ON CONFLICT (key) DO UPDATE SET boot = :boot, at = :at WHERE done = 0 AND boot <> :boot",
        {"key": key, "boot": boot, "at": now.isoformat()},
    )
    return bool(claimed.rowcount)


def finish(db: Database, key: str) -> None:
    """Mark a delivery as acted on."""
    db.execute("UPDATE deliveries SET done = 1 WHERE key = ?", [key])


def first_seen(db: Database, signature: str, now: datetime) -> bool:
    """Whether a signed request is new: the same bytes of the same second are signed alike."""
    noted = db.execute(
        "INSERT INTO deliveries (key, boot, done, at) VALUES (?, '', 1, ?) "
        "ON CONFLICT (key) DO NOTHING",
        [signature, now.isoformat()],
    )
    return bool(noted.rowcount)


def forget_signatures(db: Database, now: datetime) -> None:
    """Drop those that no longer hold; all begin with the version of Slack's way of signing."""
    db.execute(
        "DELETE FROM deliveries WHERE key BETWEEN 'v0=' AND 'v0=g' AND at < ?",
        [(now - KEEP_SIGNATURES).isoformat()],
    )
