"""A comparison of runs as a page to hand on: the verdict, the curves, every run, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.documents.every_run import STYLE, RunRow, curves, every_run, files, said_by_runs
from bot.documents.page import bullets, page, safe, table
from bot.documents.sources import told
from bot.domain.pack import Pack
from bot.domain.pack.tolerances import Percent, Points, Requests, Seconds, Tolerances
from bot.domain.runs.model import Comparison, Delta, Span
from bot.domain.words import amount, by_amount, by_percent, in_percent, listed

TITLE = "Without the mesh and with it"
MOST_ROWS = 100
"""Rows of endpoints that a person is shown; JSON has all."""
_UNITS = {"rps": "rate, 1/s", "error_rate": "failed"}
_HELD: Mapping[str, str] = {
    "rate": "Rates apart, and short of the rate asked for, at most",
    "concurrency": "Connections or users apart, at most",
    "duration": "Durations apart, at most",
    "requests": "Numbers of requests that count as the same, apart at most",
    "errors": "Failures among a run's attempts, at most",
    "error_gap": "Shares of failures apart, at most",
    "samples": "Timed requests of a run, at least",
    "warm_up": "A run lasts, at least",
}
NEVER = (
    "Whether anything but the mesh differed between the sides: nodes, versions, neighbours, "
    "settings of the cluster. Files of load testers do not say; those who ran them do."
)
METHODS = (
    "p: the exact two-sided permutation test on the difference of means, over every way to divide "
    "the runs. E. J. G. Pitman, Significance tests which may be applied to samples from any "
    "populations, Supplement to the Journal of the Royal Statistical Society 4, 1937.",
    "Interval: the differences that this test does not refuse at 0.05, each taken as the same for "
    "every run with the mesh. It says how sure one can be of this difference between these runs, "
    "nothing of other loads or days.",
    "Middle: the median of all differences between a run of one side and one of the other. "
    "J. L. Hodges and E. L. Lehmann, Estimates of location based on rank tests, Annals of "
    "Mathematical Statistics 34, 1963.",
    "Far from the others: by Dixon's test at 0.05 of each tested latency of a side's runs, shown "
    "and not left out. D. B. Rorabacher, Statistical treatment for rejection of deviant values, "
    "Analytical Chemistry 63, 1991.",
    "How many runs would find what is budgeted: a table simulated by meshfit on 28 Nov 2026, on "
    "runs that spread normally.",
)


class Report(NamedTuple):
    """All that goes onto the page."""

    comparison: Comparison
    rows: Sequence[RunRow]
    notes: Sequence[str]
    pack: Pack
    made: datetime
    """In UTC."""
    title: str = TITLE
    about: str = ""
    """Whose runs they are, where that is known."""


def report(report: Report) -> str:
    """The page as HTML."""
    comparison = report.comparison
    many = [sum(row.side == side for row in report.rows) for side in (0, 1)]
    body = [
        f'<p class="answer">{safe(comparison.verdict[0].upper() + comparison.verdict[1:])}.</p>',
        *([f"<p>{safe(report.about)}</p>"] if report.about else []),
        f"<p>Runs without the mesh (baseline): {many[0]}. With it (mesh): {many[1]}.</p>",
        *_refused(comparison),
        *_differences(comparison),
        *curves(report.rows, alike=comparison.comparable),
        *every_run(report.rows),
        *_open(report),
        *files(report.rows),
        *_judged_by(report),
    ]
    return page(report.title, body, report.made, STYLE)


def _refused(comparison: Comparison) -> Iterator[str]:
    if comparison.refusals:
        yield "<h2>Why these runs cannot be compared</h2>"
        rows = _once((each.id, each.text) for each in comparison.refusals)
        yield table(("Refusal", "What differs"), rows)
    if comparison.overridden:
        yield "<h2>Refusals that somebody overrode</h2>"
        because: dict[str, str] = {each.refusal.id: each.because for each in comparison.overridden}
        aside = _once((each.refusal.id, each.refusal.text) for each in comparison.overridden)
        reasons = [(kind, text, because[kind]) for kind, text in aside]
        yield table(("Refusal", "What differs", "Reason given"), reasons)


def _once(refusals: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Refusals of one kind in one row: an override sets all of a kind aside, with one reason."""
    by_kind: dict[str, list[str]] = {}
    for kind, text in refusals:
        by_kind.setdefault(kind, []).append(text)
    return [(kind, "\n".join(texts)) for kind, texts in by_kind.items()]


def _differences(comparison: Comparison) -> Iterator[str]:
    if not comparison.deltas:
        return
    yield "<h2>The difference</h2>"
    heads = ("", "", "Baseline", "Mesh", "Difference", "", "Middle", "Interval, 95 %", "p")
    yield table(heads, map(_difference, comparison.deltas[:MOST_ROWS]), "figures")
    rest = len(comparison.deltas) - MOST_ROWS
    more = f" {rest} more rows are in <code>--json</code>." if rest > 0 else ""
    yield (
        '<p class="small">Each side is the mean of its runs, the lowest and the highest run in '
        "brackets; the difference is the mesh less the baseline. ≈: read off a histogram, or "
        "an interval of rounded figures; below a difference and an interval stands how far the "
        "ends of buckets and the steps of rounding let them go. Only "
        f"{_tested(comparison)} tested, with several runs on each side, each row alone: of twenty "
        "rows without a difference one falls below p = 0.05 by chance."
        f"{_best(comparison)}{more}</p>"
    )


def _tested(comparison: Comparison) -> str:
    """What is held against chance, of what stands in the table."""
    shown = {each.metric for each in comparison.deltas}
    names = [each for each in comparison.tested if each in shown]
    if not names:
        return "what a budget or the verdict is about is"
    return f"{listed(names)} {'are' if len(names) > 1 else 'is'}"


def _best(comparison: Comparison) -> str:
    least = comparison.smallest_p
    return "" if least is None else f" So many runs reach p = {least:.2g} at best."


def _difference(each: Delta) -> tuple[str, ...]:
    low, high = each.interval or (None, None)
    between = "" if low is None or high is None else f"{by_amount(low)} to {by_amount(high)}"
    return (
        each.endpoint or "whole run",
        _UNITS.get(each.metric, f"{each.metric}, ms"),
        _side(each, (each.baseline, each.baseline_range, each.baseline_within)),
        _side(each, (each.mesh, each.mesh_range, each.mesh_within)),
        _points(each.absolute)
        if _is_share(each)
        else _rough(by_amount(each.absolute), each.within),
        "" if each.percent is None or _is_share(each) else by_percent(each.percent),
        "" if each.middle is None else by_amount(each.middle),
        _rough(between, each.interval_within) if between else "",
        "" if each.p_value is None else f"{each.p_value:.2g}",
    )


def _points(share: float) -> str:
    return f"{share * 100:+.2g} points" if share else "0"


def _is_share(each: Delta) -> bool:
    return each.metric == "error_rate"


def _rough(text: str, within: Span | None) -> str:
    """A difference, or an interval, and below it what buckets allow where runs were read off."""
    return text if within is None else f"≈ {text}\n({' to '.join(map(by_amount, within))})"


def _side(each: Delta, figure: tuple[float, Span, Span | None]) -> str:
    """The mean of a side's runs, the lowest and the highest in brackets."""
    value, (low, high), within = figure
    written = in_percent if _is_share(each) else amount
    mark = "" if within is None else "≈ "
    return f"{mark}{written(value)}" + (
        f"\n({written(low)} to {written(high)})" if low != high else ""
    )


def _open(report: Report) -> Iterator[str]:
    yield "<h2>What was not checked</h2>"
    unresolved = report.comparison.unresolved
    missing = report.comparison.not_in_every_file
    lines = [f"{each}: not in every file, so not compared" for each in missing]
    lines += [
        f"{each.endpoint or 'whole run'}, {each.metric}: {each.where} on both sides, "
        f"{_between(each.low, each.high)} ms, so that no difference can be told"
        for each in unresolved
    ]
    yield bullets([*lines, NEVER])
    notes = [*report.notes, *said_by_runs(report.rows)]
    if notes:
        yield f"<h2>Notes</h2>\n{bullets(notes)}"


def _between(low: float, high: float | None) -> str:
    return f"above {amount(low)}" if high is None else f"{amount(low)} to {amount(high)}"


def _judged_by(report: Report) -> Iterator[str]:
    yield "<h2>Judged by</h2>"
    pack, tolerances = report.pack, report.pack.tolerances
    named = safe(f"{pack.name} {pack.version}")
    yield f"<p>Runs count as alike within the tolerances of knowledge pack {named}:</p>"
    rows = (
        (
            called,
            _limit(getattr(tolerances, name)),
            getattr(tolerances, name).source or "-",
        )
        for name, called in _HELD.items()
    )
    yield table(("What", "", "Source"), rows)
    cited = {getattr(tolerances, name).source for name in Tolerances.model_fields}
    sources = (f"{key}: {told(each)}" for key, each in pack.sources.items() if key in cited)
    yield bullets([*sources, *METHODS])


def _limit(limit: Percent | Points | Requests | Seconds) -> str:
    match limit:
        case Percent():
            return f"{amount(limit.percent)} %"
        case Points():
            return f"{amount(limit.points)} points"
        case Requests():
            return f"{limit.requests:,}"
        case Seconds():
            return f"{amount(limit.seconds)} s"
