"""Locust's HTML report: the values that newer ones draw their tables from, or the older tables.

In ms; nothing of a page is run or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

from bot.domain.runs.model import Endpoint, Latency, Run
from bot.errors import BadInput
from bot.loadtests.document import Node, parse
from bot.loadtests.door import Upload
from bot.loadtests.figures import counted, distinct, few, from_percentiles, name, parts
from bot.loadtests.locust import ROUNDED
from bot.loadtests.locust_printed import WHOLE
from bot.loadtests.quantities import count, moment, number

FORMAT = "locust_html"
_PAGE = re.compile(r"<!doctype html", re.IGNORECASE)
_VALUES = re.compile(r"window\.templateArgs[ \t]*=[ \t]*(?=\{)")
_RANK = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)%ile \(ms\)")
_DURING = re.compile(
    r"During: ?<span[^<>]{0,40}>([^<>]{10,40}?)(?:</span>)? - (?:<span[^<>]{0,40}>)?([^<>]{10,40})<"
)
_HOST = re.compile(r"Target Host: ?<span>([^<>]{1,300})</span>")
_ROW = re.compile(r"<tr[^<>]{0,200}>", re.IGNORECASE)
_CELL = re.compile(r"<t[dh](?: [^<>]{0,200})?>([^<]{0,400})", re.IGNORECASE)
_CALLED = re.compile(r"<title>[^<]{0,200}Locust", re.IGNORECASE)


def recognises(upload: Upload) -> bool:
    """The values that the page draws, or its title above a table of requests."""
    text = upload.text
    return bool(_VALUES.search(text)) or (bool(_CALLED.search(text)) and "# Requests" in text)


def read(upload: Upload) -> tuple[Run, ...]:
    """A run a page."""
    return tuple(_of_page(page) for page in parts(upload.text, _PAGE))


def _of_page(page: str) -> Run:
    if match := _VALUES.search(page):
        end = page.find("\n", match.end())
        line = page[match.end() : end if end > 0 else None]
        return _from_values(Node(parse(line.partition("</script")[0].rstrip(" \t;"))))
    return _from_tables(page)


def _from_values(node: Node) -> Run:
    rows = node.each("requests_statistics")
    ranks = {_called(each): _listed(each) for each in node.each("response_time_statistics")}
    figures = {}
    distinct(_called(row) for row in rows)
    for row in rows:
        listed = ranks.get(_called(row), {})
        median = row.number("median_response_time")
        figures[_called(row)] = _figures(
            (row.count("num_requests"), row.count("num_failures"), row.number("total_rps")),
            listed | ({} if median is None else {50.0: median}),
            (row.number("max_response_time"), row.number("avg_response_time")),
        )
    start, end = moment(node.text("start_time")), moment(node.text("end_time"))
    try:
        lasted = (end - start).total_seconds() if start and end else None
    except TypeError:
        lasted = None
    return _run(
        figures,
        target=node.text("host"),
        started_at=start,
        duration_s=lasted if lasted and lasted > 0 else None,
        connections=_most_users(node),
        errors_by_kind=_kinds(node),
    )


def _called(row: Node) -> str:
    return f"{row.text('method') or ''} {row.text('name') or ''}".strip()


def _listed(row: Node) -> dict[float, float]:
    """Percent → ms; percentiles are written as shares of 1."""
    ranks = {}
    for key in row.value:
        share = number(key, "A percentile") if re.fullmatch(r"[01]?\.?\d{1,6}", key) else None
        value = row.number(key) if share is not None and 0 < share < 1 else None
        if share is not None and value is not None:
            ranks[float(f"{share * 100:.8g}")] = value
    return ranks


def _most_users(node: Node) -> int | None:
    """The most users at once; each stands beside its time."""
    users_seen = []
    for each in node.each("history"):
        users_at = each.value.get("user_count")
        users = count(
            users_at[-1] if isinstance(users_at, list) and users_at else users_at, "user_count"
        )
        users_seen += [] if users is None else [users]
    return max(users_seen, default=None)


def _kinds(node: Node) -> dict[str, int]:
    kinds: dict[str, int] = {}
    for each in node.each("failures_statistics"):
        kind = " ".join((each.text("error") or "no reason given").split())[:120]
        kinds[kind] = kinds.get(kind, 0) + (each.count("occurrences") or 0)
        few(kinds)
    return kinds


def _rows(text: str) -> list[list[str]]:
    """The cells of every table, row by row."""
    rows = [[unescape(cell).strip() for cell in _CELL.findall(row)] for row in _ROW.split(text)[1:]]
    few(rows)
    return rows


def _from_tables(text: str) -> Run:
    counts: dict[str, Mapping[str, str]] = {}
    ranks: dict[str, Mapping[str, str]] = {}
    header: Sequence[str] = ()
    for row in _rows(text):
        if "Name" in row:
            header = row
        elif len(row) == len(header) and "Name" in header:
            cells = dict(zip(header, row, strict=True))
            called = f"{cells.get('Method', '')} {cells['Name']}".strip()
            kind = counts if "# Requests" in cells else ranks if "90%ile (ms)" in cells else {}
            if called in kind:
                distinct([called, called])
            kind[called] = cells
    during, host = _DURING.search(text), _HOST.search(text)
    start, end = (moment(during[at]) if during else None for at in (1, 2))
    return _run(
        {called: _cells(cells, ranks.get(called, {})) for called, cells in counts.items()},
        target=host[1].strip() if host else None,
        started_at=start,
        duration_s=max((end - start).total_seconds(), 0) or None if start and end else None,
    )


def _cells(row: Mapping[str, str], ranks: Mapping[str, str]) -> dict[str, Any]:
    listed = {
        float(match[1]): value
        for key, cell in ranks.items()
        if (match := _RANK.fullmatch(key)) and (value := number(cell, key)) is not None
    }
    listed.pop(100.0, None)
    return _figures(
        (
            count(row.get("# Requests"), "# Requests"),
            count(row.get("# Fails"), "# Fails"),
            number(row.get("RPS"), "RPS"),
        ),
        listed,
        (number(row.get("Max (ms)"), "Max"), number(row.get("Average (ms)"), "Average")),
    )


def _figures(
    counts: tuple[int | None, int | None, float | None],
    listed: Mapping[float, float],
    times: tuple[float | None, float | None],
) -> dict[str, Any]:
    requests, errors, rps = counts
    known = from_percentiles(listed, *times) if requests else Latency()
    return {"rps": rps, **counted(requests, errors), "latency_ms": known}


def _run(figures: Mapping[str, dict[str, Any]], **facts: Any) -> Run:  # noqa: ANN401
    whole = next((each for each in WHOLE if each in figures), None)
    if whole is None:
        raise BadInput("This Locust report has no row for all requests: it is cut off.")
    rest = {called: each for called, each in figures.items() if called != whole}
    return Run(
        format=FORMAT,
        tool="locust",
        endpoints=tuple(Endpoint(name=name(called), **each) for called, each in rest.items()),
        notes=(ROUNDED,),
        **facts,
        **figures[whole],
    )
