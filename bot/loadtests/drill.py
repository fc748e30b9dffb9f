"""drill's statistics (--stats): of the whole and of each request, in whole ms or in ns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.runs.model import Endpoint, Latency, Run
from bot.errors import BadInput
from bot.loadtests.door import Upload
from bot.loadtests.figures import MOST_RUNS, counted, few, latency, name
from bot.loadtests.quantities import count, ms, number, seconds

FORMAT = "drill_stats"
WHOLE_MS = "drill prints whole ms (ns with --nanosec): what is below 1 ms is not known."
_LINE = re.compile(
    r"(?P<label>Time taken for tests|(?:Total|Successful|Failed) requests|Requests per second|"
    r"(?:Median|Average) time per request|(?:9\d(?:\.\d)?)['\u2019]th percentile)"
    r"(?: \([^()\n]{1,40}\))?[ \t|]{1,80}(?P<value>[\d.]{1,30} ?(?:ms|ns|us|s(?!e))?)"
)
WIDEST = 300
"""Characters of a request's name."""
_CONCURRENCY = re.compile(
    r"^[ \t]*-?[ \t]*Concurrency:? (\d{1,9})[ \t]*$", re.MULTILINE | re.IGNORECASE
)

Fields = dict[str, str]


class _Report:
    """The fields of the whole (under no name) and of each request."""

    def __init__(self) -> None:
        self.fields: dict[str, Fields] = {}

    @property
    def ended(self) -> bool:
        """Whether the whole has been printed, which comes last."""
        return "Requests per second" in self.fields.get("", {})


def recognises(upload: Upload) -> bool:
    """Its labels, some of which only it has."""
    text = upload.text
    return (
        "Median time per request" in text and "Total requests" in text and bool(_LINE.search(text))
    )


def read(upload: Upload) -> tuple[Run, ...]:
    """Every report in the text."""
    text = upload.text
    reports, ends = [_Report()], [0]
    for line in _LINE.finditer(text):
        called, label = _before(text, line.start()), line["label"]
        fields = reports[-1].fields
        if reports[-1].ended and (called or label in fields.get("", {})):
            reports.append(_Report())
            ends.append(line.start())
            few(reports, MOST_RUNS)
        reports[-1].fields.setdefault(called, {})[label] = line["value"].strip()
        few(reports[-1].fields)
    bounds = [*ends[1:], len(text)]
    return tuple(
        _run(report, _asked(text[low:high], text[:low]))
        for report, low, high in zip(reports, ends, bounds, strict=True)
    )


def _before(text: str, at: int) -> str:
    """What stands before a label on its line: the name of a request; the whole has none."""
    low = max(text.rfind("\n", max(at - WIDEST, 0), at) + 1, at - WIDEST, 0)
    return " ".join(text[low:at].strip(" \t|*-").split())


def _asked(text: str, above: str) -> int | None:
    """How many at once: printed at the start of each run."""
    named = _CONCURRENCY.findall(text[:20_000]) or _CONCURRENCY.findall(above[-2_000:])
    return int(named[-1]) if named else None


def _run(report: _Report, concurrency: int | None) -> Run:
    whole = report.fields.pop("", {})
    if "Total requests" not in whole:
        raise BadInput("This drill report is cut off: its total of requests is missing.")
    return Run(
        format=FORMAT,
        tool="drill",
        duration_s=number(whole.get("Time taken for tests", "").strip(" s"), "The time taken"),
        connections=concurrency,
        endpoints=tuple(
            Endpoint(name=name(called), **_figures(fields))
            for called, fields in report.fields.items()
            if "Total requests" in fields
        ),
        notes=(WHOLE_MS,),
        **_figures(whole) | {"rps": number(whole.get("Requests per second"), "The rate")},
    )


def _figures(fields: Mapping[str, str]) -> dict[str, Any]:
    """A time of 0 is one below 1 ms, which is no figure."""
    requests = count(fields.get("Total requests"), "Total requests")
    errors = count(fields.get("Failed requests"), "Failed requests")
    labels = {"p50": "Median time per request", "mean": "Average time per request"}
    times = {key: _time(fields.get(label)) for key, label in labels.items()}
    for label, value in fields.items():
        if match := re.match(r"(95|99)(?:\.0)?['\u2019]th", label):
            times[f"p{match[1]}"] = _time(value)
    return {**counted(requests, errors), "latency_ms": latency(times) if requests else Latency()}


def _time(text: str | None) -> float | None:
    return ms(seconds((text or "").replace(" ", "") or None, "A time")) or None
