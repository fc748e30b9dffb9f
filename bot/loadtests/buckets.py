"""What buckets of a histogram tell of a percentile: where it lies, and whether more than that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from bot.domain.runs.model import Latency, Range, tells_more
from bot.loadtests.figures import RANKS

WIDE = 0.1
"""A bucket wider than this share of a figure makes what is read off it a guess."""
SPREAD = 4.0
"""A bucket whose end is so many times its start tells no figure at all."""
UNEVEN = 1.5
"""Nor does one of this width where the mean shows that answers are not spread evenly over it."""
OFF = 0.1
"""How far, as a share, the mean may lie from what evenly filled buckets would come to."""
COARSE = "{first} read off a coarse histogram: {ranges}. {finer}."


class Bucket(NamedTuple):
    """One row: from and to in ms, the percent of all calls up to its end, the calls in it."""

    start: float
    end: float
    percent: float
    calls: int


class Histogram(NamedTuple):
    """Buckets in their order, how many calls they hold, and their least and mean in ms."""

    buckets: Sequence[Bucket]
    calls: int
    least: float
    mean: float | None

    def holding(self, rank: float) -> Bucket | None:
        """The bucket in which a percentile lies."""
        return next((each for each in self.buckets if each.percent >= rank), None)

    def range_of(self, rank: float) -> Range | None:
        """Between which values a percentile lies."""
        bucket = self.holding(rank)
        return (bucket.start, bucket.end) if bucket else None

    def interpolated(self, rank: float) -> float | None:
        """Fortio's CalcPercentile: linear by percent inside the bucket, from 1/count on."""
        if not self.calls or self.holding(rank) is None:
            return None
        before = 100 / self.calls
        if rank <= before:
            return self.least
        for each in self.buckets:
            if each.percent >= rank:
                part = (rank - before) / (each.percent - before) if each.percent > before else 1.0
                return each.start + min(part, 1.0) * (each.end - each.start)
            before = max(each.percent, before)
        return None

    def tells(self, rank: float) -> bool:
        """Whether a figure inside its bucket can be defended."""
        bucket = self.holding(rank)
        if bucket is None or bucket.percent == rank or bucket.end < UNEVEN * bucket.start:
            return True
        return bucket.end < SPREAD * bucket.start and not self._uneven(bucket)

    def _uneven(self, bucket: Bucket) -> bool:
        """Whether the mean denies an even spread over a bucket that holds most of the calls.

        Where no bucket says how many it holds, nothing speaks for an even spread.
        """
        calls = sum(each.calls for each in self.buckets)
        if not calls:
            return True
        if not self.mean or bucket.calls * 2 < calls:
            return False
        even = sum(each.calls * (each.start + each.end) / 2 for each in self.buckets) / calls
        return abs(even - self.mean) > OFF * self.mean


def coarse(latency: Latency) -> Iterator[str]:
    """One sentence for all wide ranges, each with the percentiles that lie in it; or none."""
    wide = [(f"p{rank}", lies) for rank in RANKS if (lies := _wide(latency, f"p{rank}"))]
    groups = [
        (", ".join(name for name, _ in group), f"between {low:.6g} and {high:.6g} ms")
        for (low, high), group in groupby(wide, key=lambda each: each[1])
    ]
    if groups:
        (first, between), *rest = groups
        verb = "are" if "," in first else "is"
        ranges = "; ".join([between, *(" ".join(each) for each in rest)])
        finer = tells_more(lies for _, lies in wide)
        yield COARSE.format(
            first=f"{first} {verb}", ranges=ranges, finer=f"{finer[0].upper()}{finer[1:]}"
        )


def _wide(latency: Latency, name: str) -> tuple[float, float] | None:
    """The range of a percentile, where it is wide for its figure."""
    lies, value = latency.range_of(name), getattr(latency, name)
    low, high = lies or (None, None)
    if low is None or high is None:
        return None
    return (low, high) if high - low > WIDE * (low if value is None else value) else None
