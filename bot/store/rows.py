"""Rows ⇄ values: times, answers and ids as they stand in the tables."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from bot.domain.model import Answer, PackName
from bot.domain.team import Assessment, Changed, ChangeSet, TeamAnswer

Row = Mapping[str, Any]

_changes = TypeAdapter(tuple[Changed, ...])


def new_id() -> str:
    """An id that says nothing and fits a button's value."""
    return secrets.token_hex(8)


def assessment(row: Row) -> Assessment:
    """Read a row of `assessments` joined with its pack's name and version."""
    kept = {key: row[key] for key in row if key not in ("name", "version", "opened")}
    return Assessment(**kept, pack=PackName(name=row["name"], version=row["version"]))


def team_answer(row: Row) -> TeamAnswer:
    """Read a row of `answers` or `voices`."""
    return TeamAnswer(
        question=row["question"],
        answer=Answer.model_validate_json(row["answer"]),
        respondent=row["respondent"],
        at=datetime.fromisoformat(row["at"]),
    )


def answer_json(answer: Answer) -> str:
    """Write an answer down, leaving out what was not said."""
    return answer.model_dump_json(exclude_defaults=True)


def changeset(row: Row) -> ChangeSet:
    """Read a row of `changesets`."""
    kept = {key: row[key] for key in row if key != "workspace"}
    return ChangeSet(**kept | {"changes": _changes.validate_python(json.loads(row["changes"]))})


def changes_json(changes: Iterable[Changed]) -> str:
    """Write the changes of one go down."""
    return _changes.dump_json(tuple(changes)).decode()
