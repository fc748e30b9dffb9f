"""Who stands in a pilot, whichever of its rows names them: how one person's pilots are found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from bot.domain.team import Workspace
from bot.store.engine import Database

_ID = re.compile(r"[UW][A-Z0-9_]{1,30}")


def stands(db: Database, workspace: Workspace, pilot: str, people: Iterable[str]) -> None:
    """Note that these people are named in a pilot of the workspace."""
    for each in sorted(set(people)):
        db.execute(
            "INSERT INTO pilot_people (workspace, person, pilot) "
            "SELECT workspace, ?, id FROM pilots WHERE workspace = ? AND id = ? "
            "ON CONFLICT (workspace, person, pilot) DO NOTHING",
            [each, workspace, pilot],
        )


def named(db: Database, workspace: Workspace, pilot: str, what: BaseModel, *who: str) -> None:
    """Note who is named in what was written down, beside whoever wrote it."""
    stands(db, workspace, pilot, [*named_in(what.model_dump(mode="json")), *who])


def pilots_of(db: Database, workspace: Workspace, person: str) -> list[str]:
    """The pilots that name this person."""
    rows = db.execute(
        "SELECT pilot FROM pilot_people WHERE workspace = ? AND person = ?", [workspace, person]
    )
    return [str(row[0]) for row in rows]


def named_in(tree: object) -> Iterator[str]:
    """Everybody whose id stands in a value of JSON."""
    match tree:
        case str():
            if _ID.fullmatch(tree):
                yield tree
        case dict():
            for each in tree.values():
                yield from named_in(each)
        case list():
            for each in tree:
                yield from named_in(each)


def without(tree: Any, instead: Mapping[str, str]) -> Any:  # noqa: ANN401 - whatever JSON holds
    """A value of JSON, with other texts in place of some."""
    match tree:
        case str():
            return instead.get(tree, tree)
        case dict():
            return {name: without(each, instead) for name, each in tree.items()}
        case list():
            return [without(each, instead) for each in tree]
    return tree
