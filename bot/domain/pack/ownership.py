"""What the YAML of ownership becomes: roles, upkeep, and what is said about who has them."""

from __future__ import annotations

from bot.domain.model import Frozen
from bot.domain.pack.limits import (
    Heading,
    Short,
)


class Role(Frozen):
    """One thing an owner of the mesh does; blank is a blocker."""

    id: str
    title: Heading
    question: Short
    blank: Short
    """What it means that nobody is named for it."""
    source: str


class OwnershipWords(Frozen):
    """What is said about who has the roles; `{role}` stands for its title."""

    no_backup: Short
    same_backup: Short
    not_accepted: Short
    one_person: Short
    source: str


class Upkeep(Frozen):
    """One question that an owner should be able to answer before the rollout."""

    id: str
    title: Heading
    question: Short
    why: Short
    source: str
