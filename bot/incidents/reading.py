"""The door for exports: a file of any known tool → the incidents in it.

Only id, title, description, times, effort, head count, severity and service are read; names, mails
and addresses of people are dropped with everything else. Descriptions serve the suggestion alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from bot.domain.incidents.model import Export, Incident
from bot.errors import BadInput
from bot.incidents import columns, github, incident_io, others, pagerduty, statuspage
from bot.incidents.fields import Row

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 50_000
_LISTS = ("incidents", "data", "issues", "result", "records", "items")


class Format(NamedTuple):
    """One tool's form of an incident."""

    name: str
    knows: Callable[[Row], bool]
    read: Callable[[Row], Incident | None]


FORMATS = (
    Format("incident.io", incident_io.is_one, incident_io.read),
    Format("PagerDuty analytics", pagerduty.is_analytics, pagerduty.from_analytics),
    Format("Statuspage", statuspage.is_one, statuspage.read),
    Format("GitHub issues", github.is_one, github.read),
    Format("PagerDuty", pagerduty.is_list, pagerduty.from_list),
    Format("Jira", others.is_jira, others.jira),
    Format("Rootly", others.is_rootly, others.rootly),
    Format("FireHydrant", others.is_firehydrant, others.firehydrant),
    Format("Opsgenie", others.is_opsgenie, others.opsgenie),
    Format("Datadog", others.is_datadog, others.datadog),
)
KNOWN = ", ".join((*(each.name for each in FORMATS), "ServiceNow", "a CSV of any of them"))


def read(content: bytes, *, day_first: bool | None = None) -> Export:
    """The incidents in one export. Raises `BadInput` with the end of a sentence about the file."""
    if len(content) > MOST_BYTES:
        raise BadInput(f"is larger than {MOST_BYTES // 2**20} MiB: export fewer months.")
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        written = content.decode("cp1252", errors="replace")
    if "\0" in written:
        raise BadInput("is no text: give an export as JSON or CSV.")
    if written.lstrip()[:1] in ("{", "["):
        return _of_json(written, day_first)
    rows = columns.rows_of(written)
    return _of_rows(columns.tool_of(rows[0]), rows, day_first)


def _of_json(written: str, day_first: bool | None) -> Export:
    try:
        rows = _rows(json.loads(written))
    except (ValueError, RecursionError):
        raise BadInput("is no whole JSON document: it was cut off or damaged.") from None
    if not rows:
        raise BadInput("holds no incidents.")
    known = next((each for each in FORMATS if any(each.knows(row) for row in rows[:5])), None)
    if known is None:
        if "opened_at" in rows[0] or "short_description" in rows[0]:
            return _of_rows("ServiceNow", [_flat(row) for row in rows], day_first)
        raise BadInput(f"is of no tool that we know. Known: {KNOWN}.")
    return _export(known.name, [known.read(row) for row in rows])


def _of_rows(name: str, rows: Sequence[Row], day_first: bool | None) -> Export:
    if len(rows) > MOST_ROWS:
        raise BadInput(f"has more than {MOST_ROWS:,} rows: export fewer months.")
    return _export(name, columns.read(rows, day_first=day_first))


def _export(name: str, read: Sequence[Incident | None]) -> Export:
    incidents = tuple(each for each in read if each is not None)
    if not incidents:
        raise BadInput("says of no incident what it is called and when it began.")
    return Export(format=name, incidents=incidents, skipped=len(read) - len(incidents))


def _rows(document: Any) -> list[Row]:  # noqa: ANN401 - JSON
    if isinstance(document, Mapping):
        document = next((document[name] for name in _LISTS if name in document), [document])
    rows = document if isinstance(document, list) else []
    if len(rows) > MOST_ROWS:
        raise BadInput(f"has more than {MOST_ROWS:,} incidents: export fewer months.")
    return [row for row in rows if isinstance(row, dict)]


def _flat(row: Row) -> Row:
    """A record of ServiceNow's tables, whose fields may be {value, display_value}."""
    return {
        name: str(each.get("display_value") or each.get("value") or "")
        if isinstance(each, dict)
        else str(each if each is not None else "")
        for name, each in row.items()
    }
