"""A budget against figures that only lie between two values: kept or broken wherever they lie.

What is judged grows with every run with the mesh and falls with every run without, so the two
ends of the ranges that are furthest from one another bound whatever lies between.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from statistics import fmean

from bot.domain.pilot.judging import judge
from bot.domain.pilot.model import JudgedBudget, Measurement, Term
from bot.domain.runs.model import Range
from bot.domain.words import amount, by_amount

Spans = Sequence[tuple[float, float]]


def judge_figure(term: Term, figure: Measurement) -> JudgedBudget:
    """Hold a figure against a budget; where its ranges leave open which, it cannot be told."""
    base, mesh = ends(figure)
    if all(low == high for low, high in (*base, *mesh)):
        return judge(term, [low for low, _ in base], [low for low, _ in mesh])
    best = judge(term, [high for _, high in base], [low for low, _ in mesh])
    worst = judge(term, [low for low, _ in base], [high for _, high in mesh])
    if best.result != worst.result:
        why = f"Not measured finely enough: {_lies(term, base, mesh)}; {figure.finer}."
        return JudgedBudget(
            "inconclusive", why, None, None, None, worst.single, rough=True, too_coarse=True
        )
    kept = worst.result == "pass"
    why = (worst if kept else best).why
    if worst.result != "inconclusive":
        why = f"At the {'least' if kept else 'most'} favourable ends of its ranges too: {why}"
    return _at_its_figures(term, figure)._replace(result=worst.result, why=why, rough=True)


def ends(figure: Measurement) -> tuple[Spans, Spans]:
    """Between which values each run of both sides lies; twice the same where it is exact."""
    return (
        _ends(figure.baseline, figure.baseline_ranges),
        _ends(figure.mesh, figure.mesh_ranges),
    )


def _ends(values: Sequence[float | None], ranges: Sequence[Range | None]) -> Spans:
    spans = []
    for value, lies in zip(values, ranges or [None] * len(values), strict=True):
        known = [] if value is None else [value]
        low, high = lies or (known[0], known[0])
        top = inf if high is None else high
        spans.append((min(low, *known, top), max(low, *known, top)))
    return spans


def _at_its_figures(term: Term, figure: Measurement) -> JudgedBudget:
    """What the figures themselves come to; none where a run has only a range."""
    base = [each for each in figure.baseline if each is not None]
    mesh = [each for each in figure.mesh if each is not None]
    if len(base) == len(figure.baseline) and len(mesh) == len(figure.mesh):
        return judge(term, base, mesh)
    single = 1 in (len(figure.baseline), len(figure.mesh))
    return JudgedBudget("inconclusive", "", None, None, None, single)


def _lies(term: Term, base: Spans, mesh: Spans) -> str:
    """What is known of what the budget counts; latencies alone have ranges, so it is in ms."""
    if term.change != "value":
        return f"the mesh adds {added(base, mesh)}"
    low, high = (fmean(each) for each in zip(*mesh, strict=True))
    bounds = f"above {amount(low)}" if high == inf else f"between {amount(low)} and {amount(high)}"
    return f"it lies {bounds} ms"


def added(base: Spans, mesh: Spans) -> str:
    """`between -0.9 and +0.9 ms`, `more than +3 ms`: what the mesh may add to a latency."""
    base_low, base_high = (fmean(each) for each in zip(*base, strict=True))
    mesh_low, mesh_high = (fmean(each) for each in zip(*mesh, strict=True))
    low, high = mesh_low - base_high, mesh_high - base_low
    if low == -inf and high == inf:
        return "an amount that the ranges leave wholly open"
    if high == inf:
        return f"more than {by_amount(low)} ms"
    if low == -inf:
        return f"less than {by_amount(high)} ms"
    return f"between {by_amount(low)} and {by_amount(high)} ms"
