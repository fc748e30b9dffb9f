"""What Locust prints: its tables as a run goes on and at its end. In ms.

Only the last table of a run counts; what stands in it follows its header, which moved over time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any, NamedTuple

from bot.domain.runs.model import Endpoint, Latency, Run
from bot.errors import BadInput
from bot.loadtests.door import Upload
from bot.loadtests.figures import MOST_RUNS, counted, distinct, few, from_percentiles, name, origin
from bot.loadtests.locust import ROUNDED
from bot.loadtests.quantities import count, number

FORMAT = "locust_console"
WHOLE = ("Aggregated", "Total")
GOING_ON = (
    "There are no percentiles below this Locust table: it may be one of a run that went on, "
    "whose rates are of the last seconds, so the rate is left out."
)
PASSED_OVER = (
    "Tables of Locust above this one that are taken for earlier looks at the same run and not "
    "read: {n}. Where one is of another run, give it by itself."
)
NO_WHOLE = "The percentiles of all requests are missing below this Locust table: it is cut off."
_LOG = re.compile(r"\blocust\.\w+: |\bStarting Locust \d")
_STARTS = re.compile(r"\bStarting Locust \d")
_TABLE = re.compile(
    r"^[ \t]*(?:Type[ \t]+)?Name[ \t]+# reqs[ \t]+# fails[ \t|]+Avg\b.*$", re.MULTILINE
)
_RANKS = re.compile(r"^[ \t]*(?:Type[ \t]+)?Name[ \t]+(?:# reqs[ \t]+)?50%.*$", re.MULTILINE)
_ERRORS = re.compile(r"^[ \t]*# occurrences[ \t]+Error\b.*$", re.MULTILINE)
_ROW = re.compile(
    r"^[ \t]*(\S++(?:[ \t]++\S++)*?)[ \t]++(\d+)[ \t]++(\d+)\([\d.]+%\)[ \t|]+"
    r"(?:(\d+)[ \t]+(\d+)[ \t]+(\d+)[ \t|]+(\d+)[ \t|]+)?(\d+(?:\.\d+)?)"
)
_COLUMN = re.compile(r"# reqs|(\d{1,3}(?:\.\d{1,4})?)%")
_KIND = re.compile(r"^[ \t]*(\d{1,18})[ \t]+(\S.*)")
_USERS = re.compile(r"\((\d{1,9}) total users\)|Ramping to (\d{1,9}) users")
_RULE = re.compile(r"[ \t]*[-|]{5,}[-| \t]*$")
_BROKEN_RULE = re.compile(r"^(-{8}\|[-|]{20,})\n(?!-{8}\|)[-|]+$", re.MULTILINE)
"""Of its percentiles, the widest of its tables."""
_REST = re.compile(r"[\d.#|]|(?:Avg|Min|Max|Med|req/s|failures/s)\b")
_REST_OF_RULE = re.compile(r"(?!-{8}\|)[-|]+$")
_LONGEST_WORD = 16


class TableRow(NamedTuple):
    """One row of the table: counts, ms, 1/s."""

    requests: int
    errors: int
    mean: int | None
    most: int | None
    median: int | None
    pace: float


class _Report:
    """One run as its tables bring it."""

    def __init__(self, rows: Mapping[str, TableRow]) -> None:
        self.rows = rows
        self.ranks: dict[str, dict[float, float]] = {}
        self.kinds: dict[str, int] = {}
        self.users: int | None = None
        self.passed_over = 0
        """Tables above, of which nothing shows whether they are of this run."""


def recognises(upload: Upload) -> bool:
    """The header of its table."""
    return bool(_TABLE.search(_unwrapped(upload.text)))


def _unwrapped(text: str) -> str:
    """A text whose lines PowerShell broke at the width of its window, where a rule shows it."""
    broken = _BROKEN_RULE.search(text)
    if not broken:
        return text
    lines: list[str] = []
    wide = False
    for line in text.split("\n"):
        rest = _REST_OF_RULE if lines and _RULE.match(lines[-1]) else _REST
        if wide and rest.match(line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
        wide = len(line) > len(broken[1]) - _LONGEST_WORD
    return "\n".join(lines)


def read(upload: Upload) -> tuple[Run, ...]:
    """Every run; one ends with its percentiles, or where the next one counts from the start."""
    reports: list[_Report] = []
    logged = bool(_LOG.search(upload.text))
    for form, body, above in _blocks(_unwrapped(upload.text)):
        if form is _TABLE and (rows := _rows(body)):
            another = not reports or reports[-1].ranks or _STARTS.search(above)
            if not another and _goes_on(reports[-1].rows, rows):
                reports[-1].rows = rows
                reports[-1].passed_over += not logged
            else:
                reports.append(_Report(rows))
                few(reports, MOST_RUNS)
            users = [each[1] or each[2] for each in _USERS.finditer(above)]
            reports[-1].users = int(users[-1]) if users else reports[-1].users
        elif reports and form is _RANKS:
            reports[-1].ranks = _percentiles(body)
        elif reports and form is _ERRORS:
            reports[-1].kinds = _kinds(body)
    return tuple(_run(each) for each in reports)


def _blocks(text: str) -> Iterator[tuple[re.Pattern[str], str, str]]:
    """Each table with its header, and what stands between it and the one before."""
    forms = (_TABLE, _RANKS, _ERRORS)
    tables = [(match.start(), form) for form in forms for match in form.finditer(text)]
    starts = sorted(tables, key=lambda each: each[0])
    few(starts)
    ends = [*(at for at, _ in starts[1:]), len(text)]
    above = text[: starts[0][0]] if starts else ""
    for (at, form), end in zip(starts, ends, strict=True):
        yield form, text[at:end], above
        above = text[at:end]


def _goes_on(before: Mapping[str, TableRow], now: Mapping[str, TableRow]) -> bool:
    """Whether no count and no longest time fell: the same run, some seconds later."""
    return all(
        name in now
        and now[name].requests >= row.requests
        and now[name].errors >= row.errors
        and (now[name].most or 0) >= (row.most or 0)
        for name, row in before.items()
    )


def _rows(body: str) -> dict[str, TableRow]:
    """Name → its row; the whole under its own name."""
    rows: dict[str, TableRow] = {}
    for line in body.splitlines()[1:]:
        if row := _ROW.match(line):
            called = " ".join(row[1].split())
            distinct([*rows, called])
            requests, errors = (count(each, called) or 0 for each in row.group(2, 3))
            mean, most, median = (count(each, called) for each in row.group(4, 6, 7))
            rows[called] = TableRow(
                requests, errors, mean, most, median, number(row[8], called) or 0
            )
            few(rows)
        elif line.strip() and not _RULE.match(line):
            break
    return rows


def _percentiles(body: str) -> dict[str, dict[float, float]]:
    """Name → percent → ms: each row ends with as many numbers as the header has columns.

    Locust 0.13 printed two columns more than its header names, below 100%.
    """
    header, *lines = body.splitlines()
    columns = [match[1] for match in _COLUMN.finditer(header)]
    ranks: dict[str, dict[float, float]] = {}
    for line in lines:
        words = line.split()
        numbers = list(takewhile(str.isdecimal, reversed(words)))
        short = not columns[0] and len(numbers) == len(columns) + 2
        if short or len(numbers) >= len(columns):
            cells = words[-len(columns) - 2 * short :]
            called = " ".join(words[: -len(cells)])
            ranks[called] = {
                float(rank): number(cell, "A percentile") or 0.0
                for rank, cell in zip(columns[: -1 if short else None], cells, strict=False)
                if rank
            }
            few(ranks)
        elif line.strip() and not _RULE.match(line):
            break
    return ranks


def _kinds(body: str) -> dict[str, int]:
    kinds: dict[str, int] = {}
    for line in body.splitlines()[1:]:
        if kind := _KIND.match(line):
            short = " ".join(kind[2].split())[:120]
            kinds[short] = kinds.get(short, 0) + (count(kind[1], "An error's count") or 0)
            few(kinds)
        elif line.strip() and not _RULE.match(line):
            break
    return kinds


def _run(report: _Report) -> Run:
    whole = next((each for each in WHOLE if each in report.rows), None)
    if whole is None:
        raise BadInput("This Locust table has no row for all requests: it is cut off.")
    ended = bool(report.ranks)
    figures = {
        called: _figures(row, _ranks_of(called, report.ranks), ended=ended)
        for called, row in report.rows.items()
    }
    rest = [each for each in figures if each != whole]
    short = bool(report.rows[whole].requests) and not _ranks_of(whole, report.ranks)
    return Run(
        format=FORMAT,
        tool="locust",
        connections=report.users,
        endpoints=tuple(Endpoint(name=name(each), **figures[each]) for each in rest),
        target=origin(rest) if rest else None,
        errors_by_kind=report.kinds,
        notes=(
            ROUNDED,
            *((PASSED_OVER.format(n=report.passed_over),) if report.passed_over else ()),
            *((GOING_ON,) if not ended else (NO_WHOLE,) if short else ()),
        ),
        **figures[whole],
    )


def _ranks_of(called: str, ranks: Mapping[str, dict[float, float]]) -> dict[float, float]:
    """The percentiles of a row; until 1.5 what has no method, as the whole, is `None` there."""
    return ranks.get(called) or ranks.get(f"None {called}", {})


def _figures(row: TableRow, ranks: Mapping[float, float], *, ended: bool) -> dict[str, Any]:
    listed = {} if row.median is None else {50.0: float(row.median)}
    listed |= {rank: value for rank, value in ranks.items() if rank < 100}
    return {
        "rps": row.pace if ended else None,
        **counted(row.requests, row.errors),
        "latency_ms": from_percentiles(listed, row.most, row.mean) if row.requests else Latency(),
    }
