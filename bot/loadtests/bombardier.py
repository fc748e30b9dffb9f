"""bombardier's JSON: latencies in microseconds, percentiles only where it was asked for them."""

from __future__ import annotations

from bot.domain.runs.model import Latency, Run
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import counted, from_percentiles, scheme
from bot.loadtests.quantities import divided, number

FORMAT = "bombardier_json"
_GOOD, _BAD = ("req2xx", "req3xx"), ("req1xx", "req4xx", "req5xx", "others")


def recognises(upload: Upload) -> bool:
    """A spec beside a result with counts by status."""
    node = Node(upload.document)
    return node.has("spec", "result") and "req2xx" in Node(node.value["result"])


def read(upload: Upload) -> tuple[Run, ...]:
    """The run."""
    node = Node(upload.document)
    spec, result = node.inside("spec"), node.inside("result")
    kinds = {kind: result.count(kind) or 0 for kind in _BAD}
    errors = sum(kinds.values())
    requests = errors + sum(result.count(kind) or 0 for kind in _GOOD)
    target = spec.text("url")
    return (
        Run(
            format=FORMAT,
            tool="bombardier",
            target=target,
            protocol=scheme(target),
            duration_s=result.number("timeTakenSeconds"),
            connections=spec.count("numberOfConnections"),
            requested_rps=spec.number("rate"),
            settings={"method": method} if (method := spec.text("method")) else {},
            rps=result.inside("rps").number("mean"),
            **counted(requests, errors),
            errors_by_kind=kinds,
            latency_ms=_latency(result.inside("latency")),
        ),
    )


def _latency(times: Node) -> Latency:
    percentiles = times.inside("percentiles")
    listed = {
        rank: value / 1e3
        for key in percentiles.value
        if (rank := number(key, "A percentile")) is not None
        and (value := percentiles.number(key)) is not None
    }
    most, mean = times.number("max"), times.number("mean")
    return from_percentiles(listed, divided(most, 1e3), divided(mean, 1e3))
