"""JMeter's sample log, a block of rows at a time; runs that were appended to one log apart.

Rows of transaction controllers and parts of a sample (`X-0`, `X-1`) hold the same time again.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import compress, pairwise
from operator import add
from typing import NamedTuple

from bot.domain.runs.model import Run
from bot.errors import BadInput
from bot.loadtests.dates import UNCLEAR, UNREAD, Dated
from bot.loadtests.figures import MOST_RUNS, origin
from bot.loadtests.quantities import amounts, count, epoch, moment
from bot.loadtests.tally import ALL, Tally

TRANSACTION = "Number of samples in transaction"
LEFT_OUT = "{n} rows of transaction controllers are left out: they add up requests listed already."
PARTS = "Parts of a sample (X-0, X-1 …) are left out: X holds their time already."
PAUSE_MS = 60_000.0
"""Nothing sent for so long is the end of a run: JMeter appends to a log that is there."""
FEWEST = 10
"""Requests of a run; with fewer between pauses the pauses belong to the test."""
PAUSED = "Nothing was sent for {s:,.0f} s before this run: it is read apart from the one before."
PAUSES = "Nothing was sent for up to {s:,.0f} s in this log, too often for runs of their own."
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

    def at(self, places: Sequence[int]) -> Rows:
        """Those at some places."""
        return Rows(
            [self.labels[at] for at in places],
            [self.whens[at] for at in places],
            [self.elapsed[at] for at in places],
            [self.failed[at] for at in places],
            [self.starts[at] for at in places],
            [self.ends[at] for at in places],
        )

    def by_label(self) -> dict[str, list[int]]:
        """The places of each label."""
        places = defaultdict[str, list[int]](list)
        for at, label in enumerate(self.labels):
            places[label].append(at)
        return places

    def between_pauses(self) -> Iterator[Rows]:
        """These rows, cut where nothing was sent for long."""
        if max(self.starts) - min(self.starts) <= PAUSE_MS:
            yield self
            return
        found: list[list[int]] = []
        latest = -math.inf
        for at in sorted(range(len(self.starts)), key=self.starts.__getitem__):
            if not found or self.starts[at] > latest + PAUSE_MS:
                found.append([])
            found[-1].append(at)
            latest = max(latest, self.ends[at])
        for each in found:
            yield self.at(sorted(each))


def rows(cells: Cells) -> Rows:
    """The columns of a block, checked. Raises `BadInput`."""
    whens = cells["timeStamp"]
    elapsed = amounts(cells["elapsed"], "elapsed")
    starts = _starts(whens)
    ends = list(map(add, starts, elapsed))
    labels = cells.get("label") or [ALL] * len(whens)
    return Rows(labels, whens, elapsed, _failed(cells), starts, ends)


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
        counted = list(map(float, whens))
        if min(counted) >= 1e11 and max(counted) < 1e14:
            return counted
    found = []
    for when in whens:
        if when.isdecimal() and len(when) < 20:
            found.append(epoch(float(when)) * 1e3)
        elif (at := moment(when)) is not None:
            found.append(at.timestamp() * 1e3)
        else:
            return []
    return found


class _Part:
    """The rows of one run."""

    def __init__(self) -> None:
        self.tally, self.dated = Tally(), Dated()
        self.first, self.last = math.inf, -math.inf
        """In ms since 1970."""
        self.requests = 0
        self.timed = self.whole = True

    def near(self, first: float, last: float) -> bool:
        """Whether some rows are of the same run, by their times."""
        return first <= self.last + PAUSE_MS and last >= self.first - PAUSE_MS

    def take(self, given: Rows) -> None:
        """More rows."""
        self.requests += len(given.elapsed)
        failed = Counter(compress(given.labels, given.failed))
        for label, places in given.by_label().items():
            own = list(map(given.elapsed.__getitem__, places))
            self.tally.extend(label, own, failed[label])
            if given.starts:
                first = min(map(given.starts.__getitem__, places))
                last = max(map(given.ends.__getitem__, places))
                self.tally.of(label).spans(first / 1e3, last / 1e3)
        if given.starts:
            first, last = min(given.starts), max(given.ends)
            self.first, self.last = min(self.first, first), max(self.last, last)
            self.whole = self.whole and not any(each % 1e3 for each in given.starts)
        else:
            self._date(given)

    def _date(self, given: Rows) -> None:
        """Times of day in a form of their own."""
        self.whole = False
        for label, when, took in zip(given.labels, given.whens, given.elapsed, strict=True):
            name = ALL if self.tally.too_many_names else label
            self.timed = self.dated.take(name, when, took / 1e3) and self.timed

    def absorb(self, other: _Part) -> None:
        """Take on what another part holds."""
        self.tally.absorb(other.tally)
        self.requests += other.requests
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.whole = self.whole and other.whole

    def settle(self) -> str | None:
        """What the times leave open; spans that do not hold every sample are none."""
        unclear = self.dated.settle(self.tally) if self.timed else UNREAD
        for each in self.tally.by_name.values():
            if unclear in {UNREAD, UNCLEAR}:
                each.first, each.last = math.inf, -math.inf
            elif self.whole and self.requests >= FEWEST and each.last > -math.inf:
                each.last = math.floor(each.last) + 1.0
        return unclear


class Log:
    """All rows of a file, in runs."""

    def __init__(self, form: str) -> None:
        self._form = form
        self._parts: list[_Part] = []
        self._transactions = self._threads = 0
        self._origins = set[str | None]()

    def take(self, cells: Cells) -> None:
        """Some rows, by column."""
        messages = cells.get("responseMessage", [])
        if any(each.startswith(TRANSACTION) for each in set(messages)):
            keep = [not each.startswith(TRANSACTION) for each in messages]
            self._transactions += len(keep) - sum(keep)
            cells = {name: list(compress(each, keep)) for name, each in cells.items()}
        if not cells["elapsed"]:
            return
        for text in set(cells.get("allThreads", ())):
            self._threads = max(self._threads, count(text, "allThreads") or 0)
        if len(self._origins) < 3:
            self._origins |= {origin((each,)) for each in set(cells.get("URL", ())) - {""}}
        given = rows(cells)
        for part in given.between_pauses() if given.starts else (given,):
            self._part(part).take(part)

    def _part(self, given: Rows) -> _Part:
        """The part that some rows belong to by time, a new one where none is near."""
        parts = self._parts
        if not given.starts or any(part.first == math.inf for part in parts):
            near = parts
        else:
            first, last = min(given.starts), max(given.ends)
            near = [part for part in parts if part.near(first, last)]
        if not near:
            parts.append(_Part())
            return parts[-1]
        for other in near[1:]:
            near[0].absorb(other)
            parts.remove(other)
        return near[0]

    def runs(self) -> Iterator[Run]:
        """Runs between pauses; one of all where they are too many or too small for runs."""
        held = sorted(self._parts, key=lambda part: part.first) or [_Part()]
        gaps = [(later.first - before.last) / 1e3 for before, later in pairwise(held)]
        if gaps and (len(held) > MOST_RUNS or min(each.requests for each in held) < FEWEST):
            for other in held[1:]:
                held[0].absorb(other)
            yield self._run(held[0], PAUSES.format(s=max(gaps)))
            return
        for part, gap in zip(held, (0.0, *gaps), strict=True):
            yield self._run(part, PAUSED.format(s=gap) if gap else None)

    def _run(self, part: _Part, paused: str | None) -> Run:
        unclear = part.settle()
        left_out = LEFT_OUT.format(n=self._transactions) if self._transactions else None
        parts = PARTS if part.tally.drop_parts() else None
        target = next(iter(self._origins)) if len(self._origins) == 1 else None
        found = part.tally.run(
            format=self._form,
            tool="jmeter",
            target=target,
            protocol=target.partition(":")[0] if target else None,
            connections=self._threads or None,
            notes=[each for each in (paused, left_out, parts, unclear) if each],
        )
        return found.model_copy(update={"started_at": None}) if unclear else found
