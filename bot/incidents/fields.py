"""What a field of an export says: texts, moments, durations, whether an incident counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

from bot.domain.incidents.model import Incident, Why
from bot.domain.numbers import read_number

Row: TypeAlias = Mapping[str, Any]
"""One incident as its tool writes it."""
MOST_TEXT = 20_000
"""Characters of a description that are read for the suggestion."""

_DRILL = re.compile(
    r"\[(test|drill|exercise)\]|\b(pager|fire|failover|incident) drill\b|\bgame ?day\b"
    r"|\btest (incident|alert|page)\b|^test\b|\bdrill\b"
    r"|\b(notfall|krisen|test)?übung\b|\bexercice\b",
    re.IGNORECASE,
)
_SAME = re.compile(r"duplicate|merged|duplikat|dublette|doublon", re.IGNORECASE)
_UNITS = {
    604_800: r"weeks?|w|wochen?|semaines?",
    86_400: r"days?|d|tage?n?|jours?|j",
    3_600: r"hours?|hrs?|h|stunden?|std\.?|heures?",
    60: r"minutes?|mins?\.?|m|minuten",
    1: r"seconds?|secs?\.?|s|sekunden?|sek\.?|secondes?",
}
"""Seconds → how a unit of so many is written, in English, German and French."""
_PARTS = {
    seconds: re.compile(rf"(\d+(?:[.,]\d+)?)\s*(?:{names})(?![a-z])", re.IGNORECASE)
    for seconds, names in _UNITS.items()
}


def at(row: object, path: str) -> Any:  # noqa: ANN401 - JSON
    """The value at `a.b.c`, `a.0.b`; None where the way ends."""
    for step in path.split("."):
        if isinstance(row, list) and step.isdigit():
            row = row[int(step)] if int(step) < len(row) else None
        else:
            row = row.get(step) if isinstance(row, Mapping) else None
    return row


def first(row: object, *paths: str) -> Any:  # noqa: ANN401 - JSON
    """The first of several values that is there."""
    return next((value for path in paths if (value := at(row, path)) not in (None, "")), None)


def text(value: object, most: int = 300) -> str:
    """A text on one line, cut to length; nothing for anything else."""
    return " ".join(str(value).split())[:most] if isinstance(value, str | int) else ""


def described(value: object) -> str:
    """What was written about an incident, as far as the suggestion reads it."""
    return text(value, MOST_TEXT)


def moment(value: object) -> datetime | None:
    """An ISO 8601 moment, in UTC where it has no zone; None for anything else."""
    try:
        when = datetime.fromisoformat(str(value).strip())
    except ValueError:
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def number(value: object) -> float | None:
    """A number that cannot be negative; None for anything else."""
    try:
        figure = read_number(value)
    except ValueError:
        return None
    return figure if figure >= 0 else None


def hours(value: object, a_unit: float) -> float | None:
    """Hours out of a number of seconds (3600) or minutes (60)."""
    units = number(value)
    return None if units is None else units / a_unit


def duration(value: object) -> float | None:
    """Seconds of "2h 35m", "25 Days 21 Hours", "1:20" or "1h20", or plain minutes.

    Units may be German or French, and a comma decimal.
    """
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    if clock := re.fullmatch(r"(\d{1,4})[:h]([0-5]\d)(?::([0-5]\d))?", text):
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0)
    seconds, rest = 0.0, text
    for unit, parts in _PARTS.items():
        seconds += sum(float(each.replace(",", ".")) * unit for each in parts.findall(rest))
        rest = parts.sub("", rest)
    if rest != text and not re.sub(r"[\s,]|and|und|et", "", rest):
        return seconds
    minutes = number(text)
    return None if minutes is None else minutes * 60


def people(value: object) -> float | None:
    """A head count: a number, the middle of "4-5", or how many names a list has."""
    if isinstance(value, list):
        return float(len(value)) or None
    if isinstance(value, str) and (span := re.fullmatch(r"\s*(\d+)\s*[-\u2013]\s*(\d+)\s*", value)):
        return (int(span[1]) + int(span[2])) / 2
    return number(value)


def reason(incident: Incident, *states: object) -> Why | None:
    """Why an incident does not count, by its title, its state and its end; None where it does."""
    if _DRILL.search(incident.title):
        return "drill or test"
    if any(_SAME.search(str(each)) for each in states if each):
        return "merged or duplicate"
    if incident.end is None:
        return "open"
    return None


def incident(**fields: Any) -> Incident | None:  # noqa: ANN401 - fields of an Incident
    """An incident out of what was read; None where it has no id or no start."""
    if not fields.get("id") or fields.get("start") is None:
        return None
    end = fields.get("end")
    if end is not None and end < fields["start"]:
        fields["end"] = None
    known = Incident(**{name: each for name, each in fields.items() if name != "states"})
    left = known.left_out or reason(known, *fields.get("states", ()))
    return known.model_copy(update={"left_out": left})
