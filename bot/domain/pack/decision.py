"""The decision as data: needs, table, points, words and assumptions, as frozen values.

What the YAML of decision, tax, drivers and shapes becomes; `pack.py` holds the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from bot.domain.model import Frozen, Outcome
from bot.domain.pack.condition import Condition
from bot.domain.pack.limits import Cell, Phrase, Prose, Short


class Need(Frozen):
    """One primary need of the comparison table, and when something simpler covers it."""

    id: str
    label: Phrase
    question: str
    now: Condition
    soon: Condition | None = None
    unknown: Condition | None = None
    otherwise: Cell = "Not needed"
    """What is said of it where the team has it neither today nor within a year."""
    figures: Cell | None = None
    """What the team said of it in figures, in braces; said where all of them are known."""
    helps_when: Cell
    alternative_when: Cell
    instead: Short | None = None
    """Said before what might meet it, while nothing is known to."""
    warning: Short | None = None
    """Said first when this is the only need (identity: not for mTLS alone)."""
    source: str


class Cover(Frozen):
    """One way in which something simpler meets a need: when it does, and what it is."""

    id: str
    need: str
    when: Condition
    text: Short
    source: str


Step = Literal["first", "reason", "owner", "measuring", "pilot"]
"""The order of what to do: what goes before everything, then the article's own steps."""


class Rule(Frozen):
    """One row of the decision table; the first whose condition holds decides."""

    id: str
    outcome: Outcome
    when: Condition
    title: Phrase = ""
    """Instead of the outcome's own title: "A mesh won't fix this"."""
    headline: Phrase
    because: Prose
    action: Short
    """What would remove this rule, or what to do first."""
    step: Step = "first"
    """Where its action stands among the others."""
    prepares: bool = False
    """Whether what the reasons ask for is said too: on the way ahead, and while there is time."""
    asks: Mapping[str, Condition] = Field(default_factory=dict)
    """Questions to find out first, each while its condition holds."""
    look_again_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    source: str


class Point(Frozen):
    """A reason or a blocker: a condition, the words for it, and which side it speaks for.

    `text` and `phrase` may hold numbers in braces: the id of a number question, or a derived
    figure of `bot.domain.facts.FIGURES` ("{teams} teams each tune retries").
    """

    id: str
    when: Condition
    question: str
    text: Short
    phrase: Phrase
    speaks: Literal["for", "against", "neither"] = "neither"
    action: Short | None = None
    """What would remove it; given for every blocker, and for reasons that ask for something."""
    text_there: Short | None = None
    """The same said of a mesh that runs already; None where the words fit both."""
    phrase_there: Phrase = ""
    action_there: Short | None = None
    step: Step = "first"
    absent: bool = False
    """True where it holds because nobody has said or counted something."""
    source: str

    def said(self, *, there: bool) -> tuple[str, str, str]:
        """Text, phrase and action, in the words for a mesh that runs or for one to be added."""
        text, phrase, action = self.text_there, self.phrase_there, self.action_there
        if not there:
            text, phrase, action = None, "", None
        return text or self.text, phrase or self.phrase, action or self.action or ""


class OutcomeWords(Frozen):
    """How an outcome is called wherever a person reads it."""

    id: str
    title: Phrase
    short: Phrase
    """The title in a line with others: "a named owner → Pilot first"."""
    opening: Short | None = None
    """The first sentence of the card."""
