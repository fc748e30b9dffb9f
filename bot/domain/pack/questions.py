"""What the YAML of questions becomes: pages, questions, the answers each takes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.domain.model import Frozen
from bot.domain.pack.limits import (
    Code,
    Hint,
    Label,
    OptionText,
    Phrase,
    Short,
    StepTitle,
)


class Page(Frozen):
    """One page of the guided modal."""

    id: str
    path: Literal["quick", "there", "deep"]
    """`there`: the short path of a team that runs a mesh already."""
    title: StepTitle
    intro: Short | None = None
    asks: tuple[str, ...] = ()
    """Questions of other pages that are asked here too."""
    requires: tuple[str, ...] = ()
    """Those that must be answered here, though elsewhere they need not be."""


class Option(Frozen):
    """One answer code, the words it is offered in, and the few words it becomes on the card."""

    code: Code
    text: OptionText
    phrase: Phrase = ""
    also: tuple[Phrase, ...] = ()
    """Other names that mean it where an answer is typed: Kotlin, where Java is offered."""


class Question(Frozen):
    """One item of the checklist."""

    id: str
    page: str | None = None
    """None for what is never asked (`pilot_result`)."""
    kind: Literal["choice", "choices", "number", "text", "date"] = "choice"
    label: Label
    label_there: Hint = ""
    """The same asked of a team that runs a mesh; empty where the words fit both."""
    short: Phrase
    """One label everywhere: "Zero trust", "Owner"."""
    hint: Hint = ""
    hint_there: Hint = ""
    options: tuple[Option, ...] = ()
    may_not_apply: bool = False
    """Whether `na`, with a reason, is offered under Change answers."""
    unit: Phrase = ""
    least: float = 0
    most: float | None = None
    whole: bool = False
    default: float | None = None
    """What counts until somebody answers; said to be an assumption wherever it is shown."""
    unsaid: Code | None = None
    """The code that counts until somebody answers, without anybody being asked."""
    changeable: bool = True
    """Whether a different answer is in the team's hands, or a fact about their world."""
    flippable: bool = True
    rises: tuple[str, ...] = ()
    """Its codes from worst to best, where a step up is worth naming on the card."""
    falls_to: Annotated[float, Field(gt=0, lt=1)] | None = None
    """Of a number the share below which a smaller one would not be believed; None: never named."""
    required: bool = False
    across: Literal["sum", "mean", "join", "count"] | None = None
    """How several teams' answers are offered to a decision for all; None: it is asked anew."""
    across_by: str = ""
    """Of a mean the question whose numbers it is weighed by."""
    source: str = ""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Question:
        if self.across and _ACROSS[self.across] != self.kind:
            raise ValueError(
                f"across: {self.across} is for questions of kind {_ACROSS[self.across]}"
            )
        if (self.across == "mean") != bool(self.across_by):
            raise ValueError("across: mean and across_by, what it is weighed by, come together")
        return self

    @property
    def rest_of_unit(self) -> str:
        """What of the unit the short name does not say: after "Mesh hours: 24", "a month"."""
        short = self.short.lower()
        first, _, rest = self.unit.partition(" ")
        return "" if self.unit in short else rest if first in short.split() else self.unit

    def where_one_runs(self) -> Question:
        """The question in the words for a team that runs a mesh."""
        label, hint = self.label_there or self.label, self.hint_there or self.hint
        return self.model_copy(update={"label": label, "hint": hint})

    def option(self, code: str) -> Option | None:
        """The option with this code, if it is offered."""
        return next((each for each in self.options if each.code == code), None)


_ACROSS = {"sum": "number", "mean": "number", "join": "choices", "count": "choice"}
"""How answers are put together → the kind of question that it fits."""
