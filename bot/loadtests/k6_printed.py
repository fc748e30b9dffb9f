"""What k6 prints at its end, of any version: its lines become the metrics of a summary.

Versions before 1.0 print one list with ticks and crosses; 1.0 and later print sections, with
thresholds above and, in full mode, groups and scenarios below.
"""

from __future__ import annotations

import re
from typing import Any

from bot.domain.runs.model import Endpoint, Run
from bot.errors import BadInput
from bot.loadtests import k6_summary
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import MOST_RUNS, few, name
from bot.loadtests.quantities import count, ms, number, seconds

CUT = (
    "There is no http_reqs below this k6 summary: it may be cut off, and what is missing here "
    "stood in the rest."
)
WITHIN = (
    "This k6 summary is cut off within a figure: that one is left out, and what is missing here "
    "stood in the rest."
)
UNTIMED = "This k6 summary holds no time of {timed}: it may be cut off."
FORMAT = "k6_printed_summary"
_LINE = re.compile(r"(?<![\w.])([a-z][a-z0-9_]{1,80}) ?(?:\.{2,200}|…[.…]{0,200}) ?:[ \t]+(\S.*)")
_STARTED = re.compile(r"[ \t]*execution: (?:local|cloud)")
_ENDED = re.compile(r"[ \t]*running \([\dhms.]{1,20}\), .{1,60} complete and ")
"""Progress; below a summary, where 1.0 and later print it, that summary's end."""
_PART = re.compile(r"\{ ?([^{}\n]{1,300}?) ?\} ?[.…]{0,200}:[ \t]+(\S.*)")
_SECTION = re.compile(r"█[ \t]*(THRESHOLDS|TOTAL RESULTS|(?:GROUP|SCENARIO): ?(\S.*))")
_JUDGED = re.compile(r"^[^\w\n]{0,40}(\w{1,80}(?:\{[^{}\n]{1,300}\})?)[ \t]*$")
_JUDGED_PART = re.compile(r"^[ \t]*\{ ?([^{}\n]{1,300}?) ?\}[ \t]*$")
_THRESHOLD = re.compile(r"'[^'\n]{1,200}'[ \t]+(\S.*)$")
_STATISTIC = re.compile(r"(?<!\S)(avg|min|med|max|count|p\([\d.]{1,8}\))=[ \t]{0,20}(\S+)")
_TIMES = re.compile(r"\d[^\d\n]{0,60}(\d+)[^\d\n]{1,60}(\d+)[ \t]*$")
_CUT_TIME = re.compile(
    r"(?<!\S)(?:avg|min|med|max|p\([\d.]{1,8}\))=[ \t]{0,20}\d[\d.hmnuµμ]{0,30}[ \t]*$"
)
"""Every time that k6 prints ends in an s."""
_CUT_COUNT = re.compile(r"^\d+[ \t]*$|(?<=\d)[ \t]+[\d.]+/?[ \t]*$")
"""Behind every count stands its rate."""
_RUN = {"iteration_duration", "iterations", "vus", "vus_max"}
"""What k6 lists below HTTP's metrics; one of them alone may stand anywhere in an extract."""
LONGEST = 400
"""Characters of a line's values."""
_TIMED = ("http_req_duration", "grpc_req_duration")
_COUNTS = {"http_reqs", "iterations", "dropped_iterations"}
_TRENDS = ("duration", "blocked", "connecting", "handshaking")
Metrics = dict[str, dict[str, Any]]
"""Metric, with its tags, → statistic → value, as a summary of k6 has them."""
_SHOWN = re.compile(r"(?:http_req|grpc_req|iteration)_duration ?[.…]{1,200} ?:[ \t]+\S+=")


class _Report:
    """One report: its metrics, those of each group or scenario, and what thresholds met."""

    def __init__(self) -> None:
        self.whole: Metrics = {}
        self.parts: dict[str, Metrics] = {}
        self.judged: Metrics = {}
        self.cut = False


class _Reader:
    """Reads reports line by line: a metric that comes again begins the next one."""

    def __init__(self) -> None:
        self.reports = [_Report()]
        self._held: Metrics = self.reports[0].whole
        self._metric = self._judged = self._title = ""
        self._ended = False

    def take(self, line: str) -> None:
        """One more line."""
        self._ended |= bool(self.reports[-1].whole and _ENDED.match(line))
        self._title = line.strip() if line.strip().isalpha() else self._title
        if _STARTED.match(line):
            self._open(None)
        elif section := _SECTION.search(line):
            self._open(section[2])
        elif match := _LINE.search(line):
            self._add(match[1], match[2])
        elif self._metric and (match := _PART.search(line)):
            self._held[f"{self._metric}{{{match[1]}}}"] = self._values(self._metric, match[2])
        elif match := _JUDGED.search(line):
            self._judged = match[1]
        elif self._judged and (match := _JUDGED_PART.search(line)):
            self._judged = f"{self._judged.partition('{')[0]}{{{match[1]}}}"
        elif self._judged.startswith(_TIMED) and (match := _THRESHOLD.search(line)):
            self.reports[-1].judged.setdefault(self._judged, {}).update(
                _trend(_CUT_TIME.sub("", match[1]))
            )

    def _open(self, part: str | None) -> None:
        self._metric = self._judged = ""
        if part:
            self._held = self.reports[-1].parts[name(part)] = {}
        else:
            self._begin(again=bool(self.reports[-1].whole))

    def _begin(self, *, again: bool) -> None:
        if again:
            self.reports.append(_Report())
            few(self.reports, MOST_RUNS)
        self._held, self._ended = self.reports[-1].whole, False

    def _add(self, metric: str, values: str) -> None:
        if metric in self._held or self._ended or self._is_above(metric):
            self._begin(again=True)
        self._metric = metric
        self._held[metric] = self._values(metric, values)

    def _is_above(self, metric: str) -> bool:
        """Whether k6 lists a metric above what is held, so that it is another report's."""
        below = len(_RUN.intersection(self._held)) > 1
        if metric.startswith("grpc_req"):
            below |= any(each.startswith("http_req") for each in self._held)
            return below and self._title != "GRPC"
        return below and metric.startswith("http_req")

    def _values(self, metric: str, text: str) -> dict[str, Any]:
        """The values of one line, without what is cut off at its end."""
        form = _CUT_TIME if metric.endswith(_TRENDS) else _CUT_COUNT
        whole = form.sub("", text) if metric.endswith(_TRENDS) or metric in _COUNTS else text
        self.reports[-1].cut |= whole != text
        return _values(metric, whole) if whole else {}


def recognises(upload: Upload) -> bool:
    """A trend's line, dots and all."""
    return bool(_SHOWN.search(upload.text))


def read(upload: Upload) -> tuple[Run, ...]:
    """Every report in the text."""
    reader = _Reader()
    for line in upload.text.splitlines():
        reader.take(line)
    return tuple(_run(each) for each in reader.reports if each.whole)


def _values(metric: str, text: str) -> dict[str, Any]:
    """The values of one line, under the names that k6's own summaries give them."""
    text = text[:LONGEST]
    if metric.endswith(_TRENDS):
        return _trend(text)
    if metric == "http_req_failed":
        return _failed(text)
    if metric in _COUNTS:
        words = text.split()
        pace = words[1].removesuffix("/s") if len(words) > 1 else None
        return {"count": count(words[0], metric), "rate": number(pace, f"The rate of {metric}")}
    if metric == "vus_max":
        return {"value": count(text.split(maxsplit=1)[0], metric)}
    return {}


def _trend(text: str) -> dict[str, Any]:
    """Times in ms, as in a summary; `count` is none."""
    return {
        key: count(value, "count") if key == "count" else ms(seconds(value, key))
        for key, value in _STATISTIC.findall(text)
    }


def _failed(text: str) -> dict[str, Any]:
    """`0.50% ✓ 50 ✗ 9950`, where a tick is a failure, or `0.50% 50 out of 10000`."""
    times = _TIMES.search(text)
    if not times:
        return {}
    failed, other = (count(each, "http_req_failed") or 0 for each in times.groups())
    if "out of" not in text:
        return {"passes": failed, "fails": other}
    if failed > other:
        raise BadInput("This k6 report counts more failed requests than requests: it is damaged.")
    return {"passes": failed, "fails": other - failed}


def _run(report: _Report) -> Run:
    """The run as its summary would give it; thresholds may know a percentile more."""
    for metric, values in report.judged.items():
        if metric in report.whole:
            report.whole[metric] = values | report.whole[metric]
    nodes = _nodes(report.whole)
    timed = next((each for each in k6_summary.TIMED if each in nodes), None)
    if timed is None or not report.whole[timed]:
        raise BadInput(UNTIMED.format(timed=timed or k6_summary.TIMED[0]))
    run = k6_summary.run(nodes, FORMAT)
    parts = tuple(
        Endpoint(name=called, **k6_summary.figures(_nodes(metrics), timed, ""))
        for called, metrics in report.parts.items()
        if timed in metrics
    )
    missing = "http_reqs" not in nodes and timed == k6_summary.TIMED[0]
    notes = (*run.notes, WITHIN if report.cut else CUT) if report.cut or missing else run.notes
    return run.model_copy(update={"endpoints": run.endpoints + parts, "notes": notes})


def _nodes(metrics: Metrics) -> dict[str, Node]:
    return {metric: Node(values, metric) for metric, values in metrics.items()}
