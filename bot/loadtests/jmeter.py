"""JMeter: the CSV sample log with columns as configured, and statistics.json. In ms.

Rows of transaction controllers and parts of a sample (`X-0`, `X-1`) hold the same time again.
"""

from __future__ import annotations

import math
import re

from bot.domain.runs.model import Endpoint, Run
from bot.errors import BadInput
from bot.loadtests.dates import UNCLEAR, UNREAD, Dated
from bot.loadtests.document import Node
from bot.loadtests.door import Table, Upload
from bot.loadtests.figures import counted, few, latency, name, origin
from bot.loadtests.quantities import count, epoch, moment, number
from bot.loadtests.tally import ALL, Tally

CSV = "jmeter_jtl_csv"
STATISTICS = "jmeter_statistics_json"
TRANSACTION = "Number of samples in transaction"
_BARE = re.compile(
    r"(?:\d{13}|(?:\d{4}[/-]\d\d|\d\d/\d\d)[/-]\d\d(?:\d\d)?[ T][\d:.]{5,15})"
    r"([,;\t])\d{1,9}\1.*\1(?:true|false)\1",
    re.IGNORECASE,
)
_DEFAULT = (
    "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,"
    "failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect"
)
LEFT_OUT = "{n} rows of transaction controllers are left out: they add up requests listed already."
PARTS = "Parts of a sample (X-0, X-1 …) are left out: X holds their time already."
BY_DEFAULT = "The file does not say which percentiles it holds: taken as JMeter's 90, 95 and 99."


def recognises_csv(upload: Upload) -> bool:
    """Its columns; or, where the header is switched off, rows in the default order."""
    return _table(upload) is not None


def _table(upload: Upload) -> Table | None:
    if found := upload.table("timeStamp", "elapsed"):
        return found
    first = upload.start.partition("\n")[0]
    bare = _BARE.match(first)
    if not bare:
        return None
    delimiter = bare[1]
    cells, order = first.count(delimiter) + 1, _DEFAULT.split(",")
    return Table(order if cells == len(order) else order[:8], delimiter, -1)


def read_csv(upload: Upload) -> tuple[Run, ...]:
    """The run over all requests."""
    table = _table(upload)
    assert table is not None
    if table.at("elapsed") is None or (
        table.at("success") is None and not table.at("responseCode")
    ):
        raise BadInput("This JMeter log has neither success nor responseCode: save one of them.")
    reading = _Reading(table)
    for row in upload.rows(table, reading.needs):
        reading.take(row)
    return (reading.run(),)


class _Reading:
    """The rows read so far."""

    def __init__(self, table: Table) -> None:
        self.tally, self.dated = Tally(), Dated()
        self.when, self.took = table.at("timeStamp") or 0, table.at("elapsed") or 0
        self.label, self.success = table.at("label"), table.at("success")
        self.code, self.message = table.at("responseCode"), table.at("responseMessage")
        self.threads, self.url = table.at("allThreads"), table.at("URL")
        known = (self.when, self.took, self.label, self.success, self.code, self.message)
        self.needs = 1 + max(at for at in known if at is not None)
        self.transactions = self.most_threads = 0
        self.origins = set[str | None]()
        self.timed = True

    def take(self, row: list[str]) -> None:
        """One row."""
        if self.message is not None and row[self.message].startswith(TRANSACTION):
            self.transactions += 1
            return
        elapsed = number(row[self.took], "elapsed")
        if elapsed is None:
            raise BadInput("A row of this JMeter log has no elapsed time: it is damaged.")
        label = row[self.label] if self.label is not None else ""
        each = self.tally.add(label, elapsed, failed=not self._good(row))
        start = _start(row[self.when])
        if start is not None:
            each.spans(start, start + elapsed / 1e3)
        elif not self.dated.take(
            ALL if self.tally.too_many_names else label, row[self.when], elapsed / 1e3
        ):
            self.timed = False
        if self.threads is not None and self.threads < len(row):
            self.most_threads = max(self.most_threads, count(row[self.threads], "allThreads") or 0)
        if self.url is not None and self.url < len(row) and len(self.origins) < 3:
            self.origins.add(origin((row[self.url],)))

    def _good(self, row: list[str]) -> bool:
        if self.success is None:
            code = row[self.code or 0]
            return code.isdecimal() and int(code[:9]) < 400
        verdict = row[self.success].strip().lower()
        if verdict not in {"true", "false"}:
            raise BadInput("A row of this JMeter log says neither true nor false for success.")
        return verdict == "true"

    def run(self) -> Run:
        """All of it."""
        unclear = self._unclear()
        parts = self.tally.drop_parts()
        notes = [LEFT_OUT.format(n=self.transactions)] if self.transactions else []
        notes += [PARTS] if parts else []
        target = self.origins.pop() if len(self.origins) == 1 else None
        found = self.tally.run(
            format=CSV,
            tool="jmeter",
            target=target,
            protocol=target.partition(":")[0] if target else None,
            connections=self.most_threads or None,
            notes=(*notes, unclear) if unclear else notes,
        )
        return found.model_copy(update={"started_at": None}) if unclear else found

    def _unclear(self) -> str | None:
        """What the times leave open; spans that do not hold every sample are none."""
        unclear = self.dated.settle(self.tally) if self.timed else UNREAD
        if unclear in {UNREAD, UNCLEAR}:
            for each in self.tally.by_name.values():
                each.first, each.last = math.inf, -math.inf
        return unclear


def _start(when: str) -> float | None:
    """Seconds since 1970; a log may have its times formatted."""
    if when.isdecimal() and len(when) < 20:
        return epoch(float(when))
    found = moment(when)
    return found.timestamp() if found else None


def recognises_statistics(upload: Upload) -> bool:
    """Every member has a first percentile."""
    node = Node(upload.document)
    return bool(node.value) and all(
        isinstance(each, dict) and "pct1ResTime" in each for each in node.value.values()
    )


def read_statistics(upload: Upload) -> tuple[Run, ...]:
    """The total is the run, the others are its endpoints."""
    node = Node(upload.document)
    few(node.value)
    rows = {key: _row(node.inside(key)) for key in node.value}
    whole = rows.pop("Total", None)
    if whole is None:
        raise BadInput("This JMeter statistics.json has no Total: it is cut off.")
    figures = {key: getattr(whole, key) for key in type(whole).model_fields if key != "name"}
    return (
        Run(
            format=STATISTICS,
            tool="jmeter",
            endpoints=tuple(rows.values()),
            notes=(BY_DEFAULT,),
            **figures,
        ),
    )


def _row(node: Node) -> Endpoint:
    requests, errors = node.count("sampleCount"), node.count("errorCount")
    times = {
        "p50": node.number("medianResTime"),
        "p90": node.number("pct1ResTime"),
        "p95": node.number("pct2ResTime"),
        "p99": node.number("pct3ResTime"),
        "max": node.number("maxResTime"),
        "mean": node.number("meanResTime"),
    }
    return Endpoint(
        name=name(node.text("transaction") or node.path.lstrip("/")),
        **counted(requests, errors),
        rps=node.number("throughput"),
        latency_ms=latency(times),
    )
