"""What some runs hold and others do not, so that it is compared nowhere, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.runs.deltas import endpoints
from bot.domain.runs.likeness import Sides
from bot.domain.runs.model import Statistic
from bot.domain.words import listed

_SAID: tuple[Statistic, ...] = ("p50", "p90", "p99", "mean")
"""Without p95, of which the verdict says so."""
MOST_NAMES = 5


def lacking(sides: Sides) -> Iterator[str]:
    """The latencies of the whole, then the endpoints, that only some of the runs have."""
    times = [run.latency_ms for run in sides.runs]
    for name in _SAID:
        known = [getattr(each, name) is not None or each.range_of(name) for each in times]
        if any(known) and not all(known):
            yield f"{name} is not in every file, so it is not compared"
    if names := _endpoints(sides):
        rest = len(names) - MOST_NAMES
        told = [*names[:MOST_NAMES], *([f"{rest:,} more"] if rest > 0 else [])]
        one = len(names) == 1
        yield (
            f"{listed(told)} {'is' if one else 'are'} not in every run: "
            f"{'it is' if one else 'they are'} not compared alone, and the whole runs are not of "
            "the same calls"
        )


def _endpoints(sides: Sides) -> list[str]:
    base, mesh = endpoints(sides.base), endpoints(sides.mesh)
    counts = {
        key: sum(len(side[key][1]) for side in (base, mesh) if key in side)
        for key in {**base, **mesh}
    }
    return [
        (base.get(key) or mesh[key])[0] for key, many in counts.items() if many < len(sides.runs)
    ]
