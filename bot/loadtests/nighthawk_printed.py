"""What Nighthawk prints for people: put together as its JSON has it, and read as that is.

Its times are `0s 002ms 898us`, or, of the client written anew in Go, `2.898ms`. In 2019 its samples
and its mean stood on lines of their own, its extremes among the percentiles.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from bot.domain.runs.model import Run
from bot.errors import BadInput
from bot.loadtests import nighthawk
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import few, parts
from bot.loadtests.quantities import count, number

FORMAT = "nighthawk_human"
SOME_COUNTERS = (
    "Its counters tell of {some:,} of {all:,} answers: the report may be cut off, and what the "
    "others came to is not known."
)
_BEGINS = re.compile(r"^[ \t]*Nighthawk - A layer 7 protocol benchmarking tool", re.MULTILINE)
_TARGETS = re.compile(
    r"Global targets: (\d{1,9}) connections and (\d{1,9}) calls per second\.[ \t]*$", re.MULTILINE
)
_TIMED = re.compile(
    r"^[ \t]*(?:Request start to response end|benchmark_http_client\.request_to_response)"
    r"(?:[ \t]+\((\d+) samples\)[ \t]*$|[ \t]*\n[ \t]*samples:[ \t]+(\d+)[ \t]*$)",
    re.MULTILINE,
)
_TIME = r"(\d{1,9}s \d{1,3}ms \d{1,3}us|(?:[\d.]{1,20}(?:ns|us|µs|μs|ms|s|m|h)){1,4})"
_EXTREMES = re.compile(rf"[ \t]*min: {_TIME} \| mean: {_TIME} \| max: {_TIME} \|")
_MEAN = re.compile(rf"^[ \t]*mean:[ \t]+{_TIME}[ \t]*$", re.MULTILINE)
_NEXT = re.compile(
    r"\n[ \t]*\n[ \t]*[A-Z]\w+ [^\n|]{3,80}(?:\(\d+ samples\)|\n[ \t]*samples:)|\nCounter"
)
"""What ends a block of times: the next one, or the counters."""
_STEP = re.compile(rf"^[ \t]*([01](?:\.\d{{1,12}})?)[ \t]+(\d+)[ \t]+{_TIME}[ \t]*$", re.MULTILINE)
_COUNTER = re.compile(
    r"^[ \t]*(?:client\.)?((?:benchmark|upstream|default|cluster_manager|sequencer)[\w.]{1,80})"
    r"[ \t]+(\d+)[ \t]+([\d.]+)[ \t]*$",
    re.MULTILINE,
)


def recognises(upload: Upload) -> bool:
    """Its line of times from request to response, or its greeting above counters."""
    text = upload.text
    return bool(_TIMED.search(text)) or bool(_BEGINS.search(text) and _COUNTER.search(text))


def read(upload: Upload) -> tuple[Run, ...]:
    """Every run in the text."""
    text = upload.text
    begins = _BEGINS if _BEGINS.search(text) else _TIMED
    runs = [_run(part) for part in parts(text, begins)]
    starts = [0, *(each.start() for each in begins.finditer(text))]
    asked = (_asked(text[low:high]) for low, high in pairwise(starts))
    return tuple(run.model_copy(update=each) for run, each in zip(runs, asked, strict=True))


def _asked(before: str) -> dict[str, Any]:
    """What its log says above a report of connections and rate, of all workers together."""
    targets = list(_TARGETS.finditer(before))
    if not targets:
        return {}
    connections, rate = (count(each, "A target") for each in targets[-1].groups())
    return {"connections": connections or None, "requested_rps": float(rate) if rate else None}


def _run(text: str) -> Run:
    counters = {name: (n, pace) for name, n, pace in _COUNTER.findall(text)}
    few(counters)
    if not counters and not _TIMED.search(text):
        raise BadInput("This Nighthawk report is cut off: its counters and times are missing.")
    result: dict[str, Any] = {
        "name": "global",
        "counters": [{"name": name, "value": n} for name, (n, _) in counters.items()],
        "statistics": [_statistic(text)],
    }
    if lasted := _lasted(counters):
        result["execution_duration"] = f"{lasted:.9f}s"
    run = nighthawk.run(Node({"results": [result]}))
    update: dict[str, Any] = {"format": FORMAT, "protocol": None, "notes": _notes(run, counters)}
    if run.samples and run.requests is not None and run.requests < run.samples:
        update |= {"requests": None, "errors": None, "error_rate": None, "rps": None}
        update["notes"] += (SOME_COUNTERS.format(some=run.requests, all=run.samples),)
    return run.model_copy(update=update)


def _lasted(counters: dict[str, tuple[str, str]]) -> float | None:
    """What the most frequent counter and its rate, two decimals of it, come to; within 1 %."""
    rows = [(count(n, name) or 0, number(pace, name) or 0) for name, (n, pace) in counters.items()]
    times, pace = max(rows, default=(0, 0.0))
    return times / pace if pace >= 0.5 and times else None


def _notes(run: Run, counters: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    derived = "The duration is a counter divided by its rate: Nighthawk's text does not print it."
    return (*run.notes, *((derived,) if _lasted(counters) else ()))


def _statistic(text: str) -> dict[str, Any]:
    """The block of times as JSON has it, in seconds with their unit."""
    timed = _TIMED.search(text)
    if not timed:
        return {}
    body = _NEXT.split(text[timed.end() :].lstrip("\n"), maxsplit=1)[0]
    steps = {share: took.replace(" ", "") for share, _, took in _STEP.findall(body)}
    return {
        "id": nighthawk.STATISTIC,
        "count": timed[1] or timed[2],
        **_extremes(body, steps),
        "percentiles": [{"percentile": share, "duration": took} for share, took in steps.items()],
    }


def _extremes(body: str, steps: dict[str, str]) -> dict[str, str]:
    """The mean, the least and the most, wherever this layout has them."""
    if both := _EXTREMES.match(body):
        values = (each.replace(" ", "") for each in both.groups())
        return dict(zip(("min", "mean", "max"), values, strict=True))
    mean = _MEAN.search(body)
    from_steps = {"min": steps.get("0"), "max": steps.get("1")}
    from_steps["mean"] = mean[1].replace(" ", "") if mean else None
    return {name: value for name, value in from_steps.items() if value}
