"""A panel's data as Grafana writes it to CSV: a column a series, or a row a value.

What a panel measured is in its query, which the file does not hold; units in its cells tell bytes.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.domain.runs.model import Resources, Series, Usage
from bot.errors import BadInput
from bot.loadtests.door import JUNK, Upload
from bot.loadtests.figures import few
from bot.loadtests.figures import name as clean
from bot.loadtests.quantities import LARGEST, moment, shown

FORMAT = "grafana_csv"
AVERAGED = "A panel's values are averages over its step, and its times are of the viewer's zone."
MISSING = "Cells that are empty or no number are left out: {n}."
UNCLEAR = 'Cells such as "1,234" are left out: they may be thousands or decimals.'
UNQUOTED = (
    "A row of this Grafana CSV has more cells than its header: where commas stand between "
    "thousands and nothing is quoted, what belongs together is lost. Download it with Formatted "
    "data off."
)
MOST_CELLS = 1_000_000
_HEADER = re.compile(
    r"^\ufeff?\"?(?:Time|time)\"?([,;\t])[^\n]+$|^\"?Series\"?([;,\t])\"?Time\"?\2\"?Value\"?",
    re.MULTILINE,
)
_CELL = re.compile(r"(-?[\d.]{1,30}(?:[eE][+-]?\d{1,3})?)[ \u00a0]?([a-zA-Zµ%/]{0,12})")
_AMOUNT = re.compile(r"-?\d[\d.,]{0,30}(?:[eE][+-]?\d{1,3})?[ \u00a0]?[a-zA-Zµ%/]{0,12}")
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3}){1,9}(?:\.\d{1,30})?[ \u00a0]?[a-zA-Zµ%/]{0,12}")
_PLAINLY_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})*,\d{3}(?:,\d{3}|\.\d)")
_LABEL = re.compile(r"([a-zA-Z_]\w{0,80})[ ]?=[ ]?\"([^\"\n]{0,300})\"")
_BYTES = {"B": 1, "bytes": 1, "kB": 10**3, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_BYTES |= {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
_SECONDS = {"ns": 1e-9, "µs": 1e-6, "us": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0}
_PLAIN = {"", "%", "short", "cores", "reqps", "req/s", "rps", "ops/s", "c/s"}

_NONE = {"", "null", "undefined", "NaN"}

Columns = dict[str, list[tuple[float, str]]]


def recognises(upload: Upload) -> bool:
    """A column of times that are times, before columns of amounts."""
    rows = list(islice(_rows(upload.start), 2))
    if len(rows) < 2 or len(rows[1]) < 2:
        return False
    when, *values = rows[1][1:3] if rows[0][0] == "Series" else rows[1]
    amounts = all(each in _NONE or _AMOUNT.fullmatch(each) for each in values)
    return bool(values) and amounts and _when(when) is not None


def _rows(text: str) -> Iterator[list[str]]:
    """The header and what stands below it."""
    match = _HEADER.search(text)
    if not match:
        return
    lines = (line for line in text[match.start() :].splitlines() if not JUNK.match(line))
    try:
        for row in csv.reader(lines, delimiter=match[1] or match[2], strict=True):
            yield [cell.strip("\ufeff ") for cell in row]
    except csv.Error:
        raise BadInput("This Grafana CSV is damaged: a quote is out of place.") from None


def read(upload: Upload) -> Resources:
    """Every series."""
    header, *rows = list(_rows(upload.text))
    few(rows, MOST_CELLS)
    few(range(len(rows) * len(header)), MOST_CELLS)
    if any(len(row) > len(header) for row in rows):
        raise BadInput(UNQUOTED)
    rows, unclear = _without_thousands(rows)
    columns = _long(rows) if header[0] == "Series" else _wide(header, rows)
    few(columns)
    columns_read = [_series(called, cells) for called, cells in columns.items()]
    missing = sum(each.missing for each, _ in columns_read)
    return Resources(
        format=FORMAT,
        tool="grafana",
        series=tuple(each for each, _ in columns_read),
        usages=tuple(usage for each, known in columns_read if known and (usage := _usage(each))),
        notes=(
            AVERAGED,
            *((MISSING.format(n=missing),) if missing else ()),
            *((UNCLEAR,) if unclear else ()),
        ),
    )


def _without_thousands(rows: list[list[str]]) -> tuple[list[list[str]], bool]:
    """Amounts without commas between thousands, where some cell shows that this is what they are.

    And whether there are commas that no cell makes clear.
    """
    grouped = any(_GROUPED.fullmatch(cell) for row in rows for cell in row)
    if not any(_PLAINLY_GROUPED.match(cell) for row in rows for cell in row):
        return rows, grouped
    return [
        [cell.replace(",", "") if _GROUPED.fullmatch(cell) else cell for cell in row]
        for row in rows
    ], False


def _when(text: str) -> float | None:
    when = moment(text.strip())
    return when.timestamp() if when else None


def _wide(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    columns: Columns = {}
    for place, called in enumerate(header[1:], 1):
        cells = [(_time(row[0]), row[place]) for row in rows if len(row) > place]
        columns.setdefault(called, []).extend(cells)
    if any(0 < len(row) < len(header) and any(row) for row in rows):
        raise BadInput("A row of this Grafana CSV has too few columns: it is cut off.")
    return columns


def _long(rows: Sequence[Sequence[str]]) -> Columns:
    columns: Columns = {}
    for row in rows:
        if len(row) < 3:
            raise BadInput("A row of this Grafana CSV has too few columns: it is cut off.")
        columns.setdefault(row[0], []).append((_time(row[1]), row[2]))
    return columns


def _time(text: str) -> float:
    if (when := _when(text)) is None:
        raise BadInput(f"A time in this Grafana CSV is {shown(text)}: it is damaged.")
    return when


def _series(called: str, cells: Sequence[tuple[float, str]]) -> tuple[Series, bool]:
    """A series, and whether its unit is bytes."""
    units = {match[2] for _, cell in cells if (match := _CELL.fullmatch(cell.strip()))}
    known = units and units <= _BYTES.keys()
    pairs = [(at, _value(cell)) for at, cell in cells]
    points = tuple((at, value) for at, value in pairs if math.isfinite(value))
    labels = dict(_LABEL.findall(called)) or {"series": clean(called)}
    return Series(labels=labels, points=points, missing=len(pairs) - len(points)), bool(known)


def _value(cell: str) -> float:
    """A plain amount, bytes or seconds; of any other unit it is not known."""
    match = _CELL.fullmatch(cell.strip())
    scale = (_BYTES | _SECONDS | dict.fromkeys(_PLAIN, 1.0)).get(match[2]) if match else None
    try:
        value = float(match[1]) * scale if match and scale is not None else math.nan
    except (ValueError, OverflowError):
        return math.nan
    return value if abs(value) <= LARGEST else math.nan


def _usage(each: Series) -> Usage | None:
    if each.highest is None or each.highest < 0:
        return None
    return Usage(name=each.name, kind="series", memory_bytes=each.highest)
