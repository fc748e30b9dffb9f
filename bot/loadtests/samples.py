"""Every response time of a run, kept in 8 bytes each and ranked exactly without a list of all."""

from __future__ import annotations

import math
import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from bot.domain.runs.model import Latency
from bot.errors import BadInput
from bot.loadtests.figures import latency

CHUNK = 2**16
MOST_SAMPLES = 30_000_000
"""240 MB of them; with what else is held a process stays below 512 MB."""
_RANKED = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99}


class Samples:
    """Response times in ms, as sorted chunks."""

    def __init__(self) -> None:
        self._sorted: list[array[float]] = []
        self._fresh: array[float] = array("d")
        self._sum = 0.0
        self.count = 0

    def add(self, value_ms: float) -> None:
        """One more response time."""
        self._fresh.append(value_ms)
        if len(self._fresh) >= CHUNK:
            self._settle()

    def extend(self, values_ms: Iterable[float]) -> None:
        """Several more response times."""
        self._fresh.extend(values_ms)
        if len(self._fresh) >= CHUNK:
            self._settle()

    def chunks(self) -> list[array[float]]:
        """All of them, each chunk sorted. Raises `BadInput` where one is no time."""
        self._settle()
        return self._sorted

    def _settle(self) -> None:
        if not self._fresh:
            return
        total = math.fsum(self._fresh)
        ordered = array("d", sorted(self._fresh))
        if not math.isfinite(total):
            raise BadInput("A response time in this file is not a number.")
        if ordered[0] < 0:
            raise BadInput(f"A response time in this file is {ordered[0]:g} ms: below 0.")
        self._sum += total
        self.count += len(ordered)
        self._sorted.append(ordered)
        self._fresh = array("d")

    @property
    def mean(self) -> float:
        """The average in ms."""
        self._settle()
        return self._sum / self.count


def percentile(chunks: Sequence[array[float]], share: float) -> float:
    """The linear percentile (type 7: numpy's and k6's) of sorted chunks of values ≥ 0."""
    place = (sum(map(len, chunks)) - 1) * share
    below, part = _ranked(chunks, math.floor(place)), place - math.floor(place)
    if not part:
        return below
    return below + (_ranked(chunks, math.floor(place) + 1) - below) * part


def _ranked(chunks: Sequence[array[float]], rank: int) -> float:
    """The value of a rank from 0, found by halving the range of doubles between the ends."""
    if len(chunks) == 1:
        return chunks[0][rank]
    low = _bits(min(chunk[0] for chunk in chunks))
    high = _bits(max(chunk[-1] for chunk in chunks))
    while low < high:
        middle = (low + high) // 2
        value = _double(middle)
        if sum(bisect_right(chunk, value) for chunk in chunks) > rank:
            high = middle
        else:
            low = middle + 1
    return _double(low)


def _bits(value: float) -> int:
    """A double ≥ 0 as the integer that orders it."""
    return int(struct.unpack("<q", struct.pack("<d", abs(value)))[0])


def _double(bits: int) -> float:
    return float(struct.unpack("<d", struct.pack("<q", bits))[0])


def computed(groups: Sequence[Samples]) -> tuple[int, Latency]:
    """How many samples there are in all, and what they come to."""
    chunks = [chunk for group in groups for chunk in group.chunks()]
    many = sum(group.count for group in groups)
    if not many:
        return 0, Latency()
    values: dict[str, float | None] = {
        name: percentile(chunks, share) for name, share in _RANKED.items()
    }
    values["max"] = max(chunk[-1] for chunk in chunks)
    values["mean"] = sum(group.mean * group.count for group in groups if group.count) / many
    return many, latency(values, "computed")
