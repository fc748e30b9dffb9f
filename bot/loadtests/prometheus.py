"""Prometheus' HTTP API: instant and range queries. What was measured is in the query, not here."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from bot.domain.runs.model import Resources, Series, Usage
from bot.errors import BadInput
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import few
from bot.loadtests.quantities import LARGEST, shown

FORMAT = "prometheus_json"
_HELD = {"value", "values", "histogram", "histograms"}
MOST_POINTS = 1_000_000
EMPTY = "There is no series: a wrong label or nothing scraped, which is not the same as zero."
COUNTER = "A counter of CPU seconds is no use of CPU: ask for rate(…) of it."
TWICE = "Series of whole pods (container empty or POD) are left out: containers hold the same."
NATIVE = (
    "This Prometheus answer holds native histograms, from which no single value is read: query "
    "histogram_quantile(0.95, sum(rate(name[5m]))) of them instead."
)
MISSING = "Values that are NaN or infinite are left out: {n}."


def recognises(upload: Upload) -> bool:
    """An answer with its envelope, or the bare result inside."""
    document = upload.document
    node = Node(document)
    if "resultType" in Node(node.value.get("data")):
        return True
    if node.text("status") in {"success", "error"} and node.value.keys() & {"data", "error"}:
        return True
    if isinstance(document, list) and document:
        first = Node(document[0])
        return "metric" in first and bool(first.value.keys() & _HELD)
    return False


def read(upload: Upload) -> Resources:
    """Every series. Raises `BadInput` where Prometheus answered with an error."""
    node = Node(upload.document)
    if node.text("status") == "error":
        words = " ".join((node.text("error") or "no reason given").split())[:200]
        raise BadInput(f"Prometheus answered with an error ({node.text('errorType')}): {words}.")
    series = tuple(_series(upload.document))
    if sum(len(each.points) for each in series) > MOST_POINTS:
        raise BadInput("This answer holds more than 1,000,000 values: ask for a larger step.")
    kept = _without_pods(series)
    usages = tuple(used for each in kept if (used := usage(each)))
    return Resources(
        format=FORMAT,
        tool="prometheus",
        usages=usages,
        series=kept,
        notes=tuple(_notes(node, series, kept)),
    )


def _series(document: object) -> Iterator[Series]:
    if isinstance(document, list):
        document = {"data": {"resultType": "bare", "result": document}}
    data = Node(document).inside("data")
    kind = data.text("resultType")
    if kind in {"scalar", "string"}:
        yield _one({}, [data.value.get("result")])
        return
    few(data.each("result"))
    for each in data.each("result"):
        labels = {key: str(value)[:300] for key, value in each.inside("metric").value.items()}
        if each.value.get("histogram") or each.value.get("histograms"):
            raise BadInput(NATIVE)
        values = each.value.get("values", [each.value.get("value")])
        if not isinstance(values, list):
            raise BadInput("A series in this Prometheus answer has no values: it is damaged.")
        yield _one(labels, values)


def _one(labels: dict[str, str], values: Sequence[object]) -> Series:
    pairs = [_point(each) for each in values if each is not None]
    points = tuple((at, value) for at, value in pairs if math.isfinite(value))
    return Series(labels=labels, points=points, missing=len(pairs) - len(points))


def _point(pair: object) -> tuple[float, float]:
    """A time as a number and a value as text, which may be NaN; a string query's text is NaN."""
    if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], int | float):
        raise BadInput(f"A value in this Prometheus answer should be a pair and is {shown(pair)}.")
    try:
        at, value = float(pair[0]), float(str(pair[1])[:60])
    except (ValueError, OverflowError):
        return 0.0, math.nan
    if abs(at) > LARGEST:
        raise BadInput("A time in this Prometheus answer is out of range.")
    return at, value


def _without_pods(series: Sequence[Series]) -> tuple[Series, ...]:
    """Pods are reported beside their containers; where both are there, the containers count."""
    whole = [each for each in series if each.labels.get("container") in {"", "POD"}]
    if len(whole) == len(series):
        return tuple(series)
    named = any(each.labels.get("container") not in {None, "", "POD"} for each in series)
    return tuple(each for each in series if each not in whole) if named else tuple(series)


def usage(each: Series) -> Usage | None:
    """Memory that its metric's name gives away; a rate has lost its name."""
    metric = each.labels.get("__name__", "")
    if not each.points or "memory" not in metric or "bytes" not in metric:
        return None
    highest = each.highest
    if highest is None or highest < 0:
        return None
    kind = "node" if "node" in each.labels or metric.startswith("node_") else "series"
    return Usage.model_validate({"name": each.name, "kind": kind, "memory_bytes": highest})


def _notes(node: Node, series: Sequence[Series], kept: Sequence[Series]) -> Iterator[str]:
    if not series:
        yield EMPTY
    if any(each.labels.get("__name__", "").endswith("cpu_usage_seconds_total") for each in kept):
        yield COUNTER
    if len(kept) < len(series):
        yield TWICE
    if missing := sum(each.missing for each in kept):
        yield MISSING.format(n=missing)
    warnings = node.value.get("warnings")
    for words in warnings if isinstance(warnings, list) else ():
        yield f"Prometheus warns: {' '.join(str(words).split())[:200]}"
