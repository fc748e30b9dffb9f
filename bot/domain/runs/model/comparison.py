"""What a comparison of runs comes to, as frozen values: tolerances, refusals, deltas, verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

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
    "left_out",
    "samples",
    "warm_up",
]
REFUSALS: tuple[RefusalId, ...] = get_args(RefusalId)
Metric = Literal["p50", "p90", "p95", "p99", "mean", "rps", "error_rate"]
METRICS: tuple[Metric, ...] = get_args(Metric)


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
    middle: float | None = None
    """Hodges and Lehmann's estimate of the difference; None for a single observation."""
    interval: tuple[float, float] | None = None
    """The differences that the test does not refuse at 0.05; None while it could refuse none."""
    baseline_range: tuple[float, float]
    mesh_range: tuple[float, float]
    """The lowest and the highest run of each side."""


class Unresolved(Frozen):
    """A latency of which both sides only say that it lies between the same values, in ms."""

    endpoint: str | None
    """None for the whole run."""
    metric: Metric
    low: float
    high: float | None
    """None where only the lower end is known."""
    same_bucket: bool
    """Whether every run names these two ends; else each run's own only overlap with the others'."""

    @property
    def where(self) -> str:
        """How the figures of both sides stand to one another."""
        return "in the same bucket" if self.same_bucket else "in ranges that overlap"


class Comparison(Frozen):
    """Whether runs can be compared, and what that shows."""

    comparable: bool
    refusals: tuple[Refusal, ...] = ()
    overridden: tuple[Overridden, ...] = ()
    unchecked: tuple[str, ...] = ()
    """What a file does not say and that could not be held against the others."""
    deltas: tuple[Delta, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    """What cannot be told, because it lies in the same bucket on both sides."""
    notes: tuple[str, ...] = ()
    """What else a reader of the deltas should know."""
    smallest_p: float | None = None
    """What these numbers of runs can reach at best."""
    verdict: str

    @property
    def not_in_every_file(self) -> tuple[str, ...]:
        """What is unchecked in words: the rate is the one that was asked for."""
        return tuple("rate asked for" if each == "rate" else each for each in self.unchecked)


Overrides = Mapping[str, str]
"""Id of a refusal → the reason to set it aside."""
