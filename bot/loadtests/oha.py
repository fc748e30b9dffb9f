"""oha: JSON in seconds, and its text report in hey's layout.

Its success rate counts any answer, so errors are counted from the statuses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.domain.runs.model import Latency, Run
from bot.errors import BadInput
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import counted, from_percentiles, is_error
from bot.loadtests.layout import (
    LONG,
    Layout,
    amount,
    cut,
    kinds,
    laid_out,
    statuses,
    time_s,
    times,
)
from bot.loadtests.quantities import ms, number

JSON = "oha_json"
TEXT = "oha_text"
_SCALED = re.compile(r"(\d{1,15}\.\d{1,9}) (10 sec|min|10 min|hr)\b")


DEADLINE = "aborted due to deadline"
IN_FLIGHT = "{n:,} requests were in flight when oha's -z ended: no failures, and not counted."


def recognises_json(upload: Upload) -> bool:
    """A summary beside latency percentiles."""
    return Node(upload.document).has("summary", "latencyPercentiles")


def read_json(upload: Upload) -> tuple[Run, ...]:
    """The run. Raises `BadInput` where the file contradicts itself."""
    node = Node(upload.document)
    summary = node.inside("summary")
    latency = _latency(summary, node.inside("latencyPercentiles"))
    return (
        _run(
            JSON,
            node.inside("statusCodeDistribution").counts(),
            node.inside("errorDistribution").counts(),
            latency,
            duration_s=summary.number("total"),
            rps=summary.number("requestsPerSec"),
        ),
    )


def _latency(summary: Node, percentiles: Node) -> Latency:
    listed = {
        float(key[1:]): ms(value) or 0.0
        for key in percentiles.value
        if key.startswith("p")
        and number(key[1:], "A percentile") is not None
        and (value := percentiles.number(key)) is not None
    }
    most, mean = ms(summary.number("slowest")), ms(summary.number("average"))
    if not any(listed.values()) and not most:
        return Latency()
    return from_percentiles(listed, most, mean)


def recognises_text(upload: Upload) -> bool:
    """The layout of hey with a success rate."""
    return laid_out(upload.text) and "Success rate:" in upload.text


def _in_seconds(match: re.Match[str]) -> str:
    """It counts in what suits its slowest answer; the histogram's digits stay as printed."""
    return f"{float(match[1]) * LONG[match[2]]:.10g} sec"


def read_text(upload: Upload) -> tuple[Run, ...]:
    """Every run as printed."""
    return tuple(_printed(layout) for layout in cut(upload.text))


def _printed(layout: Layout) -> Run:
    layout = layout._replace(
        summary=_SCALED.sub(_in_seconds, layout.summary),
        percentiles=_SCALED.sub(_in_seconds, layout.percentiles),
    )
    return _run(
        TEXT,
        statuses(layout.statuses),
        kinds(layout.errors),
        times(layout, 1.0),
        duration_s=time_s(layout.summary, "Total"),
        rps=amount(layout.summary, "Requests/sec"),
    )


def _run(
    form: str,
    answered: Mapping[str, int],
    failed: Mapping[str, int],
    latency: Latency,
    **facts: float | None,
) -> Run:
    failed = dict(failed)
    in_flight = failed.pop(DEADLINE, 0)
    bad = {code: n for code, n in answered.items() if is_error(code)}
    errors = sum(bad.values()) + sum(failed.values())
    requests = sum(answered.values()) + sum(failed.values())
    rps = facts.get("rps")
    if in_flight and rps:
        facts["rps"] = rps * requests / (requests + in_flight)
    if sum(answered.values()) and latency.p50 is None and latency.p95_range is None:
        raise BadInput(
            f"This oha result contradicts itself: {sum(answered.values())} answers and no latency."
        )
    return Run(
        format=form,
        tool="oha",
        **counted(requests, errors, sum(answered.values())),
        errors_by_kind={f"HTTP {code}": n for code, n in bad.items()} | failed,
        latency_ms=latency,
        notes=(IN_FLIGHT.format(n=in_flight),) if in_flight else (),
        **facts,
    )
