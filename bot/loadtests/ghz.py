"""ghz (gRPC): JSON in nanoseconds, and its text report in hey's layout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.runs.model import Latency, Run
from bot.errors import BadInput
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import counted, from_percentiles
from bot.loadtests.layout import Layout, amount, cut, kinds, laid_out, statuses, time_s, times
from bot.loadtests.quantities import divided, earlier, moment

JSON = "ghz_json"
TEXT = "ghz_text"
OK_ONLY = "ghz takes its percentiles over answers that were OK, its average over all."


def recognises_json(upload: Upload) -> bool:
    """A latency distribution beside one of status codes."""
    return Node(upload.document).has("latencyDistribution", "statusCodeDistribution")


def read_json(upload: Upload) -> tuple[Run, ...]:
    """The run; `date` is when it ended."""
    node = Node(upload.document)
    options = node.inside("options")
    duration = divided(node.number("total"), 1e9)
    host, call = options.text("host"), options.text("call")
    listed = {
        each.number("percentage"): each.number("latency")
        for each in node.each("latencyDistribution")
    }
    latency = from_percentiles(
        {rank: value / 1e6 for rank, value in listed.items() if rank and value is not None},
        divided(node.number("slowest"), 1e6),
        divided(node.number("average"), 1e6),
    )
    return (
        _run(
            JSON,
            node.count("count"),
            node.inside("statusCodeDistribution").counts(),
            node.inside("errorDistribution").counts(),
            latency if node.number("slowest") else Latency(),
            target="/".join(each for each in (host, call) if each) or None,
            started_at=earlier(moment(node.text("date")), duration),
            duration_s=duration,
            **_load(options),
            rps=node.number("rps"),
        ),
    )


def _load(options: Node) -> dict[str, Any]:
    """How many workers called at which rate, over how many connections."""
    connections = options.count("connections")
    settings = {"connections": f"{connections:,}"} if connections else {}
    return {
        "connections": options.count("concurrency") or options.count("c") or connections,
        "requested_rps": options.number("rps") or None,
        "settings": settings | {"async": "yes" if options.value.get("async") is True else "no"},
    }


def recognises_text(upload: Upload) -> bool:
    """The layout of hey with a count."""
    return laid_out(upload.text) and bool(re.search(r"^[ \t]*Count:\s", upload.text, re.MULTILINE))


def read_text(upload: Upload) -> tuple[Run, ...]:
    """Every run as printed; the histogram's edges are in ms."""
    return tuple(_printed(layout) for layout in cut(upload.text))


def _printed(layout: Layout) -> Run:
    requests = amount(layout.summary, "Count")
    answered, failed = statuses(layout.statuses), kinds(layout.errors)
    return _run(
        TEXT,
        None if requests is None else int(requests),
        answered,
        failed,
        times(layout, 1e-3) if time_s(layout.summary, "Slowest") != 0 else Latency(),
        tells=bool(answered or failed),
        duration_s=time_s(layout.summary, "Total"),
        rps=amount(layout.summary, "Requests/sec"),
    )


def _run(
    form: str,
    requests: int | None,
    answered: Mapping[str, int],
    failed: Mapping[str, int],
    latency: Latency,
    *,
    tells: bool = True,
    **facts: Any,  # noqa: ANN401 - fields of `Run`, checked there
) -> Run:
    """Errors are what is not OK; ghz of 2018 names failures in the error distribution only.

    Of a report that was cut off before it `tells` either, nobody knows.
    """
    if requests is None:
        raise BadInput("This ghz result has no count of requests: it is cut off.")
    good = answered.get("OK", 0) if answered else requests - sum(failed.values())
    if good > requests or good < 0:
        raise BadInput("This ghz result counts more answers than requests: it is damaged.")
    errors = requests - good
    return Run(
        format=form,
        tool="ghz",
        protocol="grpc",
        **counted(requests, errors if tells else None, good),
        errors_by_kind={code: n for code, n in answered.items() if code != "OK"} or dict(failed),
        latency_ms=latency,
        notes=(OK_ONLY,) if errors else (),
        **facts,
    )
