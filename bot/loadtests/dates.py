"""Times whose date does not say its order (`02/24/24`): all dates of a file together may."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from bot.loadtests.figures import few
from bot.loadtests.tally import ALL, Tally

_TIME = re.compile(
    r"(\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2}))[ T]([01]?\d|2[0-3]):([0-5]\d):"
    r"([0-5]\d(?:[.,]\d{1,6})?)(?: ?([ap])\.?m\.?)?",
    re.IGNORECASE,
)
_ORDERS = ("%m/%d/%y", "%d/%m/%y", "%y/%m/%d", "%m/%d/%Y", "%d/%m/%Y")
UNREAD = "The times of this log are in no form that is known: start, duration, rate not available."
UNCLEAR = "Day and month are not told apart in this log: start, duration, rate not available."
NO_START = "Day and month are not told apart in this log: its start is not available."


class SpansByDay:
    """Spans of the day's seconds, by endpoint and by date as written."""

    def __init__(self) -> None:
        self._spans: dict[tuple[str, str], tuple[float, float]] = {}

    def take(self, name: str, when: str, took_s: float) -> bool:
        """One sample; whether its time has this form."""
        match = _TIME.fullmatch(when.strip())
        if not match:
            return False
        hour = int(match[2]) % 12 + 12 * (match[5] in "pP") if match[5] else int(match[2])
        start = hour * 3600 + int(match[3]) * 60 + float(match[4].replace(",", "."))
        key = (name, re.sub(r"[.-]", "/", match[1]))
        first, last = self._spans.get(key, (start, start))
        self._spans[key] = min(first, start), max(last, start + took_s)
        few(self._spans)
        return True

    def settle(self, tally: Tally) -> str | None:
        """Give the endpoints their spans, and say what of them is not clear."""
        dates = {date for _, date in self._spans}
        orders = [days for order in _ORDERS if (days := _days(order, dates))]
        if not orders:
            return UNREAD if dates else None
        if len(orders) > 1 and len(dates) > 1:
            return UNCLEAR
        for (name, date), (first, last) in self._spans.items():
            day = orders[0][date]
            tally.of(ALL if tally.too_many_names else name).spans(day + first, day + last)
        return NO_START if len(orders) > 1 else None


def _days(order: str, dates: Iterable[str]) -> dict[str, float] | None:
    """When each day began, in seconds since 1970; None where one is no date in this order."""
    try:
        return {each: datetime.strptime(each, order).timestamp() for each in dates}
    except (ValueError, OverflowError, OSError):
        return None
