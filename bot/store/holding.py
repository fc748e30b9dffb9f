"""What is owed, as a relay takes it: held under a lease, delivered, or put off.

Of a line only the first row that is due can be held, whoever holds it.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

from bot.domain.team import Caller, Workspace
from bot.store import leases
from bot.store.engine import Database
from bot.store.owed import Data

LEASE = timedelta(seconds=12)
"""A row is its holder's for so long; who is alive renews it, from the dead it falls back."""
FURTHEST = timedelta(hours=1)
"""No attempt is put off for longer; a time beyond it is of a clock that has been set back."""
ANSWERED_WITHIN = timedelta(minutes=30)
"""Slack takes an answer to a `response_url` for so long."""


class Due(NamedTuple):
    """A row that a relay holds."""

    workspace: Workspace
    id: str
    kind: str
    line: str
    channel: str
    person: str
    """Who caused it, and hears of it should it fail."""
    data: Data
    answer_at: str
    """Where Slack takes an answer for that person for half an hour, if it told."""
    at: str
    """When it was written, or is due from; of what lay for longer than a day, when it was tried."""
    message_id: str
    """`client_msg_id`: Slack takes what comes twice under one for one message."""
    wanted: int
    tries: int

    @property
    def subject(self) -> str:
        """What a live message is of."""
        return self.id.partition(":")[2]

    @property
    def about(self) -> str:
        """What is said about: the assessment or pilot whose line it waits in."""
        return self.line.partition(":")[2]

    @property
    def caller(self) -> Caller:
        """Who caused it, and where."""
        return Caller(workspace=self.workspace, channel=self.channel, user=self.person)


_COLUMNS = ", ".join(Due._fields)


_DUE = "{t}.wanted > {t}.drawn AND {t}.not_before <= :now"
_CLAIM = (
    "UPDATE owed SET holder = :holder, held_until = :lease, tries = tries + 1 "
    "WHERE (workspace, id) IN (SELECT o.workspace, o.id FROM owed o WHERE "
    + _DUE.format(t="o")
    + " AND (o.again_at <= :now OR o.again_at > :furthest) "
    "AND (o.held_until <= :now OR o.held_until > :beyond) AND {kinds} "
    "AND NOT EXISTS (SELECT 1 FROM owed e WHERE e.workspace = o.workspace AND e.line = o.line "
    "AND e.written < o.written AND "
    + _DUE.format(t="e")
    + ") ORDER BY o.again_at, o.not_before, o.written LIMIT 1) "
    # again, for whoever waited for the row while another hand took it, or brought it
    "AND wanted > drawn AND (held_until <= :now OR held_until > :beyond) "
    f"RETURNING {_COLUMNS}"
)


def claim(
    db: Database, holder: str, now: datetime, kinds: Collection[str], *, among: bool
) -> Due | None:
    """Take the next row that is due, of these kinds or (not `among`) of all others.

    Of a line only the first that is due can be taken, whoever holds it.
    """
    named = {f"kind{at}": kind for at, kind in enumerate(sorted(kinds))}
    listed = ", ".join(f":{name}" for name in named)
    row = next(
        db.query(
            _CLAIM.format(kinds=f"o.kind {'' if among else 'NOT '}IN ({listed})"),
            {**_times(now), "holder": holder, **named},
        ),
        None,
    )
    return Due(**{**row, "data": json.loads(row["data"])}) if row else None


def _times(now: datetime) -> dict[str, str]:
    return leases.ends(now, LEASE) | {"furthest": (now + FURTHEST).isoformat()}


def hold(db: Database, workspace: Workspace, name: str, holder: str, now: datetime) -> None:
    """A row that was just written is under way here already; another takes it up after a lease."""
    db.execute(
        "UPDATE owed SET holder = :holder, held_until = :lease "
        "WHERE workspace = :workspace AND id = :name",
        {**_times(now), "workspace": workspace, "name": name, "holder": holder},
    )


def renew(db: Database, holder: str, now: datetime) -> None:
    """Go on holding what this holder holds."""
    db.execute(
        "UPDATE owed SET held_until = :lease WHERE holder = :holder AND holder <> ''",
        {**_times(now), "holder": holder},
    )


def done(db: Database, due: Due) -> bool:
    """It was delivered, or can never be: said once it goes; a live message is drawn so far.

    Whether it stood there still; it did not where another took it up meanwhile, and ended it.
    """
    where = {"workspace": due.workspace, "id": due.id, "wanted": due.wanted}
    once = "DELETE FROM owed WHERE workspace = :workspace AND id = :id AND lasting = 0"
    if db.execute(once, where).rowcount:
        return True
    lasting = db.execute(
        "UPDATE owed SET drawn = :wanted, holder = '', held_until = '', again_at = '', tries = 0, "
        "answer_at = '', "
        "data = CASE WHEN data = :data THEN '{}' ELSE data END "
        "WHERE workspace = :workspace AND id = :id",
        {**where, "data": json.dumps(due.data)},
    )
    return bool(lasting.rowcount)


def again(db: Database, due: Due, at: datetime, *, since: datetime | None = None) -> None:
    """It failed in a way that passes: to be tried again, not before then.

    What lay for long before its first try counts as due `since` then.
    """
    db.execute(
        "UPDATE owed SET again_at = ?, at = ?, holder = '', held_until = '' "
        "WHERE workspace = ? AND id = ?",
        [at.isoformat(), since.isoformat() if since else due.at, due.workspace, due.id],
    )


def becomes(db: Database, due: Due, kind: str, data: Data | None = None) -> None:
    """The first half of the work is done: what is left of it is another kind."""
    db.execute(
        "UPDATE owed SET kind = ?, data = ? WHERE workspace = ? AND id = ?",
        [kind, json.dumps(due.data if data is None else data), due.workspace, due.id],
    )


def posted(db: Database, due: Due) -> str:
    """The message stands: what is posted next under this row is another one, under another id."""
    message_id = str(uuid4())
    db.execute(
        "UPDATE owed SET message_id = ? WHERE workspace = ? AND id = ?",
        [message_id, due.workspace, due.id],
    )
    return message_id


def forget_answers(db: Database, now: datetime) -> None:
    """Drop addresses that Slack no longer takes an answer at."""
    db.execute(
        "UPDATE owed SET answer_at = '' WHERE answer_at <> '' AND at <= ?",
        [(now - ANSWERED_WITHIN).isoformat()],
    )


def waiting(db: Database, now: datetime) -> tuple[int, datetime | None]:
    """How many rows are due by now, and from when the oldest of them is."""
    [many, oldest] = db.execute(
        "SELECT COUNT(*), MIN(o.at) FROM owed o WHERE " + _DUE.format(t="o"), _times(now)
    ).fetchone()
    return int(many), datetime.fromisoformat(oldest) if oldest else None


def pending(db: Database, now: datetime) -> int:
    """How many rows are due by now, held and failed ones included."""
    [many] = db.execute(
        "SELECT COUNT(*) FROM owed o WHERE " + _DUE.format(t="o"), _times(now)
    ).fetchone()
    return int(many)
