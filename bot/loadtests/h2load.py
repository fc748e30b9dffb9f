"""h2load: its counts and its table of times, whose columns grew over time."""

from __future__ import annotations

import re

from bot.domain.runs.model import Latency, Run
from bot.errors import BadInput
from bot.loadtests.door import Upload
from bot.loadtests.figures import counted, from_percentiles, parts
from bot.loadtests.quantities import count, ms, number, seconds

FORMAT = "h2load_text"
CLOSED = "h2load waits for answers before it asks again: a stall counts once a stream."
NO_PERCENTILES = "This h2load prints no percentiles: run a newer one."
_BEGINS = re.compile(r"^[ \t]*starting benchmark\.\.\.", re.MULTILINE)
_FINISHED = re.compile(r"^[ \t]*finished in ([\d.]+\w{1,3}), ([\d.]+) req/s", re.MULTILINE)
_COUNTS = re.compile(
    r"^[ \t]*requests: (\d+) total, (\d+) started, (\d+) done, (\d+) succeeded, (\d+) failed, "
    r"(\d+) errored(?:, (\d+) timeout)?",
    re.MULTILINE,
)
_CODES = re.compile(
    r"^[ \t]*status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx", re.MULTILINE
)
_CLIENTS = re.compile(r"^[ \t]*spawning thread #\d+: (\d{1,9}) total client", re.MULTILINE)
_MAIN = re.compile(r"warm-up time and ([\d.]+\w{1,2}) of main duration")
_PROTOCOL = re.compile(r"^[ \t]*Application protocol: (\S+)", re.MULTILINE)
_HEAD = re.compile(r"^[ \t]*(min[ \t]+max[ \t]+.*)$", re.MULTILINE)
_TIMES = re.compile(r"^[ \t]*(?:time for )?request[ \t]*:[ \t]+(\d.*)$", re.MULTILINE)
_NAMED = {"h2": "http/2", "h2c": "http/2", "h3": "http/3", "http/1.1": "http/1.1"}


def recognises(upload: Upload) -> bool:
    """Its line of counts."""
    return bool(_COUNTS.search(upload.text))


def read(upload: Upload) -> tuple[Run, ...]:
    """Every run in the text."""
    begins = _BEGINS if _BEGINS.search(upload.text) else _FINISHED
    return tuple(_run(part) for part in parts(upload.text, begins))


def _run(text: str) -> Run:
    finished, counts, protocol = (
        _FINISHED.search(text),
        _COUNTS.search(text),
        _PROTOCOL.search(text),
    )
    if not finished or not counts:
        raise BadInput("This h2load report is cut off: its rate or its counts are missing.")
    succeeded, failed, errored = (count(each, "Requests") or 0 for each in counts.group(4, 5, 6))
    main = _MAIN.search(text)
    lasted = main[1] if main else finished[1]
    clients = sum(int(each) for each in _CLIENTS.findall(text))
    latency = _latency(text) if succeeded + failed > errored else Latency()
    return Run(
        format=FORMAT,
        tool="h2load",
        protocol=_NAMED.get(protocol[1].lower()) if protocol else None,
        duration_s=seconds(f"{lasted}s" if lasted[-1].isdigit() else lasted, "The duration"),
        connections=clients or None,
        rps=number(finished[2], "The rate"),
        **counted(succeeded + failed, failed, succeeded + failed - min(errored, failed)),
        errors_by_kind=_kinds(text, errored),
        latency_ms=latency,
        notes=(CLOSED,) if latency.p95 is not None else (CLOSED, NO_PERCENTILES),
    )


def _kinds(text: str, errored: int) -> dict[str, int]:
    """Statuses from 400 on, and requests without an answer; a timeout is one of those."""
    codes = _CODES.search(text)
    kinds = {f"HTTP {at}xx": int(codes[at - 1][:18]) for at in (4, 5)} if codes else {}
    return {kind: n for kind, n in (kinds | {"no answer": errored}).items() if n}


def _latency(text: str) -> Latency:
    """The row of times for a request, by the header above it."""
    head, row = _HEAD.search(text), _TIMES.search(text)
    if not head or not row:
        return Latency()
    names = head[1].replace("+/- sd", "share").split()
    cells = dict(zip(names, row[1].split(), strict=False))
    times = {name: ms(seconds(cell, name)) for name, cell in cells.items() if name != "share"}
    listed = {
        float(name[1:]): value
        for name, value in times.items()
        if re.fullmatch(r"p\d{2}(?:\.\d{1,3})?", name) and value is not None
    }
    if (median := times.get("median")) is not None:
        listed[50.0] = median
    return from_percentiles(listed, times.get("max"), times.get("mean"))
