"""What the YAML of the worksheet becomes: the chores that running a mesh takes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.domain.model import Frozen
from bot.domain.pack.limits import Phrase, Short

MOST_TIMES = 10_000
MOST_HOURS = 1_000
Times = Annotated[float, Field(ge=0, le=MOST_TIMES)]
Hours = Annotated[float, Field(ge=0, le=MOST_HOURS)]
A_YEAR = {"year": 1, "month": 12}


class Often(Frozen):
    """How often a chore comes, to begin with."""

    count: Times
    per: Literal["year", "month"]
    why: Short
    sources: Annotated[tuple[str, ...], Field(min_length=1)]


class Takes(Frozen):
    """The hours that it takes each time, to begin with; of all people together."""

    hours: Hours
    why: Short
    sources: Annotated[tuple[str, ...], Field(min_length=1)]


class Chore(Frozen):
    """A kind of work that running a mesh takes: one line of the worksheet."""

    id: str
    title: Phrase
    counted: Annotated[str, Field(min_length=1, max_length=40)]
    """What is counted of it, in the plural: upgrades."""
    often: Often
    takes: Takes
