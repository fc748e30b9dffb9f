"""Flips as people read them: those that differ in their last code alone are one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from bot.domain.model import Flip


def merged(flips: Iterable[Flip]) -> tuple[Flip, ...]:
    """Flips that differ in their last code alone, as one with all these codes."""
    alike: dict[Hashable, Flip] = {}
    for each in flips:
        flip, (*others, last) = each, each.changes
        coded = isinstance(last.after, str)
        key = (flip.outcome, flip.title, *others, last.question) if coded else flip.changes
        if key in alike:
            before = alike[key].changes[-1].after
            codes = before if isinstance(before, tuple) else (str(before),)
            last = last.model_copy(update={"after": (*codes, str(last.after))})
            flip = flip.model_copy(update={"changes": (*others, last)})
        alike[key] = flip
    return tuple(alike.values())
