"""What changed among the teams that show it to their leads, as frozen values."""

from __future__ import annotations

from datetime import date

from bot.domain.model.answers import Frozen, Outcome


class Stood(Frozen):
    """Where a team stood when the last digest was worded; nobody is named in it."""

    channel: str
    assessment: str
    outcome: Outcome
    headline: str
    owned: bool
    """Whether somebody accepted to own it."""
    pilot: str = ""
    goal: str = ""
    """What its goal came to: reached, missed, later, open; empty where there is none."""


class TurnedTeam(Frozen):
    """One team of which something is not as it stood."""

    channel: str
    link: str = ""
    before: Stood | None = None
    """None where it did not show it by then."""
    now: Stood
    by_rules: bool = False
    """Whether rules that changed gave it its outcome, not an answer."""


class Digest(Frozen):
    """What one digest says."""

    turned: tuple[TurnedTeam, ...]
    left: int
    """How many stood in the last one and stand in this one no more."""
    same: int
    since: date
    on: date

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not self.turned and not self.left


class Worded(Frozen):
    """A digest that is to be posted, with where the teams stand by it."""

    digest: Digest
    stood: tuple[Stood, ...]
