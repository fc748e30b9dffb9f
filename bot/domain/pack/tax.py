"""What the YAML of tax becomes: the calculator's fixed lines and assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from bot.domain.model import Frozen
from bot.domain.pack.limits import (
    Short,
)


class TaxWords(Frozen):
    """Fixed lines and assumptions of the calculator."""

    hours_per_fte: Annotated[float, Field(gt=0)]
    spread_percent: Mapping[str, Annotated[float, Field(ge=0, le=100)]]
    """Evidence → how far low and high lie from likely: {guess: 30, counted: 10, measured: 0}.
    What is derived is as far off as a guess."""
    beside: tuple[Short, ...]
    proxies: str = ""
    """Said of what the proxies take on top, until somebody estimated it."""
    no_rate_pays: Short
    no_mesh_hours: str = ""
    """Said where running it is put at no hours at all."""
    source: str
