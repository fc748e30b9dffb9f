"""What a goal was when it was measured, where it is another now: it stays on the record."""

from __future__ import annotations

from bot.documents.deciders import Names, named
from bot.documents.markdown import literal
from bot.domain.model import Goal, Reached


def other_numbers(goal: Goal, names: Names) -> list[str]:
    """What was found under another wording, and which numbers were moved after it was measured."""
    earlier = [_earlier(each, names) for each in goal.earlier]
    return [*earlier, *(literal(each, 1000) for each in goal.moved)]


def _earlier(found: Reached, names: Names) -> str:
    """What was found before the sentence was worded as it is now: it stays on the record."""
    word = "" if found.missed is None else "missed with " if found.missed else "reached "
    unit = f" {literal(found.unit, 60)}" if found.unit else ""
    by = f"{found.known}, by {named(found.by, names)}, {found.at:%Y-%m-%d}"
    line = f"Measured under the earlier wording “{literal(found.metric, 300)}”"
    return f"{line}: {word}{found.value:g}{unit} ({by})."
