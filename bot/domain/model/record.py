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


class Record(Frozen):
    """A decision record about to be written."""

    number: int
    by: str
    at: datetime
    supersedes: FiledRecord | None
    standing: Standing
    again: bool = False
    """Whether it was written as proposed, and is written once more since it was accepted."""

    @property
    def status(self) -> Status:
        """How it stands."""
        return status_of(self.standing)


def status_of(standing: Standing) -> Status:
    """Accepted once its owner accepted, or, with nobody to accept, once somebody confirmed it."""
    if standing.advice.outcome == "undecided":
        return "proposed"
    return "accepted" if standing.owners or confirmed_by(standing) else "proposed"


def confirmed_by(standing: Standing) -> str:
    """Who said that the card is true since it was last answered; nobody while an owner is asked."""
    return "" if standing.assessment.owner_asked else standing.assessment.still_true_by


def decided_by(standing: Standing) -> tuple[str, ...]:
    """Who accepted to own it, then who confirmed it; each once."""
    return tuple(dict.fromkeys(filter(None, (*standing.owners, confirmed_by(standing)))))


def waits_for_anybody(standing: Standing) -> bool:
    """Whether anybody's *Confirm* would make it accepted: there is a decision, nobody is asked."""
    asked = standing.assessment.owner_asked is not None
    decided = standing.advice.outcome != "undecided"
    return decided and not asked and status_of(standing) == "proposed"
