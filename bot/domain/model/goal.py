"""What a pilot is for, in one number: where it stands, where it should be, what was reached."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from bot.domain.model.answers import Frozen

GoalStands = Literal["reached", "missed", "later", "open"]
"""`later`: it has a date that is still to come, and who measures it then; `open`: not measured."""


Measurer = Literal["named", "asked", "accepted"]
"""`named`: before people were asked to measure a goal; `accepted`: by their own word."""


class GoalFigure(Frozen):
    """The number as somebody found it, and how they know."""

    value: float
    known: Literal["counted", "measured"]
    where: str = Field("", max_length=500)
    """Where it can be seen again: a dashboard, a report, a query."""
    reason: str = Field("", max_length=500)
    """Why it was measured again, where it had been missed before."""


class Reached(GoalFigure):
    """The same on the record."""

    metric: str = ""
    """The sentence it was found for: under another one it says nothing."""
    today: float | None = None
    aim: float | None = None
    """What it was before the pilot, and what was aimed at, by then ..."""
    unit: str = ""
    missed: bool | None = None
    """... and whether it was missed; None in entries of before that was kept."""
    by: str
    at: datetime
    afterwards: bool = False
    """Whether the pilot had been closed by then, before its number showed."""


class GoalMove(Frozen):
    """Its numbers as somebody moved them after the goal was measured, and why."""

    today: float | None = None
    aim: float | None = None
    unit: str = ""
    why: str = Field("", max_length=500)
    at: datetime


class Goal(Frozen):
    """The one number that shows whether the pilot worked."""

    metric: str
    today: float | None = None
    aim: float | None = None
    unit: str = ""
    shows_on: date | None = None
    """The day on which it shows, where that is later than the budgets ..."""
    measured_by: str = ""
    """... and who is to measure it then, as a Slack user id; empty where nobody is named."""
    measurer: Measurer = "named"
    measurer_before: str = ""
    figures: tuple[Reached, ...] = ()
    """Everything that was found, the oldest first; the newest counts."""
    earlier: tuple[Reached, ...] = ()
    """What was found before the sentence was worded as it is now: it stays, and decides nothing."""
    moved_why: str = ""
    """Why its numbers are others than when it was measured."""
    moves: tuple[GoalMove, ...] = ()
    """Each time they were moved, the oldest first; none of before that was kept."""
    moved: tuple[str, ...] = ()
    """Which of them are, from what, and why, a sentence each."""
    stands: GoalStands = "open"

    @property
    def reached(self) -> Reached | None:
        """The figure that counts."""
        return self.figures[-1] if self.figures else None

    @property
    def early(self) -> date | None:
        """The day on which it was to show, where the figure that counts was found before it."""
        reached, due = self.reached, self.shows_on
        return due if reached and due and reached.at.date() < due else None

    @property
    def asks_why(self) -> bool:
        """Whether another figure would take the place of one that missed it, however worded."""
        if self.figures or not self.earlier:
            return self.stands == "missed"
        return self.earlier[-1].missed is not False
