"""Exceptions from a policy: asked for, approved or refused by the approver's own word, ended."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.pilot.model import PolicyException, Proposed, Renewal
from bot.errors import Refused


def asked_for(exception: PolicyException, by: str) -> PolicyException:
    """A new one: its approver is asked; who asks themselves approves."""
    approval = "approved" if exception.approver == by else "asked"
    return exception.model_copy(update={"approval": approval, "asked_by": by})


def renewed(exception: PolicyException, new: Proposed) -> PolicyException:
    """A new date is asked for; who asks themselves approves, and else the old date holds so long.

    Of one that nobody has approved yet the new date takes the place of the old.
    """
    proposed = exception.model_copy(update={"proposed": new})
    if new.approver == new.by:
        return _dated(proposed, new, "approved")
    return proposed if exception.approval == "approved" else _dated(proposed, new, "asked")


def answered(exception: PolicyException, user: str, *, approves: bool) -> PolicyException:
    """The approver's word. Raises `Refused` for anybody else, and where nothing is asked.

    Refused, an exception is over; of one that was approved only the new date falls away.
    """
    if exception.asks != user:
        raise Refused("Only the person who was asked to approve it can answer, and only once.")
    if exception.approval == "asked":
        answer = "approved" if approves else "refused"
        return exception.model_copy(update={"approval": answer, "closed": not approves})
    if approves and exception.proposed is not None:
        return _dated(exception, exception.proposed, "approved")
    return exception.model_copy(update={"proposed": None})


def _dated(exception: PolicyException, new: Proposed, approval: str) -> PolicyException:
    """With its new date on the record."""
    renewal = Renewal(by=new.by, at=new.at, before=exception.ends_on)
    return exception.model_copy(
        update={
            "reason": new.reason,
            "approver": new.approver,
            "ends_on": new.ends_on,
            "approval": approval,
            "asked_by": new.by,
            "proposed": None,
            "renewals": (*exception.renewals, renewal),
        }
    )


def proposal(agreed: tuple[str, str, date], by: str, at: datetime) -> Proposed:
    """What a new date is asked for with: (reason, approver, date)."""
    reason, approver, ends_on = agreed
    return Proposed(reason=reason, approver=approver, ends_on=ends_on, by=by, at=at)
