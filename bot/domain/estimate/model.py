"""What a mesh may cost before anybody measures, as values: priors of the pack, load, estimate.

CPU in vCPU, memory in GiB, latency in ms, money in the currency of the team's own prices. A figure
is a range from the lowest to the highest that a usable source gives; an end for which there is no
source is None and reads "measure it".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from bot.domain.model import Frozen, PackName
from bot.domain.pack.limits import Phrase
from bot.domain.pack.overhead import Overhead, Percentile
from bot.domain.words import number

MEASURE = "measure it"
"""What stands where no usable source gives a figure."""


class Price(Frozen):
    """What the team pays, in its own currency."""

    vcpu_hour: float = Field(ge=0, allow_inf_nan=False)
    gib_hour: float = Field(ge=0, allow_inf_nan=False)


class Load(Frozen):
    """What would be meshed: counts of today, and traffic at its usual peak."""

    services: int = Field(ge=1, le=1_000_000)
    pods: int = Field(ge=1, le=1_000_000)
    nodes: int = Field(ge=1, le=1_000_000)
    rps_per_edge: float = Field(ge=0, le=1e9)
    """Requests a second that one service sends to one other, on average."""
    edges: int | None = Field(None, ge=1, le=1_000_000)
    """Pairs of services that call each other; None: not counted."""
    waypoints: int | None = Field(None, ge=1, le=1_000_000)
    """Replicas of request-level proxies in ambient mode; None: not planned yet."""
    busy_percent: float | None = Field(None, ge=0, le=100)
    """CPU in use on the busiest node today."""
    node_vcpu: float | None = Field(None, ge=0.1, le=10_000)
    """vCPU of one node, on average; None: not said."""
    depth: int | None = Field(None, ge=1, le=100)
    """Calls between services that a request makes one after another; None: not said."""
    price: Price | None = None


class Range(Frozen):
    """From the lowest to the highest; None where only measuring can tell."""

    low: float | None
    high: float | None
    unit: Phrase

    @property
    def said(self) -> str:
        """As one says it; an end without a source asks to be measured."""
        return f"{self.ends}: {MEASURE}" if self.ends and self.is_open else self.ends or MEASURE

    @property
    def is_open(self) -> bool:
        """Whether only measuring can tell how far it goes."""
        return self.high is None

    @property
    def ends(self) -> str:
        """What is known of it, to stand in a sentence with others; nothing where nothing is."""
        if self.low is None:
            return "" if self.high is None else f"up to {_amount(self.high)} {self.unit}"
        if self.high is None:
            return f"{_amount(self.low)} {self.unit} or more"
        if self.low == self.high:
            return f"{_amount(self.low)} {self.unit}"
        return f"{_amount(self.low)} to {_amount(self.high)} {self.unit}"


def _amount(value: float) -> str:
    """A figure as one says it; a small one keeps its first digit."""
    return number(value) if value == 0 or value >= 0.1 else f"{value:.1g}"


def several(count: int, noun: str) -> str:
    """A count with its noun: 1 node, 12 nodes."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def on_top(idle: Range) -> str:
    """CPU without traffic, as one says it beside that for calls."""
    return f"{idle.said}, on top"


def in_row(load: Load) -> str:
    """What a latency is that of, as one says it."""
    return "A call" if (load.depth or 1) == 1 else f"{load.depth} calls in a row"


class Expected(Frozen):
    """What one mode may cost under a load."""

    mode: str
    title: Phrase
    cpu: Range
    """For the calls alone."""
    idle_cpu: Range
    """Of proxies that carry no traffic, on top."""
    memory: Range
    latency: Mapping[Percentile, Range]
    """Added to a request: to one call between two services, times the depth of calls."""
    refused: str = ""
    """Why no latency is estimated, if so."""
    reserved_cpu: Range
    """What the scheduler sets aside before the first request: it decides on the number of nodes."""
    reserved_memory: Range
    money_used: Range | None = None
    """A month of what is used, at the team's prices; None while there are none."""
    money_reserved: Range | None = None
    misfit: str = ""
    """Why it cannot run on the nodes given, or may not, if so."""
    priors: Overhead
    """What each source gives, before it is multiplied, and why they differ."""


class Estimate(Frozen):
    """What each mode may cost, before anybody pilots. The pilot's figures replace it."""

    load: Load
    calls: float
    """Calls a second on all edges together."""
    assumed: tuple[str, ...]
    """What was not given and had to be assumed."""
    modes: tuple[Expected, ...]
    bill: str
    """Which of used and reserved decides what is paid."""
    beside: tuple[str, ...]
    sources: tuple[str, ...]
    """Where what stands beside the figures comes from."""
    as_of: date
    pack: PackName
