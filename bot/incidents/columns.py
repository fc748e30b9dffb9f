"""CSV by its headings: Jira's and ServiceNow's exports, and any spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.incidents.model import Incident
from bot.errors import BadInput, Exchangeable
from bot.incidents.fields import (
    Row,
    described,
    duration,
    hours,
    incident,
    moment,
    number,
    people,
    text,
)
from bot.incidents.headings import columns_of, unit_of

DATES = (
    "%d/%b/%y %I:%M %p",
    "%d/%b/%y %H:%M",
    "%d/%b/%Y %H:%M",
    "%d %b %Y %H:%M",
    "%b %d, %Y %I:%M %p",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d.%m.%y %H:%M",
    "%d.%m.%y",
)
DAY_FIRST = (
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%d/%m/%y %H:%M",
    "%d/%m/%y",
    "%d-%m-%Y %H:%M",
)
MONTH_FIRST = (
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%m/%d/%y %H:%M",
    "%m/%d/%y",
    "%m-%d-%Y %H:%M",
)


TOOLS = {"issue key": "Jira", "short_description": "ServiceNow", "seconds_to_resolve": "PagerDuty"}
"""A heading that only one tool writes → the tool."""


def tool_of(row: Row) -> str:
    """Whose export these headings are; else "a spreadsheet"."""
    named = {each.strip().casefold() for each in row}
    return next((tool for heading, tool in TOOLS.items() if heading in named), "a spreadsheet")


def rows_of(content: str) -> list[Row]:
    """The rows of a CSV with commas, semicolons or tabs. Raises `BadInput` where it has no rows."""
    line = re.split(r"[\r\n]", content, maxsplit=1)[0]
    mark = max(",;\t", key=line.count)
    try:
        table = list(csv.reader(io.StringIO(content, newline=""), delimiter=mark))
    except csv.Error:
        raise BadInput("is no CSV that can be read: a quote or a field does not end.") from None
    full = [each for each in table[1:] if any(cell.strip() for cell in each)]
    if not full or len(table[0]) < 2:
        raise BadInput("holds no incidents: a CSV begins with headings, then a row each.")
    names = [each.strip() for each in table[0]]
    return [_row(names, each) for each in full]


def _row(names: Sequence[str], cells: Sequence[str]) -> Row:
    """A heading that stands several times (Jira's labels) keeps all that it says.

    One below which a short row, such as a sum, has no cell, says nothing.
    """
    row = dict.fromkeys(names, "")
    for name, cell in zip(names, cells, strict=False):
        row[name] = f"{row[name]} {cell}".strip()
    return row


def read(rows: Sequence[Row], *, day_first: bool | None = None) -> list[Incident | None]:
    """Every row, by what its headings mean.

    Raises `BadInput` where no column holds a start, its days and months could be exchanged, or a
    fraction has no unit.
    """
    columns = columns_of(rows[0])
    if "start" not in columns or "title" not in columns:
        missing = "when each began" if "start" not in columns else "what happened"
        raise BadInput(f"has no column that says {missing}; its headings: {', '.join(rows[0])}.")
    form = _form([row.get(columns["start"], "") for row in rows], day_first)
    if "end" not in columns:
        _refuse_fractions(rows, columns.get("lasted", ""))
    return [_read(row, at, columns, form) for at, row in enumerate(rows, 1)]


def _refuse_fractions(rows: Sequence[Row], heading: str) -> None:
    """Minutes have no fractions: "1,5" below a heading without a unit may be hours."""
    cells = [row.get(heading, "") for row in rows] if unit_of(heading) is None else []
    for cell in cells:
        if (plain := number(cell)) is not None and plain % 1:
            raise BadInput(
                f"does not say of what unit {text(cell, 20)} below {text(heading, 40)} is: name it "
                f"in the heading, such as {text(heading, 40)} (h)."
            )


def _read(row: Row, at: int, columns: Mapping[str, str], form: str) -> Incident | None:
    cells = {what: row.get(heading, "") for what, heading in columns.items()}
    start = _moment(cells["start"], form)
    end = _moment(cells.get("end", ""), form)
    lasted = _seconds(cells, columns, "lasted", 60)
    effort = _seconds(cells, columns, "effort", 3600)
    if end is None and start and lasted is not None and lasted < 10**9:
        end = start + timedelta(seconds=lasted)
    return incident(
        id=text(cells.get("id") or str(at)),
        title=text(cells["title"]),
        text=described(cells.get("text", "")),
        start=start,
        end=end,
        effort_hours=hours(effort, 3600),
        people=people(cells.get("people", "")),
        severity=text(cells.get("severity", "")),
        service=text(cells.get("service", "")),
        states=(cells.get("state", ""),),
    )


def _seconds(
    cells: Mapping[str, str], columns: Mapping[str, str], what: str, unit: int
) -> float | None:
    """How long a cell says; a plain number is of its heading's unit, else of `unit`."""
    written = cells.get(what, "")
    plain = number(written)
    if plain is None:
        return duration(written)
    return plain * (unit_of(columns[what]) or unit)


def _form(written: Sequence[str], day_first: bool | None) -> str:
    """The form in which every date is written: ISO's, or one of the others."""
    dates = [each for each in written if each.strip()]
    if not dates:
        raise BadInput("says of no incident when it began.")
    if all(moment(each) for each in dates):
        return ""
    days, months = _fits(dates, DAY_FIRST), _fits(dates, MONTH_FIRST)
    if days and months and days != months and day_first is None:
        raise Exchangeable(
            f"has dates such as {text(dates[0], 40)} whose day and month could be exchanged."
        )
    other = (months or days) if day_first is False else (days or months)
    form = _fits(dates, DATES) or other
    if not form:
        odd = next((each for each in dates if not _readable(each)), dates[0])
        raise BadInput(f"has dates in a form that we cannot read, such as {text(odd, 40)}.")
    return form


def _readable(date: str) -> bool:
    """Whether a date alone is of a form that is known."""
    return any(_moment(date, each) for each in ("", *DATES, *DAY_FIRST, *MONTH_FIRST))


def _fits(dates: Sequence[str], forms: Iterable[str]) -> str:
    return next((form for form in forms if all(_moment(each, form) for each in dates)), "")


def _moment(written: str, form: str) -> datetime | None:
    if not form:
        return moment(written)
    try:
        return datetime.strptime(written.strip(), form).replace(tzinfo=UTC)
    except ValueError:
        return None
