"""ApacheBench: the report, its -e percentiles and its -g samples. In ms, mostly whole ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.runs.model import Run
from bot.errors import BadInput
from bot.loadtests.door import Upload
from bot.loadtests.figures import counted, few, from_percentiles, parts
from bot.loadtests.quantities import count, number
from bot.loadtests.tally import Tally

TEXT = "ab_text"
PERCENTILES = "ab_percentile_csv"
GNUPLOT = "ab_gnuplot_tsv"
_RANK = re.compile(r"^[ \t]*(\d{1,3})%[ \t]+(\d+(?:\.\d+)?)", re.MULTILINE)
_KINDS = re.compile(r"\((Connect: ?\d+(?:, ?\w+: ?\d+)*)\)")
"""Failures by kind stand in brackets; the row of connection times is called Connect as well."""
_KIND = re.compile(r"(\w+): ?(\d+)")
_OWN = re.compile(
    r"^[ \t]*(Server Software|Document Path|Concurrency Level|Complete requests|"
    r"Requests per second):[ \t]",
    re.MULTILINE,
)
_BEGINS = tuple(
    re.compile(rf"^[ \t]*{each}", re.MULTILINE)
    for each in ("This is ApacheBench", "Server Software:", "Document Path:", "Concurrency Level:")
)
_LABELS = (
    "Server (?:Software|Hostname|Port|Temp Key)|SSL/TLS Protocol|TLS Server Name|"
    "Document (?:Path|Length)|Concurrency Level|Time taken for tests|(?:Complete|Failed) requests|"
    "Write errors|Non-2xx responses|Keep-Alive requests|(?:Total|HTML) transferred|"
    "Requests per second|Time per request|Transfer rate|Connection Times|Percentage of the requests"
)
_ONE_LINE = re.compile(rf"[ \t]+(?={_LABELS})|(?<=[\d)])[ \t]+(?=\d{{1,3}}%[ \t])")
"""Where a line began, in a report whose line ends were lost on the way."""
_LINE = re.compile(r"^[ \t]*Complete requests:", re.MULTILINE)
OWN = 3
"""How many of its own lines tell ab."""
NO_KEEP_ALIVE = (
    "Every request opened a connection (ab without -k): most of a sidecar's cost is there."
)
WHOLE_MS = "ab prints whole ms: on a fast service that is several percent off."


def recognises_text(upload: Upload) -> bool:
    """Its greeting, or the lines that are left where that was not copied along."""
    greeted = "This is ApacheBench" in upload.text
    return greeted or len(set(_OWN.findall(in_lines(upload.text)))) >= OWN


def in_lines(text: str) -> str:
    """The report with its lines, also where it was pasted as one."""
    lost = "Complete requests:" in text and not _LINE.search(text)
    return _ONE_LINE.sub("\n", text) if lost else text


def read_text(upload: Upload) -> tuple[Run, ...]:
    """Every run; each begins with the first line that all of them have."""
    text = in_lines(upload.text)
    runs = text.count("Complete requests:")
    begins = (each for each in _BEGINS if len(each.findall(text)) == runs)
    if runs < 2:
        return (_run(text),)
    if (first := next(begins, None)) is None:
        raise BadInput("These ab reports run into one another: give each in a file of its own.")
    return tuple(_run(part) for part in parts(text, first))


def _run(text: str) -> Run:
    """Answers of another length than the first are no errors here."""
    requests = count(_field(text, "Complete requests"), "Complete requests")
    if requests is None:
        raise BadInput("This ab report is cut off: its number of complete requests is missing.")
    kinds = _kinds(text)
    listed = {
        float(rank): number(value, "A percentile") or 0.0 for rank, value in _RANK.findall(text)
    }
    most = listed.pop(100.0, None)
    mean = number(_field(text, "Time per request"), "Time per request")
    scheme = "http" if _field(text, "SSL/TLS Protocol") is None else "https"
    return Run(
        format=TEXT,
        tool="ab",
        target=_target(text, scheme),
        protocol=scheme,
        duration_s=number(_field(text, "Time taken for tests"), "Time taken for tests"),
        connections=count(_field(text, "Concurrency Level"), "Concurrency Level"),
        rps=number(_field(text, "Requests per second"), "Requests per second"),
        **counted(requests, sum(kinds.values())),
        errors_by_kind={kind: n for kind, n in kinds.items() if n},
        latency_ms=from_percentiles(listed, most, mean),
        settings={"keep-alive": "yes" if _field(text, "Keep-Alive requests") else "no"},
        notes=(WHOLE_MS, *(() if _field(text, "Keep-Alive requests") else (NO_KEEP_ALIVE,))),
    )


def _kinds(text: str) -> dict[str, int]:
    """Failures by kind; an answer of another length than the first is none."""
    listed = _KINDS.search(text)
    named = _KIND.findall(listed[1]) if listed else ()
    kinds = {kind.lower(): int(n[:18]) for kind, n in named if kind != "Length"}
    return kinds | {"HTTP other than 2xx": count(_field(text, "Non-2xx responses"), "Non-2xx") or 0}


def _field(text: str, label: str) -> str | None:
    """The first word behind a label; of two lines `Time per request` the first is a request's."""
    match = re.search(rf"^[ \t]*{re.escape(label)}:[ \t]*(\S+)", text, re.MULTILINE)
    return match[1] if match else None


def _target(text: str, scheme: str) -> str | None:
    host, port = _field(text, "Server Hostname"), _field(text, "Server Port")
    path = _field(text, "Document Path") or "/"
    return f"{scheme}://{host}:{port}{path}" if host and port else None


def recognises_percentiles(upload: Upload) -> bool:
    """The header of -e."""
    return upload.table("Percentage served", "Time in ms") is not None


def read_percentiles(upload: Upload) -> tuple[Run, ...]:
    """Percentiles alone: neither requests nor errors are in the file."""
    table = upload.table("Percentage served", "Time in ms")
    assert table is not None
    return tuple(_percentiles(rows) for rows in upload.sections(table, 2))


def _percentiles(rows: Iterable[list[str]]) -> Run:
    listed: dict[float, float] = {}
    for row in rows:
        rank, value = number(row[0], "Percentage served"), number(row[1], "Time in ms")
        if rank is None or value is None or rank in listed or rank > 100:
            raise BadInput("This ab file is damaged: its percentages do not go from 0 to 100 once.")
        listed[rank] = value
        few(listed, 1_000)
    if 100.0 not in listed:
        raise BadInput("This ab file is cut off: its last percentage is missing.")
    known = from_percentiles(listed, listed.pop(100.0))
    return Run(format=PERCENTILES, tool="ab", latency_ms=known)


def recognises_gnuplot(upload: Upload) -> bool:
    """The header of -g."""
    return upload.table("starttime", "seconds", "ttime") is not None


def read_gnuplot(upload: Upload) -> tuple[Run, ...]:
    """The run over all samples; rows are sorted by time taken, starts are whole seconds."""
    table = upload.table("starttime", "seconds", "ttime")
    assert table is not None
    began, took = table.at("seconds") or 0, table.at("ttime") or 0
    sections = upload.sections(table, len(table.columns))
    return tuple(_samples(rows, began, took) for rows in sections)


def _samples(rows: Iterable[list[str]], began: int, took: int) -> Run:
    tally = Tally()
    for row in rows:
        value, start = number(row[took], "ttime"), number(row[began], "seconds")
        if value is None or start is None:
            raise BadInput("A row of this ab file has no time: it is damaged.")
        each = tally.add("", value)
        each.first = min(each.first, start)
    return tally.run(errors_known=False, notes=(WHOLE_MS,), format=GNUPLOT, tool="ab")
