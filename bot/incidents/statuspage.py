"""Statuspage: `/api/v2/incidents.json` and API v1. It knows nothing of people or effort."""

from __future__ import annotations

from bot.domain.incidents.model import Incident
from bot.incidents.fields import MOST_TEXT, Row, at, first, incident, moment, text


def is_one(row: Row) -> bool:
    """Whether this is an incident of a status page."""
    return "incident_updates" in row or ("shortlink" in row and "impact" in row)


def read(row: Row) -> Incident | None:
    """One incident; what its updates say is read for the suggestion."""
    updates = row.get("incident_updates")
    every = updates if isinstance(updates, list) else ()
    bodies = [text(at(each, "body"), MOST_TEXT) for each in every]
    planned = row.get("impact") == "maintenance" or row.get("scheduled_for")
    return incident(
        id=text(row.get("id")),
        title=text(row.get("name")),
        text=" ".join([text(row.get("postmortem_body"), MOST_TEXT), *bodies])[:MOST_TEXT],
        start=moment(first(row, "started_at", "created_at")),
        end=moment(first(row, "resolved_at", "monitoring_at")),
        severity=text(row.get("impact")),
        service=text(at(row, "components.0.name")),
        left_out="maintenance" if planned else None,
    )
