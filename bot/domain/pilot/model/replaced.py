"""A figure that took the place of another."""

from __future__ import annotations

from bot.domain.model import Frozen


class Replaced(Frozen):
    """What was measured again: before and after, by whom, from what, and why."""

    before: str
    """`p95 nightly: +129 ms (broken)`."""
    after: str
    by: str
    origin: str
    reason: str = ""
