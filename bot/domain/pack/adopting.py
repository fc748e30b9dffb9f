"""What the YAML of decision says beside the table: what Adopt takes, contradictions, the duty."""

from __future__ import annotations

from pydantic import Field

from bot.domain.model import Frozen, Outcome
from bot.domain.model.adopting import How
from bot.domain.pack.condition import Condition
from bot.domain.pack.limits import Phrase, Short


class Way(Frozen):
    """One way in which something that is not met can become so, and the question that tells."""

    how: How
    question: str
    when: Condition = Condition()


class Requirement(Frozen):
    """One of the things that must be so for Adopt; all of them together are enough."""

    id: str
    met: Condition
    text: Short
    lacks: Phrase
    """It in a few words, for a line that lists what is not met."""
    ways: tuple[Way, ...] = ()
    """The first whose condition holds counts; where none does it is out of reach."""


class ContradictionRule(Frozen):
    """Two answers that do not go together."""

    id: str
    when: Condition
    questions: tuple[str, ...] = Field(min_length=2)
    text: Short


class Duty(Frozen):
    """What stays due whatever is decided about a mesh, and the need whose alternatives meet it."""

    when: Condition
    outcomes: tuple[Outcome, ...]
    need: str
    text: Short
    action: Short
    source: str
