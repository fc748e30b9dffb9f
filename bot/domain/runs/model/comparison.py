"""What a comparison of runs comes to, as frozen values: tolerances, refusals, deltas, verdict."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Literal, get_args

from bot.domain.model import Frozen
from bot.domain.words import amount, listed

RefusalId = Literal[
    "tool",
    "protocol",
    "target",
    "rate",
    "saturation",
    "concurrency",
    "settings",
    "duration",
    "errors",
    "left_out",
    "samples",
    "warm_up",
]
REFUSALS: tuple[RefusalId, ...] = get_args(RefusalId)
Metric = Literal["p50", "p90", "p95", "p99", "mean", "rps", "error_rate"]
METRICS: tuple[Metric, ...] = get_args(Metric)
Side = Literal["baseline", "mesh"]
"""Without the mesh and with it: what is measured on either side is compared."""
SIDES: tuple[Side, ...] = get_args(Side)


class Refusal(Frozen):
    """One reason why these runs say nothing about each other."""

    id: RefusalId
    text: str


class Overridden(Frozen):
    """A refusal that somebody set aside, with the reason that stays on the record."""

    refusal: Refusal
    because: str


WHOLE = "whole run"
"""What a run is called beside its endpoints."""
Span = tuple[float, float]
"""The lower end and the upper one."""


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
    interval: Span | None = None
    """The differences that the test does not refuse at 0.05; None while it could refuse none."""
    baseline_range: Span
    mesh_range: Span
    """The lowest and the highest run of each side."""
    baseline_within: Span | None = None
    mesh_within: Span | None = None
    """Between which values a side's mean lies where runs were read off buckets; None if exact."""
    interval_within: Span | None = None
    """The interval, wherever in its bucket, or in its step of rounding where that is notable, each
    run's figure lies; None where all are exact."""

    @property
    def told(self) -> str:
        """Both sides as one says them, what was read off buckets marked: `20 → ≈ 25`."""
        return (
            f"{about(self.baseline, self.baseline_within)} → {about(self.mesh, self.mesh_within)}"
        )

    @property
    def within(self) -> Span | None:
        """Between which values the difference lies, as far as buckets tell; None if exact."""
        if self.baseline_within is None and self.mesh_within is None:
            return None
        base = self.baseline_within or (self.baseline, self.baseline)
        mesh = self.mesh_within or (self.mesh, self.mesh)
        return mesh[0] - base[1], mesh[1] - base[0]


def about(value: float, within: Span | None) -> str:
    """A figure in four digits, marked where it was read off buckets."""
    return amount(value) if within is None else f"≈ {amount(value)}"


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
    finer: str
    """What would tell more, with the tool that measured."""

    @property
    def between(self) -> str:
        """`between 0.1 and 1`, `above 2000`, in ms."""
        if self.high is None:
            return f"above {amount(self.low)}"
        return f"between {amount(self.low)} and {amount(self.high)}"

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
    tested: tuple[Metric, ...] = ()
    """What is held against chance, with several runs on each side."""
    far: tuple[tuple[Metric, ...], ...] = ()
    """For each run, the baselines first: by which of these it lies far from others of its side."""
    notes: tuple[str, ...] = ()
    """What else a reader of the deltas should know."""
    smallest_p: float | None = None
    """What these numbers of runs can reach at best."""
    verdict: str

    @property
    def untold(self) -> tuple[str, ...]:
        """What cannot be told and the verdict does not say: where it lies, what tells more."""
        headline = self.verdict.startswith("cannot tell")
        left = [each for each in self.unresolved if each.endpoint is not None or not headline]
        groups = groupby(left, key=lambda each: (each.endpoint, each.between, each.where))
        return tuple(
            f"{endpoint or WHOLE}: {listed([each.metric for each in group])} cannot be told "
            f"apart, {between} ms on both sides, {where}: {left[0].finer}"
            for (endpoint, between, where), group in groups
        )

    @property
    def set_aside(self) -> tuple[tuple[RefusalId, str, str], ...]:
        """Each kind of refusal that was overridden, the reason, and what it says differs."""
        kinds = groupby(
            sorted(self.overridden, key=lambda each: REFUSALS.index(each.refusal.id)),
            key=lambda each: each.refusal.id,
        )
        every = [(kind, list(group)) for kind, group in kinds]
        return tuple(
            (
                kind,
                group[0].because,
                group[0].refusal.text
                + (f" And {len(group) - 1} more like it." if len(group) > 1 else ""),
            )
            for kind, group in every
        )

    @property
    def not_in_every_file(self) -> tuple[str, ...]:
        """What is unchecked in words: the rate is the one that was asked for."""
        return tuple("rate asked for" if each == "rate" else each for each in self.unchecked)


Overrides = Mapping[str, str]
"""Id of a refusal → the reason to set it aside."""
