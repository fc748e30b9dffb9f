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
    "samples",
    "warm_up",
]
REFUSALS: tuple[RefusalId, ...] = get_args(RefusalId)
Metric = Literal["p50", "p90", "p95", "p99", "mean", "rps", "error_rate"]
METRICS: tuple[Metric, ...] = get_args(Metric)


class Tolerance(Frozen):
    """How unlike runs may be and still be compared; shares are 0..1."""

    rate: float = 0.05
    """Of the higher rate. Below it p95 describes another load; our choice."""
    concurrency: float = 0.10
    """Of the higher number: virtual users of an open model differ a little by themselves."""
    duration: float = 0.10
    """Of the longer run, unless both sent the same number of requests; our choice."""
    requests: float = 0.01
    """Runs of a fixed number of requests are as long as they are slow."""
    error_rate: float = 0.01
    """Quick failures pull p50 down; our choice."""
    error_gap: float = 0.005
    """Between the sides' error rates; our choice."""
    samples: int = 1000
    """From there on, tools' definitions of p95 differ by well under 1 % (with 100 by several)."""
    warm_up_s: float = 10.0
    """wrk2 throws its first ten seconds away to calibrate; a shorter run is all warm-up."""
    alpha: float = 0.05
    """How often chance alone may pass for a difference."""
    most_runs: int = 10
    """A side; the exact test looks at every way to divide them (184,756 for ten and ten)."""


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
