"""JMeter's Aggregate and Summary Report as a table, and the lines its summariser prints. In ms.

Both keep the share of errors, not their number: that follows where the run is small enough.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from typing import Any

from bot.domain.runs.model import Endpoint, Latency, Run
from bot.errors import BadInput
from bot.loadtests.door import JUNK, Upload
from bot.loadtests.figures import MOST_RUNS, counted, distinct, few, from_percentiles, name
from bot.loadtests.jmeter import BY_DEFAULT
from bot.loadtests.quantities import count, number, seconds, shown

TABLE = "jmeter_report_csv"
LINES = "jmeter_summariser"
CONTROLLERS = (
    "JMeter's TOTAL counts transaction controllers beside the requests in them, where a plan "
    "writes both."
)
UNTOTALLED = (
    "This JMeter report has no row TOTAL: it may be cut off, and what all requests came to is not "
    "known."
)
GOING_ON = "There is no end of the run below these JMeter lines: it may have gone on."
NO_PERCENTILES = "JMeter's summariser prints no percentiles: give the -l file for them."
_HEADER = re.compile(
    r"^[ \t]*\"?(?:"
    r"(?:Label|sampler_label)\"?[,;\t]\"?(?:# ?Samples|aggregate_report_count)\"?([,;\t]).*$"
    r"|[^,;\t\n]{1,40}[,;\t]# [^,;\t\n]{1,40}([,;\t])(?=(?:[^,;\t\n]{1,40}\2){7,12}).*%.*$)",
    re.MULTILINE,
)
"""In English, in the names of its messages, or in another language."""
_END = re.compile(r"Tidying up|end of run|end of test")
_SUMMARY = re.compile(
    r"[ \t](?P<kind>[=+])[ \t]+(?P<n>\d+) in[ \t]+"
    r"(?P<took>[\d:.]{1,20}s?) =[ \t]+(?P<pace>[\d.,]{1,20})/s[ \t]+Avg:[ \t]+(?P<mean>\d+)"
    r"[ \t]+Min:[ \t]+\d+[ \t]+Max:[ \t]+(?P<most>\d+)[ \t]+Err:[ \t]+(?P<bad>\d+)"
    r"(?:.{0,40}?Active:[ \t]+(?P<active>\d+))?",
    re.MULTILINE,
)
_RANK = re.compile(r"(?:aggregate_report_)?(\d{1,3}(?:\.\d{1,4})?)%[ _]Line", re.IGNORECASE)
_PERCENT = re.compile(r"\d{1,3}(?:\.\d{1,4})?[ ]?%")
_SUMMARY_COLUMNS = ("Min", "Max", "Std. Dev.")
_UNNAMED = {
    f"aggregate_report_xx_pct{at}_line": rank for at, rank in enumerate((90.0, 95.0, 99.0), 1)
}
"""JMeter 2.13 saves the names of its messages in place of the messages."""
_NAMES = {
    "label": ("Label", "sampler_label"),
    "n": ("# Samples", "#Samples", "aggregate_report_count"),
    "mean": ("Average", "average"),
    "median": ("Median", "aggregate_report_median"),
    "most": ("Max", "aggregate_report_max"),
    "bad": ("Error %", "Error%", "aggregate_report_error%"),
    "pace": ("Throughput", "aggregate_report_rate"),
}
_COMMA = re.compile(r"^(?=\d{0,20},\d{1,20}[ \t]?(?:%|/[a-z]{1,4})?$)(?P<whole>\d{0,20}),")
_A_SECOND = {"/sec": 1.0, "/s": 1.0, "/min": 60.0, "/hour": 3600.0, "": 1.0}


def recognises_table(upload: Upload) -> bool:
    """Its columns."""
    return bool(_HEADER.search(upload.text))


def read_table(upload: Upload) -> tuple[Run, ...]:
    """Every table; the row TOTAL is the run, the others are its endpoints."""
    headers = list(_HEADER.finditer(upload.text))
    few(headers, MOST_RUNS)
    ends = [*(each.start() for each in headers[1:]), len(upload.text)]
    return tuple(
        _table(upload.text[header.start() : end], header[1] or header[2])
        for header, end in zip(headers, ends, strict=True)
    )


def _table(text: str, delimiter: str) -> Run:
    lines = [line.strip(" \r") for line in text.splitlines() if not JUNK.match(line)]
    try:
        names, *rows = csv.reader(lines, delimiter=delimiter, strict=True)
    except csv.Error:
        raise BadInput("This JMeter report is damaged: a quote is out of place.") from None
    few(rows)
    names, printed = _english(names), names
    figures: dict[str, dict[str, Any]] = {}
    for row in rows:
        cells = dict(zip((each.strip() for each in names), row, strict=False))
        if len(row) != len(names):
            break
        called = _cell(cells, "label") or ""
        distinct([*figures, called])
        figures[called] = _figures(cells)
    if not figures:
        raise BadInput("This JMeter report has a header and no rows.")
    whole = figures.pop(_total(figures) if names != printed else "TOTAL", None)
    return Run(
        format=TABLE,
        tool="jmeter",
        endpoints=tuple(Endpoint(name=name(each), **values) for each, values in figures.items()),
        notes=(
            UNTOTALLED if whole is None else CONTROLLERS,
            *((BY_DEFAULT,) if _UNNAMED.keys() & set(names) else ()),
        ),
        **(whole or {}),
    )


def _english(names: list[str]) -> list[str]:
    """The columns of a table in another language, by their places; JMeter's are always the same."""
    if any(each.strip() in _NAMES["n"] for each in names):
        return names
    ranks = [f"{match[0]} Line" for each in names if (match := _PERCENT.match(each))]
    before = ["Label", "# Samples", "Average"]
    known = [*before, "Median", *ranks, "Min", "Max"] if ranks else [*before, *_SUMMARY_COLUMNS]
    return [*known, "Error %", "Throughput", *names[len(known) + 2 :]]


def _total(figures: Mapping[str, dict[str, Any]]) -> str:
    """What the row of all samples is called: the last, where it has as many as all before it."""
    *others, last = figures
    requests = [figures[each]["requests"] or 0 for each in others]
    if "TOTAL" in figures or not requests or sum(requests) != figures[last]["requests"]:
        return "TOTAL"
    return last


def _cell(cells: Mapping[str, str], what: str) -> str | None:
    cell = next((cells[each] for each in _NAMES[what] if each in cells), None)
    return _COMMA.sub(r"\g<whole>.", cell.strip()) if cell and what in {"bad", "pace"} else cell


def _figures(cells: Mapping[str, str]) -> dict[str, Any]:
    requests = count(_cell(cells, "n"), "# Samples")
    errors, share = _errors(_cell(cells, "bad"), requests)
    listed = {
        rank: value
        for key, cell in cells.items()
        if (rank := _rank(key)) is not None and (value := number(cell, key)) is not None
    }
    if (median := number(_cell(cells, "median"), "Median")) is not None:
        listed[50.0] = median
    known = from_percentiles(listed, *_ends(cells)) if requests else Latency()
    return {
        **counted(requests, errors),
        "error_rate": share,
        "rps": _pace(_cell(cells, "pace")),
        "latency_ms": known,
    }


def _ends(cells: Mapping[str, str]) -> tuple[float | None, float | None]:
    """The maximum and the mean."""
    return number(_cell(cells, "most"), "Max"), number(_cell(cells, "mean"), "Average")


def _rank(column: str) -> float | None:
    """Which percentile a column holds, if it does."""
    match = _RANK.fullmatch(column)
    return float(match[1]) if match else _UNNAMED.get(column)


def _errors(text: str | None, requests: int | None) -> tuple[int | None, float | None]:
    """How many and which share; no number where the share's last digit leaves several."""
    percentage = number((text or "").strip().removesuffix("%"), "Error %")
    if percentage is None or requests is None:
        return None, None
    percent = (text or "").strip().endswith("%")
    share = percentage / 100 if percent else percentage
    if share > 1:
        raise BadInput(f"A share of errors in this JMeter report is {shown(text)}: above all.")
    digits = len((text or "").strip(" %").partition(".")[2]) + 2 * percent
    errors = round(share * requests)
    unrounded = not percent and abs(share * requests - errors) < 1e-9 * requests
    if 0.5 * 10**-digits * requests >= (0.5 if share else 1) and not unrounded:
        return None, share
    return errors, errors / requests if requests else None


def _pace(text: str | None) -> float | None:
    """Samples a second; what is copied from the screen may count a minute or an hour."""
    match = re.fullmatch(r"([\d.]{1,20}|-?)[ \t]?(/[a-z]{1,4})?", (text or "").strip())
    if not match or (match[2] and match[2] not in _A_SECOND):
        raise BadInput(f"Throughput in this JMeter report should be a number and is {shown(text)}.")
    amount = number(match[1], "Throughput")
    return None if amount is None else amount / _A_SECOND[match[2] or ""]


def recognises_lines(upload: Upload) -> bool:
    """A line of the summariser."""
    return bool(_SUMMARY.search(upload.text))


def read_lines(upload: Upload) -> tuple[Run, ...]:
    """The last line of totals of every run: one ends where the next counts from the start."""
    reports: list[list[re.Match[str]]] = []
    for each in _SUMMARY.finditer(upload.text):
        totals = [line for line in reports[-1] if line["kind"] == "="] if reports else []
        falls = bool(totals) and each["kind"] == "=" and int(each["n"]) <= int(totals[-1]["n"])
        if (
            not reports
            or falls
            or (totals and _ended(upload.text, reports[-1][-1].end(), each.start()))
        ):
            reports.append([])
            few(reports, MOST_RUNS)
        reports[-1].append(each)
        few(reports[-1])
    ends = [*(each[0].start() for each in reports[1:]), len(upload.text)]
    return tuple(
        _of_lines(each, ended=bool(_END.search(upload.text[each[-1].end() : end])))
        for each, end in zip(reports, ends, strict=True)
    )


def _ended(text: str, low: int, high: int) -> bool:
    return "... end of run" in text[low:high]


def _of_lines(lines: list[re.Match[str]], *, ended: bool) -> Run:
    totals = [each for each in lines if each["kind"] == "="]
    if not totals:
        raise BadInput('These JMeter lines add up nothing: one with "summary =" is missing.')
    last = totals[-1]
    active = [int(each["active"]) for each in lines if each["active"]]
    requests = count(last["n"], "Samples")
    most, mean = number(last["most"], "Max"), number(last["mean"], "Avg")
    return Run(
        format=LINES,
        tool="jmeter",
        duration_s=_clock(last["took"]),
        connections=max(active, default=0) or None,
        rps=number(last["pace"], "The rate"),
        **counted(requests, count(last["bad"], "Err")),
        latency_ms=from_percentiles({}, most, mean) if requests else Latency(),
        notes=(NO_PERCENTILES,) if ended else (NO_PERCENTILES, GOING_ON),
    )


def _clock(text: str) -> float | None:
    """`00:01:30`, or `90s` of older versions, in seconds."""
    if ":" not in text:
        return seconds(text if text.endswith("s") else f"{text}s", "The duration")
    parts = [number(each, "The duration") or 0 for each in text.split(":")]
    return sum(each * scale for each, scale in zip(reversed(parts), (1, 60, 3600), strict=False))
