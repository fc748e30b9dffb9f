"""Figures that take the place of others: each is told, with what it was, by whom and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

from bot.domain.pack.pilot import SIDE_UNITS, Metric
from bot.domain.pilot.model import JudgedBudget, Measurement, Replaced, Result, Saving, Seal, Terms
from bot.domain.pilot.rough import added, ends, judge_figure
from bot.domain.words import number

WORDS: dict[Result, str] = {"pass": "kept", "fail": "broken", "inconclusive": "not settled"}

_NAMES: Mapping[Metric, str] = {"error_rate": "failed calls", "cpu": "CPU"}
"""What reads otherwise than its key."""


def replaced(terms: Terms, measurements: Sequence[Measurement]) -> tuple[Replaced, ...]:
    """Every figure that was measured again, the oldest first."""
    return tuple(
        Replaced(
            before=told(terms, before),
            after=told(terms, after, named=False),
            broke=_breaks(terms, before),
            by=after.by,
            origin=after.origin or "typed",
            reason=after.reason,
        )
        for before, after in _pairs(measurements)
    )


def saving(
    terms: Terms, figures: Sequence[Measurement], before: Sequence[Measurement] = ()
) -> Saving:
    """What was saved in one go, the worst first, and what was broken in `before` there."""
    first = sorted(figures, key=lambda each: (_rank(worst_of(terms, each)), -_over(terms, each)))
    made, endpoints = figures[0], {_at(each) for each in figures}
    return Saving(
        lines=tuple(told(terms, each) for each in first),
        at=made.at.isoformat(),
        by=made.by,
        origin=made.origin or "typed",
        reason=made.reason,
        overridden=made.overridden,
        broke=tuple(told(terms, e) for e in broken_now(terms, before) if _at(e) in endpoints),
    )


def saved_at(seals: Sequence[Seal], measurements: Sequence[Measurement], at: str) -> Saving | None:
    """What was saved at one moment, under the budgets of then; None where nothing was."""
    figures = [each for each in measurements if each.at.isoformat() == at]
    then = [each.terms for each in seals if figures and each.at <= figures[0].at]
    return saving(then[-1] if then else {}, figures) if figures else None


def broken(terms: Terms, figures: Sequence[Measurement], new: Measurement) -> bool:
    """Whether the figure that counts at the same place breaks a budget now."""
    return any(_at(each) == _at(new) for each in broken_now(terms, figures))


def broken_now(terms: Terms, figures: Sequence[Measurement]) -> tuple[Measurement, ...]:
    """Every figure that counts and breaks a budget, in the order of its first measuring."""
    counts = {_at(each): each for each in figures}
    return tuple(each for each in counts.values() if _breaks(terms, each))


def _breaks(terms: Terms, figure: Measurement) -> bool:
    worst = worst_of(terms, figure)
    return worst is not None and worst.result == "fail"


def _at(figure: Measurement) -> tuple[Metric, str, str]:
    """What it is a figure of, and where."""
    return figure.metric, figure.service, figure.endpoint


def broken_told(seals: Sequence[Seal], figures: Sequence[Measurement]) -> tuple[str, ...]:
    """The same in words, under the budgets as they are sealed now."""
    terms = seals[-1].terms if seals else {}
    return tuple(told(terms, each) for each in broken_now(terms, figures))


_ORDER: tuple[Result, ...] = ("fail", "inconclusive", "missing", "pass")


def _rank(judged: JudgedBudget | None) -> int:
    return len(_ORDER) if judged is None else _ORDER.index(judged.result)


def _over(terms: Terms, figure: Measurement) -> float:
    """How many times a limit, at the most, a figure comes to."""
    return max(
        (
            measured / term.limit
            for term in terms.values()
            if term.metric == figure.metric and term.limit > 0
            if (measured := judge_figure(term, figure).measured) is not None
        ),
        default=0,
    )


def _pairs(measurements: Sequence[Measurement]) -> Iterator[tuple[Measurement, Measurement]]:
    newest: dict[tuple[Metric, str, str], Measurement] = {}
    for each in measurements:
        key = _at(each)
        if (before := newest.get(key)) is not None:
            yield before, each
        newest[key] = each


def told(terms: Terms, figure: Measurement, *, named: bool = True) -> str:
    """`p95 nightly /run: +129 ms (broken)`, by the budget that it does worst under."""
    worst = worst_of(terms, figure)
    named_so = _NAMES.get(figure.metric, figure.metric)
    where = " ".join(each for each in (named_so, figure.service, figure.endpoint) if each)
    words = f" ({WORDS[worst.result]})" if worst and worst.result in WORDS else ""
    text = f"{_added(figure)}{words}"
    return f"{where}: {text}" if named else text


def worst_of(terms: Terms, figure: Measurement) -> JudgedBudget | None:
    """What the figure comes to under the budget that it does worst under; None without one."""
    judged = [judge_figure(term, figure) for term in terms.values() if term.metric == figure.metric]
    return min(judged, key=_rank, default=None)


def _added(figure: Measurement) -> str:
    """What the mesh adds, in the unit in which one reads it; between which values where open."""
    before = [each for each in figure.baseline if each is not None]
    after = [each for each in figure.mesh if each is not None]
    if len(before) < len(figure.baseline) or len(after) < len(figure.mesh):
        return added(*ends(figure))
    scale = 100 if figure.metric == "error_rate" else 1
    more = (fmean(after) - fmean(before)) * scale
    unit = "percentage points" if figure.metric == "error_rate" else SIDE_UNITS[figure.metric]
    about = "≈ " if figure.finer else ""
    return f"{about}{'+' if more >= 0 else ''}{number(more)} {unit}"
