"""Fortio's JSON, native and as Nighthawk writes it, alone or inside a Meshery record.

Fortio prints no p95 unless asked: it is read off the histogram by Fortio's own rule. Nighthawk
writes the same keys, but its rows are percentile steps and its counts are texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from bot.domain.runs.model import Known, Latency, Run
from bot.loadtests.document import Node, objects
from bot.loadtests.door import Upload
from bot.loadtests.figures import MOST_RUNS, between, counted, few, is_error, latency, scheme
from bot.loadtests.quantities import divided, moment, ms

FORMAT = "fortio_json"
BY_NIGHTHAWK = "fortio_json_by_nighthawk"
_GOOD = {"OK", "SERVING"}
_WIDE = 0.1
"""A bucket wider than this share of its value makes what is read off it a guess."""
_NS = 1e9
_SHORTEST_NS = 1e6
"""Nighthawk's files of 2019 give the duration in seconds: nothing lasts below 1 ms."""


class _Bucket(NamedTuple):
    """One row of the histogram: seconds, and the percent of all calls up to its end."""

    start: float
    end: float
    percent: float


def recognises(upload: Upload) -> bool:
    """A DurationHistogram anywhere."""
    named = bool(upload.document) and '"DurationHistogram"' in upload.json_text
    return named and bool(_found(upload))


def _found(upload: Upload) -> list[Node]:
    return [each for _, each in objects(upload.document) if "DurationHistogram" in each]


def read(upload: Upload) -> tuple[Run, ...]:
    """Every run in the file."""
    found = _found(upload)
    few(found, MOST_RUNS)
    return tuple(run(each) for each in found)


def run(node: Node) -> Run:
    """The run that one of Fortio's results holds."""
    histogram = node.inside("DurationHistogram")
    rows = (histogram, *histogram.each("Data"))
    nighthawk = any(isinstance(row.value.get("Count"), str) for row in rows)
    timed = histogram.count("Count") or 0
    found = _latency(histogram, timed, nighthawk=nighthawk)
    return Run(
        format=BY_NIGHTHAWK if nighthawk else FORMAT,
        tool="nighthawk" if nighthawk else "fortio",
        target=node.text("URL") or node.text("Destination"),
        protocol=_protocol(node),
        started_at=moment(node.text("StartTime")),
        connections=node.count("NumThreads"),
        requested_rps=None
        if node.value.get("RequestedQPS") == "max"
        else node.number("RequestedQPS"),
        **_pace(node, timed),
        **_verdicts(node, timed, nighthawk=nighthawk),
        latency_ms=found,
        notes=_notes(found),
    )


def _pace(node: Node, timed: int) -> dict[str, float | None]:
    """Duration and rate; old files by Nighthawk give the rate of one worker only."""
    duration = node.number("ActualDuration")
    if duration is None or duration >= _SHORTEST_NS:
        return {"duration_s": divided(duration, _NS), "rps": node.number("ActualQPS")}
    return {"duration_s": duration, "rps": timed / duration if duration else None}


def _verdicts(node: Node, timed: int, *, nighthawk: bool) -> dict[str, Any]:
    """Counts by return code: where they differ from the histogram's, they are right."""
    codes = node.inside("RetCodes").counts()
    bad = {code: n for code, n in codes.items() if code not in _GOOD and is_error(code)}
    good = sum(codes.values()) - sum(bad.values())
    requests = timed if nighthawk else sum(codes.values()) or timed
    return {
        **counted(requests, requests - good if codes else None, timed),
        "errors_by_kind": {_kind(code): n for code, n in bad.items()},
    }


def _kind(code: str) -> str:
    """-1 is what Fortio writes for a connection that failed."""
    return "no answer" if code == "-1" else f"HTTP {code}" if code.isdecimal() else code


def _protocol(node: Node) -> str | None:
    kind = (node.text("RunType") or "").lower()
    if kind.startswith("grpc"):
        return "grpc"
    return scheme(node.text("URL")) or kind or None


def _latency(histogram: Node, counted: int, *, nighthawk: bool) -> Latency:
    """Given percentiles as they are, the others from the histogram."""
    listed = {
        each.number("Percentile"): each.number("Value") for each in histogram.each("Percentiles")
    }
    buckets = [
        _Bucket(each.number("Start") or 0, each.number("End") or 0, each.number("Percent") or 0)
        for each in histogram.each("Data")
    ]
    if nighthawk:
        listed |= {each.percent: each.end for each in buckets if each.percent not in listed}
    values = {"max": ms(histogram.number("Max")), "mean": ms(histogram.number("Avg"))}
    known: dict[str, Known] = {}
    bracket = None
    for rank in (50, 90, 95, 99):
        name, bucket = f"p{rank}", _holding(buckets, rank)
        if (given := listed.get(float(rank))) is not None:
            values[name] = ms(given)
        elif bucket and counted:
            values[name] = ms(_interpolated(buckets, histogram.number("Min") or 0, counted, rank))
            known[name] = "interpolated"
            if rank == 95:
                bracket = (ms(bucket.start) or 0.0, ms(bucket.end) or 0.0)
    if values.get("p95") is None:
        percents = {rank: ms(value) or 0.0 for rank, value in listed.items() if rank and value}
        bracket = between(percents)
    return latency(values, known, bracket)


def _holding(buckets: Sequence[_Bucket], rank: float) -> _Bucket | None:
    return next((each for each in buckets if each.percent >= rank), None)


def _interpolated(buckets: Sequence[_Bucket], least: float, counted: int, rank: float) -> float:
    """Fortio's CalcPercentile: linear by percent inside the bucket, from 1/count on."""
    before = 100 / counted
    if rank <= before:
        return least
    for each in buckets:
        if each.percent >= rank:
            part = (rank - before) / (each.percent - before) if each.percent > before else 1.0
            return each.start + min(part, 1.0) * (each.end - each.start)
        before = max(each.percent, before)
    return buckets[-1].end


def _notes(found: Latency) -> tuple[str, ...]:
    if found.p95 is None or found.p95_range is None:
        return ()
    low, high = found.p95_range
    if high - low <= _WIDE * found.p95:
        return ()
    return (
        f"p95 is read off a coarse histogram: it lies between {low:g} and {high:g} ms. "
        'Run fortio with -p "50,90,95,99" and a finer -r.',
    )
