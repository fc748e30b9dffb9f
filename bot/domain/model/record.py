"""A decision record: by whose word it stands, and what the ledger keeps of it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bot.domain.model.answers import Frozen, Outcome
from bot.domain.team import Standing

Status = Literal["accepted", "proposed"]


class FiledRecord(Frozen):
    """A decision record that was written: its number in the channel and what it said."""

    number: int
    assessment: str
    outcome: Outcome
    at: datetime
    by: str
    title: str
    seen: str = ""
    """A mark of the assessment as it stood; empty in records of before 2026-11-29."""
    status: Status | Literal[""] = ""
    """How it stood when its file was written last; empty in records of before it was kept."""
    confirmed_by: str | None = None
    """Who pressed *Confirm* below it; nobody where its owner accepted, or it waits ..."""
    confirmed_at: datetime | None = None
    """... and when."""


class Record(Frozen):
    """A decision record about to be written."""

    number: int
    by: str
    at: datetime
    supersedes: FiledRecord | None
    standing: Standing
    again: bool = False
    """Whether it was written as proposed, and is written once more since it was accepted."""
    confirmed_by: str | None = None
    """Who pressed *Confirm* below it: that the card is still true confirms no record."""
    confirmed_at: datetime | None = None

    @property
    def status(self) -> Status:
        """Accepted once its owner accepted, or, with nobody to accept, somebody confirmed it."""
        if self.standing.advice.outcome == "undecided":
            return "proposed"
        confirmed = self.confirmed_by and self.standing.assessment.owner_asked is None
        return "accepted" if self.standing.owners or confirmed else "proposed"

    @property
    def decided_by(self) -> tuple[str, ...]:
        """Who accepted to own it, then who confirmed it; each once."""
        return tuple(dict.fromkeys(filter(None, (*self.standing.owners, self.confirmed_by))))


def waits_for_anybody(standing: Standing) -> bool:
    """Whether anybody's *Confirm* is its word: there is a decision, nobody accepted or is asked."""
    asked = standing.assessment.owner_asked is not None
    decided = standing.advice.outcome != "undecided"
    return decided and not asked and not standing.owners
