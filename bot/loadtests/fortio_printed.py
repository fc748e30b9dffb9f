"""What Fortio prints: its histogram, percentiles and codes, put together as its JSON has them."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Any

from bot.domain.runs.model import Run
from bot.loadtests import fortio
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import few, parts
from bot.loadtests.quantities import count, number, seconds

FORMAT = "fortio_text"
_BEGINS = tuple(
    re.compile(rf"^[ \t]*{each}", re.MULTILINE)
    for each in (
        r"Fortio \S+ running at",
        r"Starting at \S+ qps",
        r"Ended after \S+ : \d+ calls",
        r"Aggregated Function Time : count",
    )
)
_TIMED = re.compile(
    r"^[ \t]*Aggregated Function Time : count (\d+) avg (\S+) \+/- \S+ min (\S+) max (\S+)",
    re.MULTILINE,
)
_DONE = re.compile(
    r"^[ \t]*All done (\d+) calls.{0,60}?([\d.e+-]{1,20}) ms avg, ([\d.e+-]{1,20}) qps",
    re.MULTILINE,
)
_BUCKET = re.compile(
    r"^[ \t]*>=? (\S+) <=? (\S+) , \S+ , ([\d.]+), (\d+)[ \t]*$\n?|"
    r"^[ \t]*# range.*$\n?|^[ \t]*# target ([\d.]+)% (\S+)[ \t]*$\n?|^[ \t]*$\n?",
    re.MULTILINE,
)
_CODE = re.compile(r"^[ \t]*Code[ \t]+(-?\d{1,9})[ \t]*:[ \t]*(\d+)", re.MULTILINE)
_CALL = re.compile(
    r"^[ \t]*(Health|Ping|gRPC \w+|tcp|udp)[ \t]+(\w[^:\n]{0,80}?)[ \t]{0,9}:"
    r"[ \t]*(\d+)[ \t]*(?:\(|$)",
    re.MULTILINE,
)
_KINDS = {"tcp": "TCP", "udp": "UDP"}
_ENDED = re.compile(r"^[ \t]*Ended after (\S+) : \d+ calls\.? qps=(\S+)", re.MULTILINE)
_TARGET = re.compile(r"^[ \t]*Fortio \S+ running at .*?: (\S+)[ \t]*$", re.MULTILINE)
_LOAD = re.compile(r"^[ \t]*Starting at (\S+) qps with (\d+) thread", re.MULTILINE)


def recognises(upload: Upload) -> bool:
    """Its line on all calls, or its last."""
    return bool(_TIMED.search(upload.text) or _DONE.search(upload.text))


def read(upload: Upload) -> tuple[Run, ...]:
    """Every run; each begins with the first line that all of them have."""
    runs = len(_TIMED.findall(upload.text))
    begins = next((each for each in _BEGINS if len(each.findall(upload.text)) == runs), _DONE)
    return tuple(_run(part) for part in parts(upload.text, begins))


def _run(text: str) -> Run:
    ended, load, target = _ENDED.search(text), _LOAD.search(text), _TARGET.search(text)
    done, call = _DONE.search(text), _CALL.search(text)
    kind = "HTTP" if _CODE.search(text) or not call else _KINDS.get(call[1].lower(), "GRPC")
    url = target[1] if target else None
    lasted = seconds(ended[1], "The time it ended after") if ended else None
    result = {
        "RunType": kind,
        "URL": url,
        "NumThreads": load[2] if load else None,
        "RequestedQPS": load[1] if load else None,
        "ActualDuration": None if lasted is None else lasted * 1e9,
        "ActualQPS": ended[2] if ended else done[3] if done else None,
        "RetCodes": _codes(text),
        "DurationHistogram": _histogram(text),
    }
    run = fortio.run(Node({key: value for key, value in result.items() if value is not None}))
    return run.model_copy(update={"format": FORMAT})


def _codes(text: str) -> dict[str, int]:
    codes: dict[str, int] = {}
    printed = _CODE.findall(text) or [each[1:] for each in _CALL.findall(text)]
    for code, times in printed:
        codes[code] = codes.get(code, 0) + (count(times, f"Code {code}") or 0)
        few(codes)
    return codes


def _histogram(text: str) -> dict[str, Any]:
    """Calls and seconds; percents from the counts, which are printed in full."""
    timed, done = _TIMED.search(text), _DONE.search(text)
    if not timed:
        mean = number(done[2], "The average") if done else None
        return {"Count": count(done[1], "Calls") if done else None, "Avg": (mean or 0) / 1e3}
    buckets, targets, at = [], [], text.find("\n", timed.end()) + 1
    while at and (row := _BUCKET.match(text, at)) and row.end() > at:
        at = row.end()
        if row[5]:
            targets.append({"Percentile": row[5], "Value": row[6]})
        elif row[1]:
            buckets.append((row[1], row[2], row[3], count(row[4], "Calls in a bucket") or 0))
        few(buckets)
    calls = count(timed[1], "Calls") or 0
    upto = list(accumulate(each[3] for each in buckets))
    whole = bool(upto) and upto[-1] == calls
    data = [
        {"Start": low, "End": high, "Percent": 100 * sum_ / calls if whole else percent, "Count": n}
        for (low, high, percent, n), sum_ in zip(buckets, upto, strict=True)
    ]
    return {
        **dict(zip(("Avg", "Min", "Max"), timed.groups()[1:], strict=True)),
        "Count": calls,
        "Data": data,
        "Percentiles": [{key: number(v, key) for key, v in each.items()} for each in targets],
    }
