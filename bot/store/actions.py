"""What was taken of what to do: an assessment's actions, and one person's."""

from __future__ import annotations

from datetime import date

from bot.domain.dates.model import Action
from bot.domain.team import FORMER, Caller, Workspace
from bot.store import order
from bot.store.engine import Database
from bot.store.rows import Row

_COLUMNS = tuple(Action.model_fields)
_LIST = ", ".join(_COLUMNS)
_ITS = "workspace = :workspace AND assessment = :assessment AND line = :line"
_NAMES = "SELECT assessment, line FROM actions WHERE workspace = :workspace AND {who} = :user"
TOUCHING = " UNION ".join(
    [
        *(f"{_NAMES.format(who=each)} AND {each} <> ''" for each in ("owner", "asked", "asked_by")),
        _NAMES.format(who="by"),
    ]
)
"""Each way to stand in an action by an index of its own."""


def of_assessment(db: Database, workspace: Workspace, assessment: str) -> tuple[Action, ...]:
    """All of one assessment, in the order in which they were last written."""
    rows = db.query(
        f"SELECT {_LIST} FROM actions WHERE workspace = ? AND assessment = ? ORDER BY written",
        [workspace, assessment],
    )
    return tuple(map(_action, rows))


def by_line(db: Database, workspace: Workspace, assessment: str, line: str) -> Action | None:
    """One of them by the mark of its text."""
    key = {"workspace": workspace, "assessment": assessment, "line": line}
    row = next(db.query(f"SELECT {_LIST} FROM actions WHERE {_ITS}", key), None)
    return _action(row) if row else None


def of_person(db: Database, workspace: Workspace, user: str) -> tuple[Action, ...]:
    """What this person took, is asked to take, asked for, or spoke of last."""
    rows = db.query(
        f"SELECT {', '.join(f'a.{each} AS {each}' for each in _COLUMNS)} FROM ({TOUCHING}) m "
        "JOIN actions a ON a.workspace = :workspace AND a.assessment = m.assessment "
        "AND a.line = m.line ORDER BY a.written",
        {"workspace": workspace, "user": user},
    )
    return tuple(map(_action, rows))


def keep(db: Database, workspace: Workspace, action: Action) -> Action:
    """Write an action down as it stands now."""
    kept = action.model_dump(mode="json") | {"due": _day(action.due)}
    moved = ", ".join(f"{each} = excluded.{each}" for each in _COLUMNS[2:])
    put = db.execute(
        f"INSERT INTO actions (workspace, {_LIST}) "
        f"SELECT workspace, id, {', '.join(f':{each}' for each in _COLUMNS[1:])} "
        "FROM assessments WHERE workspace = :workspace AND id = :assessment "
        f"ON CONFLICT (workspace, assessment, line) DO UPDATE SET {moved}",
        {**kept, "workspace": workspace},
    )
    if not put.rowcount:
        return action
    number = {"written": order.next_in(db, workspace), "workspace": workspace}
    db.execute(f"UPDATE actions SET written = :written WHERE {_ITS}", {**kept, **number})
    return action.model_copy(update={"written": number["written"]})


def forget(db: Database, person: Caller) -> set[str]:
    """Every action without this person; answers the assessments whose they are."""
    actions = of_person(db, person.workspace, person.user)
    for each in actions:
        _forget(db, person.workspace, each, person.user)
    return {each.assessment for each in actions}


def _forget(db: Database, workspace: Workspace, action: Action, user: str) -> None:
    """Write an action without somebody: what is open is nobody's then, its order stays."""
    kept = FORMER if action.state != "open" else ""
    names = {"owner": kept, "asked": "", "asked_by": "", "by": FORMER}
    people_of = {each: getattr(action, each) for each in names}
    left = {each: names[each] if name == user else name for each, name in people_of.items()}
    if left["asked"] == "":
        left["asked_by"] = ""
    db.execute(
        "UPDATE actions SET owner = :owner, asked = :asked, asked_by = :asked_by, by = :by "
        f"WHERE {_ITS}",
        {
            "workspace": workspace,
            "assessment": action.assessment,
            "line": action.line,
            **left,
        },
    )


def _action(row: Row) -> Action:
    return Action.model_validate({**row, "due": row["due"] or None})


def _day(due: date | None) -> str:
    return due.isoformat() if due else ""
