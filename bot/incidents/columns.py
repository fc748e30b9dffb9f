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

HEADINGS: Mapping[str, str] = {
    "id": r"issue key|number|incident( (id|number|key))?|id|key|ref(erence)?|ticket|#",
    "title": r"summary|title|short.?description|name|what( happened)?|incident|description|subject",
    "text": r"description|details|notes?|root ?cause|cause|post.?mortem|body|close.?notes"
    r"|comments?",
    "start": r"opened(.?at)?|created(.?at)?|started?(.?at)?|start( ?(time|date))?|when|date|begin"
    r"|reported(.?at)?|from|time",
    "end": r"resolved(.?at)?|closed(.?at)?|ended?(.?at)?|end( ?(time|date))?|fixed(.?at)?|until|to"
    r"|resolution ?date",
    "lasted": r"how long|duration|lasted|calendar.?duration|length|outage|downtime|minutes"
    r"|seconds.?to.?resolve",
    "effort": r"hours all in|effort( ?\(?h(ours)?\)?)?|person.?hours|people.?hours|total hours"
    r"|work ?hours|man.?hours|time spent|user.?defined.?effort.?seconds|engaged.?seconds",
    "people": r"people|head.?count|responders|engaged.?user.?count|who was on it|staff|team size",
    "severity": r"severity|priority|impact|urgency|sev|priority.?name",
    "service": r"component/?s|components?|service|cmdb.?ci|business.?service|where|system|area"
    r"|service.?name",
    "state": r"resolution|state ?reason|close.?code|status|state|type|kind|labels?|mode|category",
}
"""What a column holds → the headings that mean it, the likelier first."""
SECONDS = re.compile(r"time spent|seconds", re.IGNORECASE)
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
    """A heading that stands several times (Jira's labels) keeps all that it says."""
    row: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        row[name] = f"{row[name]} {cell}".strip() if name in row else cell.strip()
    return row


def read(rows: Sequence[Row], *, day_first: bool | None = None) -> list[Incident | None]:
    """Every row, by what its headings mean.

    Raises `BadInput` where no column holds a start, or its days and months could be exchanged.
    """
    columns = _columns(rows[0])
    if "start" not in columns or "title" not in columns:
        missing = "when each began" if "start" not in columns else "what happened"
        raise BadInput(f"has no column that says {missing}; its headings: {', '.join(rows[0])}.")
    form = _form([row[columns["start"]] for row in rows], day_first)
    return [_read(row, at, columns, form) for at, row in enumerate(rows, 1)]


def _read(row: Row, at: int, columns: Mapping[str, str], form: str) -> Incident | None:
    cells = {what: row.get(heading, "") for what, heading in columns.items()}
    start = _moment(cells["start"], form)
    end = _moment(cells.get("end", ""), form)
    lasted = duration(cells.get("lasted", ""))
    if lasted is not None and SECONDS.search(columns["lasted"]):
        lasted = number(cells["lasted"])
    if end is None and start and lasted is not None and lasted < 10**9:
        end = start + timedelta(seconds=lasted)
    a_unit = 3600 if SECONDS.search(columns.get("effort", "")) else 1
    return incident(
        id=text(cells.get("id") or str(at)),
        title=text(cells["title"]),
        text=described(cells.get("text", "")),
        start=start,
        end=end,
        effort_hours=hours(cells.get("effort", ""), a_unit),
        people=people(cells.get("people", "")),
        severity=text(cells.get("severity", "")),
        service=text(cells.get("service", "")),
        states=(cells.get("state", ""),),
    )


def _columns(row: Row) -> dict[str, str]:
    """What each column holds; a column holds one thing."""
    free, columns = list(row), dict[str, str]()
    for what in ("start", "end", "lasted", "effort", "people", "id", "title", "text", "severity",
                 "service", "state"):  # fmt: skip
        for pattern in _patterns(HEADINGS[what]):
            named = next((each for each in free if pattern.fullmatch(each.strip())), None)
            if named is not None:
                columns[what] = named
                free.remove(named)
                break
    return columns


def _patterns(headings: str) -> Iterable[re.Pattern[str]]:
    """Each of the headings, in their order; bars inside brackets belong to one."""
    parts = re.split(r"\|(?![^(]*\))", headings)
    return [re.compile(part, re.IGNORECASE) for part in parts]


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
        raise BadInput(f"has dates in a form that we cannot read, such as {text(dates[0], 40)}.")
    return form


def _fits(dates: Sequence[str], forms: Iterable[str]) -> str:
    return next((form for form in forms if all(_moment(each, form) for each in dates)), "")


def _moment(written: str, form: str) -> datetime | None:
    if not form:
        return moment(written)
    try:
        return datetime.strptime(written.strip(), form).replace(tzinfo=UTC)
    except ValueError:
        return None
