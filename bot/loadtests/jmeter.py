"""JMeter: the CSV sample log with columns as configured, and statistics.json. In ms.

Rows of transaction controllers and parts of a sample (`X-0`, `X-1`) hold the same time again.
"""

from __future__ import annotations

import re

from bot.domain.runs.model import Endpoint, Run
from bot.errors import BadInput
from bot.loadtests import jmeter_log
from bot.loadtests.document import Node
from bot.loadtests.door import Table, Upload
from bot.loadtests.figures import MOST_RUNS, counted, few, latency, name
from bot.loadtests.records import columns

CSV = "jmeter_jtl_csv"
STATISTICS = "jmeter_statistics_json"
_BARE = re.compile(
    r"(?:\d{13}|(?:\d{4}[/-]\d\d|\d\d/\d\d)[/-]\d\d(?:\d\d)?[ T][\d:.]{5,15})"
    r"([,;\t])\d{1,9}\1.*\1(?:true|false)\1",
    re.IGNORECASE,
)
_DEFAULT = (
    "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,"
    "failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect"
)
_COLUMNS = (
    "timeStamp",
    "elapsed",
    "label",
    "success",
    "responseCode",
    "responseMessage",
    "allThreads",
    "URL",
)
_MAY_LACK = ("allThreads", "URL")
BY_DEFAULT = "The file does not say which percentiles it holds: taken as JMeter's 90, 95 and 99."


def recognises_csv(upload: Upload) -> bool:
    """Its columns; or, where the header is switched off, rows in the default order."""
    return _table(upload) is not None


def _table(upload: Upload) -> Table | None:
    if table := upload.table("timeStamp", "elapsed"):
        return table
    first = upload.start.partition("\n")[0]
    bare = _BARE.match(first)
    if not bare:
        return None
    delimiter = bare[1]
    cells, order = first.count(delimiter) + 1, _DEFAULT.split(",")
    return Table(order if cells == len(order) else order[:8], delimiter, -1)


def read_csv(upload: Upload) -> tuple[Run, ...]:
    """The run over all requests; where a log was appended to, each run apart."""
    table = _table(upload)
    assert table is not None
    if table.at("elapsed") is None or (
        table.at("success") is None and not table.at("responseCode")
    ):
        raise BadInput("This JMeter log has neither success nor responseCode: save one of them.")
    places = {name: at for name in _COLUMNS if (at := table.at(name)) is not None}
    needs = 1 + max(at for name, at in places.items() if name not in _MAY_LACK)
    logs = [jmeter_log.Log(CSV)]
    for block in columns(upload, table, [*places.values()], needs):
        if block is None:
            logs.append(jmeter_log.Log(CSV))
            few(logs, MOST_RUNS)
        else:
            logs[-1].take(dict(zip(places, block, strict=True)))
    return tuple(run for log in logs for run in log.runs())


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
