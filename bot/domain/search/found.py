"""What a question comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
    also: MessageAnswer | None = None
    """What its second question comes to, where both are sure."""
