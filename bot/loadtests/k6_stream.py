"""k6 `--out json`: one JSON object a line; lines of other metrics are passed over unread."""

from __future__ import annotations

import json
import math
import re

from bot.domain.runs.model import Run
from bot.errors import BadInput
from bot.loadtests.document import Node, parse
from bot.loadtests.door import JUNK, Upload
from bot.loadtests.figures import origin
from bot.loadtests.k6_csv import AROUND
from bot.loadtests.quantities import moment
from bot.loadtests.tally import Tally

FORMAT = "k6_json_stream"
_METRICS = (b'"http_req_duration"', b'"grpc_req_duration"', b'"http_req_failed"', b'"vus_max"')
_LINE = re.compile(r'\s*\{.*"type"\s*:\s*"(?:Metric|Point)"')


def recognises(upload: Upload) -> bool:
    """A first object of the type Metric or Point that names its metric."""
    for line in upload.start.splitlines():
        if not JUNK.match(line):
            return bool(_LINE.match(line)) and '"metric"' in line
    return False


def read(upload: Upload) -> tuple[Run, ...]:
    """The run, exact over all requests."""
    reading = _Reading()
    for line in upload.lines():
        if b'"Point"' in line:
            reading.latest = line
            reading.earliest = reading.earliest or line
        if any(mark in line for mark in _METRICS):
            reading.take(_point(line))
        elif not line.rstrip().endswith(b"}") and not JUNK.match(line.decode("utf-8", "replace")):
            raise BadInput("A line of this k6 JSON is damaged or cut off.")
    return (reading.run(),)


def _point(line: bytes) -> Node:
    try:
        return Node(parse(line.decode("utf-8", "replace").strip()))
    except json.JSONDecodeError:
        raise BadInput("A line of this k6 JSON is damaged or cut off.") from None


class _Reading:
    """The points read so far."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.judged, self.users = 0, 0
        self.first, self.last = math.inf, -math.inf
        self.protocols = set[str]()
        self.earliest = self.latest = b""
        """Any points: a run begins and ends with other metrics."""

    def take(self, point: Node) -> None:
        """One line; definitions of metrics are no points."""
        if point.text("type") != "Point":
            return
        data, metric = point.inside("data"), point.text("metric")
        value = data.number("value")
        if value is None:
            raise BadInput("A point of this k6 JSON has no value.")
        tags = data.inside("tags")
        if (tags.text("group") or "").startswith(AROUND):
            return
        if metric == "vus_max":
            self.users = max(self.users, int(value))
            return
        called = tags.text("name") or tags.text("url") or ""
        endpoint = f"{tags.text('method') or ''} {called}".strip()
        if metric == "http_req_failed":
            self.judged += 1
            self.tally.of(endpoint).errors += value > 0
        elif metric in {"http_req_duration", "grpc_req_duration"}:
            self.tally.add(endpoint, value)
            self.protocols.add((tags.text("proto") or "").lower())
            self._spans(data.text("time"))

    def _spans(self, when: str | None) -> None:
        found = moment(when)
        if found is None:
            raise BadInput("A point of this k6 JSON has no time.")
        self.first = min(self.first, found.timestamp())
        self.last = max(self.last, found.timestamp())

    def run(self) -> Run:
        """All of it. Raises `BadInput` where no request was timed."""
        if not any(each.samples.chunks() for each in self.tally.by_name.values()):
            raise BadInput("This k6 JSON holds no point of http_req_duration.")
        for line in (self.earliest, self.latest):
            self._spans(_point(line).inside("data").text("time"))
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
