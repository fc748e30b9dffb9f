"""One drill, as it was seen and as it is on the record."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from bot.domain.model import Frozen


class DrillSeen(Frozen):
    """What was seen in one drill, done once."""

    drill: str
    with_mesh: bool
    expected: str = Field("", max_length=1000)
    seen: str = Field("", max_length=2000)
    as_expected: bool
    minutes: float | None = Field(None, ge=0)
    """None when it was ended before its end was reached."""
    proof: str = Field("", max_length=2000)
    """What was attached: a link, a list of callers."""


class DrillResult(DrillSeen):
    """The same on the record."""

    by: str
    at: datetime
