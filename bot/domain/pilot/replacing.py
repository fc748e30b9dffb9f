"""Figures that take the place of others: each is told, with what it was, by whom and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.pack.pilot import SIDE_UNITS, Metric
from bot.domain.pilot.judging import Judged, judge
from bot.domain.pilot.model import Measurement, Replaced, Result, Saving, Terms
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


def saving(terms: Terms, figures: Sequence[Measurement]) -> Saving:
    """What was saved in one go, the worst first."""
    first = sorted(figures, key=lambda each: _rank(worst_of(terms, each)))
    made = figures[0]
    return Saving(
        lines=tuple(told(terms, each) for each in first),
        by=made.by,
        origin=made.origin or "typed",
        reason=made.reason,
    )


def broken(terms: Terms, figures: Sequence[Measurement], new: Measurement) -> bool:
    """Whether the figure that counts at the same place breaks a budget now."""
    at = (new.metric, new.service, new.endpoint)
    counts = [each for each in figures if (each.metric, each.service, each.endpoint) == at]
    worst = worst_of(terms, counts[-1]) if counts else None
    return worst is not None and worst.result == "fail"


_ORDER: tuple[Result, ...] = ("fail", "inconclusive", "missing", "pass")


def _rank(judged: Judged | None) -> int:
    return len(_ORDER) if judged is None else _ORDER.index(judged.result)


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
    return min(found, key=_rank, default=None)


def _added(figure: Measurement) -> str:
    """What the mesh adds, in the unit in which one reads it."""
    scale = 100 if figure.metric == "error_rate" else 1
    sides = (figure.baseline, figure.mesh)
    before, after = (sum(side) / len(side) * scale for side in sides)
    added = after - before
    return f"{'+' if added >= 0 else ''}{number(added)} {SIDE_UNITS[figure.metric]}"
