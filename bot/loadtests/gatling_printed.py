"""What Gatling prints at its end: its Global Information, of every version. In whole ms.

Its rows begin with >, which is taken off at the door where nearly all lines have one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.runs.model import Latency, Run
from bot.errors import BadInput
from bot.loadtests.door import Upload
from bot.loadtests.figures import MOST_RUNS, counted, few, from_percentiles
from bot.loadtests.quantities import count, number

FORMAT = "gatling_console"
_BEGINS = re.compile(r"--[ \t]*Global Information\b.*$", re.MULTILINE)
_ROW = re.compile(
    r"^[ \t]*(?:>[ \t]+)?(request count|(?:max|mean) response time|"
    r"mean requests/sec|mean throughput|"
    r"response time (\d{1,3}(?:\.\d{1,4})?)(?:st|nd|rd|th) percentile)(?:[ \t]*\((?:ms|rps)\))?"
    r"[ \t|]+([\d.,]{1,20}|-)[ \t|]+(?:\(OK=)?[ \t]*[\d.,-]{1,20}[ \t|]+"
    r"(?:KO=)?[ \t]*([\d.,-]{1,20})",
    re.MULTILINE,
)
_COMPLETED = re.compile(r"Simulation (\S+) completed in (\d{1,9}) second")
_ERRORS = re.compile(r"--[ \t]*Errors[ \t]*--.*$", re.MULTILINE)
_RULE = re.compile(r"^={5,}", re.MULTILINE)
_KIND = re.compile(
    r"^[ \t]*(?:>[ \t]+)?(\S++(?:[ \t|]++\S++)*?)[ \t|]++([\d,]{1,20})[ \t]++\([ \t]*[\d.,]+%\)",
    re.MULTILINE,
)


def recognises(upload: Upload) -> bool:
    """The heading above a row of its shape."""
    match = _BEGINS.search(upload.text)
    return bool(match and _ROW.search(upload.text, match.end()))


def read(upload: Upload) -> tuple[Run, ...]:
    """Every report."""
    return tuple(_run(above, body) for above, body in _reports(upload.text))


def _reports(text: str) -> Iterator[tuple[str, str]]:
    """Each with what stands above its heading."""
    starts = list(_BEGINS.finditer(text))
    few(starts, MOST_RUNS)
    lows = [0, *(each.end() for each in starts)]
    ends = [*(each.start() for each in starts[1:]), len(text)]
    for low, start, end in zip(lows, starts, ends, strict=False):
        yield text[low : start.start()], text[start.end() : end]


def _run(above: str, body: str) -> Run:
    rows = {row[1]: row for row in reversed(list(_ROW.finditer(body)))}
    total = rows.get("request count")
    if total is None:
        raise BadInput("This Gatling report is cut off: its request count is missing.")
    requests, errors = count(_plain(total[3]), "request count"), count(_plain(total[4]), "KO")
    completed = list(_COMPLETED.finditer(above))
    pace = rows.get("mean requests/sec") or rows.get("mean throughput")
    return Run(
        format=FORMAT,
        tool="gatling",
        duration_s=number(completed[-1][2], "The duration") if completed else None,
        rps=number(_plain(pace[3]), "mean requests/sec") if pace else None,
        **counted(requests, errors),
        errors_by_kind=_kinds(body) if errors else {},
        latency_ms=_latency(rows) if requests else Latency(),
    )


def _latency(rows: dict[str, re.Match[str]]) -> Latency:
    """`total` mixes failures in, as in Gatling's files; the percentiles are named here."""
    listed = {
        float(row[2]): value
        for row in rows.values()
        if row[2] and (value := number(_plain(row[3]), row[1])) is not None
    }
    most, mean = (
        number(_plain(rows[each][3]), each) if each in rows else None
        for each in ("max response time", "mean response time")
    )
    return from_percentiles(listed, most, mean)


def _plain(text: str) -> str:
    """Without marks between thousands."""
    return text.replace(",", "")


def _kinds(body: str) -> dict[str, int]:
    start = _ERRORS.search(body)
    kinds: dict[str, int] = {}
    section = _RULE.split(body[start.end() :], maxsplit=1) if start else [""]
    for words, times in _KIND.findall(section[0]):
        short = " ".join(words.split())[:120]
        kinds[short] = kinds.get(short, 0) + (count(_plain(times), "An error's count") or 0)
        few(kinds)
    return kinds
