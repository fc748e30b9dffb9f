"""Whether a row of an export is one that meshfit could have written: its texts, times and JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.domain.estimate.model import Load
from bot.domain.evidence.model import LookSummary
from bot.domain.evidence.model.handed_over import ExportSummary
from bot.domain.incidents.model import Weighed
from bot.domain.model import Answer, Reached
from bot.domain.model.digest import Stood
from bot.domain.model.filled_in import FilledIn
from bot.domain.model.workplace import Chosen
from bot.domain.pilot.model import (
    Clock,
    DrillResult,
    Edit,
    KeptRun,
    Measurement,
    Override,
    Owner,
    Plan,
    PolicyException,
    RolloutState,
    Seal,
)
from bot.domain.rounds.model import AtClose
from bot.domain.runs.model import Run
from bot.domain.snapshots.model import MonthlyHours
from bot.domain.team import Changed
from bot.store import owed

JSON = frozenset({"answer", "changes", "chosen", "data", "json"})
"""Columns of JSON that an export gives as what they hold."""
_LOG: Mapping[str, TypeAdapter[Any]] = {
    "seal": TypeAdapter(Seal),
    "run": TypeAdapter(KeptRun),
    "measurement": TypeAdapter(Measurement),
    "drill": TypeAdapter(DrillResult),
    "clock": TypeAdapter(Clock),
    "exception": TypeAdapter(PolicyException),
    "override": TypeAdapter(Override),
    "goal": TypeAdapter(Reached),
    "edit": TypeAdapter(Edit),
}
_HOLDS: Mapping[tuple[str, str], TypeAdapter[Any]] = {
    ("answers", "answer"): TypeAdapter(Answer),
    ("voices", "answer"): TypeAdapter(Answer),
    ("changesets", "changes"): TypeAdapter(tuple[Changed, ...]),
    ("pilots", "plan"): TypeAdapter(Plan),
    ("pilots", "rollout"): TypeAdapter(RolloutState),
    ("pilot_owners", "owner"): TypeAdapter(Owner),
    ("imports", "json"): TypeAdapter(tuple[Run, ...]),
    ("estimates", "load"): TypeAdapter(Load),
    ("evidence", "json"): TypeAdapter(LookSummary | ExportSummary),
    ("evidence_incidents", "json"): TypeAdapter(Weighed),
    ("snapshots", "json"): TypeAdapter(MonthlyHours),
    ("snapshot_answers", "answer"): TypeAdapter(Answer),
    ("rounds", "json"): TypeAdapter(AtClose),
    ("round_answers", "answer"): TypeAdapter(Answer),
    ("packs", "json"): TypeAdapter(dict[str, Any]),
    ("digest_teams", "json"): TypeAdapter(Stood),
    ("workplaces", "chosen"): TypeAdapter(Chosen),
    ("open_forms", "json"): TypeAdapter(FilledIn),
    ("owed", "data"): TypeAdapter(dict[str, Any]),
}
_EMPTY = {"owed"}
"""Tables in which a time may be empty: none is meant."""


def fitted(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as it stands in its table. Raises `ValueError` saying which column does not fit."""
    kept = {}
    for column, value in row.items():
        text = json.dumps(value) if column in JSON and value is not None else value
        if not isinstance(text, str | int | float | None):
            raise ValueError(f"{column} holds a list or an object, where a text belongs")
        if isinstance(text, bool):
            raise ValueError(f"{column} holds true or false, where a text or a number belongs")
        if isinstance(text, str) and (text or table not in _EMPTY):
            _check(table, column, row, text)
        kept[column] = text
    return kept


def _model(table: str, column: str, kind: str) -> TypeAdapter[Any] | None:
    """What a column's JSON is read as. Raises `ValueError` for a kind that there is not."""
    if (table, column) == ("owed", "data") and kind not in owed.KINDS:
        raise ValueError(f"kind '{kind[:40]}' is none that anything is owed of")
    if (table, column) != ("pilot_log", "json"):
        return _HOLDS.get((table, column))
    if kind not in _LOG:
        raise ValueError(f"kind '{kind[:40]}' is none that a pilot's log has")
    return _LOG[kind]


def _check(table: str, column: str, row: Mapping[str, Any], text: str) -> None:
    """Raises `ValueError` for a time that is none, and for JSON that nobody could read again."""
    if column == "at" or column.endswith("_at"):
        try:
            has_zone = datetime.fromisoformat(text).tzinfo is not None
        except ValueError:
            has_zone = False
        if not has_zone:
            raise ValueError(
                f"{column} is no time with its zone, such as 2026-11-28T09:30:00+00:00"
            )
    model = _model(table, column, str(row.get("kind")))
    if model is None:
        return
    try:
        model.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, (column, *first["loc"])))
        raise ValueError(f"{where}: {first['msg']}") from None
