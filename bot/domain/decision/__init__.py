"""From answers to advice: facts, the table, the hours, what would change it."""

from bot.domain.decision.deciding import decide
from bot.domain.decision.rules import outcome_of

__all__ = ["decide", "outcome_of"]
