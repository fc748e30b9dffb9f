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
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from bot.domain.team import Caller, Workspace
from bot.store import order
from bot.store.engine import Database

Data = Mapping[str, Any]
_KINDS = """
    action_asked action_late answer argument aside board board_elsewhere board_stands card
    card_deleted card_elsewhere clock_started clock_stopped dates detail digest digest_worded
    drill_recorded dropped dropped_callers dropped_evidence dropped_unshown estimate
    figures_saved file file_unsaid followed goal_measured goal_moved home late_view lead_group
    measurer_asked nomination nomination_gone notice offer owner_request pilot_closed planned
    purge record reminder reply report review roles_named rollout rollout_opened round round_due
    round_invitation round_result said sealed shared_file summary teams_file to_leads turned
    undone unfinished verdict what_if withdrawn zone"""
KINDS = frozenset(_KINDS.split())
"""Every kind there is, for what comes from outside; each has its function in the outbox."""
LASTING = frozenset({"lead_group", "purge"})
"""What nobody sees and a promise rests on, who leads and what is forgotten: never given up."""


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


def forget_card(db: Database, workspace: Workspace, assessment: str) -> None:
    """The assessment is gone: neither its card and detail nor a line below them is owed."""
    due = "SELECT id FROM owed WHERE workspace = ? AND line = ? AND wanted > drawn ORDER BY written"
    named = [str(row[0]) for row in db.execute(due, [workspace, f"card:{assessment}"])]
    for each in (*named, f"card:{assessment}", f"detail:{assessment}"):
        db.execute("DELETE FROM owed WHERE workspace = ? AND id = ?", [workspace, each])
