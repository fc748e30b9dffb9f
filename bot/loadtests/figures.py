"""What readers put figures together with: percentiles, errors, names, targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sized
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from bot.domain.runs.model import STATISTICS, How, Known, Latency, Range
from bot.errors import BadInput

SLACK = 1.001
"""How far percentiles may be out of order: digests and rounding, not damage."""
LONGEST_NAME = 150
MOST_ROWS = 10_000
MOST_RUNS = 50
RANKS = (50, 90, 95, 99)
_FORMULA = re.compile(r"\s*(?:[=@+]|-\s*[\d(=+@])")
_URL = re.compile(
    r"(?:(?P<method>[A-Z]+) )?(?P<origin>[a-z][a-z0-9+.-]*://[^/\s?#]+)", re.IGNORECASE
)


def latency(
    values: Mapping[str, float | None],
    known: Known | Mapping[str, Known] = "given",
    ranges: Mapping[str, Range | None] | None = None,
) -> Latency:
    """Response times in ms with how they are known, and between what the inexact ones lie.

    Raises `BadInput` where they are disordered.
    """
    have: dict[str, Any] = {
        name: value for name in STATISTICS if (value := values.get(name)) is not None
    }
    ranks = [have[name] for name in ("p50", "p90", "p95", "p99") if name in have]
    if any(low > high * SLACK for low, high in pairwise(ranks)):
        raise BadInput("A lower percentile in this file lies above a higher one: it is damaged.")
    how: dict[str, Any] = {
        name: known if isinstance(known, str) else known.get(name, "given") for name in have
    }
    lie = {f"{name}_range": _ordered(each) for name, each in (ranges or {}).items() if each}
    return Latency(**have, **lie, how=How(**how))


def _ordered(bounds: Range) -> Range:
    low, high = bounds
    return (low, high) if high is None or low <= high else (high, low)


def between(percentiles: Mapping[float, float], wanted: float = 95.0) -> Range | None:
    """The values of the nearest percentiles on both sides of one that is not given."""
    below = max((rank for rank in percentiles if rank < wanted), default=None)
    above = min((rank for rank in percentiles if rank > wanted), default=None)
    if below is None or above is None:
        return None
    return percentiles[below], percentiles[above]


def from_percentiles(
    percentiles: Mapping[float, float], most: float | None = None, mean: float | None = None
) -> Latency:
    """Response times in ms from what a tool lists (percent → ms); the others are bracketed."""
    values = {f"p{rank}": percentiles.get(float(rank)) for rank in RANKS}
    return latency(values | {"max": most, "mean": mean}, "given", brackets(percentiles))


def brackets(percentiles: Mapping[float, float]) -> dict[str, Range | None]:
    """Between which of the listed percentiles those lie that are not listed."""
    return {
        f"p{rank}": between(percentiles, rank) for rank in RANKS if float(rank) not in percentiles
    }


def rate(errors: int | None, requests: int | None) -> float | None:
    """The share of errors. Raises `BadInput` where there are more of them than requests."""
    if errors is None or not requests:
        return None
    if errors > requests:
        raise BadInput(
            f"This file counts {errors} errors among {requests} requests: it is damaged."
        )
    return errors / requests


def counted(requests: int | None, errors: int | None, samples: int | None = None) -> dict[str, Any]:
    """The counts and what follows from them; every request was timed unless it is said.

    Raises `BadInput` where there are more errors than requests.
    """
    return {
        "requests": requests,
        "samples": requests if samples is None else samples,
        "errors": errors,
        "error_rate": rate(errors, requests),
    }


def is_error(status: str) -> bool:
    """Whether a status is a failure: no answer (0), HTTP below 200 or from 400 on."""
    return not (status.isdecimal() and 200 <= int(status[:9]) < 400)


def name(text: str) -> str:
    """An endpoint's name on one line. Raises `BadInput` for a spreadsheet formula."""
    if _FORMULA.match(text):
        raise BadInput(
            "A name in this file starts like a spreadsheet formula: such a file is not taken."
        )
    clean = "".join(each if each.isprintable() else " " for each in text)
    clean = " ".join(clean.split()) or "(no name)"
    return clean if len(clean) <= LONGEST_NAME else f"{clean[: LONGEST_NAME - 1]}…"


def few(rows: Sized, limit: int = MOST_ROWS) -> None:
    """Nothing, or `BadInput` where there are more rows than any summary has."""
    if len(rows) > limit:
        raise BadInput(f"This file holds more than {limit:,} rows or runs: no summary has so many.")


def parts(text: str, begins: re.Pattern[str]) -> list[str]:
    """A text cut where each of its reports begins; what stands before the first goes with it."""
    starts = [match.start() for match in begins.finditer(text)]
    few(starts, MOST_RUNS)
    return [text[low:high] for low, high in pairwise([0, *starts[1:], len(text)])]


def distinct(names: Iterable[str]) -> None:
    """Nothing, or `BadInput` where an endpoint stands in the file twice."""
    seen = set[str]()
    for each in names:
        if each in seen:
            raise BadInput(
                f'"{each[:60]}" stands in this file twice: which row counts is not clear.'
            )
        seen.add(each)


def origin(names: Iterable[str]) -> str | None:
    """The scheme and host that all these URLs share, if they do."""
    origins = {match["origin"] if (match := _URL.match(each)) else "" for each in names}
    return origins.pop() or None if len(origins) == 1 else None


def scheme(url: str | None) -> str | None:
    """http, https or what else an address begins with."""
    try:
        return (urlsplit(url).scheme.lower() or None) if url and "://" in url else None
    except ValueError:
        return None


def size(of: int) -> str:
    """A payload in words."""
    return f"{of:,} bytes" if of else "none"
