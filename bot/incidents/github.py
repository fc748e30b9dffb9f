"""GitHub issues, as `gh issue list --state all --json …` prints them."""

from __future__ import annotations

import re

from bot.domain.incidents.model import Incident
from bot.incidents.fields import MOST_TEXT, Row, at, described, incident, moment, people, text

_PEOPLE = re.compile(r"\*{0,2}people(?: on it)?:?\*{0,2}:?\s*(\d+(?:\s*-\s*\d+)?)", re.IGNORECASE)
_SEVERITY = re.compile(r"(sev(erity)?[-/ ]?\d|p[0-5]|critical|major|minor)$", re.IGNORECASE)


def is_one(row: Row) -> bool:
    """Whether this is an issue."""
    return "number" in row and ("createdAt" in row or "closedAt" in row)


def read(row: Row) -> Incident | None:
    """One issue; people from a line in its body, else those it is assigned to."""
    labelled = row.get("labels")
    labels = [text(at(each, "name")) for each in labelled] if isinstance(labelled, list) else []
    body = str(row.get("body") or "")
    match = _PEOPLE.search(body[:MOST_TEXT])
    service = next((x.partition("/")[2] or x[8:] for x in labels if x.startswith("service")), "")
    states = [row.get("stateReason"), *(x for x in labels if x.lower() == "duplicate")]
    drill = any(x.lower() in ("drill", "test", "exercise") for x in labels)
    return incident(
        id=text(row.get("number")),
        title=text(row.get("title")),
        text=described(body),
        start=moment(row.get("createdAt")),
        end=moment(row.get("closedAt")),
        people=people(match[1] if match else row.get("assignees")),
        severity=next((x for x in labels if _SEVERITY.match(x)), ""),
        service=service,
        left_out="drill or test" if drill else None,
        states=states,
    )
