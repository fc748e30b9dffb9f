"""Slack's date tokens in this machine's time zone, which here is the reader's (Slack: mrkdwn)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_TOKEN = re.compile(r"\{(\w+)\}")


def render(stamp: int, form: str, now: float) -> str:
    """A `<!date^…>` format with its tokens filled in; unknown tokens stay as they are."""
    moment = datetime.fromtimestamp(stamp)
    filled = {
        "date_num": f"{moment:%Y-%m-%d}",
        "date_slash": f"{moment:%d/%m/%Y}",
        "date": f"{moment.day} {moment:%B %Y}",
        "date_short": f"{moment.day} {moment:%b %Y}",
        "date_long": f"{moment:%A}, {moment.day} {moment:%B %Y}",
        "day_divider_pretty": _pretty(moment, f"{moment:%A}, {moment.day} {moment:%B}", now),
        "time": f"{moment:%H:%M}",
        "time_secs": f"{moment:%H:%M:%S}",
        "ago": _ago(now - stamp),
    }
    for name in ("date", "date_short", "date_long"):
        filled[f"{name}_pretty"] = _pretty(moment, filled[name], now)
    return _TOKEN.sub(lambda token: filled.get(token[1], token[0]), form)


def _pretty(moment: datetime, otherwise: str, now: float) -> str:
    today = datetime.fromtimestamp(now).date()
    near = {timedelta(0): "today", timedelta(1): "yesterday", timedelta(-1): "tomorrow"}
    return near.get(today - moment.date(), otherwise)


def _ago(seconds: float) -> str:
    for size, word in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        count = int(abs(seconds) // size)
        if count:
            span = f"{count} {word}{'s' if count > 1 else ''}"
            return f"{span} ago" if seconds > 0 else f"in {span}"
    return "just now"


def day(ts: str, now: float) -> str:
    """The words on the line between two days."""
    return render(int(float(ts)), "{day_divider_pretty}", now).capitalize()


def clock(ts: str) -> str:
    """Hours and minutes of a message."""
    return f"{datetime.fromtimestamp(float(ts)):%H:%M}"
