"""PagerDuty: the list of `GET /incidents`, and the raw incidents of its analytics.

Fields: PagerDuty's REST API and its AnalyticsRawIncident schema. A resolved incident of the list
has no assignments left, so that it does not tell how many were on it.
"""

from __future__ import annotations

from bot.domain.incidents.model import Incident
from bot.incidents.fields import Row, at, described, first, hours, incident, moment, people, text


def is_list(row: Row) -> bool:
    """Whether this is an incident of the list."""
    return "incident_number" in row and "created_at" in row and "seconds_to_resolve" not in row


def from_list(row: Row) -> Incident | None:
    """An incident of the list."""
    resolved = row.get("status") == "resolved"
    ended = first(row, "resolved_at", "last_status_change_at") if resolved else None
    by = at(row, "last_status_change_by.type")
    return incident(
        id=text(row.get("id")),
        title=text(row.get("title") or row.get("summary")),
        text=described(first(row, "body.details", "description")),
        start=moment(row.get("created_at")),
        end=moment(ended),
        people=people(row.get("assignments")) if not resolved else None,
        severity=text(first(row, "priority.summary", "urgency")),
        service=text(at(row, "service.summary")),
        left_out="auto-resolved" if resolved and str(by).startswith("service") else None,
        states=(at(row, "resolve_reason.type"), row.get("status")),
    )


def is_analytics(row: Row) -> bool:
    """Whether this is a raw incident of the analytics."""
    return "seconds_to_resolve" in row or "engaged_seconds" in row


def from_analytics(row: Row) -> Incident | None:
    """A raw incident of the analytics; its effort is the user's own, else the time engaged."""
    effort = hours(first(row, "user_defined_effort_seconds", "engaged_seconds"), 3600)
    return incident(
        id=text(first(row, "id", "incident_number")),
        title=text(row.get("description")),
        start=moment(row.get("created_at")),
        end=moment(row.get("resolved_at")),
        effort_hours=effort,
        people=people(row.get("engaged_user_count")),
        severity=text(first(row, "priority_name", "urgency")),
        service=text(row.get("service_name")),
        left_out="auto-resolved" if row.get("auto_resolved") is True else None,
        states=(row.get("status"),),
    )
