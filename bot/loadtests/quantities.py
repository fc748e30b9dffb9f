"""Numbers, durations and moments as tools print them → seconds, ms, counts, once, at the door."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from bot.errors import BadInput

LARGEST = 1e18
NOTHING = {"", "-", "N/A", "NA", "null", "<unknown>"}
"""How tools write that they have no value."""

_SECONDS = {
    "ns": 1e-9,
    "us": 1e-6,
    "µs": 1e-6,
    "μs": 1e-6,
    "ms": 1e-3,
    "s": 1.0,
    "sec": 1.0,
    "secs": 1.0,
    "m": 60.0,
    "h": 3600.0,
}
_PART = re.compile(r"(\d{1,20}(?:\.\d{1,20})?)[ \t]?(ns|us|µs|μs|ms|secs?|s|m|h)")
_DURATION = re.compile(rf"(?:{_PART.pattern})+")
_FRACTION = re.compile(r"\.(\d{6})\d+")


def number(value: object, what: str) -> float | None:
    """A finite number of at least 0, or None where there is none. Raises `BadInput`."""
    if value is None or (isinstance(value, str) and value.strip() in NOTHING):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise BadInput(f"{what} should be a number and is {shown(value)}.")
    try:
        amount = float(value)
    except (ValueError, OverflowError):
        raise BadInput(f"{what} should be a number and is {shown(value)}.") from None
    if not math.isfinite(amount) or amount > LARGEST:
        raise BadInput(f"{what} is {shown(value)}, which is no number to measure with.")
    if amount < 0:
        raise BadInput(f"{what} is {shown(value)}: it cannot be below 0.")
    return amount


def amounts(texts: Iterable[str], what: str) -> list[float]:
    """Many numbers of at least 0, all at once; whole ones first, which take half as long to read.

    Raises `BadInput` for the first that is none.
    """
    written = list(texts)
    for kind in (int, float):
        try:
            read: list[float] = [*map(kind, written)]
        except ValueError:
            continue
        if not read or (min(read) >= 0 and max(read) <= LARGEST and math.isfinite(sum(read))):
            return read
    each = [number(text, what) for text in written]
    if None in each:
        raise BadInput(f"{what} is missing in this file.")
    return [value for value in each if value is not None]


class Recurring(dict[str, float]):
    """Numbers of at least 0 that are written alike again and again, each read once."""

    MOST = 2**14
    """With more of them they are not rounded times, and read all at once."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __missing__(self, text: str) -> float:
        self[text] = value = amounts((text,), self._what)[0]
        return value

    def read(self, texts: Sequence[str]) -> list[float]:
        """Many of them. Raises `BadInput` for the first that is none."""
        return (
            amounts(texts, self._what) if len(self) > self.MOST else [*map(self.__getitem__, texts)]
        )


def count(value: object, what: str) -> int | None:
    """A whole number of at least 0, or None where there is none. Raises `BadInput`."""
    amount = number(value, what)
    if amount is not None and not amount.is_integer():
        raise BadInput(f"{what} should be a whole number and is {shown(value)}.")
    return None if amount is None else int(amount)


def seconds(text: str | None, what: str) -> float | None:
    """A duration with units (`1m0.5s`, `532.506µs`, `12.01s`) in seconds. Raises `BadInput`."""
    if text is None or text.strip() in NOTHING:
        return None
    clean = text.strip()
    if not _DURATION.fullmatch(clean):
        zero = number(clean, what) if re.fullmatch(r"0+(\.0+)?", clean) else None
        if zero is None:
            raise BadInput(f"{what} should be a time with its unit and is {shown(text)}.")
        return zero
    return sum(float(amount) * _SECONDS[unit] for amount, unit in _PART.findall(clean))


def ms(value_s: float | None) -> float | None:
    """Seconds → ms, without the dust of binary fractions."""
    return None if value_s is None else float(f"{value_s * 1e3:.12g}")


def divided(value: float | None, by: float) -> float | None:
    """A value in a larger unit, where there is one."""
    return None if value is None else value / by


def moment(value: object) -> datetime | None:
    """A point in time: ISO 8601, or seconds, ms, µs or ns since 1970; None where it is neither."""
    try:
        if isinstance(value, str) and not re.fullmatch(r"\d{1,20}(\.\d{1,20})?", value.strip()):
            text = _FRACTION.sub(r".\1", value.strip().replace("/", "-"))
            return datetime.fromisoformat(text)
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return None
        return datetime.fromtimestamp(epoch(float(value)), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def epoch(value: float) -> float:
    """Seconds since 1970 from seconds, ms, µs or ns, told apart by size."""
    for limit, factor in ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3)):
        if value >= limit:
            return value / factor
    return value


def earlier(end: datetime | None, by_s: float | None) -> datetime | None:
    """A moment some seconds before another, where both are known."""
    try:
        return None if end is None or by_s is None else end - timedelta(seconds=by_s)
    except OverflowError:
        return None


def shown(value: object) -> str:
    """A value in a sentence: short, and on one line."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = " ".join(str(value)[:80].split())
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'
