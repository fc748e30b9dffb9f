"""vegeta: JSON in nanoseconds, the text report, and hdrplot. An open model at a fixed rate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.runs.model import Latency, Run
from bot.errors import BadInput
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import counted, from_percentiles, is_error, parts
from bot.loadtests.quantities import count, divided, moment, ms, number, seconds

JSON = "vegeta_json"
TEXT = "vegeta_text"
HDRPLOT = "vegeta_hdrplot"
_NS = 1e9
_RANKED = {"50th": 50.0, "90th": 90.0, "95th": 95.0, "99th": 99.0}
_BEGINS = re.compile(r"Requests[ \t]+\[total, rate")
_LINE = re.compile(
    r"^[ \t]*(Requests|Duration|Latencies)[ \t]+\[([^\]]*)\][ \t]+(.*)$", re.MULTILINE
)
_CODES = re.compile(r"^[ \t]*Status Codes[ \t]+\[code:count\](.*)$", re.MULTILINE)
_PLOT = re.compile(r"^[ \t]*Value\(ms\)[ \t]+Percentile[ \t]+TotalCount.*$", re.MULTILINE)
_STEP = re.compile(r"^[ \t]*(\d+\.\d+)[ \t]+(\d\.\d+)[ \t]+(\d+)[ \t]+\S+[ \t]*$", re.MULTILINE)


def recognises_json(upload: Upload) -> bool:
    """Latencies beside status codes."""
    return Node(upload.document).has("latencies", "status_codes")


def read_json(upload: Upload) -> tuple[Run, ...]:
    """The run."""
    node = Node(upload.document)
    times = node.inside("latencies")
    listed = {
        rank: value / 1e6
        for key, rank in _RANKED.items()
        if (value := times.number(key)) is not None
    }
    attack, wait = node.number("duration"), node.number("wait") or 0
    return (
        _run(
            JSON,
            node.count("requests"),
            node.inside("status_codes").counts(),
            started_at=moment(node.text("earliest")),
            duration_s=(attack + wait) / _NS if attack is not None else None,
            rps=node.number("rate"),
            latency_ms=_latency(
                listed, divided(times.number("max"), 1e6), divided(times.number("mean"), 1e6)
            ),
        ),
    )


def recognises_text(upload: Upload) -> bool:
    """Its line of requests, labels in brackets."""
    return bool(_BEGINS.search(upload.text))


def read_text(upload: Upload) -> tuple[Run, ...]:
    """Every run; values are found by the labels in brackets, which changed over the versions."""
    return tuple(_printed(each) for each in parts(upload.text, _BEGINS))


def _printed(text: str) -> Run:
    lines: dict[str, dict[str, str]] = {}
    for title, labels, values in _LINE.findall(text):
        names, cells = labels.split(","), values.split(",")
        pairs = zip(names, cells, strict=len(names) == len(cells))
        lines.setdefault(title, {key.strip(): value.strip() for key, value in pairs})
    if not lines.keys() >= {"Requests", "Duration", "Latencies"}:
        raise BadInput("This vegeta report is cut off: its requests or latencies are missing.")
    times = {key: ms(seconds(cell, key)) for key, cell in lines["Latencies"].items()}
    listed = {
        float(key): value for key, value in times.items() if key.isdecimal() and value is not None
    }
    codes = _CODES.search(text)
    return _run(
        TEXT,
        count(lines["Requests"].get("total"), "Requests"),
        _counted(codes[1]) if codes else {},
        duration_s=seconds(lines["Duration"].get("total"), "Duration"),
        rps=number(lines["Requests"].get("rate"), "Rate"),
        latency_ms=_latency(listed, times.get("max"), times.get("mean")),
    )


def _latency(listed: Mapping[float, float], most: float | None, mean: float | None) -> Latency:
    """Nothing but zeros means that nothing was measured."""
    measured = any(listed.values()) or most or mean
    return from_percentiles(listed, most, mean) if measured else Latency()


def _counted(text: str) -> dict[str, int]:
    return {code: int(n[:18]) for code, n in re.findall(r"(\d{1,3}):(\d+)", text)}


def recognises_hdrplot(upload: Upload) -> bool:
    """Its header; wrk2 prints a spectrum with another one."""
    return bool(_PLOT.search(upload.text))


def read_hdrplot(upload: Upload) -> tuple[Run, ...]:
    """Percentiles alone: it knows neither rate nor errors."""
    return tuple(_plotted(each) for each in parts(upload.text, _PLOT))


def _plotted(text: str) -> Run:
    header = _PLOT.search(text)
    steps = _STEP.findall(text[header.end() :]) if header else []
    if not steps:
        raise BadInput("This vegeta hdrplot is cut off: there is no row below its header.")
    listed = {round(float(share) * 100, 6): float(value) for value, share, _ in steps}
    most = listed.pop(100.0, None)
    if most is None:
        raise BadInput(
            "This vegeta hdrplot is cut off: its last row, with all requests, is missing."
        )
    known = from_percentiles(listed, most)
    total = max(int(times[:18]) for _, _, times in steps)
    return Run(format=HDRPLOT, tool="vegeta", **counted(total, None), latency_ms=known)


def _run(
    form: str,
    requests: int | None,
    codes: Mapping[str, int],
    **facts: Any,  # noqa: ANN401 - fields of `Run`, checked there
) -> Run:
    """Errors are counted from the codes; the printed ratio is rounded to 0.01 %."""
    if requests is None:
        raise BadInput("This vegeta result has no number of requests: it is cut off.")
    bad = {code: n for code, n in codes.items() if is_error(code)}
    errors = sum(bad.values()) if codes else None
    return Run(
        format=form,
        tool="vegeta",
        **counted(requests, errors),
        errors_by_kind={
            "no answer" if code == "0" else f"HTTP {code}": n for code, n in bad.items()
        },
        **facts,
    )
