"""What a saving of figures came to, and figures that took the place of others."""

from __future__ import annotations

from bot.domain.model import Frozen


class Replaced(Frozen):
    """What was measured again: before and after, by whom, from what, and why."""

    before: str
    """`p95 nightly: +129 ms (broken)`."""
    after: str
    broke: bool = False
    """Whether what it took the place of breaks a budget, or a drill had failed."""
    by: str
    origin: str
    reason: str = ""


class Saving(Frozen):
    """The figures that somebody saved in one go, each with its result against the budget."""

    lines: tuple[str, ...]
    """The worst first: `p95 checkout: +0.7 ms (kept)`."""
    at: str = ""
    """The moment that all of them share, by which they are found again."""
    by: str
    origin: str
    reason: str = ""
    overridden: tuple[str, ...] = ()
    """What kept the runs from being compared, each with why it was set aside."""
    broke: tuple[str, ...] = ()
    """What it took the place of that breaks a budget: `p95 nightly: +129 ms (broken)`."""
