"""Everything that is held, table by table, for a workspace or for all of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from bot.errors import BadInput, Faults
from bot.store.engine import Address, Database, named, store_at, trouble
from bot.store.fitting import JSON

_FIRST = ("packs", "assessments", "pilots", "asked", "rounds", "snapshots")
"""What other tables hang on, so that an export can be read from its beginning."""
PASSING = {"installing"}
"""Tables of what lives for minutes; they are not exported."""
_KEYS = {"answer_at", "token", "salt"}
"""Columns that let whoever has them speak to somebody, or tell whose an anonymous answer is; they
do not come out."""


def export(where: Address, workspace: str | None = None) -> Iterator[dict[str, Any]]:
    """A dict for every row, {"table", "row"}, then one with how many each table gave, {"counts"}.

    `workspace` is the id of a team, or of an enterprise that installed meshfit for all its teams;
    only what belongs to it comes out.
    Raises `BadInput` where there is no database or no such workspace, `Faults` where it is damaged.
    """
    counts = Counter[str]()
    with reading(where, workspace) as (db, name):
        columns, unnamed = db.columns(), _unnamed(db, name)
        for table in _ordered(columns):
            counts[table] = 0
            for row in _rows(db, table, columns[table], name):
                if _tells_whose(table, row, unnamed):
                    continue
                if row.get("round") in unnamed:
                    row |= {"answered": 0}
                counts[table] += 1
                yield {"table": table, "row": row}
    yield {"counts": dict(counts)}


def _unnamed(db: Database, workspace: str | None) -> frozenset[str]:
    """The rounds without names that are open: beside who has answered, answers would name them."""
    where = "names = 'anonymous' AND closed_at IS NULL"
    of = "" if workspace is None else "workspace = :workspace AND "
    rows = db.query(f"SELECT id FROM rounds WHERE {of}{where}", {"workspace": workspace})
    return frozenset(row["id"] for row in rows)


def _tells_whose(table: str, row: Mapping[str, Any], unnamed: frozenset[str]) -> bool:
    """Whether it is an answer in one of these rounds, an act that is to become one, or its form."""
    if table == "owed" and row["kind"] in ("unfinished", "late_view"):
        return any(each in json.dumps(row["data"]) for each in unnamed)
    return table == "round_answers" and row["round"] in unnamed


@contextmanager
def reading(where: Address, workspace: str | None) -> Iterator[tuple[Database, str | None]]:
    """A database as it stands, and the workspace that is meant, as it is kept.

    Raises `BadInput` where there is no database or no such workspace, `Faults` where it is damaged.
    """
    if isinstance(where, Path) and not where.is_file():
        raise BadInput(f"There is no database at {where}: set MESHFIT_DB to its file.")
    try:
        with closing(store_at(where)) as store, store.reading() as db:
            yield db, None if workspace is None else _known(db, workspace)
    except trouble() as error:
        raise Faults([f"{named(where)} cannot be read: {error}."]) from None


def _ordered(tables: Iterable[str]) -> list[str]:
    """The tables that hold what people said and did; those that others hang on come first."""
    there = set(tables) - PASSING
    return sorted(there, key=lambda each: (*(each != first for first in _FIRST), each))


def _known(db: Database, asked: str) -> str:
    """The workspace that is meant. Raises `BadInput` naming those that are held."""
    workspaces = sorted(
        {
            each
            for table, columns in db.columns().items()
            if "workspace" in columns
            for each in _workspaces(db, table)
        }
    )
    meant = [each for each in workspaces if each in (asked, asked.rpartition(":")[2])]
    if len(meant) == 1:
        return meant[0]
    raise BadInput(f"Nothing is held for {asked}. Held: {', '.join(workspaces) or 'nothing yet'}.")


def _workspaces(db: Database, table: str) -> Iterator[str]:
    """Each workspace of a table once, from one to the next: not by going through its rows."""
    following = f"SELECT MIN(workspace) FROM {table} WHERE workspace > ?"
    each = ""
    while (each := db.execute(following, [each]).fetchone()[0]) is not None:
        yield each


def _rows(
    db: Database, table: str, columns: tuple[str, ...], workspace: str | None
) -> Iterator[dict[str, Any]]:
    query, values = f"SELECT * FROM {table}", list[str]()
    if workspace is not None and "workspace" in columns:
        query, values = f"{query} WHERE workspace = ?", [workspace]
    elif workspace is not None and table == "packs":
        query += " WHERE digest IN (SELECT pack_digest FROM assessments WHERE workspace = ?)"
        values = [workspace]
    elif workspace is not None:
        return
    for row in db.query(query, values):
        yield {name: _read(name, value) for name, value in row.items() if name not in _KEYS}


def _read(column: str, value: object) -> object:
    return json.loads(value) if column in JSON and isinstance(value, str) else value
