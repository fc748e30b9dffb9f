"""Exports that we wrote, after the fields that each tool documents: the same six incidents."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

WHAT = (
    # title, what was written, start, minutes, people, hours of all; None is open
    ("ledger cannot reach rates", "a NetworkPolicy was forgotten", "2026-01-05T10:00", 90, 3, 6.0),
    ("Cart database out of disk space", "a log table grew", "2026-01-20T02:00", 60, 2, 2.0),
    ("mail slow", "callers retried without backoff", "2026-03-02T08:00", 120, 4, 10.5),
    ("[TEST] drill", "ignore", "2026-03-03T09:00", 5, 1, 0.0),
    ("blank pages", "under investigation", "2026-03-09T12:00", 30, 1, 1.0),
    ("late reports", "", "2026-03-30T12:00", None, 1, None),
)
NETWORK = ("cause", "none", "amplifier", "unclear")
"""What the words suggest of the four that count."""
MONTHS = {"2026-01": 2, "2026-02": 0, "2026-03": 2}
CANARY = "canary.person@example.com"
"""Stands wherever an export has people, and in nothing that meshfit says."""


def times(start: str, minutes: int | None) -> tuple[str, str | None]:
    begun = datetime.fromisoformat(start).replace(tzinfo=UTC)
    ended = begun + timedelta(minutes=minutes) if minutes else None
    return iso(begun), iso(ended) if ended else None


def iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def incident_io() -> bytes:
    rows = []
    for at, (title, said, start, minutes, people, hours) in enumerate(WHAT, 1):
        begun, ended = times(start, minutes)
        stamps = [("Reported at", begun), ("Fixed at", ended)]
        rows.append(
            {
                "id": f"01H{at}",
                "reference": f"INC-{at}",
                "name": title,
                "summary": said,
                "mode": "test" if "TEST" in title else "standard",
                "created_at": begun,
                "updated_at": ended or begun,
                "incident_status": {"category": "closed" if ended else "live"},
                "severity": None,
                "incident_role_assignments": [{"assignee": {"email": CANARY}}] * people,
                "incident_timestamp_values": [
                    {"incident_timestamp": {"name": name}, "value": {"value": when}}
                    for name, when in stamps
                    if when
                ],
                "workload_minutes_total": None if hours is None else hours * 60,
            }
        )
    return json.dumps({"incidents": rows}).encode()


def pagerduty_analytics() -> bytes:
    rows = []
    for at, (title, _, start, minutes, people, hours) in enumerate(WHAT, 1):
        begun, ended = times(start, minutes)
        rows.append(
            {
                "id": f"P{at}",
                "description": title,
                "created_at": begun,
                "resolved_at": ended,
                "seconds_to_resolve": minutes and minutes * 60,
                "engaged_seconds": None if hours is None else hours * 3600,
                "engaged_user_count": people,
                "joined_user_names": [CANARY],
                "urgency": "high",
            }
        )
    return json.dumps({"data": rows, "more": False}).encode()


def statuspage() -> bytes:
    rows = []
    for at, (title, said, start, minutes, _, _) in enumerate(WHAT, 1):
        begun, ended = times(start, minutes)
        rows.append(
            {
                "id": f"s{at}",
                "name": title,
                "impact": "major",
                "shortlink": f"https://stspg.io/{at}",
                "created_at": begun,
                "resolved_at": ended,
                "incident_updates": [{"body": said, "updated_by": CANARY}],
            }
        )
    rows.append({**rows[0], "id": "planned", "impact": "maintenance"})
    return json.dumps({"page": {"name": "Us"}, "incidents": rows}).encode()


def servicenow() -> bytes:
    rows = [("number", "short_description", "description", "opened_at", "resolved_at", "opened_by")]
    for at, (title, said, start, minutes, _, _) in enumerate(WHAT, 1):
        begun, ended = (str(each or "").replace("T", " ") for each in times(start, minutes))
        rows.append((f"INC00{at}", title, said, begun.rstrip("Z"), ended.rstrip("Z"), CANARY))
    return table(rows)


SPREADSHEETS = {
    "English": (("Date", "What", "Notes", "Duration", "People", "Effort (h)", "Reported by"), "hm"),
    "German": (
        ("Beginn", "Titel", "Beschreibung", "Dauer", "Personen", "Aufwand in Stunden", "Name"),
        (" Std.", " Min."),
    ),
    "French": (
        ("Début", "Titre", "Description", "Durée", "Personnes", "Heures-personnes", "Nom"),
        (" heures", " minutes"),
    ),
}
"""Language → its headings, and how it writes hours and minutes."""


def spreadsheet(language: str = "English") -> bytes:
    headings, (hour, minute) = SPREADSHEETS[language]
    rows = [headings]
    for title, said, start, minutes, people, hours in WHAT:
        day = datetime.fromisoformat(start)
        lasted = f"{minutes // 60}{hour} {minutes % 60}{minute}" if minutes else ""
        effort = "" if hours is None else str(hours).replace(".", ",")
        rows.append((f"{day:%d.%m.%Y %H:%M}", title, said, lasted, str(people), effort, CANARY))
    return "\ufeff".encode() + table(rows, ";")


def table(rows: list[tuple[str, ...]], mark: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue().encode()
