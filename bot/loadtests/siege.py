"""siege's statistics, as it prints them since 2.x and as the JSON of 4.1. In steps of 10 ms.

A mean of 0.00 s is no figure. Its transactions are answers without a failure; those that failed
stand beside them. It prints no percentiles.
"""

from __future__ import annotations

import re

from bot.domain.runs.model import Run
from bot.errors import BadInput
from bot.loadtests.door import Upload
from bot.loadtests.figures import MOST_RUNS, counted, few, latency
from bot.loadtests.quantities import count, ms, number

FORMAT = "siege_statistics"
COARSE = "siege prints times in hundredths of a second, and no percentiles."
UNSAID = "Its mean is rounded to 10 ms: it lies between {low:g} and {high:g} ms."
NEITHER = (
    "siege counts {n:,} of its transactions neither as successful nor as failed: whether they are "
    "errors is not said."
)
STEP_MS, ROUGH = 10.0, 0.1
"""What a time is rounded to, and the share of it that half a step may be."""
_FIELD = re.compile(
    r'^[ \t{]*"?(transactions|availability|elapsed[ _]time|response[ _]time|transaction[ _]rate|'
    r"concurrency|successful[ _]transactions|failed[ _]transactions|longest[ _]transaction)\"?:"
    r"[ \t]+([\d.]{1,30})\b",
    re.MULTILINE | re.IGNORECASE,
)
_USERS = re.compile(r"Preparing (\d{1,9}) concurrent users?")


def recognises(upload: Upload) -> bool:
    """Its own names of what it counts."""
    names = {_plain(each[1]) for each in _FIELD.finditer(upload.text)}
    return names >= {"transactions", "availability", "elapsed time"}


def read(upload: Upload) -> tuple[Run, ...]:
    """Every report: each begins with its transactions."""
    text = upload.text
    begins = [each for each in _FIELD.finditer(text) if _plain(each[1]) == "transactions"]
    few(begins, MOST_RUNS)
    lows = [0, *(each.start() for each in begins[1:])]
    ends = [*(each.start() for each in begins[1:]), len(text)]
    above = [text[:low] for low in (each.start() for each in begins)]
    return tuple(
        _run(text[low:end], before[-20_000:])
        for low, end, before in zip(lows, ends, above, strict=True)
    )


def _plain(name: str) -> str:
    return name.lower().replace("_", " ")


def _run(text: str, above: str) -> Run:
    fields = {_plain(each[1]): each[2] for each in _FIELD.finditer(text)}
    hits = count(fields.get("transactions"), "Transactions")
    failed = count(fields.get("failed transactions"), "Failed transactions")
    if hits is None or failed is None:
        raise BadInput("This siege report is cut off: its failed transactions are missing.")
    good = count(fields.get("successful transactions"), "Successful transactions")
    between = max(hits - good, 0) if good is not None else 0
    users = _USERS.findall(above)
    mean = ms(number(fields.get("response time"), "Response time"))
    most = ms(number(fields.get("longest transaction"), "Longest transaction"))
    notes: tuple[str, ...] = (COARSE,)
    if mean is not None and hits and ROUGH * mean < STEP_MS / 2:
        low, high = max(mean - STEP_MS / 2, 0), mean + STEP_MS / 2
        notes = (COARSE, UNSAID.format(low=low, high=high))
    if between:
        notes = (*notes, NEITHER.format(n=between))
    return Run(
        format=FORMAT,
        tool="siege",
        duration_s=number(fields.get("elapsed time"), "Elapsed time"),
        connections=int(users[-1]) if users else None,
        rps=number(fields.get("transaction rate"), "Transaction rate"),
        **counted(hits + failed, None if between else failed, hits),
        errors_by_kind={"failed transactions": failed} if failed else {},
        latency_ms=latency({"mean": mean or None, "max": most or None}),
        notes=notes,
    )
