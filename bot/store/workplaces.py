"""What workspaces chose for themselves: one row each, as the form last left it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from bot.domain.model.workplace import Chosen
from bot.domain.team import Caller, Workspace
from bot.store import people
from bot.store.engine import Database

TABLES = """
CREATE TABLE workplaces (
    workspace TEXT NOT NULL, chosen TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (workspace)
) STRICT, WITHOUT ROWID
"""


class KeptChoices(NamedTuple):
    """What was chosen, and by whom and when last."""

    chosen: Chosen
    by: str
    at: datetime


def of(db: Database, workspace: Workspace) -> KeptChoices | None:
    """What this workspace chose; None where it chose nothing yet."""
    rows = db.query("SELECT chosen, by, at FROM workplaces WHERE workspace = ?", [workspace])
    return next((_kept(row) for row in rows), None)


def every(db: Database) -> dict[str, Chosen]:
    """Workspace → what it chose, for work that goes through all of them."""
    rows = db.query("SELECT workspace, chosen, by, at FROM workplaces")
    return {row["workspace"]: _kept(row).chosen for row in rows}


def _kept(row: Mapping[str, Any]) -> KeptChoices:
    chosen = Chosen.model_validate_json(row["chosen"])
    return KeptChoices(chosen, row["by"], datetime.fromisoformat(row["at"]))


def keep(db: Database, caller: Caller, chosen: Chosen, now: datetime) -> None:
    """Remember it, in place of what was chosen before."""
    db.execute(
        "INSERT INTO workplaces (workspace, chosen, by, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (workspace) DO UPDATE SET chosen = excluded.chosen, by = excluded.by, "
        "at = excluded.at",
        [caller.workspace, chosen.model_dump_json(exclude_none=True), caller.user, now.isoformat()],
    )


def names(db: Database, person: Caller) -> int:
    """Whether this person stands in it: 1 or 0."""
    row = of(db, person.workspace)
    if row is None:
        return 0
    named = people.named_in(row.chosen.model_dump(mode="json"))
    return int(person.user in {row.by, *named})


def forget(db: Database, person: Caller, former: str) -> None:
    """Take a person out of it: they lead nothing and own nothing any more."""
    row = of(db, person.workspace)
    if row is None:
        return
    without = {
        who: tuple(each for each in named if each != person.user)
        for who in ("leads", "pack_owners")
        if (named := getattr(row.chosen, who)) is not None
    }
    said_by = {
        field: former if who == person.user else who for field, who in row.chosen.said_by.items()
    }
    db.execute(
        "UPDATE workplaces SET chosen = ?, by = ? WHERE workspace = ?",
        [
            row.chosen.model_copy(update={**without, "said_by": said_by}).model_dump_json(
                exclude_none=True
            ),
            former if row.by == person.user else row.by,
            person.workspace,
        ],
    )
