"""The knowledge pack as frozen values: what the YAML of `knowledge/` becomes.

Every section is a mapping id → item, in the order of the file; items carry their own id.
`source` names an item of `sources`. Texts are typed by the place in Slack they must fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from bot.domain.condition import Condition
from bot.domain.limits import (
    ButtonText,
    Cell,
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


class Source(Frozen):
    """Where a judgement comes from, and who gains if it is believed."""

    id: str
    title: Short
    cite: Phrase
    """How an answer names it in a line: "From the article"."""
    url: str = ""
    interest: str = ""
    """Who gains from the claim; empty when nobody is known to."""


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

    def option(self, code: str) -> Option | None:
        """The option with this code, if it is offered."""
        return next((each for each in self.options if each.code == code), None)


class Need(Frozen):
    """One primary need of the comparison table, and when something simpler covers it."""

    id: str
    label: Phrase
    question: str
    now: Condition
    soon: Condition | None = None
    unknown: Condition | None = None
    covered: Condition | None = None
    covered_by: Short | None = None
    """What covers it, as the alternative's text."""
    helps_when: Cell
    alternative_when: Cell
    warning: Short | None = None
    """Said first when this is the only need (identity: not for mTLS alone)."""
    source: str


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
    look_again_days: int | None = None
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
    source: str


class OutcomeWords(Frozen):
    """How an outcome is called wherever a person reads it."""

    id: str
    title: Phrase
    short: Phrase
    """The title in a line with others: "a named owner → Pilot first"."""
    opening: Short | None = None
    """The first sentence of the card."""


class TaxWords(Frozen):
    """Fixed lines and assumptions of the calculator."""

    hours_per_fte: float
    spread_percent: Mapping[str, float]
    """Evidence → how far low and high lie from likely: {guess: 30, counted: 10, measured: 0}."""
    beside: tuple[Short, ...]
    no_rate_pays: Short
    source: str


class Driver(Frozen):
    """The one primary reason for a mesh, with examples of a success metric."""

    id: str
    label: Phrase
    need: str
    metrics: tuple[Short, ...]
    source: str


class ShapeRule(Frozen):
    """A data-plane mode and when it fits; the first whose condition holds is advised."""

    id: str
    when: Condition
    title: Phrase
    text: Prose
    adds_to_run: Short
    rollout: Short
    source: str


class SimplestMesh(Frozen):
    """The line about taking the simplest mesh, and when it is said."""

    when: Condition
    text: Short
    source: str


class Step(Frozen):
    """One of the five steps of a pilot: explanation, smell test, what it asks for."""

    id: str
    title: Heading
    text: Prose
    smell_test: Short
    checks: tuple[Short, ...] = ()
    source: str


class Role(Frozen):
    """One thing an owner of the mesh does; blank is a blocker."""

    id: str
    title: Heading
    question: Short
    blank: Short
    """What it means that nobody is named for it."""
    source: str


class Stage(Frozen):
    """One stage of the rollout by policy scope."""

    id: str
    title: Heading
    text: Prose
    source: str


class Entry(Frozen):
    """One piece of knowledge that answers questions."""

    id: str
    topic: str
    title: Heading
    question: ButtonText
    answer: Prose
    source: str
    related: tuple[str, ...]
    aliases: tuple[str, ...] = Field(min_length=6, max_length=10)
    blind: bool = False
    """True where only a look at the cluster could answer: "I can't see your cluster"."""


class Synonyms(Frozen):
    """Rewrites replace what was typed; expansions add words beside it."""

    rewrites: Mapping[str, str] = Field(default_factory=dict)
    expansions: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


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
    topics: Mapping[str, Heading]
    sources: Mapping[str, Source]
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
    steps: Mapping[str, Step]
    roles: Mapping[str, Role]
    stages: Mapping[str, Stage]
    entries: Mapping[str, Entry]
    synonyms: Synonyms
    examples: Mapping[str, Example]

    def asked_on(self, page: str) -> tuple[Question, ...]:
        """The questions of one page, in the order of the file."""
        return tuple(each for each in self.questions.values() if each.page == page)
