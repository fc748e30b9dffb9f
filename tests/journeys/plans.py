"""How SQLite would find what a statement asks for; none walks a table that grows with history."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.store.engine.protocol import Values
from bot.store.engine.sqlite import SqliteDatabase

FEW = {
    "packs", "installations", "installing", "open_forms", "shown_to_leads", "digests",
    "digest_teams", "lead_group_people", "workplaces", "writings",
}  # fmt: skip
"""A row a workspace, a pack, an installation or a form under way, or a channel that
shows its card; these do not grow as people decide."""
ASKED = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
OURS = re.compile(r"/bot/store/(?!export|engine|migrating|schema|finding|rekeying|rewriting)")
"""Who asks while a person waits; an export and the schema's steps go through everything."""
UNINSTALLED = re.compile(r"DELETE FROM \w+ WHERE workspace = \?")
_NAMED = re.compile(
    r"\b(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)(?:\s+(?:AS\s+)?(?!WHERE|SET|ON|ORDER)(\w+))?"
)
_WALK = re.compile(
    r"(?:SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?(?:INDEX|PRIMARY KEY) ?(\w*))?(?: \((.*)\))?$"
)


class Statements:
    """Every statement that a story ran, with values that it was run with.

    What other tests ask of a database of theirs while they share the process is not looked at.
    """

    def __init__(self) -> None:
        self.seen: dict[str, Values] = {}
        self.found_sound: set[str] = set()
        self.watching = False

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """Note them from now on, on every connection."""
        for name in ("execute", "query"):
            patch.setattr(SqliteDatabase, name, self._noting(getattr(SqliteDatabase, name)))

    def _noting(self, run: Callable[..., Any]) -> Callable[..., Any]:
        def noted(db: SqliteDatabase, sql: str, values: Values = ()) -> Any:
            asker = sys._getframe(1).f_code.co_filename
            if self.watching and ASKED.match(sql) and OURS.search(asker):
                self.seen.setdefault(sql, values)
            return run(db, sql, values)

        return noted

    def walks(self, path: Path) -> list[str]:
        """The statements, new since the last look, that walk a table that grows."""
        with closing(sqlite3.connect(path)) as db:
            found = [
                f"{line}: {sql}"
                for sql, values in list(self.seen.items())
                if sql not in self.found_sound
                for line in walked(db, sql, values)
            ]
        self.found_sound |= set(self.seen)
        return found


def walked(db: sqlite3.Connection, sql: str, values: Values) -> Iterator[str]:
    """The steps of a statement's plan that go through a growing table, or a workspace's part of it.

    An index over what is due or missed alone holds little, however long the history.
    """
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    little = {
        row[0]
        for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
        if row[0] in ("owed_by_line", "asked_and_missed", "rated_unhelpful")
    }
    called = {alias or table: table for table, alias in _NAMED.findall(sql)}
    if UNINSTALLED.fullmatch(sql):
        return
    for *_, step in db.execute(f"EXPLAIN QUERY PLAN {sql}", values):
        walk = _WALK.match(step)
        if walk is None or walk[2] in little or walk[3] not in (None, "workspace=?"):
            continue
        table = called.get(walk[1], walk[1])
        if table in tables and table not in FEW:
            yield step
