"""Evidence as frozen values: a look's summary, what it answers, what a team keeps of it."""

from bot.domain.evidence.model.counted import Counted, counted
from bot.domain.evidence.model.handed_over import (
    OLD_AFTER,
    Confirmations,
    Confirmed,
    EvidenceChange,
    Gathered,
    KeptExport,
    KeptLook,
)
from bot.domain.evidence.model.look import VERSION, FindingSeen, LookSummary, Offered, Signs

__all__ = [
    "OLD_AFTER",
    "VERSION",
    "Confirmations",
    "Confirmed",
    "Counted",
    "EvidenceChange",
    "FindingSeen",
    "Gathered",
    "KeptExport",
    "KeptLook",
    "LookSummary",
    "Offered",
    "Signs",
    "counted",
]
