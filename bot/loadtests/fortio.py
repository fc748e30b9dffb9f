"""Fortio's JSON, native and as Nighthawk writes it, alone or inside a Meshery record.

Fortio prints no p95 unless asked: it is read off the histogram by Fortio's own rule. Nighthawk
writes the same keys, but its rows are percentile steps and its counts are texts.
"""

from __future__ import annotations

from typing import Any

from bot.domain.runs.model import Known, Latency, Run
from bot.loadtests.buckets import Bucket, Histogram, coarse
from bot.loadtests.document import Node, objects
from bot.loadtests.door import Upload
from bot.loadtests.figures import (
    MOST_RUNS,
    RANKS,
    brackets,
    counted,
    few,
    is_error,
    latency,
    scheme,
    size,
)
from bot.loadtests.quantities import divided, moment, ms

FORMAT = "fortio_json"
BY_NIGHTHAWK = "fortio_json_by_nighthawk"
SOME_CODES = (
    "Its return codes are of {some:,} of {all:,} calls, and {bad:,} of those failed: what the rest "
    "returned is missing, so how many failed is not known."
)
MORE_CODES = (
    "Its return codes are of {some:,} calls, its times of {all:,}: one of the two is not whole."
)
SOME_TIMES = "Its times are of {all:,} of the {some:,} calls that its return codes count."
_GOOD = {"OK", "SERVING"}
_NS = 1e9
_SHORTEST_NS = 1e6
"""Nighthawk's files of 2019 give the duration in seconds: nothing lasts below 1 ms."""


def recognises(upload: Upload) -> bool:
    """A DurationHistogram anywhere."""
    named = bool(upload.document) and '"DurationHistogram"' in upload.json_text
    return named and bool(_found(upload))


def _found(upload: Upload) -> list[Node]:
    return [each for _, each in objects(upload.document) if "DurationHistogram" in each]


def read(upload: Upload) -> tuple[Run, ...]:
    """Every run in the file."""
    results = _found(upload)
    few(results, MOST_RUNS)
    return tuple(run(each) for each in results)


def run(node: Node) -> Run:
    """The run that one of Fortio's results holds."""
    histogram = node.inside("DurationHistogram")
    rows = histogram.each("Data")
    nighthawk = any(isinstance(row.value.get("Count"), str) for row in (histogram, *rows))
    timed = histogram.count("Count") or sum(row.count("Count") or 0 for row in rows)
    verdicts = _verdicts(node, timed, nighthawk=nighthawk)
    notes = verdicts.pop("notes", ())
    latency = _latency(histogram, timed, nighthawk=nighthawk)
    asked = node.value.get("RequestedQPS")
    return Run(
        format=BY_NIGHTHAWK if nighthawk else FORMAT,
        tool="nighthawk" if nighthawk else "fortio",
        target=node.text("URL") or node.text("Destination"),
        protocol=_protocol(node),
        started_at=moment(node.text("StartTime")),
        connections=node.count("NumThreads"),
        requested_rps=None if asked == "max" else node.number("RequestedQPS"),
        settings=_settings(node),
        **_pace(node, verdicts["requests"]),
        **verdicts,
        latency_ms=latency,
        notes=notes if nighthawk else (*notes, *coarse(latency)),
    )


def _settings(node: Node) -> dict[str, str]:
    """How it sent; a payload is written in base64."""
    settings = {}
    if "DisableKeepAlive" in node:
        settings["keep-alive"] = "no" if node.value["DisableKeepAlive"] else "yes"
    if "Payload" in node:
        settings["payload"] = size(len(node.text("Payload") or "") * 3 // 4)
    return settings


def _pace(node: Node, requests: int) -> dict[str, float | None]:
    """Duration and rate; old files by Nighthawk give the rate of one worker only."""
    duration = node.number("ActualDuration")
    if duration is None or duration >= _SHORTEST_NS:
        return {"duration_s": divided(duration, _NS), "rps": node.number("ActualQPS")}
    return {"duration_s": duration, "rps": requests / duration if duration else None}


def _verdicts(node: Node, timed: int, *, nighthawk: bool) -> dict[str, Any]:
    """Counts by return code; where they differ from the histogram's, they are right.

    Nighthawk writes good answers only: what the histogram has beyond them failed.
    """
    codes = node.inside("RetCodes").counts()
    bad = {code: n for code, n in codes.items() if code not in _GOOD and is_error(code)}
    answered = sum(codes.values())
    if not nighthawk and 0 < answered < timed:
        return {
            **counted(timed, None),
            "notes": (SOME_CODES.format(some=answered, all=timed, bad=sum(bad.values())),),
        }
    more = 0 < timed < answered
    note = SOME_TIMES if nighthawk else MORE_CODES
    requests = max(timed, answered) if nighthawk else answered or timed
    good = answered - sum(bad.values())
    return {
        "notes": (note.format(some=answered, all=timed),) if more else (),
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


def _latency(histogram: Node, timed: int, *, nighthawk: bool) -> Latency:
    """Given percentiles and those read off the histogram, each with its bucket.

    Fortio reads what it gives off the same buckets; Nighthawk's rows are exact steps.
    """
    buckets = Histogram(
        [_bucket(each) for each in histogram.each("Data")],
        timed,
        ms(histogram.number("Min")) or 0.0,
        ms(histogram.number("Avg")),
    )
    listed = _listed(histogram)
    if nighthawk:
        listed = {each.percent: each.end for each in buckets.buckets} | listed
    last = buckets.buckets[-1].end if buckets.buckets else None
    most = ms(histogram.number("Max"))
    values = {"max": last if most is None else most, "mean": buckets.mean}
    known: dict[str, Known] = {}
    ranges = {} if buckets.buckets else brackets(listed)
    for rank in RANKS:
        as_printed = listed.get(float(rank))
        value = buckets.interpolated(rank) if as_printed is None else as_printed
        exact = nighthawk and as_printed is not None
        if not exact and buckets.buckets:
            ranges[f"p{rank}"] = buckets.range_of(rank)
        if exact or buckets.tells(rank):
            values[f"p{rank}"] = value
            known[f"p{rank}"] = "interpolated" if as_printed is None else "given"
    return latency(values, known, ranges)


def _bucket(row: Node) -> Bucket:
    start, end = ms(row.number("Start")), ms(row.number("End"))
    return Bucket(start or 0.0, end or 0.0, row.number("Percent") or 0, row.count("Count") or 0)


def _listed(histogram: Node) -> dict[float, float]:
    """Percent → ms, as the file gives them."""
    ranks = {
        each.number("Percentile"): ms(each.number("Value"))
        for each in histogram.each("Percentiles")
    }
    return {rank: value for rank, value in ranks.items() if rank and value is not None}
