"""The knowledge pack as frozen values: what the YAML of `knowledge/` becomes.

Every section is a mapping id → item, in the order of the file; items carry their own id.
`source` names an item of `sources`. Texts are typed by the place in Slack they must fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from bot.domain.condition import Condition
from bot.domain.delta import Tolerances
from bot.domain.limits import (
    ButtonText,
    Code,
    Heading,
    Hint,
    Label,
    OptionText,
    Phrase,
    Prose,
    Short,
    StepTitle,
)
from bot.domain.model import Frozen, Outcome
from bot.domain.overhead import EstimateWords, Overhead
from bot.domain.pilotbook import (
    BudgetLine,
    Drill,
    Mesh,
    OwnershipWords,
    PlanWords,
    Recipe,
    Role,
    Stage,
    Step,
    Trait,
    Upkeep,
    VerdictRule,
)
from bot.domain.register import Conflict, Finding, Source
from bot.domain.rulebook import (
    Driver,
    Need,
    OutcomeWords,
    Point,
    Rule,
    ShapeRule,
    SimplestMesh,
    TaxWords,
)
from bot.domain.shapebook import Ability, Mode, Substitute, TrapRule


class Page(Frozen):
    """One page of the guided modal."""

    id: str
    path: Literal["quick", "deep"]
    title: StepTitle
    intro: Short | None = None


class Option(Frozen):
    """One answer code, the words it is offered in, and the few words it becomes on the card."""

    code: Code
    text: OptionText
    phrase: Phrase = ""


class Question(Frozen):
    """One item of the checklist."""

    id: str
    page: str | None = None
    """None for what is never asked (`pilot_result`)."""
    kind: Literal["choice", "choices", "number", "text"] = "choice"
    label: Label
    short: Phrase
    """One label everywhere: "Zero trust", "Owner"."""
    hint: Hint = ""
    options: tuple[Option, ...] = ()
    may_not_apply: bool = False
    """Whether `na`, with a reason, is offered under Change answers."""
    unit: Phrase = ""
    least: float = 0
    most: float | None = None
    whole: bool = False
    default: float | None = None
    """What counts until somebody answers; said to be an assumption wherever it is shown."""
    changeable: bool = True
    """Whether a different answer is in the team's hands, or a fact about their world."""
    flippable: bool = True
    required: bool = False
    source: str = ""

    @property
    def rest_of_unit(self) -> str:
        """What of the unit the short name does not say: after "Mesh hours: 24", "a month"."""
        said = self.short.lower()
        first, _, rest = self.unit.partition(" ")
        return "" if self.unit in said else rest if first in said.split() else self.unit

    def option(self, code: str) -> Option | None:
        """The option with this code, if it is offered."""
        return next((each for each in self.options if each.code == code), None)


BLIND = "I can't see your cluster"
"""How an answer begins where only a look at the cluster could give it."""


class Entry(Frozen):
    """One piece of knowledge that answers questions."""

    id: str
    topic: str
    title: Heading
    question: ButtonText
    answer: Prose
    source: str
    sources: tuple[str, ...] = ()
    """Further sources beside it."""
    conflict: str | None = None
    """Where its sources disagree with others: an item of `conflicts`."""
    related: tuple[str, ...]
    aliases: tuple[str, ...] = Field(min_length=6, max_length=10)
    """Whole questions as people ask them; each of them finds this entry for certain."""
    words: tuple[str, ...] = ()
    """Single words and short phrases that point here; searched, never shown."""
    blind: bool = False
    """True where only a look at the cluster could answer; the answer begins with `BLIND`."""
    drill: str | None = None
    """The drill that would answer it with a number; its clock can be started beside the answer."""
    within: str | None = None
    """The entry that this one is a special case of; a script is told that entry's id."""


class Synonyms(Frozen):
    """Rewrites replace what was typed; expansions add words beside it."""

    rewrites: Mapping[str, str] = Field(default_factory=dict)
    expansions: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    elsewhere: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    """Group → what is asked and is not ours: the nearer to these, the less meshfit answers."""


class Example(Frozen):
    """A situation and the advice it must get: each is a test of the pack."""

    id: str
    title: Heading
    situation: Prose
    answers: Mapping[str, object]
    outcome: Outcome
    rule: str
    reasons: tuple[str, ...] = Field(min_length=1)
    blockers: tuple[str, ...] = ()
    source: str


class Pack(Frozen):
    """Everything a domain expert edits, checked and cross-referenced by the loader."""

    name: str
    version: str
    show_first: str = ""
    """The example that *See an example* shows and the calculator begins with."""
    topics: Mapping[str, Heading]
    sources: Mapping[str, Source]
    findings: Mapping[str, Finding] = Field(default_factory=dict)
    conflicts: Mapping[str, Conflict] = Field(default_factory=dict)
    outcomes: Mapping[str, OutcomeWords]
    pages: Mapping[str, Page]
    questions: Mapping[str, Question]
    needs: Mapping[str, Need]
    facts: Mapping[str, Condition]
    rules: Mapping[str, Rule]
    reasons: Mapping[str, Point]
    blockers: Mapping[str, Point]
    tax: TaxWords
    drivers: Mapping[str, Driver]
    shapes: Mapping[str, ShapeRule]
    simplest: SimplestMesh
    modes: Mapping[str, Mode] = Field(default_factory=dict)
    abilities: Mapping[str, Ability] = Field(default_factory=dict)
    traps: Mapping[str, TrapRule] = Field(default_factory=dict)
    alternatives: Mapping[str, Substitute] = Field(default_factory=dict)
    overhead: Mapping[str, Overhead] = Field(default_factory=dict)
    estimate: EstimateWords | None = None
    """Without it, and without `overhead`, nothing is estimated."""
    steps: Mapping[str, Step]
    meshes: Mapping[str, Mesh]
    plan: PlanWords
    traits: Mapping[str, Trait]
    budgets: Mapping[str, BudgetLine]
    tolerances: Tolerances = Tolerances()
    drills: Mapping[str, Drill]
    recipes: Mapping[str, Recipe]
    verdicts: Mapping[str, VerdictRule]
    roles: Mapping[str, Role]
    ownership: OwnershipWords
    upkeep: Mapping[str, Upkeep]
    stages: Mapping[str, Stage]
    entries: Mapping[str, Entry]
    synonyms: Synonyms
    examples: Mapping[str, Example]

    def asked_on(self, page: str) -> tuple[Question, ...]:
        """The questions of one page, in the order of the file."""
        return tuple(each for each in self.questions.values() if each.page == page)
