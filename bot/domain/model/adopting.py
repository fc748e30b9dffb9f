"""What Adopt takes, what does not go together and what leads on, as frozen values."""

from __future__ import annotations

from typing import Literal

from bot.domain.model.answers import Frozen


class Required(Frozen):
    """One of the things that must be so for Adopt."""

    id: str
    text: str
    met: bool
    question: str | None = None
    """The question that tells when it has become so; None where nobody can answer or do it."""
    how: Literal["answer", "do", "await", "pilot"] | None = None
    lacks: str = ""
    """It in a few words, for a line that lists what is not met."""


class Contradiction(Frozen):
    """Answers that do not go together."""

    questions: tuple[str, ...]
    text: str


class Upward(Frozen):
    """The one line that leads on from here: what to do with it, and the parts in their order."""

    label: str
    parts: tuple[str, ...]
