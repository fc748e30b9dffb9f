"""k6 `--out json`: one JSON object a line; lines of other metrics are passed over unread."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.runs.model import Run
from bot.errors import BadInput
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import MOST_RUNS, few, origin
from bot.loadtests.k6_csv import AROUND
from bot.loadtests.k6_lines import DEFINED, blocks, counted, point, streams, whole
from bot.loadtests.quantities import moment
from bot.loadtests.tally import Tally

FORMAT = "k6_json_stream"
_HEAD = re.compile(
    rb'\{(?:"metric":"(?P<metric>\w{1,80})",)?"type":"Point","data":\{"time":"'
    rb'(?P<second>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?P<part>\.\d{1,9})?(?P<zone>Z|[+-]\d\d:\d\d)",'
    rb'"value":(?P<value>(?:0|[1-9]\d{0,15})(?:\.\d{1,18})?),'
)
"""What differs from point to point, as k6 writes it; what follows is the same for many."""
MOST_KINDS = 10_000
MOST_ABOVE = 100
"""Lines of words before the first point: k6 prints some where points go to standard output."""
TIMELESS = "A point of this k6 JSON has no time."
_LINE = re.compile(r'\s*\{.*"type"\s*:\s*"(?:Metric|Point)"')


def recognises(upload: Upload) -> bool:
    """A first object of the type Metric or Point that names its metric."""
    for line in upload.start.splitlines()[:MOST_ABOVE]:
        if line.lstrip()[:1] in {"{", "["}:
            return bool(_LINE.match(line)) and '"metric"' in line
    return False


def read(upload: Upload) -> tuple[Run, ...]:
    """The run, exact over all requests; of several streams in one file, each."""
    readings = [_Reading()]
    for block in blocks(upload):
        lines = whole(block, upload)
        defines = DEFINED in block
        for at, (part, defined) in enumerate(streams(lines, readings[-1].defined, defines)):
            if at:
                readings.append(_Reading())
                few(readings, MOST_RUNS)
            readings[-1].defined = defined
            readings[-1].meet(part)
    return tuple(each.run() for each in readings)


class _Kind(NamedTuple):
    """What points that end alike are of."""

    metric: str
    endpoint: str
    protocol: str


_AROUND = _Kind("", "", "")
"""Points of set-up and tear-down."""


def _kind(metric: str, tags: Node) -> _Kind:
    if (tags.text("group") or "").startswith(AROUND):
        return _AROUND
    called = tags.text("name") or tags.text("url") or ""
    endpoint = f"{tags.text('method') or ''} {called}".strip()
    return _Kind(metric, endpoint, (tags.text("proto") or "").lower())


class _Reading:
    """The points read so far."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.judged, self.users = 0, 0
        self.first, self.last = math.inf, -math.inf
        self.protocols = set[str]()
        self.earliest = self.latest = b""
        """Any points: a run begins and ends with other metrics."""
        self.defined = set[str]()
        self._known: dict[tuple[bytes | None, bytes], _Kind] = {}
        self._seconds: dict[tuple[bytes, bytes], float] = {}

    def meet(self, lines: Sequence[bytes]) -> None:
        """Some lines: those whose like was met before are read by their form alone."""
        points = (line for line in lines if b'"Point"' in line)
        self.earliest = self.earliest or next(points, b"")
        self.latest = next((line for line in reversed(lines) if b'"Point"' in line), self.latest)
        times: dict[str, list[float]] = {}
        for line in counted(lines):
            head = _HEAD.match(line)
            known = self._known.get((head["metric"], line[head.end() :])) if head else None
            if head is None or known is None:
                self._learn(head, line, times)
            elif known is not _AROUND:
                self._add(known, float(head["value"]), self._at(head), times)
        for endpoint, values in times.items():
            self.tally.extend(endpoint, values, 0)

    def _learn(
        self, head: re.Match[bytes] | None, line: bytes, times: dict[str, list[float]]
    ) -> None:
        """A line that is parsed whole; what it is of is kept for lines that end alike."""
        seen = point(line)
        if seen.text("type") != "Point":
            return
        data = seen.inside("data")
        value, at = data.number("value"), moment(data.text("time"))
        if value is None:
            raise BadInput("A point of this k6 JSON has no value.")
        kind = _kind(seen.text("metric") or "", data.inside("tags"))
        if head and len(self._known) < MOST_KINDS:
            self._known[head["metric"], line[head.end() :]] = kind
        if kind is not _AROUND:
            self._add(kind, value, at.timestamp() if at else None, times)

    def _at(self, head: re.Match[bytes]) -> float:
        """When a point was; each second is parsed once."""
        key = (head["second"], head["zone"])
        if (second := self._seconds.get(key)) is None:
            when = moment((key[0] + key[1]).decode())
            if when is None:
                raise BadInput(TIMELESS)
            if len(self._seconds) > MOST_KINDS:
                self._seconds.clear()
            second = self._seconds[key] = when.timestamp()
        return second + float(head["part"] or 0)

    def _add(
        self, kind: _Kind, value: float, at: float | None, times: dict[str, list[float]]
    ) -> None:
        """One point."""
        if kind.metric == "vus_max":
            self.users = max(self.users, int(value))
        elif kind.metric == "http_req_failed":
            self.judged += 1
            self.tally.of(kind.endpoint).errors += value > 0
        elif kind.metric in {"http_req_duration", "grpc_req_duration"}:
            if at is None:
                raise BadInput(TIMELESS)
            self.protocols.add(kind.protocol)
            self.first, self.last = min(self.first, at), max(self.last, at)
            times.setdefault(kind.endpoint, []).append(value)

    def _spans(self, when: str | None) -> None:
        at = moment(when)
        if at is None:
            raise BadInput(TIMELESS)
        self.first = min(self.first, at.timestamp())
        self.last = max(self.last, at.timestamp())

    def run(self) -> Run:
        """All of it. Raises `BadInput` where no request was timed."""
        if not any(each.samples.chunks() for each in self.tally.by_name.values()):
            raise BadInput("This k6 JSON holds no point of http_req_duration.")
        for line in (self.earliest, self.latest):
            self._spans(point(line).inside("data").text("time"))
        for each in self.tally.by_name.values():
            each.first = self.first
        protocols = self.protocols - {""}
        return self.tally.run(
            errors_known=self.judged > 0,
            duration_s=self.last - self.first or None,
            format=FORMAT,
            tool="k6",
            target=origin(self.tally.by_name),
            protocol=protocols.pop() if len(protocols) == 1 else None,
            connections=self.users or None,
        )
