"""What the YAML of drivers becomes: the reasons for a mesh, with metrics."""

from __future__ import annotations

from bot.domain.model import Frozen
from bot.domain.pack.limits import (
    Phrase,
    Short,
)


class Driver(Frozen):
    """The one primary reason for a mesh, with examples of a success metric."""

    id: str
    label: Phrase
    need: str = ""
    """Empty where the reason is no need of the services: to learn."""
    metrics: tuple[Short, ...]
    words: tuple[Phrase, ...] = ()
    """How words begin that a metric of this reason is made of."""
    source: str
