"""What histograms of both sides are too coarse to tell: figures in one bucket, or overlapping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.domain.runs.model import Delta, Figures, Metric, Range, Unresolved, tells_more
from bot.domain.words import by_amount, by_percent, listed

RANKED: tuple[Metric, ...] = ("p50", "p90", "p95", "p99")
ELSE = "a tool with finer steps tells more"


def blurred(
    endpoint: str | None, base: Sequence[Figures], mesh: Sequence[Figures], tool: str
) -> Iterator[Unresolved]:
    """The latencies of which all runs of both sides name ranges that have a part in common.

    One bucket's ends may differ by a run's fastest or slowest answer.
    """
    for metric in RANKED:
        ranges = [each.latency_ms.range_of(metric) for each in (*base, *mesh)]
        known = [each for each in ranges if each is not None]
        ends = [high for _, high in known if high is not None]
        if known and len(known) == len(ranges):
            low = max(each[0] for each in known)
            if not ends or low < min(ends):
                high = max(ends) if len(ends) == len(known) else None
                lowest = min(each[0] for each in known)
                yield Unresolved(
                    endpoint=endpoint,
                    metric=metric,
                    low=lowest,
                    high=high,
                    same_bucket=len(set(known)) == 1,
                    finer=finer_than(tool, known),
                )


def finer_than(tool: str, ranges: Sequence[Range]) -> str:
    """What tells more than ranges that this tool gave."""
    return tells_more(ranges) if tool == "fortio" and ranges else ELSE


def cannot_tell(unresolved: Sequence[Unresolved]) -> str:
    """The metrics that share a range, range by range, and what would tell more."""
    parts = []
    for between, group in groupby(unresolved, key=lambda each: each.between):
        names = [each.metric for each in group]
        verb = "lies" if len(names) == 1 else "lie"
        parts.append(f"{listed(names)} {verb} {between} ms on both sides")
    loosest = min(unresolved, key=lambda each: each.same_bucket)
    return f"{', and '.join(parts)}, {loosest.where}: {loosest.finer}"


def only_the_mean(deltas: Sequence[Delta]) -> str:
    """What is left to compare where no percentile can be."""
    mean = next((each for each in deltas if (each.endpoint, each.metric) == (None, "mean")), None)
    if mean is None:
        return "nothing of the latencies can be compared"
    percent = "" if mean.percent is None else f", {by_percent(mean.percent)}"
    return (
        f"of the latencies only the mean can be compared: {mean.baseline:,.4g} → "
        f"{mean.mesh:,.4g} ms ({by_amount(mean.absolute)} ms{percent})"
    )
