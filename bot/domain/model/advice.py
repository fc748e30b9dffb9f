"""What meshfit concludes, as frozen values: advice, tax, flips, shape, with shapes and units."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from bot.domain.model.adopting import Contradiction, Required, Upward, Wire
from bot.domain.model.answers import Frozen, Outcome, PackName, Value
from bot.domain.model.hours import Tax


class Reason(Frozen):
    """One point that speaks for or against a mesh here, in the team's own terms."""

    id: str
    text: str
    source: str
    speaks: Literal["for", "against", "neither"] = "neither"
    rests: Literal["answers", "figures", "nothing"] = "answers"
    """What of the team's it rests on; the source stands behind the rule alone."""
    phrase: str = ""
    """The same point in a few words, for a line that lists several."""
    assumed: tuple[str, ...] = ()
    """The questions whose figure stands in it although nobody gave one: the pack's own."""


class Blocker(Frozen):
    """An answer that vetoes adoption whatever else is true, and what would remove it."""

    id: str
    question: str
    text: str
    action: str
    phrase: str = ""
    source: str = ""


class Change(Frozen):
    """One answer that would be different; `before` is None where nothing was answered."""

    question: str
    before: Value | None = Field(alias="from")
    after: Value = Field(alias="to")


class Flip(Frozen):
    """The smallest change of answers that would change the outcome."""

    changes: tuple[Change, ...]
    outcome: Outcome
    title: str
    """The new outcome in a few words: "Pilot first"."""
    changeable: bool
    """True when every change is in the team's hands (find an owner), False for facts (clusters)."""
    holds_back: bool = False
    """True for a step back, and for what a team could do to stop itself (leave it to nobody)."""


class ModeFit(Frozen):
    """What one mesh in one mode would do of what the team needs, and how ripe it is."""

    id: str
    title: str
    meets: tuple[str, ...]
    partly: tuple[str, ...]
    """What it does with conditions or in beta, each with its note."""
    lacks: tuple[str, ...]
    unknown: tuple[str, ...]
    """What nobody has checked."""
    maturity: str
    as_of: date
    sources: tuple[str, ...]


class Trap(Frozen):
    """Something that surprises people in the modes that are advised."""

    id: str
    text: str
    as_of: date
    sources: tuple[str, ...]


class RefusedModes(Frozen):
    """Modes that the platform, the network or its privileges refuse, and why."""

    id: str
    modes: tuple[str, ...]
    """Titles."""
    text: str
    part: bool
    """True where only a part of the services is meant, and the modes stay in the choice."""
    as_of: date
    sources: tuple[str, ...]


class Cadence(Frozen):
    """How often the mesh that runs must be upgraded to stay supported, or that it has ended."""

    text: str
    ended: bool
    as_of: date
    sources: tuple[str, ...]


class Shape(Frozen):
    """Where the proxy runs (or that none does), and what that choice adds to operate."""

    id: str
    title: str
    text: str
    adds_to_run: str
    rollout: str
    simplest: str = ""
    """Said only where needs are basic: take the simplest mesh that meets this one need."""
    source: str = ""
    gives_up: tuple[str, ...] = ()
    """What the team needs and none of its modes does without conditions, each with its note."""
    modes: tuple[ModeFit, ...] = ()
    """The meshes that come in this shape, those that lack least first."""
    others: tuple[str, ...] = ()
    """Where something is given up: modes of another shape that would do all of it."""
    traps: tuple[Trap, ...] = ()
    refused: tuple[RefusedModes, ...] = ()
    """Modes of this shape, or all of its modes, that cannot be had here."""
    left: tuple[str, ...] = ()
    """Where nothing of the shape is left: what could be had."""
    managed: tuple[Trap, ...] = ()
    """What the platform would run for the team."""


class Instead(Frozen):
    """One thing that may meet a need without a mesh."""

    id: str
    title: str
    gives: str
    lacks: str
    sources: tuple[str, ...]


class Alternative(Frozen):
    """What would meet one need without a mesh."""

    need: str
    text: str
    question: str = ""
    """Asked where nothing covers the need yet: would this be enough?"""
    source: str
    options: tuple[Instead, ...] = ()
    """Things that exist and may do it, the cheapest first."""


NOT_ANSWERED, NOT_HERE = "Not answered", "Does not apply"
"""What a row of the table says where nothing was said of its need."""


class ComparisonRow(Frozen):
    """One need: when a mesh helps most, when something simpler does, and what the team said."""

    need: str
    helps_when: str
    alternative_when: str
    you: str


GOES_AHEAD: tuple[Outcome, ...] = ("adopt", "pilot", "keep")
"""Outcomes with a mesh at their end: a shape and its products belong to them."""


class Advice(Frozen):
    """Everything meshfit concludes from one set of answers. Same answers, same advice."""

    outcome: Outcome
    rule: str
    title: str
    """The outcome as a person reads it: "Not yet"."""
    headline: str
    """Title and reason in one line: "Not yet: nobody would run it"."""
    because: str
    reasons: tuple[Reason, ...]
    blockers: tuple[Blocker, ...]
    actions: tuple[str, ...]
    flips: tuple[Flip, ...]
    turns: tuple[Flip, ...] = ()
    """The flips as people read them: those that differ in their last code alone are one."""
    inert: tuple[str, ...]
    """Question ids of which a different answer, alone or with one other, changes nothing."""
    unknowns: tuple[str, ...]
    """Question ids without an answer, the most decisive first."""
    decisive: tuple[str, ...] = ()
    """Of the unknowns those whose answer can change the outcome, alone or with one other."""
    tax: Tax | None
    driver: str | None
    goal_vague: bool = False
    """Whether a success metric is named that nobody could check."""
    shape: Shape | None
    alternatives: tuple[Alternative, ...]
    article_table: tuple[ComparisonRow, ...] = ()
    there: bool = False
    """Whether a mesh runs already: the question is then whether to keep it."""
    to_adopt: tuple[Required, ...] = ()
    """What must be so for Adopt, which is decided exactly where all of it is met."""
    contradictions: tuple[Contradiction, ...] = ()
    upward: Upward | None = None
    """What leads on from here, on the card's one line."""
    lift: Flip | None = None
    """Beside it the one change that would lift the outcome."""
    duty: str = ""
    """What stays due although no mesh meets it yet, and what may meet it meanwhile."""
    refused: tuple[RefusedModes, ...] = ()
    """What cannot be had here, also where no shape is advised yet."""
    cadence: Cadence | None = None
    """How often the mesh that is kept must be upgraded."""
    before_it_goes: tuple[str, ...] = ()
    """What must run before the mesh goes, a line for each need."""
    deadline: date | None = None
    """The day by which an auditor or a contract wants it proven."""
    tripwires: tuple[Wire, ...] = ()
    """What would reopen the question, written down with the decision."""
    look_again_days: int | None = None
    """When to come back, on every "not yet"."""
    pack: PackName

    @property
    def levers(self) -> tuple[list[Flip], list[Flip], list[Flip]]:
        """The turns: in the team's hands; only if facts were different; what would hold it back.

        That running a mesh takes no hours nobody would believe, so no turn rests on it.
        """
        believed = [each for each in self.turns if not _runs_itself(each)]
        mine = [each for each in believed if each.changeable]
        return (
            [each for each in mine if not each.holds_back],
            [each for each in believed if not each.changeable],
            [each for each in mine if each.holds_back],
        )

    @property
    def other_side(self) -> tuple[Reason, ...]:
        """The strongest points against this advice, from the team's own answers; may be empty."""
        contrary = "against" if self.outcome in GOES_AHEAD else "for"
        return tuple(reason for reason in self.reasons if reason.speaks == contrary)


def _runs_itself(flip: Flip) -> bool:
    return any(each.question == "mesh_hours_per_month" and not each.after for each in flip.changes)
