"""What the YAML of incidents becomes: how incidents come about, and the words that tell."""

from __future__ import annotations

from typing import Literal

from bot.domain.model import Frozen
from bot.domain.pack.limits import Heading, Short

Network = Literal["cause", "amplifier", "none", "unclear"]
"""What the network between services was to an incident."""


class Mechanism(Frozen):
    """One way in which incidents come about or spread."""

    id: str
    title: Heading
    network: Network
    """What the network between services is in it; `unclear` where the words only say that."""
    words: tuple[str, ...]
    """Phrases that tell of it: `retr*` stands for every ending, `a ~ b` for a and soon after b."""
    might_help: Short | None = None
    """Which mechanism of a mesh might have limited it; None where none would."""
    might_hurt: Short | None = None
    """Which new part of a mesh could fail like it."""
    source: str
