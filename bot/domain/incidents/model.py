"""Incidents as they were exported, as frozen values. Hours of work in hours, times in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from pydantic import Field

from bot.domain.model import Frozen
from bot.domain.pack.incidents import Network

Why = Literal["drill or test", "open", "merged or duplicate", "auto-resolved", "maintenance"]
"""Why an incident does not count."""
Effort = Literal["counted", "guess"]


class ReportedIncident(Frozen):
    """One incident as a tool has it, without names, mails or addresses of people."""

    id: str
    title: str = ""
    start: datetime
    end: datetime | None = None
    effort_hours: float | None = Field(None, ge=0)
    """Of all people together, where the tool has it."""
    people: float | None = Field(None, ge=0)
    severity: str = ""
    service: str = ""
    left_out: Why | None = None


class Incident(ReportedIncident):
    """One incident with what was written about it."""

    text: str = ""
    """Read for the suggestion, never kept or printed."""


class Weighed(ReportedIncident):
    """One incident without what was written about it, and what word lists make of that."""

    suggested: Network
    mechanism: str | None = None
    """The item of the pack's `mechanisms` that the words point to."""

    @property
    def key(self) -> str:
        """What makes it the same in the next export: the number of a row alone is no id."""
        return f"{self.start.isoformat()} {self.id}"[:300]


class Export(Frozen):
    """What one file held."""

    format: str
    incidents: tuple[Incident, ...]
    skipped: int = 0
    """Rows without an id, a title or a start that could be read."""


class JudgedIncident(Frozen):
    """One incident that counts: its hours, and what the network was to it."""

    id: str
    title: str
    start: datetime
    hours: float
    effort: Effort
    """`counted` as the tool has it; `guess`: how long it lasted times the people on it."""
    network: Network
    confirmed: bool
    """Whether a person said so; else it is the suggestion of a word list."""
    mechanism: str | None = None
    """An item of the pack's `mechanisms`."""


class Replay(Frozen):
    """What the incidents of some months come to."""

    counted: tuple[JudgedIncident, ...]
    left_out: Mapping[Why, int]
    months: Mapping[str, int]
    """Every month from the first incident to the last, `2026-03` → how many counted."""

    @property
    def of_the_network(self) -> tuple[JudgedIncident, ...]:
        """Those of which the network between services was cause or amplifier."""
        return tuple(each for each in self.counted if each.network in ("cause", "amplifier"))

    @property
    def a_month(self) -> float | None:
        """Incidents of the network a month; None while there are no months."""
        return len(self.of_the_network) / len(self.months) if self.months else None

    @property
    def an_incident(self) -> float | None:
        """Hours an incident of the network, on average; None where there is none."""
        incidents = self.of_the_network
        return sum(each.hours for each in incidents) / len(incidents) if incidents else None

    @property
    def confirmed(self) -> int:
        """How many of those that count a person has looked at."""
        return sum(each.confirmed for each in self.counted)
