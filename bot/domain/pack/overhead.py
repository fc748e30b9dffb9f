"""What the YAML of overhead becomes: what sources give for the cost of each mode.

CPU in vCPU, memory in MiB, latency in ms. A figure goes from the lowest to the highest that
a usable source gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.domain.model import Frozen
from bot.domain.pack.limits import (
    Short,
)

Per = Literal["pod", "node", "waypoint"]
"""What a share of memory or of a reservation is multiplied with."""


Percentile = Literal["p90", "p99"]


class Quote(Frozen):
    """What one source gives for a figure."""

    value: float = Field(ge=0)
    basis: Short
    """Who measured or wrote it, and under which conditions."""
    sources: tuple[str, ...] = Field(min_length=1)


class Prior(Frozen):
    """What sources give for one figure, the lowest first, and why they differ."""

    quotes: tuple[Quote, ...] = ()
    open_above: bool = False
    """Whether no usable source gives the upper end; always so where there is one quote alone."""
    why: Short
    """Why the quotes differ, or why there are none."""

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        values = [each.value for each in self.quotes]
        if values != sorted(values):
            raise ValueError("quotes go from the lowest to the highest")
        if len(values) == 1 and not self.open_above:
            raise ValueError("one quote alone is no range: say open_above: true")
        return self

    @property
    def low(self) -> float | None:
        """The lower end, if any source gives one."""
        return self.quotes[0].value if self.quotes else None

    @property
    def high(self) -> float | None:
        """The upper end, if any source gives one."""
        return self.quotes[-1].value if self.quotes and not self.open_above else None


class Share(Frozen):
    """Memory of one part of the data plane, in MiB each."""

    per: Per
    mib: Prior


class Reserve(Frozen):
    """What a component asks the scheduler to set aside, in millicores and MiB each."""

    per: Per
    millicores: float = Field(ge=0)
    mib: float = Field(ge=0)
    shipped: bool = True
    """Whether a plain installation asks for it; else only settings that one has to choose."""
    basis: Short
    sources: tuple[str, ...] = Field(min_length=1)


class Idle(Frozen):
    """CPU of one part of the data plane that carries no traffic, in millicores each."""

    per: Per
    millicores: Prior


class Overhead(Frozen):
    """The priors of one mode; its id is that of the mode."""

    id: str
    cpu: Prior
    """vCPU for 1,000 calls a second on all edges together, caller's and callee's side as one."""
    idle: tuple[Idle, ...] = ()
    """CPU without traffic, on top of that for calls; empty: no usable source gives it."""
    memory: tuple[Share, ...]
    latency: Mapping[Percentile, Prior]
    """Milliseconds that one call between two services takes longer, below saturation."""
    reserve: tuple[Reserve, ...] = ()


class EstimateWords(Frozen):
    """Assumptions and fixed lines of the estimate."""

    as_of: date
    hours_per_month: float = Field(gt=0)
    busy_percent: float = Field(gt=0, le=100)
    """Node CPU above which no latency is estimated."""
    busy: Short
    node_vcpu: float = Field(gt=0)
    """vCPU that a node is taken to have at most, where nobody says its size."""
    nodes: Short
    """... and how that is said."""
    depth: Short
    """What is assumed where nobody said how many calls a request makes in a row."""
    rows: Short
    """What a latency times the depth of calls is worth."""
    bill: Short
    """Which of used and reserved decides what is paid."""
    edges: Short
    """What is assumed where nobody counted the edges."""
    waypoints: Short
    """... where nobody counted the replicas of request-level proxies."""
    beside: tuple[Short, ...]
    sources: tuple[str, ...] = Field(min_length=1)
