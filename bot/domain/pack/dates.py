"""How long meshfit waits before it reminds somebody; what would reopen the question."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.domain.model import Frozen
from bot.domain.pack.condition import Condition
from bot.domain.pack.limits import Cell

Days = Annotated[int, Field(ge=0, le=365)]
Some = Annotated[int, Field(ge=1, le=365)]


class Waits(Frozen):
    """Days, each for one kind of thing that has a date."""

    silent: Some = 3
    """Working days for which whoever was asked may be silent."""
    still: Some = 14
    """Days for which nothing may be added to a pilot."""
    deadline_ahead: Days = 30
    """Days before an auditor's date."""
    round_ahead: Annotated[int, Field(ge=0, le=60)] = 1
    """Working days before a round closes."""
    exception_ahead: Days = 7
    """Days before an exception ends."""
    snooze: Some = 7


class TripwireRule(Frozen):
    """A condition that reopens the question, written down with the decision where it may come."""

    id: str
    text: Cell
    """What has happened then, so that it can be answered yes or no."""
    question: str
    """What is answered anew then."""
    when: Condition
    """While this holds it has not happened yet."""
    source: str
