"""What the folder examples becomes: a situation and the advice it must get."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from bot.domain.model import Frozen, Outcome
from bot.domain.pack.limits import (
    Heading,
    Prose,
)
from bot.domain.pack.worksheet import Hours, Times


class Example(Frozen):
    """A situation and the advice it must get: each is a test of the pack."""

    id: str
    title: Heading
    situation: Prose
    answers: Mapping[str, object]
    worksheet: Mapping[str, tuple[Times, Hours]] = Field(default_factory=dict)
    """Chore → how often it comes and the hours each time, where these make the answer about the
    hours to run a mesh."""
    outcome: Outcome
    rule: str
    reasons: tuple[str, ...] = Field(min_length=1)
    blockers: tuple[str, ...] = ()
    source: str
