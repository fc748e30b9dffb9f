"""A run that lies far from the others of its side: by Dixon's test, shown and never left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from bot.domain.runs.deltas import values
from bot.domain.runs.likeness import Sides
from bot.domain.runs.model import Metric, Run
from bot.domain.runs.rounding import step_of
from bot.domain.words import listed

_DIXON = {4: 0.829, 5: 0.710, 6: 0.625, 7: 0.568, 8: 0.526, 9: 0.493, 10: 0.466}
"""Runs → the largest share of their spread that one may lie off the next. D. B. Rorabacher,
Statistical treatment for rejection of deviant values, Analytical Chemistry 63, 1991."""
_DUST = 1e-6
"""What subtracting figures leaves of one step more or less."""


def far(sides: Sides, tested: Sequence[Metric]) -> tuple[tuple[Metric, ...], ...]:
    """For each run, the baselines first: the tested metrics by which it lies far from its side."""
    return (*_far(sides.base, tested), *_far(sides.mesh, tested))


def _far(runs: Sequence[Run], tested: Sequence[Metric]) -> Iterator[tuple[Metric, ...]]:
    odd = {metric: outlier(values(runs, metric)) for metric in tested}
    for at in range(len(runs)):
        yield tuple(metric for metric, position in odd.items() if position == at)


def far_told(sides: Sides, far: Sequence[tuple[Metric, ...]]) -> Iterator[str]:
    """The same in sentences."""
    for (name, _), metrics in zip(sides.named, far, strict=True):
        if metrics:
            yield f"{name} lies far from the others of its side, by {listed(metrics)}"


def outlier(values: Sequence[float]) -> int | None:
    """The position of one run far from the others, by Dixon's test at 0.05, two-sided.

    None where there are fewer than four runs, more than ten, or no such one. A step in which the
    figures are given is not far.
    """
    if len(values) not in _DIXON:
        return None
    order = sorted(range(len(values)), key=values.__getitem__)
    ends = ((order[0], order[1]), (order[-1], order[-2]))
    at, gap = max(((end, abs(values[end] - values[near])) for end, near in ends), key=itemgetter(1))
    spread = values[order[-1]] - values[order[0]]
    far = gap > _DIXON[len(values)] * spread and gap > step_of(values) * (1 + _DUST)
    return at if far else None
