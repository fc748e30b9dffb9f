"""Hours, as frozen values: what the network costs a month, and what running a mesh takes."""

from __future__ import annotations

from typing import NamedTuple

from bot.domain.model import Answer
from bot.domain.pack.worksheet import A_YEAR, Chore
from bot.domain.words import number, rounded, some

BY = "\N{MULTIPLICATION SIGN}"


class HoursAMonth(NamedTuple):
    """Hours a month; None where an input is missing."""

    incident: float | None
    drift: float | None
    total: float | None
    saved: float | None
    mesh: float | None
    net: float | None


class ChoreFigures(NamedTuple):
    """How often a chore comes, a year or a month as the chore says, and the hours each time."""

    times: float
    hours: float


class FilledChore(NamedTuple):
    """A chore with its figures."""

    chore: Chore
    figures: ChoreFigures

    @property
    def hours_a_month(self) -> float:
        """What it comes to."""
        times, hours = self.figures
        return times * hours * A_YEAR[self.chore.often.per] / 12

    @property
    def words(self) -> str:
        """As one line of it is said: 3 upgrades a year, 16 h each."""
        counted = some(self.figures.times, self.chore.counted)
        return f"{counted} a {self.chore.often.per} {BY} {number(self.figures.hours)} h"


class Worked(NamedTuple):
    """Every chore with its figures, and what they come to."""

    parts: tuple[FilledChore, ...]

    @property
    def hours_a_month(self) -> float:
        """The sum, as it is said."""
        return rounded(sum(each.hours_a_month for each in self.parts))

    @property
    def words(self) -> str:
        """Every part, as the answer keeps it."""
        return " + ".join(each.words for each in self.parts)

    @property
    def answer(self) -> Answer:
        """The sum as an answer that says how it came about."""
        return Answer(value=self.hours_a_month, evidence="derived", note=self.words)
