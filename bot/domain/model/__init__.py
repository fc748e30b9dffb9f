"""The words of meshfit as frozen values: what is answered, known and concluded."""

from bot.domain.model.adopting import Contradiction, Required, Upward
from bot.domain.model.advice import (
    Advice,
    Alternative,
    Blocker,
    Change,
    ComparisonRow,
    Flip,
    Instead,
    ModeFit,
    Reason,
    Shape,
    Trap,
)
from bot.domain.model.answers import (
    Answer,
    Answers,
    Evidence,
    Fact,
    Facts,
    Frozen,
    Outcome,
    PackName,
    Value,
)
from bot.domain.model.goal import Found, Goal, GoalStands, Reached
from bot.domain.model.hours import Tax, TaxRange

__all__ = [
    "Advice",
    "Alternative",
    "Answer",
    "Answers",
    "Blocker",
    "Change",
    "ComparisonRow",
    "Contradiction",
    "Evidence",
    "Fact",
    "Facts",
    "Flip",
    "Found",
    "Frozen",
    "Goal",
    "GoalStands",
    "Instead",
    "ModeFit",
    "Outcome",
    "PackName",
    "Reached",
    "Reason",
    "Required",
    "Shape",
    "Tax",
    "TaxRange",
    "Trap",
    "Upward",
    "Value",
]
