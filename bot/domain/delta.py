"""What a comparison of runs comes to, as frozen values: tolerances, refusals, deltas, verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from pydantic import Field

from bot.domain.model import Frozen

RefusalId = Literal[
    "tool",
    "protocol",
    "target",
    "rate",
    "saturation",
    "concurrency",
    "duration",
    "errors",
    "samples",
    "warm_up",
]
REFUSALS: tuple[RefusalId, ...] = get_args(RefusalId)
Metric = Literal["p50", "p90", "p95", "p99", "mean", "rps", "error_rate"]
METRICS: tuple[Metric, ...] = get_args(Metric)


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


class Refusal(Frozen):
    """One reason why these runs say nothing about each other."""

    id: RefusalId
    text: str


class Overridden(Frozen):
    """A refusal that somebody set aside, with the reason that stays on the record."""

    refusal: Refusal
    because: str


class Delta(Frozen):
    """One metric, both sides; latencies in ms, rates in 1/s, error rates 0..1."""

    endpoint: str | None
    """None for the whole run."""
    metric: Metric
    baseline: float
    mesh: float
    """Each the mean of its side's runs."""
    absolute: float
    percent: float | None
    """None where the baseline is 0."""
    p_value: float | None = None
    """Exact and two-sided; None for a single observation and where it is not tested."""


class Comparison(Frozen):
    """Whether runs can be compared, and what that shows."""

    comparable: bool
    refusals: tuple[Refusal, ...] = ()
    overridden: tuple[Overridden, ...] = ()
    unchecked: tuple[str, ...] = ()
    """What a file does not say and that could not be held against the others."""
    deltas: tuple[Delta, ...] = ()
    smallest_p: float | None = None
    """What these numbers of runs can reach at best."""
    verdict: str


Overrides = Mapping[str, str]
"""Id of a refusal → the reason to set it aside."""
