"""One budget against the figures of two sides: kept, broken, or not to be told yet.

Every run with the mesh is held against every run without. Where all pairs agree, that is the
result; where they do not, chance has to be ruled out, or one more run on each side is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import inf, isfinite
from statistics import fmean

from bot.domain.pack.pilot import SIDE_UNITS, Metric
from bot.domain.pilot.model import JudgedBudget, Result, Term
from bot.domain.runs.chance import chance_of_fewer, chance_of_more
from bot.domain.words import number

ALPHA = 0.05
"""How often chance alone may lead to a result where runs disagree."""
_EQUAL = 1e-9
"""Relative: a figure that equals its limit but for rounding keeps it."""
_SCALES: Mapping[Metric, float] = {"error_rate": 100}
"""Metric → what its own unit is multiplied with for that."""


def judge(term: Term, baseline: Sequence[float], mesh: Sequence[float]) -> JudgedBudget:
    """Hold runs with the mesh against runs without, in the metric's own unit.

    `baseline` may be empty for a term that is about the figure with the mesh alone.
    """
    scale = _SCALES.get(term.metric, 1)
    before, after = [each * scale for each in baseline], [each * scale for each in mesh]
    result, why = _told(term, _ceilings(term, before), after)
    return JudgedBudget(
        result=result,
        why=_in_noise(term, before, after) or why,
        measured=_measured(term, before, after),
        baseline=fmean(before) if before else None,
        mesh=fmean(after),
        single=1 in (len(before), len(after)),
    )


def _ceilings(term: Term, before: Sequence[float]) -> list[float]:
    """The most that is allowed with the mesh, for each run without it."""
    match term.change:
        case "value":
            return [term.limit]
        case "absolute":
            return [each + term.limit for each in before]
        case "percent":
            return [_grown(term, each) for each in before]


def _grown(term: Term, before: float) -> float:
    """So many percent more, and at least what counts as nothing; less where less is asked for."""
    most = before * (1 + term.limit / 100)
    return max(most, before + term.noise) if term.limit >= 0 else most


def _told(term: Term, ceilings: Sequence[float], mesh: Sequence[float]) -> tuple[Result, str]:
    """The result, and why."""
    over = sum(_is_over(after, most) for most, after in product(ceilings, mesh))
    pairs, sides = len(ceilings) * len(mesh), (len(ceilings), len(mesh))
    beyond = _is_over(fmean(mesh), fmean(ceilings))
    if over in (0, pairs):
        where = f" in each of {pairs} pairs of runs" if pairs > 1 else ""
        return (
            ("fail", f"Over the limit{where}.") if over else ("pass", f"Within the limit{where}.")
        )
    below, above = chance_of_fewer(over, *sides), chance_of_more(over, *sides)
    text = f"Over the limit in {over} of {pairs} pairs of runs"
    if not beyond and below <= ALPHA:
        return "pass", f"{text}; so few by chance alone: p = {below:.2g}."
    if beyond and above <= ALPHA:
        return "fail", f"{text}; so many by chance alone: p = {above:.2g}."
    if term.change == "value":
        return "inconclusive", "Runs disagree about the limit: one more run is needed."
    return "inconclusive", f"{text}: one more run on each side is needed."


def _is_over(figure: float, most: float) -> bool:
    return figure > most + _EQUAL * abs(most)


def _measured(term: Term, before: Sequence[float], after: Sequence[float]) -> float | None:
    """What the budget counts; None for a percentage of nothing."""
    if term.change == "value":
        return fmean(after)
    added = fmean(after) - fmean(before)
    if term.change == "absolute":
        return added
    percent = 100 * added / fmean(before) if fmean(before) else inf
    return percent if isfinite(percent) else None


def _in_noise(term: Term, before: Sequence[float], after: Sequence[float]) -> str:
    """Why a percentage over its limit is none, or why there is no percentage."""
    measured = _measured(term, before, after)
    unit = SIDE_UNITS[term.metric]
    if measured is None:
        return f"From 0 {unit}, so there is no percentage."
    added = fmean(after) - (fmean(before) if before else 0)
    if term.change == "percent" and measured > term.limit and added <= term.noise:
        return f"Adds {number(added)} {unit}; up to {number(term.noise)} {unit} count as none."
    return ""
