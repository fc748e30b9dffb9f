"""How large a difference is, not only whether there is one: exactly, and what would find it.

The permutation test inverts to an interval: every shift of the mesh's runs that the test would not
refuse. For each way to divide the runs the shifts at which it is as unlike as what was measured are
an interval around the measured difference, so that two sorted lists of ends give the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import comb, floor, fsum
from operator import itemgetter
from statistics import fmean, median, stdev

from bot.domain.runs.model import Run

POWER: Mapping[int, float] = {4: 2.86, 5: 2.05, 6: 1.82, 7: 1.64, 8: 1.51, 9: 1.40, 10: 1.32}
"""Runs a side → the smallest difference, in standard deviations of a side's runs, that a two-sided
test at 0.05 finds in four of five cases. Simulated by us on 2026-11-28 on normal runs: the exact
test up to five a side (2,500 and 1,500 trials a point), Student's t beyond (6,000)."""
_DIXON = {4: 0.829, 5: 0.710, 6: 0.625, 7: 0.568, 8: 0.526, 9: 0.493, 10: 0.466}
"""Runs → the largest share of their spread that one may lie off the next. D. B. Rorabacher,
Statistical treatment for rejection of deviant values, Analytical Chemistry 63, 1991."""


def middle(first: Sequence[float], second: Sequence[float]) -> float:
    """Hodges and Lehmann's estimate: the median of all differences between two runs."""
    return median(after - before for before in first for after in second)


def interval(
    first: Sequence[float], second: Sequence[float], alpha: float
) -> tuple[float, float] | None:
    """The shifts that the exact test does not refuse at `alpha`; None where it refuses none."""
    many, few = len(first), len(second)
    total, difference = fsum([*first, *second]), fmean(second) - fmean(first)
    lows, highs, always = [], [], 0
    marked = [*((value, 0) for value in first), *((value, 1) for value in second)]
    for part in combinations(marked, few):
        held = fsum(value for value, _ in part)
        ours = sum(mark for _, mark in part)
        seen = held / few - (total - held) / many
        moved = ours / few - (few - ours) / many
        ends = [
            top / bottom
            for top, bottom in ((difference - seen, 1 - moved), (difference + seen, 1 + moved))
            if abs(bottom) > 1e-12
        ]
        if len(ends) < 2:
            always += 1
        else:
            lows.append(min(ends))
            highs.append(max(ends))
    beyond = floor(alpha * comb(many + few, few) + 1e-9) - always
    if beyond < 0:
        return None
    return sorted(lows)[beyond] + 0.0, sorted(highs, reverse=True)[beyond] + 0.0


def runs_needed(first: Sequence[float], second: Sequence[float]) -> int | None:
    """How many runs a side would find the measured difference in four of five cases.

    None where the spread or the difference is not known, or more than ten a side would be needed.
    """
    if min(len(first), len(second)) < 2:
        return None
    spread = ((stdev(first) ** 2 + stdev(second) ** 2) / 2) ** 0.5
    if not spread:
        return min(POWER)
    effect = abs(fmean(second) - fmean(first)) / spread
    return next((many for many, least in POWER.items() if effect >= least), None)


def far(runs: Sequence[Run]) -> int | None:
    """The position of the one run of a side whose p95 lies far from the others'."""
    known = [run.latency_ms.p95 for run in runs if run.latency_ms.p95 is not None]
    return outlier(known) if len(known) == len(runs) else None


def outlier(values: Sequence[float]) -> int | None:
    """The position of one run far from the others, by Dixon's test at 0.05, two-sided.

    Shown, never left out. None where there are fewer than four runs, more than ten, or no such one.
    """
    if len(values) not in _DIXON:
        return None
    order = sorted(range(len(values)), key=values.__getitem__)
    ends = ((order[0], order[1]), (order[-1], order[-2]))
    at, gap = max(((end, abs(values[end] - values[near])) for end, near in ends), key=itemgetter(1))
    spread = values[order[-1]] - values[order[0]]
    return at if gap > _DIXON[len(values)] * spread else None
