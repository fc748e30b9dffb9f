"""The facts as they stand, and which of the pack's conditions they meet: read once, not asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.decision.tested import Place
from bot.domain.model import Fact, Facts
from bot.domain.pack.condition import Condition


class KnownFacts(dict[str, Fact]):
    """What conditions look at; `holds` says of one of the pack's whether it does."""

    def __init__(self, facts: Facts, at: Mapping[int, Place], here: Sequence[int]) -> None:
        super().__init__(facts)
        self._at, self._here = at, here

    def holds(self, condition: Condition) -> bool:
        """As `Condition.holds`, of a condition that stands in the decision table or beside it."""
        return self._here[self._at[id(condition)]] == 1
