"""autocannon's tables, in ms, with or without their frames.

It counts requests in thousands (`2k requests`) unless some failed or --renderStatusCodes was given:
then how many there were is not known. It prints no p95.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.runs.model import Latency, Run
from bot.errors import BadInput
from bot.loadtests.autocannon import CLOSED
from bot.loadtests.door import Upload
from bot.loadtests.figures import counted, few, from_percentiles, is_error, parts, scheme
from bot.loadtests.quantities import count, number, seconds

FORMAT = "autocannon_table"
NO_TOTAL = (
    'There is no line "requests in" below this autocannon table: how many requests there were and '
    "failed stood there, and is not known."
)
THOUSANDS = (
    "autocannon prints only about how many requests there were: run it with -j or "
    "--renderStatusCodes."
)
_ASKED = re.compile(
    r"^[ \t]*Running (?:[\d.]+\w+|\d+ requests) test @ (\S+)[^\n]*\n[ \t]*(\d+) connections",
    re.MULTILINE,
)
_FRAME = re.compile(r"[│|]")
_HEAD = re.compile(r"^[ \t]*[│|]?[ \t]*Stat[ \t│|]+(?=.*\bAvg\b).*$", re.MULTILINE)
_TIMES = re.compile(r"^[ \t]*[│|]?[ \t]*Latency(?: \(ms\))?[ \t│|]+(\d.*)$", re.MULTILINE)
_PACE = re.compile(r"^[ \t]*[│|]?[ \t]*Req/Sec[ \t│|]+(\d.*)$", re.MULTILINE)
_CODE = re.compile(r"^[ \t]*[│|][ \t]*([1-5]\d\d)[ \t]*[│|][ \t]*(\d+)[ \t]*[│|]", re.MULTILINE)
_RANK = re.compile(
    r"^[ \t]*[│|][ \t]*(\d{1,3}(?:\.\d{1,4})?)[ \t]*[│|][ \t]*(\d+(?:\.\d+)?)[ \t]*[│|]",
    re.MULTILINE,
)
_ANSWERS = re.compile(r"^[ \t]*(\d+) 2xx responses, (\d+) non 2xx responses", re.MULTILINE)
_TOTAL = re.compile(r"^[ \t]*([\d.]+)(k?) requests in ([\d.]+)s, \S+ \S+ read", re.MULTILINE)
_LOST = re.compile(r"^[ \t]*([\d.]+)(k?) errors \(([\d.]+)(k?) timeouts\)", re.MULTILINE)


def recognises(upload: Upload) -> bool:
    """Its last line, or the head of its table above times."""
    text = upload.text
    return bool(_TOTAL.search(text)) or bool(_HEAD.search(text) and _TIMES.search(text))


def read(upload: Upload) -> tuple[Run, ...]:
    """Every run in the text, with the greeting above its table or without."""
    return tuple(_run(part) for part in parts(upload.text, _TABLE))


def _run(text: str) -> Run:
    total, asked = _TOTAL.search(text), _ASKED.search(text)
    if not _TIMES.search(text):
        raise BadInput("This autocannon report is cut off: its latencies are missing.")
    counts = _counts(text, total)
    target = asked[1] if asked else None
    pace = _cells(_PACE, text)
    return Run(
        format=FORMAT,
        tool="autocannon",
        target=target,
        protocol=scheme(target),
        connections=count(asked[2], "Connections") if asked else None,
        duration_s=seconds(f"{total[3]}s", "The duration") if total else None,
        rps=_local(pace.get("Avg")),
        **counts,
        latency_ms=_latency(text, counts["samples"]),
        notes=(CLOSED, *_doubts(counts, total)),
    )


def _doubts(counts: Mapping[str, Any], total: re.Match[str] | None) -> tuple[str, ...]:
    if total is None:
        return (NO_TOTAL,)
    return () if counts["requests"] is not None else (THOUSANDS,)


def _counts(text: str, total: re.Match[str] | None) -> dict[str, Any]:
    """Answers by status where they are printed, attempts where they are few, else neither."""
    if total is None:
        return {**counted(None, None), "errors_by_kind": {}}
    lost_line, answers = _LOST.search(text), _ANSWERS.search(text)
    lost = _exact(lost_line[1], lost_line[2]) if lost_line else 0
    codes = {code: count(n, code) or 0 for code, n in _CODE.findall(text)}
    bad = sum(n for code, n in codes.items() if is_error(code))
    answered = sum(codes.values()) if codes else None
    if answered is None and answers:
        good, other = (count(each, "Responses") or 0 for each in answers.groups())
        answered, bad = good + other, other
    attempts = answered + lost if answered is not None and lost is not None else None
    if attempts is None and total and lost is not None:
        attempts = _attempts(_exact(total[1], total[2]), lost)
    errors = bad + lost if lost is not None else None
    kinds = {"HTTP other than 2xx": bad, "no answer": lost or 0}
    figures = counted(attempts, errors, answered)
    if errors == 0:
        figures["error_rate"] = 0.0
    return figures | {"errors_by_kind": {kind: n for kind, n in kinds.items() if n}}


def _attempts(printed: int | None, lost: int) -> int | None:
    """Versions differ in whether requests without an answer are among those they print."""
    if printed is None or not lost:
        return printed
    return printed + lost if printed < lost else None


def _exact(amount: str, thousands: str) -> int | None:
    """A count, unless it is one of thousands."""
    return None if thousands else count(amount, "A count")


def _cells(row: re.Pattern[str], text: str) -> dict[str, str]:
    """Column → cell of a row, by the head above it; units and frames stand between."""
    match = row.search(text)
    heads = [each for each in _HEAD.finditer(text) if match and each.end() <= match.start()]
    if not match or not heads:
        return {}
    names = _FRAME.sub(" ", heads[-1][0]).split()[1:]
    return dict(zip(names, _FRAME.sub(" ", match[1].replace(" ms", "")).split(), strict=False))


def _local(text: str | None) -> float | None:
    """A number with or without commas between thousands; of another language it is not known."""
    if text is None or not re.fullmatch(r"(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,20})(?:\.\d\d?)?", text):
        return None
    return number(text.replace(",", ""), "Req/Sec")


def _latency(text: str, samples: int | None) -> Latency:
    cells, table = _cells(_TIMES, text), text.partition("Percentile")[2]
    listed = {float(rank): number(value, rank) or 0.0 for rank, value in _RANK.findall(table)}
    few(listed)
    for head, cell in cells.items():
        if re.fullmatch(r"\d{1,3}(?:\.\d{1,4})?%", head):
            listed[float(head[:-1])] = number(cell, head) or 0.0
    most, mean = (number(cells.get(each), each) for each in ("Max", "Avg"))
    if samples == 0 or not (most or mean or any(listed.values())):
        return Latency()
    return from_percentiles({rank: v for rank, v in listed.items() if rank <= 100}, most, mean)


_TABLE = re.compile(
    r"(?:^[ \t]*Running (?:[\d.]+\w+|\d+ requests) test @ .*\n(?:(?![ \t]*Running ).*\n){0,12}?)?"
    r"^[ \t]*[│|]?[ \t]*Stat\b(?=.*\bMax\b).*$",
    re.MULTILINE,
)
"""The head of its times, and the greeting above where that was copied along."""
