"""Rootly, FireHydrant, Opsgenie, Datadog and Jira's search: fields as their documents show them."""

from __future__ import annotations

from datetime import datetime

from bot.domain.incidents.model import Incident
from bot.incidents.fields import Row, at, described, first, hours, incident, moment, people, text


def is_rootly(row: Row) -> bool:
    """Whether these are attributes of an incident of Rootly."""
    return "mitigated_at" in _attributes(row) or "detected_at" in _attributes(row)


def rootly(row: Row) -> Incident | None:
    """One incident of Rootly."""
    fields = _attributes(row)
    cancelled = "merged or duplicate" if fields.get("cancelled_at") else None
    return incident(
        id=text(first(row, "id", "attributes.slug")),
        title=text(fields.get("title")),
        text=described(fields.get("summary")),
        start=moment(first(fields, "started_at", "detected_at", "created_at")),
        end=moment(first(fields, "resolved_at", "mitigated_at")),
        severity=text(first(fields, "severity.data.attributes.name", "severity")),
        left_out="drill or test" if fields.get("kind") in ("test", "example") else cancelled,
    )


def is_firehydrant(row: Row) -> bool:
    """Whether this is an incident of FireHydrant."""
    return "milestones" in row


def firehydrant(row: Row) -> Incident | None:
    """One incident of FireHydrant; its moments are milestones."""
    return incident(
        id=text(first(row, "id", "number")),
        title=text(row.get("name")),
        text=described(first(row, "description", "summary")),
        start=_milestone(row, "started", "detected") or moment(row.get("created_at")),
        end=_milestone(row, "resolved", "mitigated"),
        people=people(row.get("role_assignments")),
        severity=text(first(row, "severity", "priority")),
    )


def is_opsgenie(row: Row) -> bool:
    """Whether this is an incident of Opsgenie."""
    return "tinyId" in row or "impactStartDate" in row


def opsgenie(row: Row) -> Incident | None:
    """One incident of Opsgenie."""
    closed = str(row.get("status", "closed")).casefold() in ("closed", "resolved")
    return incident(
        id=text(first(row, "tinyId", "id")),
        title=text(row.get("message")),
        text=described(row.get("description")),
        start=moment(first(row, "impactStartDate", "createdAt")),
        end=moment(first(row, "impactEndDate", "updatedAt")) if closed else None,
        people=people(row.get("responders")),
        severity=text(row.get("priority")),
    )


def is_datadog(row: Row) -> bool:
    """Whether these are attributes of an incident of Datadog."""
    return "customer_impact_start" in _attributes(row) or "public_id" in _attributes(row)


def datadog(row: Row) -> Incident | None:
    """One incident of Datadog."""
    fields = _attributes(row)
    return incident(
        id=text(first(fields, "public_id") or row.get("id")),
        title=text(fields.get("title")),
        text=described(first(fields, "fields.summary.value", "fields.root_cause.value")),
        start=moment(first(fields, "customer_impact_start", "detected", "created")),
        end=moment(first(fields, "resolved", "customer_impact_end")),
        severity=text(first(fields, "severity", "fields.severity.value")),
        service=text(at(fields, "fields.services.value.0")),
        left_out="drill or test" if fields.get("is_test") is True else None,
    )


def is_jira(row: Row) -> bool:
    """Whether this is an issue of Jira's search."""
    return isinstance(at(row, "fields.summary"), str)


def jira(row: Row) -> Incident | None:
    """One issue of Jira's search; time spent is in seconds."""
    body = at(row, "fields.description")
    return incident(
        id=text(row.get("key")),
        title=text(at(row, "fields.summary")),
        text=described(body),
        start=moment(at(row, "fields.created")),
        end=moment(at(row, "fields.resolutiondate")),
        effort_hours=hours(first(row, "fields.aggregatetimespent", "fields.timespent"), 3600),
        severity=text(at(row, "fields.priority.name")),
        service=text(at(row, "fields.components.0.name")),
        states=(at(row, "fields.resolution.name"),),
    )


def _attributes(row: Row) -> Row:
    fields = row.get("attributes")
    return fields if isinstance(fields, dict) else {}


def _milestone(row: Row, *kinds: str) -> datetime | None:
    every = row.get("milestones")
    for kind in kinds:
        for each in every if isinstance(every, list) else ():
            when = moment(at(each, "occurred_at"))
            if when and at(each, "type") == kind:
                return when
    return None
