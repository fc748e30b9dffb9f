"""Where the teams stand that show it to their leads, as frozen values: a row a team."""

from __future__ import annotations

from datetime import date

from bot.domain.model.answers import Frozen, Outcome
from bot.domain.model.goal import Goal
from bot.domain.model.hours import Tax


class TeamRow(Frozen):
    """One team at one moment; nothing of its answers but what its card says."""

    channel: str
    assessment: str = ""
    link: str = ""
    """Of its card."""
    outcome: Outcome
    title: str
    """The outcome as a person reads it."""
    headline: str
    since: date | None = None
    """The day on which it turned to this outcome, or it was begun; None where nobody can tell."""
    stops: tuple[str, ...] = ()
    """What stops it, the headline's first."""
    owners: tuple[str, ...] = ()
    """Who accepted to own it."""
    asked: str = ""
    """Who was asked to, and has not answered."""
    says_owned: bool = False
    """Whether the team says that it has an owner, which is nobody's word."""
    pilot: str = ""
    """How far the channel's pilot is; empty where there is none."""
    goal: Goal | None = None
    next: date | None = None
    """The nearest day that something is due, which may be past ..."""
    what: str = ""
    """... and what it is."""
    open_actions: int = 0
    late: int = 0
    tax: Tax | None = None
    rules: str = ""
    """What is said of it where it was answered under other rules."""
    platform: bool = False
    """Whether it is a decision for the platform, which stands on other teams' answers."""
    there: bool = False
    """Whether it runs a mesh already: its hours of today are then those without it."""


class TeamsToChoose(Frozen):
    """The teams that a decision for the platform may stand on, and those it does."""

    rows: tuple[TeamRow, ...]
    chosen: frozenset[str]


class HoursSum(Frozen):
    """Hours a month of several teams added up; the ends are where every guess is off one way."""

    teams: int
    of: int
    total: tuple[float, float, float]
    """Today: low, as counted, high."""
    net: tuple[float, float, float]
    """Left over with a mesh, the same."""


class TeamsView(Frozen):
    """All teams that show it, and what they have in common."""

    rows: tuple[TeamRow, ...]
    on: date
    stops: tuple[tuple[str, int], ...] = ()
    """What stops teams, and how many of them; the most common first."""
    outcomes: tuple[tuple[str, int], ...] = ()
    hours: HoursSum | None = None
    """Of the teams that run no mesh and counted ..."""
    there: HoursSum | None = None
    """... and of those that run one."""

    @property
    def teams(self) -> int:
        """How many of them decide for themselves: these alone are counted and summed."""
        return sum(not row.platform for row in self.rows)
