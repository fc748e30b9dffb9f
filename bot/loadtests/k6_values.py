"""The values of one line that k6 prints, under the names that its own summaries give them."""

from __future__ import annotations

import re
from typing import Any

from bot.loadtests.quantities import count, ms, number, seconds

_STATISTIC = re.compile(r"(?<!\S)(avg|min|med|max|count|p\([\d.]{1,8}\))=[ \t]{0,20}(\S+)")
_TIMES = re.compile(r"\d[^\d\n]{0,60}(\d+)[^\d\n]{1,60}(\d+)[ \t]*$")
COUNTS = {"http_reqs", "iterations", "dropped_iterations"}
_OWN = ("http_req_", "grpc_req_", "iteration_")
_TRENDS = ("duration", "blocked", "connecting", "handshaking")
LONGEST = 400
"""Characters of a line's values."""


def values_of(metric: str, text: str) -> dict[str, Any]:
    """The values of one line, under the names that k6's own summaries give them."""
    text = text[:LONGEST]
    if is_trend(metric):
        return trend(text)
    if metric == "http_req_failed":
        return _failed(text)
    if metric in COUNTS:
        words = text.split()
        pace = words[1].removesuffix("/s") if len(words) > 1 else None
        return {"count": count(words[0], metric), "rate": number(pace, f"The rate of {metric}")}
    if metric == "vus_max":
        return {"value": count(text.split(maxsplit=1)[0], metric)}
    return {}


def is_trend(metric: str) -> bool:
    """One of k6's own; one of the script's may hold no times."""
    return metric.endswith(_TRENDS) and metric.startswith(_OWN)


def trend(text: str) -> dict[str, Any]:
    """Times in ms, as in a summary; `count` is none."""
    return {
        key: count(value, "count") if key == "count" else ms(seconds(value, key))
        for key, value in _STATISTIC.findall(text)
    }


def _failed(text: str) -> dict[str, Any]:
    """`0.50% ✓ 50 ✗ 9950`, where a tick is a failure, or `0.50% 50 out of 10000`."""
    times = _TIMES.search(text)
    if not times:
        return {}
    failed, other = (count(each, "http_req_failed") or 0 for each in times.groups())
    good = other - failed if "out of" in text else other
    return {"share": _share(text), "passes": failed, "fails": good}


def _share(text: str) -> float | None:
    percent = number(text.partition("%")[0], "http_req_failed") if "%" in text else None
    return None if percent is None or percent > 100 else percent / 100
