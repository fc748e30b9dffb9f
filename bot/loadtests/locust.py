"""Locust's three CSV files: stats (one row an endpoint), their history, and failures. In ms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from bot.domain.runs.model import Endpoint, Latency, Run
from bot.errors import BadInput
from bot.loadtests.door import Table, Upload
from bot.loadtests.figures import (
    MOST_ROWS,
    counted,
    distinct,
    few,
    from_percentiles,
    latency,
    name,
    origin,
)
from bot.loadtests.quantities import count, moment, number

STATS = "locust_stats_csv"
HISTORY = "locust_stats_history_csv"
FAILURES = "locust_failures_csv"
_WHOLE = {"Aggregated", "Total"}
_NO_METHOD = {"", "None"}
_RANK = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)%")
NO_FAILURES = (
    "This Locust file lists no failures, and how many requests there were is in another: give the "
    "one that ends in _stats.csv."
)
ROUNDED = (
    "Locust rounds times for its percentiles: to 1 ms below 100 ms, 10 ms below 1 s, 100 ms above."
)
SLIDING = "Percentiles and rates in Locust's history are of its last seconds: they are left out."

_DECIMAL = re.compile(r"\d+,(?:\d{1,2}|\d{4,})|0,\d+")
"""What can be no thousands."""

Figures = dict[str, Any]


def recognises_stats(upload: Upload) -> bool:
    """Its columns, of any version."""
    return _stats_table(upload) is not None


def _stats_table(upload: Upload) -> Table | None:
    return upload.table("Name", "Request Count", "Failure Count") or upload.table(
        "Name", "# requests", "# failures"
    )


def read_stats(upload: Upload) -> tuple[Run, ...]:
    """The aggregated row is the run, the others are its endpoints; of each table in the file."""
    table = _stats_table(upload)
    assert table is not None
    label, needs = table.at("Name") or 0, table.at("Median Response Time", "Median response time")
    sections = upload.sections(table, (needs or label) + 1)
    return tuple(_stats(table, list(islice(rows, MOST_ROWS + 1))) for rows in sections)


def _stats(table: Table, rows: list[list[str]]) -> Run:
    few(rows)
    whole = [row for row in rows if _is_whole(table, row)]
    if len(whole) != 1:
        raise BadInput("This Locust file has no row for all requests: it is cut off.")
    rows.remove(whole[0])
    called = [_called(table, row) for row in rows]
    distinct(called)
    figures = _figures(table, whole[0])
    endpoints = tuple(
        Endpoint(name=name(each), **_figures(table, row))
        for each, row in zip(called, rows, strict=True)
    )
    return Run(
        format=STATS,
        tool="locust",
        endpoints=endpoints,
        target=origin(called) if called else None,
        notes=(ROUNDED,),
        **figures,
    )


def _is_whole(table: Table, row: Sequence[str]) -> bool:
    """An endpoint may be called `Total` as well, but it has a method; the oldest wrote `None`."""
    kind = _cell(row, table.at("Type", "Method")) or ""
    return row[table.at("Name") or 0] in _WHOLE and kind.strip() in _NO_METHOD


def _called(table: Table, row: Sequence[str]) -> str:
    """Method and name."""
    kind = table.at("Type", "Method")
    return f"{_cell(row, kind) or ''} {row[table.at('Name') or 0]}".strip()


def _cell(row: Sequence[str], at: int | None) -> str | None:
    """A cell; the oldest files have fewer of them than their header says."""
    return row[at] if at is not None and at < len(row) else None


def _amount(table: Table, row: Sequence[str], *names: str) -> float | None:
    """A number; between semicolons a comma is its decimal point, where the row leaves no doubt."""
    cell = _cell(row, table.at(*names))
    if cell and table.delimiter == ";" and any(map(_DECIMAL.fullmatch, row)):
        cell = cell.replace(",", ".") if cell.count(",") == 1 and "." not in cell else cell
    return number(cell, names[0])


def _figures(table: Table, row: Sequence[str]) -> Figures:
    def value(*names: str) -> float | None:
        return _amount(table, row, *names)

    requests = count(_cell(row, table.at("Request Count", "# requests")), "Request Count")
    errors = count(_cell(row, table.at("Failure Count", "# failures")), "Failure Count")
    return {
        "rps": value("Requests/s"),
        **counted(requests, errors),
        "latency_ms": _latency(
            {float(m[1]): n for n in table.columns if (m := _RANK.fullmatch(n))},
            value,
        )
        if requests
        else Latency(),
    }


def _latency(ranks: dict[float, str], value: Any) -> Latency:  # noqa: ANN401 - the row's reader
    listed = {rank: ms for rank, name in ranks.items() if (ms := value(name)) is not None}
    if 50.0 not in listed:
        median = value("Median Response Time", "Median response time")
        listed |= {50.0: median} if median is not None else {}
    most = value("Max Response Time", "Max response time")
    mean = value("Average Response Time", "Average response time")
    return from_percentiles(listed, most, mean)


def recognises_history(upload: Upload) -> bool:
    """A time and a number of users in each row."""
    return upload.table("Timestamp", "User Count", "Total Request Count") is not None


def read_history(upload: Upload) -> tuple[Run, ...]:
    """What the last row of each endpoint has added up to; of each table in the file."""
    table = upload.table("Timestamp", "User Count", "Total Request Count")
    assert table is not None
    sections = upload.sections(table, len(table.columns))
    return tuple(_history(table, rows) for rows in sections)


def _history(table: Table, rows: Iterable[list[str]]) -> Run:
    when, users = (table.at(each) or 0 for each in ("Timestamp", "User Count"))
    last: dict[str, list[str]] = {}
    first, latest, most = None, 0.0, 0
    for row in rows:
        key = "" if _is_whole(table, row) else _called(table, row)
        last[key] = row
        latest = number(row[when], "Timestamp") or 0
        first = latest if first is None else first
        most = max(most, count(row[users], "User Count") or 0)
        few(last)
    if "" not in last:
        raise BadInput("This Locust file has no row for all requests: it is cut off.")
    figures = _totals(table, last.pop(""))
    return Run(
        format=HISTORY,
        tool="locust",
        started_at=moment(first),
        duration_s=max(latest - (first or 0), 0),
        connections=most,
        endpoints=tuple(Endpoint(name=name(e), **_totals(table, r)) for e, r in last.items()),
        target=origin(last) if last else None,
        notes=(SLIDING,),
        **figures,
    )


def _totals(table: Table, row: Sequence[str]) -> Figures:
    def value(column: str) -> float | None:
        return _amount(table, row, column)

    requests = count(_cell(row, table.at("Total Request Count")), "Total Request Count")
    errors = count(_cell(row, table.at("Total Failure Count")), "Total Failure Count")
    times = {
        "p50": value("Total Median Response Time"),
        "mean": value("Total Average Response Time"),
        "max": value("Total Max Response Time"),
    }
    return {
        **counted(requests, errors),
        "latency_ms": latency(times) if requests else Latency(),
    }


def recognises_failures(upload: Upload) -> bool:
    """Errors and how often they came."""
    return upload.table("Method", "Name", "Error", "Occurrences") is not None


def read_failures(upload: Upload) -> tuple[Run, ...]:
    """Errors alone, by kind and endpoint: how many requests there were is not in the file."""
    table = upload.table("Method", "Name", "Error", "Occurrences")
    assert table is not None
    sections = upload.sections(table, (table.at("Occurrences") or 0) + 1)
    failures = tuple(_failures(table, rows) for rows in sections)
    if not failures:
        raise BadInput(NO_FAILURES)
    return failures


def _failures(table: Table, rows: Iterable[list[str]]) -> Run:
    words, times = table.at("Error") or 0, table.at("Occurrences") or 0
    kinds: dict[str, int] = {}
    by_name: dict[str, int] = {}
    for row in rows:
        n = count(row[times], "Occurrences") or 0
        kind, called = " ".join(row[words].split())[:120], name(_called(table, row))
        kinds[kind] = kinds.get(kind, 0) + n
        few(kinds)
        few(by_name)
        by_name[called] = by_name.get(called, 0) + n
    return Run(
        format=FAILURES,
        tool="locust",
        errors=sum(kinds.values()),
        errors_by_kind=kinds,
        endpoints=tuple(Endpoint(name=each, errors=n) for each, n in by_name.items()),
    )
