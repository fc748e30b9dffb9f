"""A service that a policy does not hold for yet: why, until when, and who has allowed it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from bot.domain.model import Frozen


class Renewal(Frozen):
    """A new end date for an exception: who asked for it and when, and the date before it."""

    by: str
    at: datetime
    before: date


class Proposed(Frozen):
    """A new end date that its approver has not answered yet; until then the old one holds."""

    reason: str
    approver: str
    ends_on: date
    by: str
    at: datetime


class PolicyException(Frozen):
    """One service, until a day; it holds once its approver allowed it."""

    id: str
    service: str = Field(min_length=1, max_length=80)
    reason: str = Field(min_length=1, max_length=500)
    approver: str = Field(min_length=1)
    ends_on: date
    """The last day on which it holds."""
    approval: Literal["asked", "approved", "refused"] = "asked"
    """The approver's own word; of an exception from before they were asked there is none."""
    asked_by: str = ""
    proposed: Proposed | None = None
    renewals: tuple[Renewal, ...] = ()
    """Each time that it was given a new date, the oldest first."""
    closed: bool = False
    """Whether it is over: the service keeps the policy now, or has to."""

    @property
    def asks(self) -> str:
        """Who has been asked to approve something of it and has not answered; else empty."""
        if self.closed:
            return ""
        if self.approval == "asked":
            return self.approver
        return self.proposed.approver if self.proposed else ""
