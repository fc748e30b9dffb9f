"""Flips as people read them: those that differ in their last code alone are one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from bot.domain.model import Flip


def merged(flips: Iterable[Flip]) -> tuple[Flip, ...]:
    """Flips that differ in their last code alone, as one with all these codes."""
    alike: dict[Hashable, Flip] = {}
    for flip in flips:
        *others, last = flip.changes
        coded = isinstance(last.after, str)
        key = (flip.outcome, flip.title, *others, last.question) if coded else flip.changes
        if key in alike:
            before = alike[key].changes[-1].after
            codes = before if isinstance(before, tuple) else (str(before),)
            last = last.model_copy(update={"after": (*codes, str(last.after))})
        alike[key] = flip.model_copy(update={"changes": (*others, last)})
    return tuple(alike.values())
