"""What a team keeps as evidence: looks, exports of incidents, what people said of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day
from datetime import datetime, timedelta

from pydantic import Field

from bot.domain.evidence.model.counted import Counted
from bot.domain.evidence.model.look import LookSummary
from bot.domain.incidents.model import Replay, Weighed
from bot.domain.model import Frozen
from bot.domain.pack.incidents import Network
from bot.domain.team import ChangeSet, TeamAnswer

OLD_AFTER = timedelta(days=90)
"""When evidence says that it is old."""


class KeptEvidence(Frozen):
    """Something that was handed over: by whom, when, and who put it to use."""

    id: str
    name: str
    """The file's."""
    user: str
    at: datetime
    used_by: str | None = None
    """None while it is only offered."""
    used_at: datetime | None = None


class KeptLook(KeptEvidence):
    """A look's summary; without the names of objects."""

    look: LookSummary


class ExportSummary(Frozen):
    """An export of incidents, without the incidents; and what was asked of it once."""

    format: str
    counted: int
    left_out: Mapping[str, int] = Field(default_factory=dict)
    skipped: int = 0
    first: Day
    last: Day
    """The days on which its first and its last incident began."""
    guesses: int = 0
    """Incidents whose effort no tool counted."""
    people: float | None = None
    """How many were on one that does not say; None until it was asked."""
    follow_up: float = 0


class KeptExport(KeptEvidence):
    """An export of incidents."""

    summary: ExportSummary


class Confirmations(Frozen):
    """What `meshfit incidents --confirmations` writes: ids, and what a person said of each."""

    confirmed: Mapping[str, Network]


class Confirmed(Frozen):
    """One incident, and what a person said of it."""

    incident: Weighed
    said: Network | None = None
    by: str | None = None
    at: datetime | None = None


class EvidenceChange(Frozen):
    """What a piece of evidence changed."""

    evidence: str
    changes: ChangeSet


class Gathered(Frozen):
    """All the evidence of a team at one moment."""

    look: KeptLook | None = None
    """The newest that is in use ..."""
    exports: tuple[KeptExport, ...] = ()
    """... and the exports, newest first."""
    incidents: tuple[Confirmed, ...] = ()
    replay: Replay | None = None
    counted: tuple[Counted, ...] = ()
    """What is offered beside answers."""
    answered: Mapping[str, TeamAnswer] = Field(default_factory=dict)
    """Question → the team's answer, or mine while nothing is shared."""
    turned: tuple[EvidenceChange, ...] = ()
    today: Day

    @property
    def open(self) -> tuple[Confirmed, ...]:
        """Those of which nobody has said anything."""
        return tuple(each for each in self.incidents if each.said is None)

    def is_old(self, day: Day) -> bool:
        """Whether evidence of that day says that it is old."""
        return self.today - day > OLD_AFTER
