"""k6 `--out csv`: one row a metric and request. Streamed; five million rows in seconds.

Rows are met as bytes, and only those of two metrics are looked at. A block that holds quotes, which
may hide commas and line ends, is read by the csv module instead.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import NamedTuple

from bot.domain.runs.model import Run
from bot.errors import BadInput
from bot.loadtests.door import WORDS, Table, Upload
from bot.loadtests.figures import MOST_RUNS, few, origin
from bot.loadtests.k6_pauses import PAUSED, Pauses
from bot.loadtests.quantities import moment, number, shown
from bot.loadtests.records import records
from bot.loadtests.span import Span
from bot.loadtests.tally import MOST_ENDPOINTS, Tally

FORMAT = "k6_csv"
AROUND = ("::setup", "::teardown")
"""Groups of requests that prepare a test and are no part of it."""
WHOLE_SECONDS = "Times in this file are whole seconds: duration and rate are exact to 1 s only."
CUT_OFF = "A row of this k6 CSV is damaged or cut off."
_LEADING = ("metric_name", "timestamp", "metric_value")

Tags = tuple[bytes, ...]
"""Group, method and name of a request, as far as the file has these columns."""


class _Layout(NamedTuple):
    """Where the columns stand, and what the timed metric is called."""

    table: Table
    metric: bytes
    leading: list[int]
    tags: dict[str, int]

    @property
    def plain(self) -> bool:
        """Whether rows begin as k6 writes them."""
        return self.leading == [0, 1, 2] and self.table.delimiter == ","

    @property
    def last(self) -> int:
        """The last column that is looked at."""
        return max(*self.leading, *self.tags.values())


class _Block:
    """What one block of rows brings."""

    def __init__(self) -> None:
        self.values: dict[Tags, list[bytes]] = {}
        self.times: dict[bytes, int] = {}
        """Time as written → requests that ended then."""
        self.failed: list[Tags] = []
        self.judged = 0
        self.users = b""
        self.protocol = b""


def recognises(upload: Upload) -> bool:
    """A header with k6's three leading columns."""
    return upload.table(*_LEADING) is not None


def read(upload: Upload) -> tuple[Run, ...]:
    """The run, exact over all requests."""
    table = upload.table(*_LEADING)
    assert table is not None
    tags = {each: at for each in ("group", "method", "name") if (at := table.at(each)) is not None}
    if "name" not in tags and (url := table.at("url")) is not None:
        tags["name"] = url
    grpc = b"\ngrpc_req_duration," in upload.head
    metric = b"grpc_req_duration" if grpc else b"http_req_duration"
    layout = _Layout(table, metric, [table.columns.index(each) for each in _LEADING], tags)
    readings, pauses = [_Reading(layout)], Pauses()
    header = f"\n{table.delimiter.join(table.columns)}".encode()
    for block in _blocks(upload, layout):
        for at, part in enumerate(block.split(header)):
            if at:
                readings.append(_Reading(layout))
                few(readings, MOST_RUNS)
                pauses = Pauses()
            for pause, rows in pauses.cut(part) if layout.plain else ((0, part),):
                if pause and readings[-1].span.ended_by(pause):
                    readings.append(_Reading(layout, pause))
                    few(readings, MOST_RUNS)
                quick = layout.plain and b'"' not in rows
                readings[-1].take(_quickly(rows, layout) if quick else _slowly(rows, layout))
    return tuple(each.run() for each in readings if each.tally.by_name or not each.pause)


def _blocks(upload: Upload, layout: _Layout) -> Iterator[bytes]:
    """The rows in pieces of whole records, each led by the line end before it."""
    ahead = b""
    for block, last in records(upload, layout.table.skip + 1):
        if WORDS.match(block[:80].decode("utf-8", "replace")) and last:
            upload.put_aside(block)
        elif last and (block.count(b'"') % 2 or block.count(b",") < len(layout.table.columns) - 1):
            raise BadInput(CUT_OFF)
        else:
            if ahead:
                yield ahead
            ahead = b"\n" + block
    yield b"\n".join(_rows(ahead, upload))


def _rows(block: bytes, upload: Upload) -> Iterator[bytes]:
    """The last block's rows, without the words below them."""
    for row in block.split(b"\n"):
        if b"," in row or not WORDS.match(row.decode("utf-8", "replace")):
            yield row
        else:
            upload.put_aside(row + b"\n")


def _quickly(block: bytes, layout: _Layout) -> _Block:
    """A block without quotes: marks are found, and cells are split up to the last one needed."""
    read = _Block()
    tags, last = [at - 1 for at in layout.tags.values()], layout.last
    rows = block.split(b"\n" + layout.metric + b",")[1:]
    try:
        for row in rows:
            cells = row.split(b",", last)
            key = tuple([cells[at] for at in tags])
            read.times[cells[0]] = read.times.get(cells[0], 0) + 1
            (read.values.get(key) or read.values.setdefault(key, [])).append(cells[1])
        verdicts = block.split(b"\nhttp_req_failed,")[1:]
        for row in verdicts:
            if not row.split(b",", 2)[1].startswith(b"0.000000"):
                cells = row.split(b",", last)
                if number(cells[1].decode(), "http_req_failed"):
                    read.failed.append(tuple([cells[at] for at in tags]))
        read.judged = len(verdicts)
        users = block.rfind(b"\nvus_max,")
        if users >= 0:
            read.users = block[users + 1 : users + 80].split(b",", 3)[2]
        if rows and (proto := layout.table.at("proto")):
            read.protocol = rows[0].partition(b"\n")[0].split(b",")[proto - 1]
    except (IndexError, UnicodeDecodeError):
        raise BadInput(CUT_OFF) from None
    return read


def _slowly(block: bytes, layout: _Layout) -> _Block:
    """A block with quotes or with columns in another order, as the csv module reads it."""
    read = _Block()
    metric, timestamp, value = layout.leading
    lines = block.decode("utf-8", "replace").lstrip("\n").split("\n")
    try:
        for row in csv.reader((f"{line}\n" for line in lines), delimiter=layout.table.delimiter):
            kind = row[metric].encode() if len(row) > metric else b""
            if kind not in {layout.metric, b"http_req_failed", b"vus_max"}:
                continue
            if len(row) <= layout.last:
                raise BadInput(CUT_OFF)
            key = tuple([row[at].encode() for at in layout.tags.values()])
            if kind == b"vus_max":
                read.users = row[value].encode()
            elif kind == layout.metric:
                proto = layout.table.at("proto")
                read.protocol = row[proto].encode() if proto and proto < len(row) else b""
                when = row[timestamp].encode()
                read.times[when] = read.times.get(when, 0) + 1
                read.values.setdefault(key, []).append(row[value].encode())
            else:
                read.judged += 1
                read.failed += [key] if number(row[value], "http_req_failed") else []
    except csv.Error:
        raise BadInput("This CSV is damaged: a quote is out of place.") from None
    return read


class _Reading:
    """The blocks read so far, added up."""

    def __init__(self, layout: _Layout, pause: float = 0) -> None:
        self.tally, self.layout, self.pause = Tally(), layout, pause
        self.failed: list[Tags] = []
        self.judged, self.users = 0, 0.0
        self.span = Span()
        self.protocols = set[bytes]()
        self._endpoints: dict[Tags, str | None] = {}

    def take(self, block: _Block) -> None:
        """Add one block."""
        for key, values in block.values.items():
            if (endpoint := self._endpoint(key)) is not None:
                self.tally.counted(len(values))
                try:
                    self.tally.of(endpoint).samples.extend(map(float, values))
                except ValueError:
                    raise BadInput("A response time in this file is not a number.") from None
        for text, requests in block.times.items():
            self._spans(text.decode("utf-8", "replace"), requests)
        for key in block.failed:
            if (endpoint := self._endpoint(key)) is not None:
                self.tally.of(endpoint).errors += 1
        self.judged += block.judged
        self.users = max(self.users, number(block.users.decode("utf-8", "replace"), "vus_max") or 0)
        self.protocols |= {block.protocol} - {b""}

    def _endpoint(self, key: Tags) -> str | None:
        """Method and name of a request; None where it belongs to set-up or tear-down."""
        if key in self._endpoints:
            return self._endpoints[key]
        if any(b"\n" in cell for cell in key):
            raise BadInput(CUT_OFF)
        if len(self._endpoints) > MOST_ENDPOINTS:
            self._endpoints.clear()
        return self._endpoints.setdefault(key, self._named(key))

    def _named(self, key: Tags) -> str | None:
        texts = [cell.decode("utf-8", "replace") for cell in key]
        tags = dict(zip(self.layout.tags, texts, strict=True))
        if tags.get("group", "").startswith(AROUND):
            return None
        return f"{tags.get('method', '')} {tags.get('name', '')}".strip()

    def _spans(self, when: str, requests: int) -> None:
        at = moment(when)
        if at is None:
            raise BadInput(f"A time in this file is no time: {shown(when)}.")
        self.span.add(at.timestamp(), requests)

    def run(self) -> Run:
        """All of it. Raises `BadInput` where no request was timed."""
        if not self.tally.by_name:
            raise BadInput(f"This k6 CSV holds no row of {self.layout.metric.decode()}.")
        for each in self.tally.by_name.values():
            each.first = self.span.first
        protocols = {each.decode("utf-8", "replace").lower() for each in self.protocols}
        return self.tally.run(
            errors_known=self.judged > 0,
            duration_s=self.span.seconds,
            notes=(
                *((PAUSED.format(s=self.pause),) if self.pause else ()),
                *((WHOLE_SECONDS,) if self.span.whole_seconds else ()),
            ),
            format=FORMAT,
            tool="k6",
            target=origin(self.tally.by_name),
            protocol=protocols.pop() if len(protocols) == 1 else None,
            connections=int(self.users) or None,
        )
