"""What would reopen a decision: written with its record, answered yes or no when somebody looks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.domain.dates.model import Tripwire
from bot.domain.model import Wire
from bot.domain.team import FORMER, Caller, Workspace
from bot.store import order
from bot.store.engine import Database
from bot.store.rows import Row

_ITS = "workspace = :workspace AND assessment = :assessment AND id = :id"


def of_assessment(db: Database, workspace: Workspace, assessment: str) -> tuple[Tripwire, ...]:
    """Those of the last record, in their order."""
    rows = db.query(
        "SELECT assessment, id, text, question, written_on, said, by, said_on FROM tripwires "
        "WHERE workspace = ? AND assessment = ? ORDER BY written",
        [workspace, assessment],
    )
    return tuple(map(_read, rows))


def write(
    db: Database, workspace: Workspace, assessment: str, wires: Iterable[Wire], on: date
) -> None:
    """Write down what would reopen it now, in place of what was written before."""
    key = {"workspace": workspace, "assessment": assessment}
    db.execute(
        "DELETE FROM tripwires WHERE workspace = :workspace AND assessment = :assessment", key
    )
    for each in wires:
        db.execute(
            "INSERT INTO tripwires (workspace, assessment, id, text, question, written, "
            "written_on, said, by, said_on) "
            "SELECT workspace, id, :wire, :text, :question, :written, :on, '', '', '' "
            "FROM assessments WHERE workspace = :workspace AND id = :assessment",
            {
                **key,
                "wire": each.id,
                "text": each.text,
                "question": each.question,
                "written": order.next_in(db, workspace),
                "on": on.isoformat(),
            },
        )


def say(db: Database, caller: Caller, wire: Tripwire, text: str, on: date) -> None:
    """Note what this person says of one of them."""
    db.execute(
        f"UPDATE tripwires SET said = :said, by = :by, said_on = :on WHERE {_ITS}",
        {
            "workspace": caller.workspace,
            "assessment": wire.assessment,
            "id": wire.id,
            "said": text,
            "by": caller.user,
            "on": on.isoformat(),
        },
    )


def rename(db: Database, person: Caller) -> None:
    """What somebody said of them stays, without their name."""
    db.execute(
        "UPDATE tripwires SET by = :former WHERE workspace = :workspace AND by = :user "
        "AND by <> ''",
        {**person.model_dump(), "former": FORMER},
    )


def _read(row: Row) -> Tripwire:
    kept = {key: row[key] for key in row if key != "written_on"}
    return Tripwire(**kept | {"on": row["written_on"], "said_on": row["said_on"] or None})
