"""The differences that runs show: the whole and every endpoint, metric by metric."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from statistics import fmean

from bot.domain.runs.chance import p_value
from bot.domain.runs.difference import ALPHA, beyond_rounding, interval, interval_within, middle
from bot.domain.runs.likeness import Sides
from bot.domain.runs.model import METRICS, Delta, Figures, Metric, Run, Span, Unresolved
from bot.domain.runs.resolution import blurred
from bot.domain.runs.rounding import notable, rounded, step_of

TESTED: tuple[Metric, ...] = ("p50", "p95")
"""What is held against chance in any case."""
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/\s]+", re.IGNORECASE)
Pair = tuple[str | None, Sequence[Figures], Sequence[Figures]]
"""What is compared: the whole (None) or an endpoint, on both sides."""


def _pairs(sides: Sides) -> Iterator[Pair]:
    """The whole first, then every endpoint that both sides have."""
    yield None, sides.base, sides.mesh
    base, mesh = endpoints(sides.base), endpoints(sides.mesh)
    for key, (called, figures) in base.items():
        other = mesh.get(key, ("", []))[1]
        if len(figures) == len(sides.base) and len(other) == len(sides.mesh):
            yield called, figures, other


def endpoints(runs: Sequence[Run]) -> dict[str, tuple[str, list[Figures]]]:
    """Endpoints by name without host, which a mesh may change."""
    by_key: dict[str, tuple[str, list[Figures]]] = {}
    for run in runs:
        for each in run.endpoints:
            key = _ORIGIN.sub("", each.name)
            by_key.setdefault(key, (each.name, []))[1].append(each)
    return by_key


def unresolved(sides: Sides) -> Iterator[Unresolved]:
    """What the runs are too coarse to tell."""
    for pair in _pairs(sides):
        yield from blurred(*pair, sides.runs[0].tool)


def deltas(
    sides: Sides, untold: Sequence[Unresolved], tested: Container[Metric]
) -> Iterator[Delta]:
    """Every metric that all runs have, but for what cannot be told; some held against chance."""
    blurry = {(each.endpoint, each.metric) for each in untold}
    for endpoint, base, mesh in _pairs(sides):
        for metric in METRICS:
            first, second = values(base, metric), values(mesh, metric)
            if first and second and (endpoint, metric) not in blurry:
                delta = _delta(endpoint, metric, first, second)
                within = _spans(base, metric), _spans(mesh, metric)
                yield _held(delta, (first, second), within, metric in tested)


def values(runs: Sequence[Figures], metric: Metric) -> list[float]:
    """A metric of every run; none where one lacks it: a mean of the rest would mislead."""
    measured = [
        getattr(run, metric) if metric in {"rps", "error_rate"} else getattr(run.latency_ms, metric)
        for run in runs
    ]
    return [] if None in measured else measured


def _spans(runs: Sequence[Figures], metric: Metric) -> list[Span]:
    """Between which values a metric of every run lies; twice the same where it is exact."""
    spans = []
    for run, value in zip(runs, values(runs, metric), strict=True):
        low, high = run.latency_ms.range_of(metric) or (value, value)
        spans.append((min(low, value), max(value if high is None else high, value)))
    return spans


def _delta(
    endpoint: str | None, metric: Metric, first: Sequence[float], second: Sequence[float]
) -> Delta:
    before, after = fmean(first), fmean(second)
    absolute = beyond_rounding(after - before, (*first, *second))
    return Delta(
        endpoint=endpoint,
        metric=metric,
        baseline=before,
        mesh=after,
        absolute=absolute,
        percent=absolute / before * 100 if before else None,
        baseline_range=(min(first), max(first)),
        mesh_range=(min(second), max(second)),
    )


def _held(
    delta: Delta,
    runs: tuple[Sequence[float], Sequence[float]],
    within: tuple[Sequence[Span], Sequence[Span]],
    tested: bool,
) -> Delta:
    """The same with what chance, buckets and rounding leave open."""
    base, mesh = map(_mean, within)
    more: dict[str, object] = {"baseline_within": base, "mesh_within": mesh}
    if tested and min(map(len, runs)) > 1:
        lies, step = interval(*runs, ALPHA), step_of([*runs[0], *runs[1]])
        read_off = bool(base or mesh)
        if not read_off and notable(lies, step):
            within = rounded(runs[0], step), rounded(runs[1], step)
        more |= {
            "p_value": p_value(*runs),
            "middle": middle(*runs),
            "interval": lies,
            "interval_within": interval_within(*within, ALPHA)
            if read_off or notable(lies, step)
            else None,
        }
    return delta.model_copy(update=more)


def _mean(side: Sequence[Span]) -> Span | None:
    """Between which values the mean of a side lies; None where all of it is exact."""
    if all(low == high for low, high in side):
        return None
    return fmean(low for low, _ in side), fmean(high for _, high in side)
