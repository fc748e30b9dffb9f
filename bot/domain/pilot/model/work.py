"""What a team does in a pilot, as frozen values: plan, seals, measurements, drills, verdict."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple, Self

from pydantic import Field

from bot.domain.model import Frozen, GoalMove, Measurer
from bot.domain.pack.pilot import BudgetLine, Metric, Whole
from bot.domain.pack.rollout import Line, SelfKnown
from bot.domain.pilot.model.replaced import Replaced
from bot.domain.pilot.model.ticked import LineTick
from bot.domain.runs.model import Range

Result = Literal["pass", "inconclusive", "missing", "later", "fail"]
"""`later`: only for the goal, where it has a date that is still to come."""


class PilotService(Frozen):
    """One service of the slice."""

    name: str = Field(min_length=1, max_length=80)
    traits: tuple[str, ...] = ()
    owner: str = ""
    """The person to ask about it, as a Slack user id."""
    endpoints: tuple[str, ...] = ()
    """The endpoints that matter; empty: any one will do."""
    sensitive: bool = False
    """Whether the team calls it their most sensitive one."""


class Plan(Frozen):
    """What the pilot tries out, and how one will know that it worked. Filled in step by step."""

    driver: str | None = None
    metric: str = Field("", max_length=500)
    baseline: float | None = None
    target: float | None = None
    unit: str = Field("", max_length=40)
    shows_on: date | None = None
    """When the number shows, where that is later than the budgets; `measured_by` then says who."""
    measured_by: str = ""
    measurer: Measurer = "named"
    measurer_before: str = ""
    """Who accepted to measure it, until `measured_by` does; again should `measured_by` decline."""
    moved_why: str = Field("", max_length=500)
    moves: tuple[GoalMove, ...] = ()
    """Why today, aim or unit are others than when the goal was measured, last and each time."""
    mesh: str | None = None
    """An item of the pack's `meshes`: a mesh and its mode."""
    services: tuple[PilotService, ...] = ()
    can_live_with_it: bool | None = None

    def service(self, name: str) -> PilotService | None:
        """The service of the slice with this name."""
        return next((each for each in self.services if each.name == name), None)


class Remark(Frozen):
    """One thing to say about a plan or about ownership."""

    about: str
    """The field, trait or role it belongs beside."""
    text: str
    blocks: bool
    """Whether going on is refused until it is settled; else it is a warning."""


class Term(Frozen):
    """One budget as it was agreed: everything that decides whether it is kept, and no words."""

    limit: float
    metric: Metric
    change: Literal["absolute", "percent", "value"]
    unit: str
    noise: float = 0
    drill: str | None = None

    @classmethod
    def of(cls, line: BudgetLine, limit: float) -> Term:
        """The pack's budget with the team's own limit."""
        kept = line.model_dump(include=set(cls.model_fields) - {"limit"})
        return cls(limit=limit, **kept)


Terms = Mapping[str, Term]
"""Budget id → what was agreed."""


class Seal(Frozen):
    """The budgets as they stand from one moment on; the first is the seal, the rest amend it."""

    version: int = Field(ge=1)
    digest: str
    """The first 12 hex digits of the SHA-256 of the terms' canonical form."""
    at: datetime
    by: str
    reason: str = ""
    """Why the budgets were changed; given for every amendment."""
    terms: Terms


class TermChange(Frozen):
    """One budget that an amendment added, moved or took away (None)."""

    budget: str
    before: float | None
    after: float | None
    units: tuple[str, str]
    """Of `before` and of `after`: a pack may have changed it in between."""
    looser: bool
    """Whether more is allowed than before."""


class Measurement(Frozen):
    """One figure at one endpoint or node, without the mesh and with it."""

    metric: Metric
    service: str = ""
    endpoint: str = ""
    """The endpoint, or the node, which is of no service; empty: the figure is for all of them."""
    baseline: tuple[float | None, ...] = Field(min_length=1)
    mesh: tuple[float | None, ...] = Field(min_length=1)
    """One figure a run, in the metric's own unit; None where a file only says where it lies."""
    baseline_ranges: tuple[Range | None, ...] = ()
    mesh_ranges: tuple[Range | None, ...] = ()
    """Between which values each run's figure lies, None for an exact one; empty: all are exact."""
    finer: str = ""
    """What would tell more, where there are ranges."""
    origin: str = ""
    """Where the figures come from, for a person: "typed", "Fortio, 2 files"."""
    reason: str = Field("", max_length=500)
    """Why it was measured again, where a budget had been broken."""
    overridden: tuple[str, ...] = ()
    """What kept the runs from being compared, and the reason for which it was set aside."""
    by: str
    at: datetime


class VerdictRow(Frozen):
    """One budget at one place: what was agreed, what was found."""

    budget: str
    label: str
    service: str = ""
    endpoint: str = ""
    unit: str
    """Of `budgeted` and `measured`."""
    budgeted: float | None
    """The limit, or the goal's aim; None for a goal that says none."""
    measured: float | None
    """What the mesh adds, or the figure with it, as the budget counts it."""
    baseline: float | None
    mesh: float | None
    """The two sides in the metric's own unit, for the chart; errors in percent."""
    side_unit: str
    result: Result
    why: str
    by: str = ""
    """Who found the goal's figure, else is to measure it: named after `why`, before `rest`."""
    rest: str = ""
    single: bool = False
    """Whether it rests on one run a side."""
    rough: bool = False
    too_coarse: bool = False
    """Whether figures were read off ranges, and whether these are too wide for this budget."""
    ask: tuple[str, ...] = ()
    """Who could supply what is missing: Slack user ids, ..."""
    supplied_by: str = ""
    """... or a few words, where nobody is named."""

    @property
    def sentence(self) -> tuple[str, str, str]:
        """What there is to say: before whom it names, that person, after them."""
        return (f"{self.why} by ", self.by, f"{self.rest}.") if self.by else (self.why, "", "")


class Verdict(Frozen):
    """What the figures say, under which budgets, and the rule that says so."""

    rows: tuple[VerdictRow, ...]
    whole: Whole
    rule: str
    title: str
    because: str
    action: str
    source: str
    version: int | None
    """The seal under which it was reached; None when nothing is sealed."""
    digest: str | None
    replaced: tuple[Replaced, ...] = ()
    """Figures that were measured again, the oldest first: none is replaced in silence."""
    caveats: tuple[str, ...] = ()
    """What must stand beside it: amendments, single runs, refusals that were set aside."""

    def having(self, result: Result) -> tuple[VerdictRow, ...]:
        """The rows with this result."""
        return tuple(row for row in self.rows if row.result == result)


class StageLine(NamedTuple):
    """A line of a rollout's stage, by the names that the pack gives to both."""

    stage: str
    name: str

    def __str__(self) -> str:
        return f"{self.stage}.{self.name}"

    @classmethod
    def read(cls, text: str) -> Self:
        """The line as it was written."""
        stage, _, name = text.partition(".")
        return cls(stage, name)


class OpenLine(NamedTuple):
    """A line that does not hold yet."""

    at: StageLine
    words: Line


class RolloutState(Frozen):
    """Where the rollout stands: the stage, the lines that are ticked, what meshfit knows."""

    mesh: str
    stage: str | None = None
    """None before the first."""
    passed: tuple[str, ...] = ()
    """The stages that led to it, the oldest first."""
    ticked: frozenset[str] = frozenset()
    """Lines as a `StageLine` is written."""
    ticked_by: Mapping[str, LineTick] = {}
    """Who ticked each; nothing of what was ticked before that was kept."""
    known: frozenset[SelfKnown] = frozenset()


class Filled(Frozen):
    """A recipe with the team's names in it."""

    id: str
    title: str
    language: str
    text: str
    note: str
    source: str
