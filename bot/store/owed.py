"""What is owed to people at Slack: written with what caused it, delivered by the relay.

`say` owes something once: a line in a thread, a direct message, an answer, a piece of work.
`redraw` owes a live message (a card, a board, a Home): one row that stays, *wanted* as often as it
changed and *drawn* as often as that was shown, so that many changes are one edit.

Rows of one `line` are delivered in the order in which they were written; without a line, in any.
A `kind` is drawn by its function in `bot/outbox/kinds.py`, from `data` and what is kept by then;
so `data` holds ids, and seldom what can be looked up.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from bot.domain.team import Caller, Workspace
from bot.store import order, rows
from bot.store.engine import Database

LEASE = timedelta(seconds=12)
"""A row is its holder's for so long; who is alive renews it, from the dead it falls back."""
FURTHEST = timedelta(hours=1)
"""No attempt is put off for longer; a time beyond it is of a clock that has been set back."""
ANSWERED_WITHIN = timedelta(minutes=30)
"""Slack takes an answer to a `response_url` for so long."""

Data = Mapping[str, Any]


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
    """When it was written, or is due from."""
    message_id: str
    """`client_msg_id`: Slack takes what comes twice under one for one message."""
    wanted: int
    tries: int

    @property
    def subject(self) -> str:
        """What a live message is of."""
        return self.id.partition(":")[2]

    @property
    def caller(self) -> Caller:
        """Who caused it, and where."""
        return Caller(workspace=self.workspace, channel=self.channel, user=self.person)


_COLUMNS = ", ".join(Due._fields)


def say(
    db: Database,
    caller: Caller,
    kind: str,
    data: Data | None = None,
    *,
    line: str = "",
    not_before: datetime | None = None,
) -> None:
    """Owe something once, from `not_before` on."""
    _say(db, _row(db, caller, kind, data, (str(uuid4()), line)), not_before)


def say_once(
    db: Database,
    caller: Caller,
    kind: str,
    name: str,
    data: Data | None = None,
    *,
    not_before: datetime | None = None,
) -> None:
    """The same under a name: owed once however often it is said, and taken back by `unsay`."""
    _say(db, _row(db, caller, kind, data, (name, "")), not_before)


def _say(db: Database, row: dict[str, object], not_before: datetime | None) -> None:
    if not_before is not None:
        row["not_before"] = row["at"] = not_before.isoformat()
    db.execute(_INSERT + "ON CONFLICT (workspace, id) DO NOTHING", {**row, "lasting": 0})


def redraw(
    db: Database,
    caller: Caller,
    kind: str,
    subject: str,
    *,
    line: str = "",
    data: Data | None = None,
) -> None:
    """Owe a live message as it stands once it is drawn; `data` is for the next drawing alone."""
    name = f"{kind}:{subject}"
    db.execute(
        _INSERT + "ON CONFLICT (workspace, id) DO UPDATE SET wanted = owed.wanted + 1, tries = 0, "
        "person = excluded.person, channel = excluded.channel, answer_at = excluded.answer_at, "
        "at = CASE WHEN owed.wanted > owed.drawn THEN owed.at ELSE excluded.at END, "
        "written = CASE WHEN owed.wanted > owed.drawn THEN owed.written ELSE excluded.written END, "
        "data = CASE WHEN excluded.data = '{}' THEN owed.data ELSE excluded.data END",
        {**_row(db, caller, kind, data, (name, line)), "lasting": 1},
    )


_INSERT = (
    "INSERT INTO owed (workspace, id, written, kind, line, channel, person, data, answer_at, "
    "at, message_id, not_before, lasting) VALUES (:workspace, :id, :written, :kind, :line, "
    ":channel, :person, :data, :answer_at, :at, :message_id, :not_before, :lasting) "
)


def _row(
    db: Database, caller: Caller, kind: str, data: Data | None, place: tuple[str, str]
) -> dict[str, object]:
    db.owes, (name, line) = True, place
    return {
        "workspace": caller.workspace,
        "id": name,
        "written": order.next_in(db, caller.workspace),
        "kind": kind,
        "line": line or name,
        "channel": caller.channel,
        "person": caller.user,
        "data": json.dumps(data or {}),
        "answer_at": caller.answer_at,
        "at": db.clock().isoformat(),
        "not_before": "",
        "message_id": str(uuid4()),
    }


def unsay(db: Database, workspace: Workspace, name: str) -> None:
    """Take back what was owed under a name, if it was not delivered yet."""
    db.execute("DELETE FROM owed WHERE workspace = ? AND id = ? AND lasting = 0", [workspace, name])


_DUE = "{t}.wanted > {t}.drawn AND {t}.not_before <= :now"
_CLAIM = (
    "UPDATE owed SET holder = :holder, held_until = :lease, tries = tries + 1 "
    "WHERE (workspace, id) IN (SELECT o.workspace, o.id FROM owed o WHERE "
    + _DUE.format(t="o")
    + " AND (o.again_at <= :now OR o.again_at > :furthest) "
    "AND (o.held_until <= :now OR o.held_until > :lease) AND {kinds} "
    "AND NOT EXISTS (SELECT 1 FROM owed e WHERE e.workspace = o.workspace AND e.line = o.line "
    "AND e.written < o.written AND "
    + _DUE.format(t="e")
    + ") ORDER BY o.again_at, o.not_before, o.written LIMIT 1) "
    "AND (held_until <= :now OR held_until > :lease) "  # again, for whoever waited for the row
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
        rows.found(
            db,
            _CLAIM.format(kinds=f"o.kind {'' if among else 'NOT '}IN ({listed})"),
            {**_times(now), "holder": holder, **named},
        ),
        None,
    )
    return Due(**{**row, "data": json.loads(row["data"])}) if row else None


def _times(now: datetime) -> dict[str, str]:
    ends = {"now": now, "lease": now + LEASE, "furthest": now + FURTHEST}
    return {name: at.isoformat() for name, at in ends.items()}


def renew(db: Database, holder: str, now: datetime) -> None:
    """Go on holding what this holder holds."""
    db.execute(
        "UPDATE owed SET held_until = :lease WHERE holder = :holder AND holder <> ''",
        {**_times(now), "holder": holder},
    )


def done(db: Database, due: Due) -> None:
    """It was delivered, or can never be: said once it goes; a live message is drawn so far."""
    where = {"workspace": due.workspace, "id": due.id, "wanted": due.wanted}
    db.execute("DELETE FROM owed WHERE workspace = :workspace AND id = :id AND lasting = 0", where)
    db.execute(
        "UPDATE owed SET drawn = :wanted, holder = '', held_until = '', again_at = '', tries = 0, "
        "answer_at = '', "
        "data = CASE WHEN data = :data THEN '{}' ELSE data END "
        "WHERE workspace = :workspace AND id = :id",
        {**where, "data": json.dumps(due.data)},
    )


def again(db: Database, due: Due, at: datetime) -> None:
    """It failed in a way that passes: to be tried again, not before then."""
    db.execute(
        "UPDATE owed SET again_at = ?, holder = '', held_until = '' WHERE workspace = ? AND id = ?",
        [at.isoformat(), due.workspace, due.id],
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


def pending(db: Database, now: datetime) -> int:
    """How many rows are due by now, held and failed ones included."""
    [many] = db.execute(
        "SELECT COUNT(*) FROM owed o WHERE " + _DUE.format(t="o"), _times(now)
    ).fetchone()
    return int(many)
