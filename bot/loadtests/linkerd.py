"""`linkerd viz` stat, routes, stat-inbound and stat-outbound: tables cut by position, and JSON.

Measured at the proxy over a short window, so there is no baseline without a mesh to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from bot.domain.runs.model import Endpoint, Latency, Run
from bot.errors import BadInput
from bot.loadtests.document import Node
from bot.loadtests.door import BESIDE, JUNK, Upload
from bot.loadtests.figures import MOST_RUNS, distinct, few, latency, name
from bot.loadtests.quantities import NOTHING, number, seconds
from bot.loadtests.snapshots import rows_and_words
from bot.loadtests.together import noted_unread

TEXT = "linkerd_stat_text"
JSON = "linkerd_stat_json"
_HEADER = re.compile(r"^[ \t]*[A-Z].*\bLATENCY_P50\b.*$", re.MULTILINE)
_SHARE = re.compile(r"\d{1,3}(?:\.\d{1,4})?%")
_VALUE = re.compile(r"[\d.?]+(?:%|rps|[mµ]?s|/[\d.?]+)|-")
_NO_NAME = {"MESHED", "STATUS"}
_RANKS = ("p50", "p95", "p99")
WIDEST = 10_000
"""Characters of a header: names of services are long, tables are not that wide."""
AT_PROXY = (
    "Measured by the mesh's own proxy in whole ms, mostly over one minute: it has no counterpart "
    "without a mesh, so compare the load generator's results."
)


class _Column(NamedTuple):
    """A header: its name and where it stands."""

    name: str
    start: int
    end: int


def recognises_text(upload: Upload) -> bool:
    """Its latency columns."""
    return bool(_HEADER.search(upload.text))


def read_text(upload: Upload) -> tuple[Run, ...]:
    """One endpoint a row; the whole is not in the file.

    Tables of other names belong together, a name met again begins another snapshot.
    """
    headers = list(_HEADER.finditer(upload.text))
    few(headers, MOST_RUNS)
    ends = [*(each.start() for each in headers[1:]), len(upload.text)]
    snapshots: list[list[Endpoint]] = [[]]
    words: list[str] = []
    for header, end in zip(headers, ends, strict=True):
        rows, beside = _table(header[0], upload.text[header.end() : end])
        words += beside
        if {each.name for each in rows} & {each.name for each in snapshots[-1]}:
            snapshots.append([])
        snapshots[-1] += rows
    first, *others = (_whole(TEXT, each) for each in snapshots)
    return (noted_unread(first, words), *others)


def _table(header: str, body: str) -> tuple[list[Endpoint], list[str]]:
    """The rows below one header, and words below them; each kind of resources has its own."""
    few(header, WIDEST)
    columns = [_Column(m[0], m.start(), m.end()) for m in re.finditer(r"\S+", header)]
    first = next((at for at, each in enumerate(columns) if "SUCCESS" in each.name), None)
    if not first:
        raise BadInput("This linkerd table has no SUCCESS column: it is damaged.")
    endpoints, above, values = [], "", columns[first - 1 :]
    lines = [
        each
        for each in body.splitlines()
        if not JUNK.match(each) and not BESIDE.match(each.strip())
    ]
    few(lines)
    lines, words = rows_and_words(lines, _is_row)
    for line in lines:
        if "  " not in header or _astray(line, values[1:]):
            called, cells = _by_words(line, columns, first, above)
        else:
            labels = line[: columns[first - 1].end] if "─" not in line else line
            called, cells = _called(line, columns[:first], labels, above), _cells(line, values)
        above = above if "─" in line else called
        endpoints.append(_row(called, cells, line))
    return endpoints, words


def _is_row(line: str) -> bool:
    """Whether a figure or a dash stands behind a name, or it is a branch of a tree."""
    return "─" in line or any(_VALUE.fullmatch(each) for each in line.split()[1:])


def _astray(line: str, columns: Sequence[_Column]) -> bool:
    """Whether a word stands across where a column ends: spaces were lost."""
    return any(
        not any(map(str.isspace, line[each.end - 1 : each.end + 1]))
        for each in columns
        if len(line) > each.end
    )


def _by_words(
    line: str, columns: Sequence[_Column], first: int, above: str
) -> tuple[str, dict[str, str]]:
    """The name and the cells of a row without its spaces: its values begin with a share."""
    words = line.split()
    share = next((at for at, each in enumerate(words) if _SHARE.fullmatch(each)), None)
    idle = next((at for at, each in enumerate(words) if at and each in NOTHING), len(words))
    labels = words[: idle if share is None else share]
    cells = _named(columns[first:], [] if share is None else words[share:])
    if branch := re.match(r"\s*[├└]─+►?\s+(\S+)", line):
        return f"{above} → {branch[1]}", cells
    if len(labels) == first:
        named = zip(columns, labels, strict=False)
        labels = [each for column, each in named if column.name not in _NO_NAME]
    return " ".join(each for each in labels if each not in NOTHING), cells


def _named(columns: Sequence[_Column], cells: Sequence[str]) -> dict[str, str]:
    names = (each.name.removeprefix("EFFECTIVE_") for each in columns)
    return dict(zip(names, cells, strict=False))


def _called(line: str, columns: Sequence[_Column], labels: str, above: str) -> str:
    """The names of a row; a branch of a tree is named after its trunk."""
    if branch := re.match(r"\s*[├└]─+►?\s+(\S+)", line):
        return f"{above} → {branch[1]}"
    wide = [each for each in columns if each.name not in _NO_NAME]
    ends = [each.start for each in columns[1:]] + [len(labels)]
    bounds = dict(zip(columns, ends, strict=True))
    cells = (line[each.start : bounds[each]].partition("  ")[0].strip() for each in wide)
    return " ".join(cell for cell in cells if cell not in NOTHING)


def _cells(line: str, columns: Sequence[_Column]) -> dict[str, str]:
    """Values stand to the right, so each ends where its header ends; idle rows have too few."""
    words = [line[before.end : each.end].split() for before, each in pairwise(columns)]
    return _named(columns[1:], [each[-1] if each else "" for each in words])


def _row(called: str, cells: Mapping[str, str], line: str) -> Endpoint:
    """What the cells of a row say."""
    success = cells.get("SUCCESS", "")
    if success in NOTHING:
        return Endpoint(name=name(called))
    if not _SHARE.fullmatch(success):
        raise BadInput(f'A row of this linkerd table is damaged: "{line.strip()[:60]}".')
    good = (number(success.rstrip("%"), "SUCCESS") or 0) / 100
    times = {key: _ms(cells.get(f"LATENCY_{key.upper()}")) for key in _RANKS}
    return _endpoint(called, good, number(cells.get("RPS", "").removesuffix("rps"), "RPS"), times)


def _ms(text: str | None) -> float | None:
    latency = seconds(text, "A latency")
    return None if latency is None else float(f"{latency * 1e3:.12g}")


def recognises_json(upload: Upload) -> bool:
    """A list of rows with latencies."""
    document = upload.document
    return isinstance(document, list) and bool(document) and "latency_ms_p50" in Node(document[0])


def read_json(upload: Upload) -> tuple[Run, ...]:
    """One endpoint a row; the whole is not in the file."""
    document = upload.document
    rows = document if isinstance(document, list) else []
    few(rows)
    return (_whole(JSON, [_object(Node(each, str(at))) for at, each in enumerate(rows)]),)


def _object(node: Node) -> Endpoint:
    keys = ("namespace", "kind", "name", "route", "authority")
    called = "/".join(text for key in keys if (text := node.text(key)))
    good = node.number("success" if "success" in node else "effective_success")
    rps = node.number("rps" if "rps" in node else "effective_rps")
    return _endpoint(called, good, rps, {key: node.number(f"latency_ms_{key}") for key in _RANKS})


def _endpoint(
    called: str, good: float | None, rps: float | None, times: dict[str, Any]
) -> Endpoint:
    if good is not None and good > 1:
        raise BadInput("A success rate in this linkerd result is above 100 %: it is damaged.")
    known = latency(times) if good is not None else Latency()
    bad = None if good is None else float(f"{1 - good:.12g}")
    return Endpoint(name=name(called), rps=rps, error_rate=bad, latency_ms=known)


def _whole(form: str, endpoints: Sequence[Endpoint]) -> Run:
    if not endpoints:
        raise BadInput("This linkerd result has no rows.")
    distinct(each.name for each in endpoints)
    return Run(format=form, tool="linkerd", endpoints=tuple(endpoints), notes=(AT_PROXY,))
