"""netperf's request/response tests: the classic table, and omni's selectors as CSV or as pairs.

The classic table has a rate and no latency; of one request at a time the mean follows from it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bot.domain.runs.model import Known, Latency, Run
from bot.errors import BadInput
from bot.loadtests.door import Upload
from bot.loadtests.figures import MOST_RUNS, few, latency, parts
from bot.loadtests.quantities import divided, number

FORMAT = "netperf_rr"
NOT_HTTP = "netperf times bytes to its own server and back: the network and proxies, not HTTP."
NO_UNIT = "Its throughput has no unit here, so its rate is not known: add throughput_units to -o."
CUT = "This netperf report is cut off: the row of its figures is missing."
SQUEEZED = (
    "Which figure of this netperf table stands in which column cannot be told: it is cut off, or "
    "its spaces were lost. Run it with -o, which puts commas between."
)
ONE_BY_ONE = "The mean is 1 divided by the rate: netperf had one request under way at a time."
STREAM = "This netperf test streams bytes and times no requests: run it with -t TCP_RR."
_TITLE = re.compile(
    r"^[^\n]{0,40}?\b(TCP|UDP|SCTP) (?:(?:Connect/)?Request/Response|(STREAM|MAERTS|SENDFILE))"
    r" TEST from [^\n]{0,200}?\bto ([^\s()]{1,200}+)([^\n]{0,300}+)$",
    re.MULTILINE | re.IGNORECASE,
)
_BURST = re.compile(r"first burst (\d{1,6})")
_ROW = re.compile(
    r"^[ \t]*\d+[ \t]+\d+[ \t]+\d+[ \t]+\d+[ \t]+(\d+\.\d+)[ \t]+(\d+(?:\.\d+)?)(?![\d.])",
    re.MULTILINE,
)
_PAIR = re.compile(
    r"^[ \t]*((?:MEAN|P50|P90|P95|P99|MAX)_LATENCY|TRANSACTION_RATE|THROUGHPUT|THROUGHPUT_UNITS|"
    r"ELAPSED_TIME)=(\S{1,40})[ \t]*$",
    re.MULTILINE,
)
_WORD = re.compile(r"\S+")
_FIGURE = re.compile(r"\d{1,20}(?:\.\d{1,20})?(?:\s|$)")
MOST_LINES = 6
"""Of a column's name, as omni prints it for people."""
MOST_TRIES = 1_000
"""Rows of figures that may stand below such names."""
LONGEST = 2_000
"""Characters of such a line that are looked at."""
_COLUMNS = {
    "MEAN_LATENCY": "Mean Latency Microseconds",
    "P50_LATENCY": "50th Percentile Latency Microseconds",
    "P90_LATENCY": "90th Percentile Latency Microseconds",
    "P99_LATENCY": "99th Percentile Latency Microseconds",
    "MAX_LATENCY": "Maximum Latency Microseconds",
    "TRANSACTION_RATE": "Transaction Rate Tran/s",
    "THROUGHPUT": "Throughput",
    "THROUGHPUT_UNITS": "Throughput Units",
    "ELAPSED_TIME": "Elapsed Time (sec)",
}
_NAMES = frozenset(_COLUMNS.values())
_LATENCIES = frozenset(each for each in _COLUMNS if each.endswith("_LATENCY"))


def recognises(upload: Upload) -> bool:
    """The title of a test, two of its selectors, or their names as columns."""
    text = upload.text
    if _TITLE.search(text) or any(_LATENCIES & each.keys() for each in _columns(text)):
        return True
    if _rows(text):
        return True
    return len({each[1] for each in _PAIR.finditer(text) if "LATENCY" in each[1]}) > 1


def read(upload: Upload) -> tuple[Run, ...]:
    """Every test in the text."""
    tests = parts(upload.text, _TITLE)
    return tuple(_run(part, values) for part in tests for values in _selected(part))


def _run(text: str, values: Mapping[str, str]) -> Run:
    title, row = _TITLE.search(text), _ROW.search(text)
    if title and title[2]:
        raise BadInput(STREAM)
    if not row and not values:
        raise BadInput(SQUEEZED if "Microseconds" in text else CUT)
    burst = _BURST.search(title[4]) if title else None
    alone = bool(title) and (burst is None or burst[1] == "0")
    rps = number(row[2], "The rate") if row else _pace(values)
    times, known = _times(values), dict[str, Known]()
    notes = [NOT_HTTP]
    if "mean" not in times and rps and alone:
        times["mean"], known["mean"] = 1e3 / rps, "computed"
        notes.append(ONE_BY_ONE)
    if rps is None and "THROUGHPUT" in values:
        notes.append(NO_UNIT)
    return Run(
        format=FORMAT,
        tool="netperf",
        target=title[3] if title else None,
        protocol=title[1].lower() if title else None,
        duration_s=number(row[1] if row else values.get("ELAPSED_TIME"), "The elapsed time"),
        connections=int(burst[1]) + 1 if burst else None,
        rps=rps,
        latency_ms=latency(times, known) if times else Latency(),
        notes=tuple(notes),
    )


def _selected(text: str) -> list[dict[str, str]]:
    """Selector → value of each test, whichever way omni printed them; one at least."""
    pairs = {each[1]: each[2] for each in _PAIR.finditer(text)}
    return [pairs | each for each in _columns(text)] or _rows(text) or [pairs]


def _columns(text: str) -> list[dict[str, str]]:
    """The rows below names with commas between; with -P 0 many tests are below them."""
    blocks: list[dict[str, str]] = []
    names: list[str] = []
    for line in text.splitlines() if any(each in text for each in _COLUMNS.values()) else ():
        cells = _cells(line)
        if _NAMES & set(cells) and (len(cells) > 1 or "Latency" in line):
            names = cells
        elif names and len(cells) == len(names) and any(map(_FIGURE.match, cells)):
            blocks.append(_known(zip(names, cells, strict=True)))
            few(blocks, MOST_RUNS)
        elif line.strip() and len(names) == 1:
            names = []
    return blocks


def _cells(line: str) -> list[str]:
    return [each.strip() for each in next(csv.reader([line[:LONGEST]]), [])]


def _known(columns: Iterable[tuple[str, str]]) -> dict[str, str]:
    cells = dict(columns)
    return {key: cells[each].strip() for key, each in _COLUMNS.items() if each in cells}


def _rows(text: str) -> list[dict[str, str]]:
    """The rows below names that are written from top to bottom, as omni prints for people."""
    rows: list[dict[str, str]] = []
    heads: list[str] = []
    tries = 0
    for line in filter(str.strip, text.splitlines() if "Latency" in text else ()):
        if not _FIGURE.match(line):
            heads = [*heads[1 - MOST_LINES :], line[:LONGEST]]
            continue
        above, heads = heads, []
        if len(above) < 2 or tries >= MOST_TRIES:
            continue
        tries, starts = tries + 1, _starts(line)
        names = _names(above)
        if not names or starts != _starts(names[0]):
            continue
        heads = above
        cut = [slice(low, high) for low, high in pairwise([*starts, None])]
        called = (" ".join(" ".join(each[at] for each in names).split()) for at in cut)
        if values := _known(zip(called, (line[at] for at in cut), strict=True)):
            rows.append(values)
    return rows


def _names(above: Sequence[str]) -> Sequence[str]:
    """The lines of names: below the first of them words stand under words alone."""
    for at, first in enumerate(above[:-1]):
        below = above[at + 1 :]
        if first.strip() and all(set(_starts(each)) <= set(_starts(first)) for each in below):
            return above[at:]
    return ()


def _starts(line: str) -> list[int]:
    return [each.start() for each in _WORD.finditer(line[:LONGEST])]


def _pace(values: Mapping[str, str]) -> float | None:
    """Transactions a second; a throughput only where its unit says so."""
    pace = values.get("TRANSACTION_RATE")
    if pace is None and values.get("THROUGHPUT_UNITS") == "Trans/s":
        pace = values.get("THROUGHPUT")
    return number(pace, "The rate")


def _times(values: Mapping[str, str]) -> dict[str, float | None]:
    """Statistic → ms; netperf has microseconds."""
    return {
        key.removesuffix("_LATENCY").lower(): divided(number(value, key), 1e3)
        for key, value in values.items()
        if key.endswith("_LATENCY")
    }
