"""k6's summaries: --summary-export, the object of handleSummary, the machine-readable one.

`http_req_failed` counts failures as its passes. Set-up of connections is not in
`http_req_duration`, so what it took is said beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.runs.model import Endpoint, Latency, Run
from bot.errors import BadInput
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import counted, few, from_percentiles, name, origin

EXPORT = "k6_summary_export"
HANDLED = "k6_handleSummary"
MACHINE = "k6_machine_summary"
TIMED = ("http_req_duration", "grpc_req_duration", "iteration_duration")
_PROTOCOLS = {"http_req_duration": "http", "grpc_req_duration": "grpc"}
ALSO_GRPC = (
    "grpc_req_duration is left out: these times are of HTTP. Give calls by gRPC a run of their own."
)
_RANK = re.compile(r"p\(?(\d{1,2}(?:\.\d{1,4})?)\)?")
_SETTING_UP = ("http_req_blocked", "http_req_connecting", "http_req_tls_handshaking")
_TAGGED = re.compile(r"(?:name|url|group|scenario|method|endpoint):")


def recognises(upload: Upload) -> bool:
    """k6's own metrics or a root group beside metrics; or version, configuration and results."""
    node = Node(upload.document)
    if isinstance(metrics := node.value.get("metrics"), dict):
        return "root_group" in node or any(each in metrics for each in TIMED)
    return node.has("version", "config", "results") and "metrics" in Node(node.value["results"])


def read(upload: Upload) -> tuple[Run, ...]:
    """The run, with an endpoint for each tag that a threshold was set on."""
    node = Node(upload.document)
    metrics, form = _metrics(node)
    took = node.inside("state").number("testRunDurationMs")
    return (run(metrics, form, took / 1e3 if took else node.inside("config").number("duration")),)


def run(metrics: Mapping[str, Node], form: str, duration_s: float | None = None) -> Run:
    """The run that some metrics tell of; without a duration it follows from number and rate.

    Raises `BadInput` where nothing was timed.
    """
    timed = next((each for each in TIMED if each in metrics), None)
    if timed is None:
        raise BadInput("This k6 summary holds no http_req_duration: no request was timed.")
    counter = "iterations" if timed == "iteration_duration" else "http_reqs"
    reached = metrics.get(counter) or Node({})
    whole, rps = figures(metrics, timed, ""), reached.number("rate")
    if not duration_s and rps and whole["requests"]:
        duration_s = whole["requests"] / rps
    return Run(
        format=form,
        tool="k6",
        protocol=_PROTOCOLS.get(timed),
        duration_s=duration_s,
        connections=_users(metrics),
        unsent=(metrics.get("dropped_iterations") or Node({})).count("count") or 0,
        **whole | {"rps": rps},
        endpoints=(endpoints := _endpoints(metrics, timed)),
        target=origin(each.name for each in endpoints),
        notes=_notes(metrics, timed),
    )


def _metrics(node: Node) -> tuple[dict[str, Node], str]:
    """Metric → its values, whichever shape holds them."""
    if "results" in node:
        listed = node.inside("results").each("metrics")
        return {each.text("name") or "": each.inside("values") for each in listed}, MACHINE
    metrics = node.inside("metrics")
    by_name = {each: metrics.inside(each) for each in metrics.value}
    if any("values" in each for each in by_name.values()):
        return {each: metric.inside("values") for each, metric in by_name.items()}, HANDLED
    return by_name, EXPORT


def figures(metrics: Mapping[str, Node], timed: str, tags: str) -> dict[str, Any]:
    """Counts and latencies of the whole (no tags) or of what one set of tags selects."""
    trend = metrics.get(timed + tags) or Node({})
    failed, reached = metrics.get(f"http_req_failed{tags}"), metrics.get(f"http_reqs{tags}")
    errors = _failures(failed) if failed else None
    requests = trend.count("count")
    if requests is None and reached:
        requests = reached.count("count")
    if requests is None and failed and "fails" in failed:
        requests = (failed.count("passes") or 0) + (failed.count("fails") or 0)
    if requests is None and timed == "iteration_duration" and not tags:
        requests = (metrics.get("iterations") or Node({})).count("count")
    return {
        **counted(requests, errors),
        "rps": reached.number("rate") if reached else None,
        "latency_ms": _latency(trend),
    }


def _failures(failed: Node) -> int | None:
    """k6 counts a failure as passed: it is one more `true` of "failed"."""
    return failed.count("passes") if "passes" in failed else failed.count("matches")


def _latency(trend: Node) -> Latency:
    """Zeros throughout mean that nothing was ever connected, not that it was fast."""
    percentiles = {}
    for key in trend.value:
        if match := _RANK.fullmatch(key):
            value = trend.number(key)
            if value is not None:
                percentiles[float(match[1])] = value
    median = trend.number("med")
    if median is not None:
        percentiles[50.0] = median
    if not any(percentiles.values()) and not trend.number("max"):
        return Latency()
    return from_percentiles(percentiles, trend.number("max"), trend.number("avg"))


def _users(metrics: Mapping[str, Node]) -> int | None:
    users = metrics.get("vus_max") or Node({})
    return users.count("max") if users.count("max") is not None else users.count("value")


def _endpoints(metrics: Mapping[str, Node], timed: str) -> tuple[Endpoint, ...]:
    """What thresholds on tags split off; the built-in split by expected response is none."""
    few(metrics)
    endpoints = []
    for metric in metrics:
        tags = metric.removeprefix(timed)
        if tags == metric or not tags.startswith("{") or not _TAGGED.search(tags):
            continue
        own = figures(metrics, timed, tags)
        inner = tags.strip("{}")
        label = inner.partition(":")[2] if "," not in inner else inner
        endpoints.append(Endpoint(name=name(label), **own))
    return tuple(endpoints)


def _notes(metrics: Mapping[str, Node], timed: str) -> tuple[str, ...]:
    notes = []
    if timed == "iteration_duration":
        notes.append("Times are of whole iterations, pauses included: no request was timed alone.")
    if timed == "http_req_duration" and "grpc_req_duration" in metrics:
        notes.append(ALSO_GRPC)
    for metric in _SETTING_UP:
        average = (metrics.get(metric) or Node({})).number("avg")
        if average and timed == "http_req_duration":
            notes.append(f"Not in these latencies: {metric}, {average:.3g} ms on average.")
    return tuple(notes)
