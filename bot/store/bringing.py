"""An export brought into a database: every row or none, each where it belongs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import Any

from bot.errors import Faults
from bot.store import health
from bot.store.engine import Address, Database, trouble
from bot.store.export import PASSING
from bot.store.fitting import JSON, fitted
from bot.store.rewriting import rounds_without_names

_KEYS = {"packs": ("digest",), "deliveries": ("workspace", "key")}
"""Tables whose rows may be there already, and what tells them apart."""
_NOBODYS = ""
"""The workspace of deliveries that came before anybody knew whose they were."""
_BELONGS = {
    "answers": ("assessment", "assessments"),
    "voices": ("assessment", "assessments"),
    "changesets": ("assessment", "assessments"),
    "records": ("assessment", "assessments"),
    "actions": ("assessment", "assessments"),
    "tripwires": ("assessment", "assessments"),
    "nominations": ("assessment", "assessments"),
    "feedback": ("asked", "asked"),
    "pilot_log": ("pilot", "pilots"),
    "pilot_owners": ("pilot", "pilots"),
    "pilot_people": ("pilot", "pilots"),
    "ticks": ("pilot", "pilots"),
    "evidence_uses": ("evidence", "evidence"),
    "evidence_incidents": ("evidence", "evidence"),
    "round_people": ("round", "rounds"),
    "round_answers": ("round", "rounds"),
    "snapshots": ("assessment", "assessments"),
    "snapshot_answers": ("snapshot", "snapshots"),
}
"""Table → its column that names a row of another one, which must be of the same workspace."""
NOTHING = "Nothing was taken in."
_NOT_EXPORTED = {
    "owed": {"answer_at": ""},
    "installations": {"token": ""},
    "rounds": {"salt": ""},
}
"""Table → columns that an export leaves out; a workspace without its token is to install again."""


def bring_in(where: Address, lines: Iterable[str]) -> dict[str, int]:
    """Take in what `export` printed; answers how many rows each table got.

    Raises `BadInput` for a database of no use, `Faults` naming the first line that does not fit:
    then nothing was taken in.
    """
    store = health.opened(where)
    troubles: tuple[type[Exception], ...]
    troubles = (ValueError, OverflowError, RecursionError, *trouble())
    with closing(store), store.writing() as db:
        taking = _Taking(db)
        for number, line in enumerate(lines, 1):
            try:
                taking.line(json.loads(line))
            except troubles as error:
                raise Faults([f"line {number}: {_said(error)}. {NOTHING}"]) from None
        if taking.ended is None:
            raise Faults(
                ["the export ends without its counts: it was cut off. Nothing was taken in."]
            )
        return taking.ended


def _said(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return "is no JSON"
    if isinstance(error, OverflowError | RecursionError):
        return "holds a number, or a list in lists, too large to keep"
    first = str(error).splitlines()[0]
    return first if isinstance(error, ValueError) else f"does not fit ({first})"


class _Taking:
    """One import, inside its transaction."""

    def __init__(self, db: Database) -> None:
        self.db, self.columns = db, db.columns()
        self.counts = Counter[str](dict.fromkeys(set(self.columns) - PASSING, 0))
        self.workspaces = {_NOBODYS}
        self.ended: dict[str, int] | None = None

    def line(self, document: object) -> None:
        """Take one line. Raises `ValueError`, or what the database says."""
        if self.ended is not None:
            raise ValueError("comes after the counts, which end an export")
        match document:
            case {"table": str() as table, "row": dict() as row}:
                self._row(table, row)
            case {"counts": dict() as counts}:
                self._end(counts)
            case _:
                raise ValueError("is neither a row of an export nor its counts")

    def _row(self, table: str, row: Mapping[str, Any]) -> None:
        if table not in self.counts:
            raise ValueError(f"there is no table {table}")
        row = {**_NOT_EXPORTED.get(table, {}), **row}
        if odd := set(row) ^ set(self.columns[table]):
            raise ValueError(f"{table} and this row do not agree on {', '.join(sorted(odd))}")
        kept = fitted(table, row)
        self.counts[table] += 1
        if table in _KEYS and self._is_there(table, kept):
            return
        self._check_workspace(table, kept)
        names = ", ".join(f'"{each}"' for each in kept)
        marks = ", ".join(f":{each}" for each in kept)
        self.db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", kept)

    def _is_there(self, table: str, row: Mapping[str, Any]) -> bool:
        """Whether the very same row is there; raises `ValueError` for another under its key."""
        key = {each: row[each] for each in _KEYS[table]}
        where = " AND ".join(f"{each} = :{each}" for each in key)
        row_here = next(self.db.query(f"SELECT * FROM {table} WHERE {where}", key), None)
        if row_here is not None and fitted(table, _parsed(row_here)) != row:
            raise ValueError(f"{table} holds another row under {' '.join(map(str, key.values()))}")
        return row_here is not None

    def _check_workspace(self, table: str, row: Mapping[str, Any]) -> None:
        workspace = row.get("workspace")
        if workspace is None:
            return
        if workspace not in self.workspaces:
            self.workspaces.add(str(workspace))
            for each, columns in self.columns.items():
                there = f"SELECT 1 FROM {each} WHERE workspace = ? LIMIT 1"
                if "workspace" in columns and self.db.execute(there, [workspace]).fetchone():
                    raise ValueError(
                        f"{workspace} is held here already: take it into another database"
                    )
        column, parent = _BELONGS.get(table, ("", ""))
        if (
            parent
            and not self.db.execute(
                f"SELECT 1 FROM {parent} WHERE id = ? AND workspace = ?", [row[column], workspace]
            ).fetchone()
        ):
            raise ValueError(f"no row of {parent} before it is its {column} {row[column]}")

    def _end(self, counts: Mapping[str, Any]) -> None:
        for table in sorted(counts.keys() | self.counts.keys()):
            counted, came = counts.get(table, 0), self.counts[table]
            if counted != came:
                raise ValueError(f"says that {table} has {counted} rows, and {came} came")
        for each in self.workspaces:
            rounds_without_names(self.db, each)
        self.ended = dict(self.counts)


def _parsed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: json.loads(value) if name in JSON and isinstance(value, str) else value
        for name, value in row.items()
    }
