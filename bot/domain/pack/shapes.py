"""What the YAML of shapes becomes: which mode fits, and the line about the simplest mesh."""

from __future__ import annotations

from bot.domain.model import Frozen
from bot.domain.pack.condition import Condition
from bot.domain.pack.limits import (
    Phrase,
    Prose,
    Short,
)


class ShapeRule(Frozen):
    """A data-plane mode and when it fits; the first whose condition holds is advised."""

    id: str
    when: Condition
    title: Phrase
    text: Prose
    adds_to_run: Short
    rollout: Short
    source: str


class SimplestMesh(Frozen):
    """The line about taking the simplest mesh, when it is said, and which meshes are simple."""

    when: Condition
    text: Short
    modes: tuple[str, ...] = ()
    """Those to be named where they lack nothing that is needed and nothing refuses them."""
    source: str
