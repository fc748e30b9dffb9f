"""Fortio's buckets: which of its -r narrows the one that a figure lies in, if any does.

They are multiples of -r, a tenth to a quarter of a figure wide over three powers of ten, and much
wider below and above: a finer -r helps only there, and a too fine one does harm.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from math import inf

from bot.domain.runs.model.measurement import Range

_ENDS: tuple[int, ...] = (
    *range(13),
    *range(14, 21, 2),
    *range(25, 51, 5),
    *range(60, 101, 10),
    *range(120, 201, 20),
    *range(250, 501, 50),
    *range(600, 1001, 100),
    *(2000, 3000, 4000, 5000, 7500, 10000, 20000, 30000, 40000, 50000, 75000, 100000),
)
"""histogramBucketValues in fortio's stats/stats.go."""
_POWERS = range(-3, 4)
"""Of ten, in ms: what is worth asking for."""
_NARROWER = 0.7
"""A bucket is worth another run where it shrinks to this share or less."""


def tells_more(ranges: Iterable[Range]) -> str:
    """What to run for narrower ranges than buckets gave, by the widest for its figure: a clause."""
    low, high = max(ranges, key=_share)
    at = low * 2 if high is None else (low + high) / 2
    width, power = min((_width(at, 10.0**power), -power) for power in _POWERS)
    if high is not None and width > _NARROWER * (high - low):
        return "a tool that keeps every time (k6, oha) tells more, and no -r of Fortio much"
    return f"a run of Fortio with -r {_written(-power - 3)} tells more"


def _share(lies: Range) -> float:
    low, high = lies
    return inf if high is None or low == 0 else high / low


def _written(power: int) -> str:
    """A power of ten in seconds, as Fortio's flag takes it."""
    return f"{10.0**power:.{max(-power, 0)}f}"


def _width(at_ms: float, step_ms: float) -> float:
    """How wide the bucket around a figure is at a resolution."""
    place = bisect_left(_ENDS, at_ms / step_ms)
    if not 0 < place < len(_ENDS):
        return at_ms
    return step_ms * (_ENDS[place] - _ENDS[place - 1])
