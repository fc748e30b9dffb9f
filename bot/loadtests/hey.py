"""hey: the text report, and the CSV with one row an answered request. Both in seconds."""

from __future__ import annotations

import math
import re
from collections import Counter
from operator import add

from bot.domain.runs.model import Run
from bot.errors import BadInput
from bot.loadtests.door import Upload
from bot.loadtests.figures import MOST_RUNS, counted, few, is_error
from bot.loadtests.layout import (
    Layout,
    amount,
    bars,
    cut,
    is_whole,
    kinds,
    laid_out,
    statuses,
    time_s,
    times,
)
from bot.loadtests.quantities import Recurring, amounts
from bot.loadtests.records import columns
from bot.loadtests.tally import Tally

TEXT = "hey_text"
CSV = "hey_csv"
_COMMAND = re.compile(r"^[^\w\n]{0,5}hey[ \t](.*)$", re.MULTILINE)
COARSE = "hey prints 0.1 ms steps: below some ms its figures are rough."
MOST_KEPT = 1_000_000
OVERFULL = (
    "hey keeps the first 1,000,000 results only: percentiles are of those, its mean is wrong."
)
UNCOUNTED = "This hey report counts no answer: it is cut off, or was stopped before the first one."
BROKEN_OFF = (
    "This hey report is cut off within its histogram, so nothing says how many requests there were."
)
NO_FAILURES = "hey's CSV has no row for requests without an answer: such failures are not counted."


def recognises_text(upload: Upload) -> bool:
    """The layout, without the marks of those who copied it."""
    text = upload.text
    return laid_out(text) and "Requests/sec:" in text and "Slowest:" in text


def read_text(upload: Upload) -> tuple[Run, ...]:
    """Every run; where the distribution is cut away, p95 is the bin that holds it."""
    return tuple(_run(layout) for layout in cut(upload.text))


def _run(layout: Layout) -> Run:
    answered, failed = statuses(layout.statuses), kinds(layout.errors)
    requests = sum(answered.values()) + sum(failed.values())
    bad = {code: n for code, n in answered.items() if is_error(code)}
    known = bool(answered or failed)
    errors = sum(bad.values()) + sum(failed.values()) if known else None
    timed = sum(answered.values()) or sum(each.answers for each in bars(layout.histogram, 1.0))
    if not known and not (timed and is_whole(layout, 1.0)):
        raise BadInput(UNCOUNTED if not timed else BROKEN_OFF)
    requests = requests or timed
    target, connections = _asked(layout.above)
    latency = times(layout, 1.0)
    if timed > MOST_KEPT:
        latency = latency.model_copy(
            update={"mean": None, "how": latency.how.model_copy(update={"mean": "unavailable"})}
        )
    return Run(
        format=TEXT,
        tool="hey",
        target=target,
        connections=connections,
        duration_s=time_s(layout.summary, "Total"),
        rps=amount(layout.summary, "Requests/sec"),
        **counted(requests, errors, min(timed, MOST_KEPT)),
        errors_by_kind={f"HTTP {code}": n for code, n in bad.items()} | failed,
        latency_ms=latency,
        notes=(COARSE, *((OVERFULL,) if timed > MOST_KEPT else ())),
    )


def _asked(before: str) -> tuple[str | None, int | None]:
    """Target and connections, where the command line was copied along."""
    line = _COMMAND.search(before)
    target = re.search(r"https?://\S+", line[1]) if line else None
    connections = re.search(r"-c[ \t]+(\d{1,6})\b", line[1]) if line else None
    return target[0] if target else None, int(connections[1]) if connections else None


def recognises_csv(upload: Upload) -> bool:
    """Its own column names."""
    return upload.table("response-time", "DNS+dialup") is not None


def read_csv(upload: Upload) -> tuple[Run, ...]:
    """The run, exact over all answers; of several files put together, each."""
    table = upload.table("response-time", "DNS+dialup")
    assert table is not None
    names = ("response-time", "status-code", "offset")
    at = {name: column for name in names if (column := table.at(name)) is not None}
    readings = [_Answers()]
    for block in columns(upload, table, [*at.values()], len(table.columns)):
        if block is None:
            readings.append(_Answers())
            few(readings, MOST_RUNS)
        else:
            readings[-1].take(dict(zip(at, block, strict=False)))
    return tuple(each.run(errors_known="status-code" in at) for each in readings)


class _Answers:
    """The rows of one run."""

    def __init__(self) -> None:
        self.tally, self.end = Tally(), -math.inf
        self._times = Recurring("A response time")

    def take(self, cells: dict[str, list[str]]) -> None:
        """Some rows, by column."""
        times = self._times.read(cells["response-time"])
        answers = Counter(cells.get("status-code", ()))
        failed = sum(n for status, n in answers.items() if is_error(status.strip()))
        self.tally.extend("", [seconds * 1e3 for seconds in times], failed)
        if (offset := cells.get("offset")) and times:
            ended = max(map(add, amounts(offset, "An offset"), times))
            self.end = max(self.end, ended)

    def run(self, *, errors_known: bool) -> Run:
        """All of it."""
        return self.tally.run(
            errors_known=errors_known,
            duration_s=self.end if self.end > 0 else None,
            notes=(COARSE, NO_FAILURES),
            format=CSV,
            tool="hey",
        )
