"""hey: the text report, and the CSV with one row an answered request. Both in seconds."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import islice
from operator import add

from bot.domain.runs.model import Run
from bot.loadtests.door import Upload
from bot.loadtests.figures import counted, is_error
from bot.loadtests.layout import (
    HISTOGRAM,
    Layout,
    amount,
    bars,
    cut,
    kinds,
    statuses,
    time_s,
    times,
)
from bot.loadtests.quantities import amounts
from bot.loadtests.tally import Tally

TEXT = "hey_text"
CSV = "hey_csv"
_COMMAND = re.compile(r"^[^\w\n]{0,5}hey[ \t](.*)$", re.MULTILINE)
COARSE = "hey prints 0.1 ms steps: below some ms its figures are rough."
MOST_KEPT = 1_000_000
BATCH = 4096
"""Rows of the CSV that are taken at a time."""
OVERFULL = (
    "hey keeps the first 1,000,000 results only: percentiles are of those, its mean is wrong."
)
NO_FAILURES = "hey's CSV has no row for requests without an answer: such failures are not counted."


def recognises_text(upload: Upload) -> bool:
    """The layout, without the marks of those who copied it."""
    text = upload.text
    return HISTOGRAM in text and "Requests/sec:" in text and "Slowest:" in text


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
    requests = requests or timed
    target, connections = _asked(layout.above)
    found = times(layout, 1.0)
    if timed > MOST_KEPT:
        found = found.model_copy(
            update={"mean": None, "how": found.how.model_copy(update={"mean": "unavailable"})}
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
        latency_ms=found,
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
    """The run, exact over all answers."""
    table = upload.table("response-time", "DNS+dialup")
    assert table is not None
    took, code, offset = table.at("response-time") or 0, table.at("status-code"), table.at("offset")
    tally, end = Tally(), -math.inf
    rows = upload.rows(table, len(table.columns))
    while batch := list(islice(rows, BATCH)):
        times = amounts((row[took] for row in batch), "A response time")
        answers = Counter(row[code].strip() for row in batch) if code is not None else {}
        failed = sum(n for status, n in answers.items() if is_error(status))
        tally.extend("", [seconds * 1e3 for seconds in times], failed)
        if offset is not None:
            offsets = amounts((row[offset] for row in batch), "An offset")
            end = max(end, *map(add, offsets, times))
    notes = (COARSE, NO_FAILURES)
    duration = end if end > 0 else None
    known = code is not None
    run = tally.run(errors_known=known, duration_s=duration, notes=notes, format=CSV, tool="hey")
    return (run,)
