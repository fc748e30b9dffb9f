"""The words of meshfit as frozen values: answers, facts, the pack's name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Outcome = Literal["adopt", "pilot", "not_yet", "alternative", "undecided", "keep", "leave"]
Evidence = Literal["guess", "counted", "measured", "derived"]
"""How an answer is known. What is `derived` from other figures may be as far off as a guess."""
Value = str | float | tuple[str, ...]
"""One code or a text, a number in the unit its question names, or several codes."""


class Frozen(BaseModel):
    """A value: never changes, refuses fields it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False
    )


class Answer(Frozen):
    """One respondent's value for one question."""

    value: Value
    evidence: Evidence | None = None
    note: str = Field("", max_length=500)
    reason: str = Field("", max_length=300)
    """Why the question does not apply; only, and always, with the code `na`."""


Answers = Mapping[str, Answer]
"""Question id → answer. A question that is missing counts as unknown."""


Fact = str | bool | float | tuple[str, ...] | None
Facts = Mapping[str, Fact]
"""Question ids and derived facts → what is known. Unknown choices are "unknown", numbers None."""


class PackName(Frozen):
    """Which knowledge pack an advice rests on."""

    name: str
    version: str
