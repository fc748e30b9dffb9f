"""Figures that take the place of others: each is told, with what it was, by whom and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.pack.pilot import SIDE_UNITS, Metric
from bot.domain.pilot.judging import Judged, judge
from bot.domain.pilot.model import Measurement, Replaced, Result, Terms
from bot.domain.words import number

WORDS: dict[Result, str] = {"pass": "kept", "fail": "broken", "inconclusive": "not settled"}


def replaced(terms: Terms, measurements: Sequence[Measurement]) -> tuple[Replaced, ...]:
    """Every figure that was measured again, the oldest first."""
    return tuple(
        Replaced(
            before=told(terms, before),
            after=told(terms, after, named=False),
            by=after.by,
            origin=after.origin or "typed",
            reason=after.reason,
        )
        for before, after in _pairs(measurements)
    )


def _pairs(measurements: Sequence[Measurement]) -> Iterator[tuple[Measurement, Measurement]]:
    newest: dict[tuple[Metric, str, str], Measurement] = {}
    for each in measurements:
        key = (each.metric, each.service, each.endpoint)
        if (before := newest.get(key)) is not None:
            yield before, each
        newest[key] = each


def told(terms: Terms, figure: Measurement, *, named: bool = True) -> str:
    """`p95 nightly /run: +129 ms (broken)`, by the budget that it does worst under."""
    worst = worst_of(terms, figure)
    where = " ".join(each for each in (figure.metric, figure.service, figure.endpoint) if each)
    words = f" ({WORDS[worst.result]})" if worst and worst.result in WORDS else ""
    said = f"{_added(figure)}{words}"
    return f"{where}: {said}" if named else said


def worst_of(terms: Terms, figure: Measurement) -> Judged | None:
    """What the figure comes to under the budget that it does worst under; None without one."""
    found = [
        judge(term, figure.baseline, figure.mesh)
        for term in terms.values()
        if term.metric == figure.metric
    ]
    order = ("fail", "inconclusive", "missing", "pass")
    return min(found, key=lambda each: order.index(each.result), default=None)


def _added(figure: Measurement) -> str:
    """What the mesh adds, in the unit in which one reads it."""
    scale = 100 if figure.metric == "error_rate" else 1
    sides = (figure.baseline, figure.mesh)
    before, after = (sum(side) / len(side) * scale for side in sides)
    added = after - before
    return f"{'+' if added >= 0 else ''}{number(added)} {SIDE_UNITS[figure.metric]}"
