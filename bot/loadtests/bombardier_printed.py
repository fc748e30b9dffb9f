"""What bombardier prints: its statistics, the distribution where -l asked for it, its codes."""

from __future__ import annotations

import re

from bot.domain.runs.model import Latency, Run
from bot.errors import BadInput
from bot.loadtests.door import Upload
from bot.loadtests.figures import counted, few, from_percentiles, parts, scheme
from bot.loadtests.quantities import count, ms, number, seconds

FORMAT = "bombardier_console"
NO_OTHERS = (
    'There is no line "others" below these codes: the report may be cut off, and how many requests '
    "there were and failed is not known."
)
_BEGINS = re.compile(r"^[ \t]*Bombarding ", re.MULTILINE)
_LOAD = re.compile(
    r"^[ \t]*Bombarding (\S+) (?:for ([\d.a-zµ]+)|with \d+ request\(s\)) using (\d+) connection",
    re.MULTILINE,
)
_HEAD = re.compile(r"^[ \t]*Statistics[ \t]+Avg[ \t]+Stdev[ \t]+Max[ \t]*$", re.MULTILINE)
_PACE = re.compile(r"^[ \t]*Reqs/sec[ \t]+(\S+)[ \t]+\S+[ \t]+\S+", re.MULTILINE)
_TIMES = re.compile(r"^[ \t]*Latency[ \t]+(\S+)[ \t]+\S+[ \t]+(\S+)[ \t]*$", re.MULTILINE)
_RANK = re.compile(r"^[ \t]*(\d{1,3}(?:\.\d{1,4})?)%[ \t]+([\d.]+[a-zµμ]+)[ \t]*$", re.MULTILINE)
_CODE = re.compile(r"\b([1-5]xx|others) - (\d+)")
_KIND = re.compile(r"^[ \t]*(\S.*?) - (\d+)[ \t]*$", re.MULTILINE)
_BAD = ("1xx", "4xx", "5xx", "others")


def recognises(upload: Upload) -> bool:
    """The head of its statistics, with its codes or its first line."""
    text = upload.text
    return bool(_HEAD.search(text)) and bool(_LOAD.search(text) or "HTTP codes:" in text)


def read(upload: Upload) -> tuple[Run, ...]:
    """Every run in the text."""
    begins = _BEGINS if _BEGINS.search(upload.text) else _HEAD
    return tuple(_run(part) for part in parts(upload.text, begins))


def _run(text: str) -> Run:
    load, pace = _LOAD.search(text), _PACE.search(text)
    body, _, rest = text.partition("HTTP codes:")
    codes = {kind: count(n, kind) or 0 for kind, n in _CODE.findall(rest)}
    if not codes or not pace:
        raise BadInput("This bombardier report is cut off: its rate or its codes are missing.")
    whole = "others" in codes
    requests, errors = sum(codes.values()), sum(codes.get(kind, 0) for kind in _BAD)
    return Run(
        format=FORMAT,
        tool="bombardier",
        target=load[1] if load else None,
        protocol=scheme(load[1]) if load else None,
        duration_s=seconds(load[2], "The duration") if load else None,
        connections=count(load[3], "Connections") if load else None,
        rps=number(pace[1], "Reqs/sec"),
        **(counted(requests, errors) if whole else counted(None, None)),
        notes=() if whole else (NO_OTHERS,),
        errors_by_kind=_kinds(codes, rest),
        latency_ms=_latency(body),
    )


def _kinds(codes: dict[str, int], rest: str) -> dict[str, int]:
    """Failures by status, and those without one by what is said of them."""
    kinds = {f"HTTP {kind}": codes[kind] for kind in _BAD[:3] if codes.get(kind)}
    _, _, errors = rest.partition("Errors:")
    listed: dict[str, int] = {}
    for words, times in _KIND.findall(errors.partition("Throughput:")[0]):
        short = " ".join(words.split())[:120]
        listed[short] = listed.get(short, 0) + (count(times, "An error's count") or 0)
        few(listed)
    unnamed = codes.get("others", 0) - sum(listed.values())
    return kinds | listed | ({"others": unnamed} if unnamed > 0 else {})


def _latency(body: str) -> Latency:
    times = _TIMES.search(body)
    listed = {
        float(rank): ms(seconds(value, "A percentile")) or 0.0
        for rank, value in reversed(_RANK.findall(body))
    }
    mean, most = (ms(seconds(times[at], "A latency")) if times else None for at in (1, 2))
    if not any(listed.values()) and not mean and not most:
        return Latency()
    listed.pop(100.0, None)
    return from_percentiles(listed, most, mean)
