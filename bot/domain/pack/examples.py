"""What the folder examples becomes: a situation and the advice it must get."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from bot.domain.model import Frozen, Outcome
from bot.domain.pack.limits import (
    Heading,
    Prose,
)


class Example(Frozen):
    """A situation and the advice it must get: each is a test of the pack."""

    id: str
    title: Heading
    situation: Prose
    answers: Mapping[str, object]
    outcome: Outcome
    rule: str
    reasons: tuple[str, ...] = Field(min_length=1)
    blockers: tuple[str, ...] = ()
    source: str
