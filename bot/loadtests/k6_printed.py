"""What k6 prints at its end, of any version: its lines become the metrics of a summary.

Versions before 1.0 print one list with ticks and crosses; 1.0 and later print sections, with
thresholds above and, in full mode, groups and scenarios below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.runs.model import Endpoint, Run
from bot.domain.words import listed
from bot.errors import BadInput
from bot.loadtests import k6_summary
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import MOST_RUNS, few, name
from bot.loadtests.k6_values import COUNTS, is_trend, trend, values_of

CUT = (
    "There is no http_reqs below this k6 summary: it may be cut off, and what is missing here "
    "stood in the rest."
)
WITHIN = (
    "This k6 summary is cut off within a figure: that one is left out, and what is missing here "
    "stood in the rest."
)
OTHERS = (
    "The progress above this k6 summary ends at {above:,} iterations, the summary holds {here:,}: "
    "it is of another run, which was stopped and is not read."
)
UNTIMED = "This k6 summary holds no time of {timed}: it may be cut off."
FORMAT = "k6_printed_summary"
_LINE = re.compile(r"(?<![\w.])([a-z][a-z0-9_]{1,80}) ?(?:\.{2,200}|…[.…]{0,200}) ?:[ \t]+(\S.*)")
_STARTED = re.compile(r"[ \t]*execution: (?:local|cloud)")
_ENDED = re.compile(
    r"[ \t]*running \([\dhms.]{1,20}\), [^,\n]{1,40}, (?P<done>\d{1,15}) complete and "
)
"""Progress; below a summary, where 1.0 and later print it, that summary's end."""
_EXECUTOR = re.compile(
    r"[ \t]*\* [^:\n]{1,200}: (?:[^\n]{1,80}?(?P<open>iterations/s)|[^\n]{1,80}?(?:VUs|each of))"
)
"""How a scenario sends: at a rate, or each user after its answer."""
_PART = re.compile(r"\{ ?([^{}\n]{1,300}?) ?\} ?[.…]{0,200}:[ \t]+(\S.*)")
_SECTION = re.compile(r"█[ \t]*(THRESHOLDS|TOTAL RESULTS|(?:GROUP|SCENARIO): ?(\S.*))")
_JUDGED = re.compile(r"^[^\w\n]{0,40}(\w{1,80}(?:\{[^{}\n]{1,300}\})?)[ \t]*$")
_JUDGED_PART = re.compile(r"^[ \t]*\{ ?([^{}\n]{1,300}?) ?\}[ \t]*$")
_THRESHOLD = re.compile(r"'[^'\n]{1,200}'[ \t]+(\S.*)$")
_CUT_TIME = re.compile(
    r"(?<!\S)(?:avg|min|med|max|p\([\d.]{1,8}\))=[ \t]{0,20}\d[\d.hmnuµμ]{0,30}[ \t]*$"
)
"""Every time that k6 prints ends in an s."""
_CUT_COUNT = re.compile(r"^\d+[ \t]*$|(?<=\d)[ \t]+[\d.]+/?[ \t]*$")
"""Behind every count stands its rate."""
_RUN = {"iteration_duration", "iterations", "vus", "vus_max"}
"""What k6 lists below HTTP's metrics; one of them alone may stand anywhere in an extract."""
_TIMED = ("http_req_duration", "grpc_req_duration")
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
        self.loops = set[str]()
        self.done = set[int]()
        """Iterations that its lines of progress tell of."""
        self.last = ""
        """The metric that was listed last."""


class _Reader:
    """Reads reports line by line: a metric that comes again begins the next one."""

    def __init__(self) -> None:
        self.reports = [_Report()]
        self._held: Metrics = self.reports[0].whole
        self._metric = self._judged = self._title = ""
        self._ended = False

    def take(self, line: str) -> None:
        """One more line."""
        self._pass(line)
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
                trend(_CUT_TIME.sub("", match[1]))
            )

    def _pass(self, line: str) -> None:
        """What stands around the metrics: how a scenario sends, and how far it came."""
        report = self.reports[-1]
        if match := _EXECUTOR.match(line):
            report.loops.add("open" if match["open"] else "closed")
        elif match := _ENDED.match(line):
            report.done.add(int(match["done"]))
            self._ended |= bool(report.whole)

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
        self._metric = self.reports[-1].last = metric
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
        form = _CUT_TIME if is_trend(metric) else _CUT_COUNT
        whole = form.sub("", text) if is_trend(metric) or metric in COUNTS else text
        self.reports[-1].cut |= whole != text
        return values_of(metric, whole) if whole else {}


def recognises(upload: Upload) -> bool:
    """A trend's line, dots and all."""
    return bool(_SHOWN.search(upload.text))


def read(upload: Upload) -> tuple[Run, ...]:
    """Every report in the text."""
    reader = _Reader()
    for line in upload.text.splitlines():
        reader.take(line)
    return tuple(_run(each) for each in reader.reports if each.whole)


def _run(report: _Report) -> Run:
    """The run as its summary would give it; thresholds may know a percentile more."""
    for metric, values in report.judged.items():
        if metric in report.whole:
            report.whole[metric] = values | report.whole[metric]
    share = _without_a_cut_count(report)
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
    more = {"endpoints": run.endpoints + parts, **_sent(report, nodes, notes)}
    return run.model_copy(update=more if share is None else {**more, "error_rate": share})


def _without_a_cut_count(report: _Report) -> float | None:
    """The share of failures where a report ends with their counts, the last of which may be cut."""
    failed = report.whole.get("http_req_failed", {})
    if failed and report.last == "http_req_failed" and "http_reqs" not in report.whole:
        report.whole["http_req_failed"] = {}
        return failed.get("share")
    if failed.get("fails", 0) < 0:
        raise BadInput("This k6 report counts more failed requests than requests: it is damaged.")
    return None


def _sent(report: _Report, nodes: Mapping[str, Node], notes: tuple[str, ...]) -> dict[str, Any]:
    """How it sent, if what stands above the metrics is of the same run."""
    iterations = (nodes.get("iterations") or Node({})).count("count")
    if iterations is not None and report.done and iterations not in report.done:
        above = OTHERS.format(above=max(report.done), here=iterations)
        return {"notes": (*notes, above), "settings": {}}
    return {
        "notes": notes,
        "settings": {"loop": listed(sorted(report.loops))} if report.loops else {},
    }


def _nodes(metrics: Metrics) -> dict[str, Node]:
    return {metric: Node(values, metric) for metric, values in metrics.items()}
