"""The pilot as data: slice, budgets, drills, recipes, the verdict's table, ownership, rollout.

What the YAML of pilot, ownership and rollout becomes; `pack.py` holds the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from bot.domain.model import Frozen
from bot.domain.pack.condition import Condition
from bot.domain.pack.limits import Heading, OptionText, Phrase, Prose, Short

Metric = Literal["p50", "p90", "p95", "p99", "mean", "error_rate", "cpu", "memory", "minutes"]
"""What can be held to a budget: latencies in ms, a share of failed calls from 0 to 1, the cores and
MiB in use on a node, and the minutes that a drill took."""
PER_NODE: tuple[Metric, ...] = ("cpu", "memory")
SIDE_UNITS: Mapping[Metric, str] = {
    **dict.fromkeys(("p50", "p90", "p95", "p99", "mean"), "ms"),
    "error_rate": "%",
    "cpu": "cores",
    "memory": "MiB",
    "minutes": "minutes",
}
"""Metric → the unit in which a person reads one side of it."""
Whole = Literal["roll_on", "running", "measure_more", "stop"]
"""`running`: everything is kept, and the goal has a day on which it will show."""


StepKnown = Literal["metric_sound", "slice_complete", "measured", "owners_named", "rollout_begun"]
"""What of a step meshfit sees for itself."""
GOAL = "goal"
"""What the goal goes by among the budgets of a verdict; no budget of a pack may."""


class Step(Frozen):
    """One of the five steps of a pilot: explanation, smell test, what it asks for."""

    id: str
    title: Heading
    text: Prose
    smell_test: Short
    checks: tuple[Short, ...] = ()
    given: StepKnown | None = None
    """What ticks it by itself; None where only a person can."""
    source: str


class Mesh(Frozen):
    """A mesh together with where its proxy runs; pairs that do not exist cannot be chosen."""

    id: str
    label: OptionText
    mesh: Phrase
    mode: Phrase
    source: str


class PlanWords(Frozen):
    """What a plan must hold, in the words in which it is asked for."""

    fewest: int
    most: int
    """How many services the slice has."""
    one_driver: Short
    """Why a second driver is refused."""
    can_live_with_it: Short
    """The question behind the five traits: what if it breaks."""
    cannot: Short
    """What is said to a no."""
    sensitive: Short
    """The warning about `{service}`, which is named as the most sensitive one."""
    source: str


class Trait(Frozen):
    """One way in which the slice should look like the rest of what a team runs."""

    id: str
    label: OptionText
    missing: Short
    """What is said while no service of the slice has it."""
    serves: bool = True
    """False where nothing calls the service, so that no endpoint is asked for."""
    source: str


class BudgetLine(Frozen):
    """One ceiling that is agreed before the first run, with its default."""

    id: str
    label: Heading
    hint: Short
    metric: Metric
    change: Literal["absolute", "percent", "value"]
    """Whether the ceiling is on what the mesh adds, in its unit or in percent of what was there
    before; or on the figure with the mesh itself."""
    unit: Phrase
    limit: float
    noise: float = Field(0, ge=0)
    """Only for percent: added amounts up to this many units count as nothing."""
    drill: str | None = None
    """The drill that gives the minutes."""
    supplied_by: Phrase
    """Who could supply what is missing, where the plan names nobody."""
    source: str


class Drill(Frozen):
    """Something done on purpose, once without the mesh and once with it, against the clock."""

    id: str
    title: Heading
    do: Prose
    watch: Prose
    expected_without: Short
    expected_with: Short
    """What should be seen; a team puts its own words in its place."""
    stop_when: Short
    """When to end it early."""
    asks_callers: bool = False
    """Whether a list of callers belongs to it."""
    proof: Short | None = None
    """What proves it, where without a proof it does not count as done."""
    with_mesh_only: bool = False
    """Whether there is nothing to do without the mesh."""
    lasts: int | None = Field(None, ge=1, le=1440)
    """Minutes that it goes on, where others may feel it: the thread is told when it begins."""
    source: str


class Recipe(Frozen):
    """A query, command or manifest with places for the team's own names in braces."""

    id: str
    title: Heading
    purpose: Literal["latency", "resources", "coverage", "control_plane", "load", "policy"]
    language: Literal["promql", "shell", "yaml", "javascript"]
    meshes: tuple[str, ...] = ()
    """Where it works; empty: with every mesh and with none."""
    template: Prose
    note: Short | None = None
    """What one has to know before trusting its figure."""
    source: str


class VerdictRule(Frozen):
    """One row of the table that turns results into a verdict; the first that holds decides."""

    id: str
    when: Condition
    whole: Whole
    title: Phrase
    because: Short
    action: Short
    source: str
