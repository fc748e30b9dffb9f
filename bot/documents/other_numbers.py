"""What a goal was when it was measured, where it is another now: it stays on the record."""

from __future__ import annotations

from bot.documents.deciders import Names, named
from bot.documents.markdown import literal
from bot.domain.model import Goal, Reached


def other_numbers(goal: Goal, names: Names) -> list[str]:
    """What was found under another wording, and which numbers were moved after it was measured."""
    earlier = [_earlier(each, names) for each in goal.earlier]
    return [*earlier, *(literal(each, 1000) for each in goal.moved)]


def _earlier(before: Reached, names: Names) -> str:
    """What was found before the sentence was worded as it is now: it stays on the record."""
    word = "" if before.missed is None else "missed with " if before.missed else "reached "
    unit = f" {literal(before.unit, 60)}" if before.unit else ""
    by = f"{before.known}, by {named(before.by, names)}, {before.at:%Y-%m-%d}"
    line = f"Measured under the earlier wording “{literal(before.metric, 300)}”"
    return f"{line}: {word}{before.value:g}{unit} ({by})."
