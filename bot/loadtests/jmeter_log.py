"""JMeter's sample log, a block of rows at a time; runs that were appended to one log apart.

Rows of transaction controllers and parts of a sample (`X-0`, `X-1`) hold the same time again.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import compress, pairwise

from bot.domain.runs.model import Run
from bot.loadtests.dates import UNCLEAR, UNREAD, SpansByDay
from bot.loadtests.figures import MOST_RUNS, origin
from bot.loadtests.jmeter_rows import PAUSE_MS, SHORT_MS, Cells, Rows, rows
from bot.loadtests.quantities import Recurring, count
from bot.loadtests.span import FEWEST, OFTEN
from bot.loadtests.tally import ALL, MOST_ENDPOINTS, Tally

TRANSACTION = "Number of samples in transaction"
LEFT_OUT = (
    "{n} rows of transaction controllers in this file are left out: they add up requests "
    "listed already."
)
PARTS = "Parts of a sample (X-0, X-1 …) are left out: X holds their time already."
WITHIN = (
    "Nothing was sent for {s:,.0f} s within this run{more}: where JMeter appended another run to "
    "the log, give each a log of its own."
)
LOCAL = "This log names no time zone: it began at that hour of the machine that it ran on."
ZONELESS = re.compile(r"[^Z+]*\d:\d\d[^Z+:-]*")
"""A time of day that does not end in its zone."""
MOST_PARTS = 100
"""Parts of a log; with more, shorter pauses belong to the test."""
PAUSED = "Nothing was sent for {s:,.0f} s before this run: it is read apart from the one before."
PAUSES = "Nothing was sent for up to {s:,.0f} s in this log, too often for runs of their own."


class _Part:
    """The rows of one run."""

    def __init__(self) -> None:
        self.tally, self.dated = Tally(), SpansByDay()
        self.first, self.last = math.inf, -math.inf
        """In ms since 1970."""
        self.requests = self.threads = 0
        self.timed = self.whole = True
        self._known = ""
        """A number of threads that was looked at."""
        self._urls = set[str]()
        self.origins = set[str | None]()

    def near(self, other: Rows | _Part, pause: float) -> bool:
        """Whether no longer pause lies between what is here and there."""
        return other.first <= self.last + pause and other.last >= self.first - pause

    def take(self, rows: Rows) -> None:
        """More rows."""
        self.requests += len(rows.elapsed)
        self._note(rows)
        failed = Counter(compress(rows.labels, rows.failed))
        for label, places in rows.by_label().items():
            own = list(map(rows.elapsed.__getitem__, places))
            self.tally.extend(label, own, failed[label])
            if rows.starts:
                first = min(map(rows.starts.__getitem__, places))
                last = max(map(rows.ends.__getitem__, places))
                self.tally.of(label).spans(first / 1e3, last / 1e3)
        if rows.starts:
            self.first = min(self.first, rows.first)
            self.last = max(self.last, rows.last)
            self.whole = self.whole and not any(each % 1e3 for each in rows.starts)
        else:
            self._date(rows)

    def _note(self, rows: Rows) -> None:
        """How many threads there were, and whom they asked; each text is looked at once."""
        if rows.threads and rows.threads.count(self._known) < len(rows.threads):
            running = (count(each, "allThreads") or 0 for each in set(rows.threads))
            self.threads = max(self.threads, *running)
            self._known = rows.threads[-1]
        if len(self.origins) < 3 and (urls := set(rows.urls) - self._urls):
            self.origins |= {origin((each,)) for each in urls - {""}}
            self._urls = urls if len(self._urls) > MOST_ENDPOINTS else self._urls | urls

    def _date(self, rows: Rows) -> None:
        """Times of day in a form of their own."""
        self.whole = False
        for label, when, took in zip(rows.labels, rows.whens, rows.elapsed, strict=True):
            name = ALL if self.tally.too_many_names else label
            self.timed = self.dated.take(name, when, took / 1e3) and self.timed

    def absorb(self, other: _Part) -> None:
        """Take on what another part holds."""
        self.tally.absorb(other.tally)
        self.requests += other.requests
        self.threads = max(self.threads, other.threads)
        self.origins |= other.origins
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
        self._transactions = 0
        self._pause = SHORT_MS
        self._times = Recurring("elapsed")
        self._zoned = True

    def take(self, cells: Cells) -> None:
        """Some rows, by column."""
        messages = cells.get("responseMessage", [])
        if TRANSACTION in "\n".join(messages):
            keep = [not each.startswith(TRANSACTION) for each in messages]
            self._transactions += len(keep) - sum(keep)
            cells = {name: list(compress(each, keep)) for name, each in cells.items()}
        if not cells["elapsed"]:
            return
        self._zoned = self._zoned and not ZONELESS.fullmatch(cells["timeStamp"][0])
        samples = rows(cells, self._times)
        pieces = [*samples.between_pauses(self._pause)]
        while len(pieces) > MOST_PARTS and self._pause < PAUSE_MS:
            self._patient()
            pieces = [*samples.between_pauses(self._pause)]
        for piece in pieces:
            self._part(piece).take(piece)
            while len(self._parts) > MOST_PARTS and self._pause < PAUSE_MS:
                self._patient()

    def _patient(self) -> None:
        """Take twice as long a pause for the end of a part."""
        self._pause = min(2 * self._pause, PAUSE_MS)
        self._parts = [_one(group) for group in _groups(self._parts, self._pause)]

    def _part(self, rows: Rows) -> _Part:
        """The part that some rows belong to by time, a new one where none is near."""
        parts = self._parts
        if not rows.starts or any(part.first == math.inf for part in parts):
            near = parts
        else:
            near = [part for part in parts if part.near(rows, self._pause)]
        if not near:
            parts.append(_Part())
            return parts[-1]
        for other in near[1:]:
            near[0].absorb(other)
            parts.remove(other)
        return near[0]

    def runs(self) -> Iterator[Run]:
        """Runs between pauses; one of all where they are too many or too small for runs."""
        groups = _groups(self._parts, PAUSE_MS) or [[_Part()]]
        within = [_within(group) for group in groups]
        logs = [_one(group) for group in groups]
        gaps = _gaps(logs)
        if gaps and (len(logs) > MOST_RUNS or min(each.requests for each in logs) < FEWEST):
            for other in logs[1:]:
                logs[0].absorb(other)
            yield self._run(logs[0], PAUSES.format(s=max(gaps)))
            return
        for part, gap, short in zip(logs, (0.0, *gaps), within, strict=True):
            yield self._run(part, PAUSED.format(s=gap) if gap else None, short)

    def _run(self, part: _Part, *paused: str | None) -> Run:
        unclear = part.settle()
        left_out = LEFT_OUT.format(n=self._transactions) if self._transactions else None
        parts = PARTS if part.tally.drop_parts() else None
        target = next(iter(part.origins)) if len(part.origins) == 1 else None
        run = part.tally.run(
            format=self._form,
            tool="jmeter",
            target=target,
            protocol=target.partition(":")[0] if target else None,
            connections=part.threads or None,
            notes=[each for each in (*paused, left_out, parts, unclear) if each],
        )
        if unclear:
            return run.model_copy(update={"started_at": None})
        return run if self._zoned or run.started_at is None else _local(run, run.started_at)


def _local(run: Run, started: datetime) -> Run:
    """The run as long as its log names no time zone: it began at that hour somewhere."""
    began = started.astimezone().replace(tzinfo=None)
    return run.model_copy(update={"started_at": began, "notes": (*run.notes, LOCAL)})


def _groups(parts: Sequence[_Part], pause: float) -> list[list[_Part]]:
    """Parts in the order of their times, those together that no longer pause divides."""
    groups: list[list[_Part]] = []
    for part in sorted(parts, key=lambda part: part.first):
        if groups and any(part.near(other, pause) for other in groups[-1]):
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def _one(group: Sequence[_Part]) -> _Part:
    """The first part, with all that the others hold."""
    first, *others = group
    for other in others:
        first.absorb(other)
    return first


def _gaps(parts: Sequence[_Part]) -> list[float]:
    """How long nothing was sent between parts, in s."""
    return [(later.first - before.last) / 1e3 for before, later in pairwise(parts)]


def _within(group: Sequence[_Part]) -> str | None:
    """What to know of pauses within a run that stand out: another run may begin after them."""
    gaps, requests = _gaps(group), sum(part.requests for part in group)
    busy = sum(part.last - part.first for part in group) / 1e3
    long = [gap for gap in gaps if gap * requests >= OFTEN * busy]
    if not long or min(part.requests for part in group) < FEWEST:
        return None
    more = "" if len(long) == 1 else f", or nearly so long, {len(long)} times"
    return WITHIN.format(s=max(long), more=more)
