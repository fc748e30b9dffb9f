"""How unlike runs may be and still be compared: `tolerances` in the YAML of the pilot."""

from __future__ import annotations

from pydantic import Field

from bot.domain.model import Frozen


class Percent(Frozen):
    """How far apart at most, or how much at most, in percent."""

    percent: float = Field(ge=0, le=100)
    source: str

    @property
    def share(self) -> float:
        """The same as a share of 1."""
        return self.percent / 100


class Points(Frozen):
    """How far apart two percentages may be, in percentage points."""

    points: float = Field(ge=0, le=100)
    source: str

    @property
    def share(self) -> float:
        """The same as a share of 1."""
        return self.points / 100


class Requests(Frozen):
    """How many requests at least."""

    requests: int = Field(ge=1)
    source: str


class Seconds(Frozen):
    """How long at least."""

    seconds: float = Field(ge=0, le=86_400)
    source: str


class Tolerances(Frozen):
    """How unlike runs may be and still be compared; what a pack leaves out holds as it is here."""

    rate: Percent = Percent(percent=5, source="")
    """Of the higher rate; also how far a run may fall short of the rate it asked for."""
    concurrency: Percent = Percent(percent=10, source="")
    """Of the higher number."""
    duration: Percent = Percent(percent=10, source="")
    """Of the longer run, unless both sent the same number of requests."""
    requests: Percent = Percent(percent=1, source="")
    """What counts as the same number of requests."""
    errors: Percent = Percent(percent=1, source="")
    """Failures among all attempts of one run."""
    error_gap: Points = Points(points=0.5, source="")
    """Between the sides' shares of failures."""
    samples: Requests = Requests(requests=1000, source="")
    """Timed requests that a run needs for its p95."""
    warm_up: Seconds = Seconds(seconds=10, source="")
    """A shorter run is warm-up only."""
