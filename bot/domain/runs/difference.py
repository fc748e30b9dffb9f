"""How large a difference is, not only whether there is one: exactly, and what would find it.

The permutation test inverts to an interval: every shift of the mesh's runs that the test would not
refuse. For each way to divide the runs the shifts at which it is as unlike as what was measured are
an interval around the measured difference, so that two sorted lists of ends give the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import ceil, comb, floor, fsum
from statistics import fmean, median, stdev

from bot.domain.runs.model import Run

POWER: Mapping[int, float] = {4: 2.86, 5: 2.05, 6: 1.82, 7: 1.64, 8: 1.51, 9: 1.40, 10: 1.32}
"""Runs a side → the smallest difference, in standard deviations of a side's runs, that a two-sided
test at 0.05 finds in four of five cases. Simulated by us on 2026-11-28 on normal runs: the exact
test up to five a side (2,500 and 1,500 trials a point), Student's t beyond (6,000)."""


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
    return sorted(lows)[beyond], sorted(highs, reverse=True)[beyond]


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
    """The position of one run far outside the others: beyond three times their spread of quarters.

    Shown, never left out. None where there are fewer than four runs, or no such one.
    """
    if len(values) < 4:
        return None
    ordered = sorted(values)
    quarter = max(1, ceil(len(values) / 4) - 1)
    low, high = ordered[quarter], ordered[-1 - quarter]
    far = 3 * max(high - low, 1e-9 * abs(high))
    odd = [at for at, value in enumerate(values) if value < low - far or value > high + far]
    return odd[0] if len(odd) == 1 else None
