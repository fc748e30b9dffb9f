"""Data-plane modes as data: what each can do, how ripe it is, what bites; and what does instead.

What the YAML of modes and alternatives becomes; `pack.py` holds the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from bot.domain.model import Frozen
from bot.domain.pack.condition import Condition
from bot.domain.pack.limits import Phrase, Short

Mark = Literal["yes", "partial", "beta", "no"]


class Fit(Frozen):
    """Whether one mode can do one thing."""

    mark: Mark
    note: Phrase = ""
    """With which version, under which condition, or what there is in its place."""


class Ability(Frozen):
    """One thing that teams ask of a mesh: a row of the table of needs and modes."""

    id: str
    title: Phrase
    when: Condition | None = None
    """When a team needs it; None where no question of the checklist tells."""
    fits: Mapping[str, Fit]
    """Mode → whether it can. A mode that is missing has not been checked."""
    sources: tuple[str, ...] = Field(min_length=1)


class Mode(Frozen):
    """A mesh in one of its data-plane modes: a column of the same table."""

    id: str
    title: Phrase
    mesh: str = ""
    """The item of `meshes` that a pilot would choose for it."""
    shapes: tuple[str, ...] = ()
    """The shapes of which it is one."""
    maturity: Short
    as_of: date
    sources: tuple[str, ...] = Field(min_length=1)


class TrapRule(Frozen):
    """Something about modes that surprises people, and whom it concerns."""

    id: str
    text: Short
    modes: tuple[str, ...] = Field(min_length=1)
    when: Condition | None = None
    as_of: date
    sources: tuple[str, ...] = Field(min_length=1)


class ModeRefusal(Frozen):
    """What the platform, the network or its privileges refuse, and which modes that rules out."""

    id: str
    text: Short
    modes: tuple[str, ...] = Field(min_length=1)
    when: Condition
    part: Condition | None = None
    """Where only a part of the services is meant: the modes are named and stay in the choice."""
    as_of: date
    sources: tuple[str, ...] = Field(min_length=1)


class Running(Frozen):
    """A mesh that a team may run already, under its code of `existing_mesh`: how long it lasts."""

    id: str
    upgrades: Short
    ended: date | None = None
    """The day on which its maker ended it; a day that has passed when it was written."""
    as_of: date
    sources: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _over(self) -> Running:
        if self.ended is not None and self.ended > self.as_of:
            raise ValueError("'ended' is after 'as_of': it had not ended when it was read")
        return self


class Substitute(Frozen):
    """Something simpler that may meet a need instead; the cheapest of a need stand first."""

    id: str
    need: str
    title: Phrase
    gives: Short
    lacks: Short
    when: Condition | None = None
    """For whom it comes into question; None: for everybody who has the need."""
    sources: tuple[str, ...] = Field(min_length=1)
