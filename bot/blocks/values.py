"""What a button or an option is worth: small frozen values, written and read back here alone."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from bot.domain.model import Frozen

Key = Annotated[str, Field(min_length=1, max_length=255)]


class Value(Frozen):
    """Its parts in their order, colons between; the last may hold colons of its own."""

    def __str__(self) -> str:
        return ":".join(getattr(self, part) for part in type(self).model_fields)

    @classmethod
    def read(cls, text: str) -> Self:
        """The value as it was written; raises `ValidationError` for one of another kind."""
        names = tuple(cls.model_fields)
        parts = text.split(":", len(names) - 1)
        return cls.model_validate(dict(zip(names, parts, strict=False)))


class Single(Value):
    """One thing alone, by its id."""

    id: Key


class About(Value):
    """What any button is about, by its first part; the others are read by their own model."""

    subject: str = ""
    rest: str = ""


class ActionLine(Value):
    """A line of what to do, by the mark of its text."""

    assessment: Key
    line: Key


class RoundSide(Value):
    """One of the answers to a question of a round."""

    round: Key
    question: Key
    side: Key


class WireKey(Value):
    """A condition that would reopen a decision."""

    assessment: Key
    wire: Key


class IncidentAt(Value):
    """An incident by its place among all, from 0; -1 is past the last."""

    at: Annotated[str, Field(pattern=r"^(-1|[0-9]{1,5})$")]


class RecordKey(Value):
    """A decision record of an assessment, by its number."""

    assessment: Key
    number: Annotated[str, Field(pattern=r"^\d{1,9}$")]


class PilotStep(Value):
    """A step of a pilot's checklist."""

    pilot: Key
    step: Key


class PilotTarget(Value):
    """A service of a pilot's slice."""

    pilot: Key
    service: Key


class PilotSaving(Value):
    """Figures that were saved in one go, by the moment."""

    pilot: Key
    at: Key


class PilotLine(Value):
    """A line of a pilot's rollout, as `stage.line`."""

    pilot: Key
    line: Key


class PilotException(Value):
    """A service that a policy of a pilot's rollout does not hold for yet."""

    pilot: Key
    exception: Key


class PilotDrill(Value):
    """A drill; beside an answer no pilot is named, and the channel's is meant."""

    pilot: str = Field("", max_length=255)
    drill: Key
