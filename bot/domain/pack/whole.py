"""The knowledge pack as frozen values: what the YAML of `knowledge/` becomes.

Every section is a mapping id → item, in the order of the file; items carry their own id.
`source` names an item of `sources`. Texts are typed by the place in Slack they must fit.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from bot.domain.model import Fact, Frozen
from bot.domain.pack.adopting import ContradictionRule, Duty, Requirement
from bot.domain.pack.condition import Condition
from bot.domain.pack.dates import TripwireRule, Waits
from bot.domain.pack.decision import Cover, Need, OutcomeWords, Point, Rule
from bot.domain.pack.drivers import Driver
from bot.domain.pack.entries import Entry, Synonyms
from bot.domain.pack.examples import Example
from bot.domain.pack.incidents import Mechanism
from bot.domain.pack.limits import Heading
from bot.domain.pack.modes import Ability, Mode, ModeRefusal, Running, Substitute, TrapRule
from bot.domain.pack.overhead import EstimateWords, Overhead
from bot.domain.pack.ownership import OwnershipWords, Role, Upkeep
from bot.domain.pack.pilot import (
    BudgetLine,
    Drill,
    Mesh,
    PlanWords,
    Recipe,
    Step,
    Trait,
    VerdictRule,
)
from bot.domain.pack.questions import Page, Question
from bot.domain.pack.readiness import LookWords, ReadinessCheck
from bot.domain.pack.rollout import Stage
from bot.domain.pack.shapes import ShapeRule, SimplestMesh
from bot.domain.pack.sources import Conflict, Finding, Source
from bot.domain.pack.tax import TaxWords
from bot.domain.pack.tolerances import Tolerances
from bot.domain.pack.worksheet import Chore

EXISTING = "existing_mesh"
"""Id of the question which mesh runs already; its codes name what is known of each."""


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
    covers: Mapping[str, Cover] = Field(default_factory=dict)
    facts: Mapping[str, Condition]
    rules: Mapping[str, Rule]
    reasons: Mapping[str, Point]
    blockers: Mapping[str, Point]
    to_adopt: Mapping[str, Requirement] = Field(default_factory=dict)
    contradictions: Mapping[str, ContradictionRule] = Field(default_factory=dict)
    duty: Duty | None = None
    tax: TaxWords
    chores: Mapping[str, Chore] = Field(default_factory=dict)
    """Without them nothing is worked out of the hours to run a mesh."""
    drivers: Mapping[str, Driver]
    shapes: Mapping[str, ShapeRule]
    simplest: SimplestMesh
    modes: Mapping[str, Mode] = Field(default_factory=dict)
    abilities: Mapping[str, Ability] = Field(default_factory=dict)
    traps: Mapping[str, TrapRule] = Field(default_factory=dict)
    refusals: Mapping[str, ModeRefusal] = Field(default_factory=dict)
    managed: Mapping[str, TrapRule] = Field(default_factory=dict)
    """What the platform runs for a team, for which modes."""
    running: Mapping[str, Running] = Field(default_factory=dict)
    alternatives: Mapping[str, Substitute] = Field(default_factory=dict)
    overhead: Mapping[str, Overhead] = Field(default_factory=dict)
    estimate: EstimateWords | None = None
    """Without it, and without `overhead`, nothing is estimated."""
    readiness: Mapping[str, ReadinessCheck] = Field(default_factory=dict)
    mechanisms: Mapping[str, Mechanism] = Field(default_factory=dict)
    """How incidents come about; without them nothing is suggested of an export."""
    look: LookWords | None = None
    """Without it a dump is counted and no namespace is left out."""
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
    waits: Waits = Waits()
    tripwires: Mapping[str, TripwireRule] = Field(default_factory=dict)
    entries: Mapping[str, Entry]
    synonyms: Synonyms
    examples: Mapping[str, Example]

    def has_ended(self, mesh: Fact) -> bool:
        """Whether the maker of a mesh that runs has ended it."""
        known = self.running.get(str(mesh))
        return known is not None and known.ended is not None

    def asked_on(self, page: str) -> tuple[Question, ...]:
        """The questions of one page: those it borrows, then its own, in the order of the file."""
        borrowed = (
            self.questions[each] for each in self.pages[page].asks if each in self.questions
        )
        return (*borrowed, *(each for each in self.questions.values() if each.page == page))

    @property
    def checklist(self) -> tuple[Page, ...]:
        """The pages that hold every question once."""
        return tuple(page for page in self.pages.values() if page.path != "there")

    @property
    def there(self) -> tuple[Page, ...]:
        """The short path of a team that runs a mesh already."""
        return tuple(page for page in self.pages.values() if page.path == "there")

    @property
    def core(self) -> tuple[Question, ...]:
        """The questions of the quick path."""
        quick = [page.id for page in self.pages.values() if page.path == "quick"]
        return tuple(each for page in quick for each in self.asked_on(page))
