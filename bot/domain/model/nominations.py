"""Somebody was named: asked, in the channel and directly, and nothing holds before their word."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from bot.domain.model.answers import Frozen

NominatedFor = Literal["owner", "roles", "exception", "action", "measure"]
MOST_WHY = 500
"""Characters of why somebody said no."""


class Nomination(Frozen):
    """One person, asked for one thing by somebody, and what they said."""

    id: str
    kind: NominatedFor
    subject: str
    """The assessment; of roles, exceptions and a goal the pilot."""
    part: str = ""
    """The exception, or the line of what to do; of roles their ids, with a blank between."""
    channel: str
    """Of the team that asks."""
    person: str
    by: str
    at: datetime
    said: Literal["", "accepted", "declined"] = ""
    """Their own word; empty while there is none."""
    reason: str = Field("", max_length=MOST_WHY)
    """Why they said no, where they said that."""
    over: bool = False
    """Whether nobody waits for their word any more."""
    message_ts: str = ""
    """The message in the channel that asks them."""
    direct: str = ""
    direct_ts: str = ""
    """Their conversation with meshfit and the message in it, once there is one."""
    drawn: str = ""
    """A mark of what that message said last."""


class Nominated(Frozen):
    """A nomination as it stands now, ready to draw."""

    nomination: Nomination
    stands: Literal["asked", "accepted", "declined", "another", "withdrawn", "ended"]
    """`another`: somebody else was named since; `ended`: what it was about is over."""
    others: tuple[str, ...] = ()
    """Who that is."""
    named: tuple[str, ...] = ()
    """What it is about: titles of roles, once accepted those that are not theirs any more; of an
    exception service, last day, reason, and the day until which it holds already, where it does; of
    a line of what to do its text and its day, empty where it has none; of a goal its sentence and
    its day."""
    holds: bool = True
    """Whether what they accepted is theirs still."""
    left_alone: bool = False
    """Whether they want no such messages."""
    link: str = ""
    """To the card, where it has one."""

    @property
    def lapsed(self) -> bool:
        """Whether they accepted, and it was taken back since."""
        return self.stands == "accepted" and not self.holds
