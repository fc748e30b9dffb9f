"""What a question comes to, and what was missed, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.domain.model import Frozen
from bot.domain.pack import Aspect

OFFERED = 3
"""Entries beside an answer, or in place of one."""
Tier = Literal["sure", "guess", "none"]
"""An answer; "I think you mean"; "I don't know"."""


@dataclass(frozen=True)
class MessageAnswer:
    """What one message comes to."""

    tier: Tier
    answer: str | None
    """The entry's id, when sure."""
    confidence: float
    """0..1: the estimated chance that the nearest entry is the right one."""
    related: tuple[str, ...] = ()
    """Beside an answer up to three others; of a guess the nearest first; of nothing, nothing."""
    story: bool = False
    """True of a long message, or one of several questions: the second may be meant as much."""
    goes_on: bool = False
    """True of a guess that it goes on from the entry answered last."""
    also: MessageAnswer | None = None
    """What its second question comes to, where both are sure."""
    unmet: tuple[str, ...] = ()
    """Beside an answer the questions of the same message that nothing is known about."""


class Part(NamedTuple):
    """One of several questions, and what it comes to by itself."""

    question: str
    found: MessageAnswer
    ours: bool
    """Whether it has a word of our field."""


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


class MatchEvidence(NamedTuple):
    """What the confidence rests on. Square roots: the first bit of a lead says most."""

    lead: float
    """By how much the nearest entry fits better than the next."""
    ours: float
    """By how much it fits better than anything that belongs elsewhere."""
    covered: float
    """How much of the question's rare wording the entry says."""
    phrased: float
    """How like the question is to the one wording of the entry that is most like it."""
    report: float
    """1 where it is worded as a defect of one installation."""
    size: float
    """The square root of how many things it is about."""


class Likeness(NamedTuple):
    """The aspect that a question is most like, and by how much more than anything else."""

    aspect: Aspect
    odds: float
