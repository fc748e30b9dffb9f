"""k6 `--out json`: one JSON object a line; lines of other metrics are passed over unread."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.domain.runs.model import Run
from bot.errors import BadInput
from bot.loadtests.document import Node, parse
from bot.loadtests.door import LONGEST_LINE, Upload
from bot.loadtests.figures import MOST_RUNS, few, origin
from bot.loadtests.k6_csv import AROUND
from bot.loadtests.quantities import moment
from bot.loadtests.tally import Tally

FORMAT = "k6_json_stream"
_DEFINED = b'"Metric"'
_TYPED = re.compile(rb'"type"\s*:\s*"(?:Metric|Point)"')
_STARTS = (b'{"metric', b'{"type')
_HEAD = re.compile(
    rb'\{(?:"metric":"(?P<metric>\w{1,80})",)?"type":"Point","data":\{"time":"'
    rb'(?P<second>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?P<part>\.\d{1,9})?(?P<zone>Z|[+-]\d\d:\d\d)",'
    rb'"value":(?P<value>(?:0|[1-9]\d{0,15})(?:\.\d{1,18})?),'
)
"""What differs from point to point, as k6 writes it; what follows is the same for many."""
MOST_KINDS = 10_000
MOST_ABOVE = 100
"""Lines of words before the first point: k6 prints some where points go to standard output."""
CHUNK = 2**16
DAMAGED = "A line of this k6 JSON is damaged or cut off."
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
    for block in _blocks(upload):
        lines = _whole(block, upload)
        for at, (part, defined) in enumerate(_streams(lines, readings[-1].defined)):
            if at:
                readings.append(_Reading())
                few(readings, MOST_RUNS)
            readings[-1].defined = defined
            readings[-1].meet(part)
    return tuple(each.run() for each in readings)


def _blocks(upload: Upload) -> Iterator[bytes]:
    """Whole lines, some of them at a time."""
    rest = b""
    while chunk := upload.stream.read(CHUNK):
        whole, end, more = chunk.rpartition(b"\n")
        if end:
            yield rest + whole
            rest = more
        elif len(rest) > LONGEST_LINE:
            raise BadInput("This file has a line of more than 1 MB: no load tester writes that.")
        else:
            rest += chunk
    if rest:
        yield rest


def _whole(block: bytes, upload: Upload) -> list[bytes]:
    """Its lines; what else stands between is put aside. Raises `BadInput` where one is cut off."""
    lines = block.split(b"\n")
    ends = block.count(b"}\n") + block.endswith(b"}")
    if ends == block.count(b'"type":"') == len(lines):
        return lines
    kept = []
    for line in lines:
        bare = line.strip()
        if bare[:1] + bare[-1:] == b"{}" and _TYPED.search(bare):
            kept.append(line)
        elif _TYPED.search(bare) or b'"value":' in bare or bare.startswith(_STARTS):
            raise BadInput(DAMAGED)
        elif bare:
            upload.put_aside(line + b"\n")
    return kept


def _streams(lines: list[bytes], defined: set[str]) -> list[tuple[list[bytes], set[str]]]:
    """Lines, cut where a metric is defined that was defined already: there another run begins."""
    if not any(_DEFINED in line for line in lines):
        return [(lines, defined)]
    found: list[tuple[list[bytes], set[str]]] = [([], defined)]
    for line in lines:
        if _DEFINED in line and (name := _defined(line)):
            if name in found[-1][1]:
                found.append(([], set()))
            found[-1][1].add(name)
        found[-1][0].append(line)
    return found


def _defined(line: bytes) -> str | None:
    """The metric that a line defines, if it does."""
    point = _point(line)
    return point.text("metric") if point.text("type") == "Metric" else None


def _point(line: bytes) -> Node:
    try:
        return Node(parse(line.decode("utf-8", "replace").strip()))
    except json.JSONDecodeError:
        raise BadInput(DAMAGED) from None


def _counted(lines: Sequence[bytes]) -> list[bytes]:
    """Lines that may be of a metric that counts; most are of another one."""
    return [
        line
        for line in lines
        if b'_req_duration"' in line or b'"http_req_failed"' in line or b'"vus_max"' in line
    ]


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
        for line in _counted(lines):
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
        point = _point(line)
        if point.text("type") != "Point":
            return
        data = point.inside("data")
        value, at = data.number("value"), moment(data.text("time"))
        if value is None:
            raise BadInput("A point of this k6 JSON has no value.")
        found = _kind(point.text("metric") or "", data.inside("tags"))
        if head and len(self._known) < MOST_KINDS:
            self._known[head["metric"], line[head.end() :]] = found
        if found is not _AROUND:
            self._add(found, value, at.timestamp() if at else None, times)

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
        found = moment(when)
        if found is None:
            raise BadInput(TIMELESS)
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
