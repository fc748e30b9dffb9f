"""Nighthawk's own JSON: one result a worker and one named global, which is all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.runs.model import Known, Latency, Range, Run
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import RANKS, counted, latency, size
from bot.loadtests.quantities import moment, ms

FORMAT = "nighthawk_json"
STATISTIC = "benchmark_http_client.request_to_response"
_BAD = ("4xx", "5xx", "xxx")
_LOST = ("benchmark.stream_resets", "benchmark.pool_connection_failure")


def recognises(upload: Upload) -> bool:
    """Options beside results that hold statistics."""
    node = Node(upload.document)
    if not node.has("options", "results") or not isinstance(node.value["results"], list):
        return False
    return any("statistics" in each for each in node.each("results"))


def read(upload: Upload) -> tuple[Run, ...]:
    """The run over all workers."""
    return (run(Node(upload.document)),)


def run(node: Node) -> Run:
    """The run that one of Nighthawk's documents holds."""
    results, options = node.each("results"), node.inside("options")
    whole = next((each for each in results if each.text("name") == "global"), results[0])
    timed = next((s for s in whole.each("statistics") if s.text("id") == STATISTIC), Node({}))
    return Run(
        format=FORMAT,
        tool="nighthawk",
        target=options.text("uri"),
        protocol=_protocol(options),
        started_at=moment(node.text("timestamp")),
        **_load(options, results),
        settings=_settings(options),
        **_counts(whole, timed.count("count")),
        latency_ms=_latency(timed),
        notes=() if timed.count("count") else (f"There is no {STATISTIC}: no latency.",),
    )


def _settings(options: Node) -> dict[str, str]:
    asked = options.inside("request_options")
    return {
        "loop": "open" if options.value.get("open_loop") is True else "closed",
        "method": asked.text("request_method") or "GET",
        "payload": size(asked.count("request_body_size") or 0),
    }


def _counts(whole: Node, samples: int | None) -> dict[str, Any]:
    """Requests, errors and rate from the counters; overflow is the client's, not an error."""
    counters, duration = _counters(whole), whole.seconds("execution_duration")
    answered = {
        name.rpartition("_")[2]: n for name, n in counters.items() if "benchmark.http_" in name
    }
    lost = sum(counters.get(name, 0) for name in _LOST)
    requests = sum(answered.values()) + lost or None
    errors = sum(answered.get(kind, 0) for kind in _BAD) + lost if requests else None
    return {
        **counted(requests, errors, samples),
        "duration_s": duration,
        "rps": sum(answered.values()) / duration if duration and requests else None,
        "errors_by_kind": _kinds(counters, answered),
        "unsent": counters.get("benchmark.pool_overflow", 0),
    }


def _counters(result: Node) -> dict[str, int]:
    counters = {each.text("name"): each.count("value") for each in result.each("counters")}
    return {name: value for name, value in counters.items() if name and value is not None}


def _kinds(counters: Mapping[str, int], answered: Mapping[str, int]) -> dict[str, int]:
    kinds = {f"HTTP {kind}": answered[kind] for kind in _BAD if answered.get(kind)}
    lost = {name.rpartition(".")[2].replace("_", " "): counters.get(name, 0) for name in _LOST}
    return kinds | {name: n for name, n in lost.items() if n}


def _protocol(options: Node) -> str:
    named = options.inside("protocol").text("value") if "protocol" in options else None
    known = {"HTTP1": "http/1.1", "HTTP2": "http/2", "HTTP3": "http/3"}
    return known.get(named or "", "http/2" if options.value.get("h2") is True else "http/1.1")


def _load(options: Node, results: Sequence[Node]) -> dict[str, float | int | None]:
    """What each worker does, times the workers."""
    workers = sum(each.text("name") != "global" for each in results) or 1
    asked = options.text("concurrency") or ""
    workers = int(asked) if asked.isdecimal() and len(asked) < 6 else workers
    connections, wanted = options.count("connections"), options.number("requests_per_second")
    return {
        "connections": connections * workers if connections else None,
        "requested_rps": wanted * workers if wanted else None,
    }


def _latency(statistic: Node) -> Latency:
    """The first step at or above each percentile; only an exact step counts as given."""
    if not statistic.count("count"):
        return Latency()
    steps = [
        (each.number("percentile") or 0.0, ms(each.seconds("duration")))
        for each in statistic.each("percentiles")
    ]
    values = {"max": ms(statistic.seconds("max")), "mean": ms(statistic.seconds("mean"))}
    known: dict[str, Known] = {}
    ranges: dict[str, Range | None] = {}
    for rank in RANKS:
        name, share = f"p{rank}", rank / 100
        step, values[name] = next((each for each in steps if each[0] >= share), (0.0, None))
        known[name] = "given" if step == share else "interpolated"
        below = max((each for each in steps if each[0] < share), default=(0.0, None))[1]
        if step > share and below is not None and (above := values[name]) is not None:
            ranges[name] = (below, above)
    return latency(values, known, ranges)
