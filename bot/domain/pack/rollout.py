"""What the YAML of rollout becomes: stages by policy scope, with what opens and leaves each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from bot.domain.model import Frozen
from bot.domain.pack.limits import (
    Heading,
    Prose,
    Short,
)

SelfKnown = Literal["sound_verdict", "owners_named", "exceptions_dated"]
"""What meshfit knows by itself and nobody ticks."""


class Line(Frozen):
    """One line that is ticked, or known to meshfit itself, before the rollout goes on."""

    text: Short
    given: SelfKnown | None = None
    source: str


class Gate(Frozen):
    """How one mesh does a stage: what is applied, what to look at, how to undo it, what bites."""

    apply: Short
    watch: Short
    back: Short
    traps: tuple[Short, ...] = ()
    source: str


class Stage(Frozen):
    """One stage of the rollout by policy scope."""

    id: str
    title: Heading
    text: Prose
    enter: Mapping[str, Line] = Field(default_factory=dict)
    """What must hold before it begins."""
    leave: Mapping[str, Line] = Field(default_factory=dict)
    """What must hold before the next begins."""
    back: Short | None = None
    """How to undo it, whatever the mesh."""
    gates: Mapping[str, Gate] = Field(default_factory=dict)
    """Mesh → how it is done there."""
    source: str
