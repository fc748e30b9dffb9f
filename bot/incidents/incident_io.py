"""incident.io: `GET /v2/incidents`. Its workload is counted in minutes of all people together."""

from __future__ import annotations

from datetime import datetime

from bot.domain.incidents.model import Incident
from bot.incidents.fields import Row, at, described, first, hours, incident, moment, people, text

_ENDS = ("fixed", "resolved", "mitigated", "closed")
_STARTS = ("impact started", "started", "reported", "detected", "declared", "identified")
_OPEN = frozenset({"live", "triage", "learning", "paused", "active"})
_GONE = {"merged": "merged or duplicate", "canceled": "drill or test", "declined": "drill or test"}


def is_one(row: Row) -> bool:
    """Whether this is an incident of incident.io."""
    return "incident_timestamp_values" in row or "incident_status" in row


def read(row: Row) -> Incident | None:
    """One incident."""
    category = str(at(row, "incident_status.category"))
    started, ended = _moment(row, _STARTS), _moment(row, _ENDS)
    drill = row.get("mode") in ("test", "tutorial", "retrospective_test")
    return incident(
        id=text(first(row, "reference", "id")),
        title=text(row.get("name")),
        text=described(first(row, "summary", "postmortem_document_url")),
        start=started or moment(row.get("created_at")),
        end=None if category in _OPEN - {"learning"} else ended or moment(row.get("updated_at")),
        effort_hours=hours(row.get("workload_minutes_total"), 60),
        people=people(row.get("incident_role_assignments")),
        severity=text(at(row, "severity.name")),
        service=text(at(row, "custom_field_entries.0.values.0.value_catalog_entry.name")),
        left_out="drill or test" if drill else _GONE.get(category),
        states=(category,),
    )


def _moment(row: Row, names: tuple[str, ...]) -> datetime | None:
    """The first of these timestamps that was set; names are those of the workspace."""
    values = row.get("incident_timestamp_values")
    for name in names:
        for each in values if isinstance(values, list) else ():
            stamp = str(at(each, "incident_timestamp.name")).casefold()
            when = moment(at(each, "value.value"))
            if when and stamp.startswith(name):
                return when
    return None
