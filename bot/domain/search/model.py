"""What was missed, as frozen values: a question, a wording of it, a group that asks alike."""

from __future__ import annotations

from bot.domain.model import Frozen


class MissedQuestion(Frozen):
    """One question as it was asked, not answered or of no help."""

    id: str
    text: str
    unhelpful: bool
    """Whether somebody said that what was answered did not help."""


class Wording(Frozen):
    """A wording, and how often it was asked."""

    id: str
    """Of the latest time that it was asked."""
    text: str
    times: int


class Group(Frozen):
    """Questions that ask for the same."""

    wordings: tuple[Wording, ...]
    """The most asked first."""
    unhelpful: int
    """How many of the times an answer was given and did not help."""
    nearest: tuple[str, ...]
    """The entries that come nearest, which may be the ones to mend."""

    @property
    def asked(self) -> int:
        """How often, in any wording."""
        return sum(each.times for each in self.wordings)
