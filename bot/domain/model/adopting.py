"""What Adopt takes, what does not go together and what leads on, as frozen values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from bot.domain.model.answers import Frozen

How = Literal["answer", "do", "await", "pilot"]
"""What can be answered now, what the team can do, what must be awaited, and the pilot."""


class Required(Frozen):
    """One of the things that must be so for Adopt."""

    id: str
    text: str
    met: bool
    question: str | None = None
    """The question that tells when it has become so; None where nobody can answer or do it."""
    how: How | None = None
    lacks: str = ""
    """It in a few words, for a line that lists what is not met."""


def in_order(required: Iterable[Required]) -> list[Required]:
    """What is not met: what can be answered, then done, then awaited, the pilot last."""
    order = get_args(How)
    unmet = [each for each in required if not each.met]
    return sorted(unmet, key=lambda each: order.index(each.how) if each.how else len(order))


class Contradiction(Frozen):
    """Answers that do not go together."""

    questions: tuple[str, ...]
    text: str


class Upward(Frozen):
    """The one line that leads on from here: what to do with it, and the parts in their order."""

    label: str
    parts: tuple[str, ...]


class Wire(Frozen):
    """A condition that would reopen the question, and the question that would then be answered."""

    id: str
    text: str
    question: str
