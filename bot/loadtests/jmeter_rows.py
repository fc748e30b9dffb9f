"""Rows of JMeter's sample log by column, checked, and cut where nothing was sent for long."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import add, sub
from typing import NamedTuple

from bot.errors import BadInput
from bot.loadtests.quantities import Recurring, epoch, moment
from bot.loadtests.span import PAUSE_S
from bot.loadtests.tally import ALL

PAUSE_MS = PAUSE_S * 1000
"""Nothing sent for so long is the end of a run: JMeter appends to a log that is there."""
SHORT_MS = 2_000.0
"""A script that runs JMeter again and again takes about so long between two runs, at least."""
VERDICTS = {"true": False, "false": True}
"""What stands under success → whether it failed."""

Cells = dict[str, list[str]]


class Rows(NamedTuple):
    """Some rows, by column; all times in ms, those of day since 1970."""

    labels: Sequence[str]
    whens: Sequence[str]
    elapsed: Sequence[float]
    failed: Sequence[bool]
    starts: Sequence[float]
    ends: Sequence[float]
    """Both empty where the times of day are in a form of their own."""
    threads: Sequence[str]
    urls: Sequence[str]
    """Each empty where the log has no such column."""
    first: float
    last: float
    """The earliest start and the latest end; infinite where there is none."""

    def at(self, places: Sequence[int]) -> Rows:
        """Those at some places, with a time of day."""
        starts, ends = ([of[at] for at in places] for of in (self.starts, self.ends))
        return Rows(
            [self.labels[at] for at in places],
            [self.whens[at] for at in places],
            [self.elapsed[at] for at in places],
            [self.failed[at] for at in places],
            starts,
            ends,
            [self.threads[at] for at in places] if self.threads else (),
            [self.urls[at] for at in places] if self.urls else (),
            min(starts),
            max(ends),
        )

    def by_label(self) -> dict[str, list[int]]:
        """The places of each label."""
        places = defaultdict[str, list[int]](list)
        for at, label in enumerate(self.labels):
            places[label].append(at)
        return places

    def _steady(self, pause: float) -> bool:
        """Whether no two rows that follow each other begin further apart: then there is none."""
        if not self.starts or self.last - self.first <= pause:
            return True
        steps = list(map(sub, islice(self.starts, 1, None), self.starts))
        return not steps or (max(steps) <= pause and min(steps) >= -pause)

    def between_pauses(self, pause: float) -> Iterator[Rows]:
        """These rows, cut where nothing was sent for longer than a pause, in ms."""
        if self._steady(pause):
            yield self
            return
        pieces: list[list[int]] = []
        latest = -math.inf
        for at in sorted(range(len(self.starts)), key=self.starts.__getitem__):
            if not pieces or self.starts[at] > latest + pause:
                pieces.append([])
            pieces[-1].append(at)
            latest = max(latest, self.ends[at])
        for each in pieces:
            yield self.at(sorted(each))


def rows(cells: Cells, times: Recurring) -> Rows:
    """The columns of a block, checked. Raises `BadInput`."""
    whens = cells["timeStamp"]
    elapsed = times.read(cells["elapsed"])
    starts = _starts(whens)
    ends = list(map(add, starts, elapsed))
    labels = cells.get("label") or [ALL] * len(whens)
    first, last = min(starts, default=math.inf), max(ends, default=-math.inf)
    seen = cells.get("allThreads", ()), cells.get("URL", ())
    return Rows(labels, whens, elapsed, _failed(cells), starts, ends, *seen, first, last)


def _failed(cells: Cells) -> list[bool]:
    if (verdicts := cells.get("success")) is None:
        return [not (code.isdecimal() and int(code[:9]) < 400) for code in cells["responseCode"]]
    try:
        return list(map(VERDICTS.__getitem__, verdicts))
    except KeyError:
        words = [each.strip().lower() for each in verdicts]
    if set(words) - set(VERDICTS):
        raise BadInput("A row of this JMeter log says neither true nor false for success.")
    return [VERDICTS[each] for each in words]


def _starts(whens: Sequence[str]) -> list[float]:
    """Times in ms since 1970; a log may have them formatted. Empty where one has no known form."""
    if "".join(whens).encode().isdigit() and "" not in whens:
        counted: list[float] = [*map(int, whens)]
        if min(counted) >= 1e11 and max(counted) < 1e14:
            return counted
    starts = []
    for when in whens:
        if when.isdecimal() and len(when) < 20:
            starts.append(epoch(float(when)) * 1e3)
        elif (at := moment(when)) is not None:
            starts.append(at.timestamp() * 1e3)
        else:
            return []
    return starts
