"""Answers of which another changes nothing, whatever the open ones say."""

from __future__ import annotations

from bot.domain.decision.settled import settled
from bot.domain.decision.trials import Trials
from bot.domain.model import Flip
from bot.domain.pack import Question

WRITTEN = ("text", "date")
"""Kinds of which the table sees no more than that something was said."""
TRIED = ("choice", "number")
"""Kinds of questions whose every change is tried."""


def inert_in(trials: Trials, flips: tuple[Flip, ...]) -> tuple[str, ...]:
    """What the table never looks at; and of the rest what no flip mentions.

    The rest is only said where nothing that the table looks at is open, or where what is known
    decides however it turns out.
    """
    pack, looked_at = trials.pack, trials.looks.names
    moving = {change.question for flip in flips for change in flip.changes}
    waiting = trials.waiting
    fixed = not waiting or settled(trials, waiting)

    def changes_nothing(question: Question) -> bool:
        if question.id not in looked_at:
            return True
        if not fixed or question.id in moving or question.id in waiting:
            return False
        if waiting or question.kind not in TRIED:
            return settled(trials, waiting | {question.id})
        return True

    asked = (each for each in pack.questions.values() if each.page and each.kind not in WRITTEN)
    return tuple(each.id for each in asked if changes_nothing(each))
