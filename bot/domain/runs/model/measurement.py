"""What a load test measured, as frozen values: a run, its endpoints, what nodes and pods used.

Latencies in ms, rates in 1/s, fractions 0..1, CPU in cores, memory in bytes. What a file does not
say is None, never a guess; for every latency it is kept how it is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.domain.model import Frozen
from bot.domain.words import amount

Known = Literal["given", "interpolated", "computed", "unavailable"]
"""Printed by the tool, read off its histogram, counted from every sample, or not to be had."""
Statistic = Literal["p50", "p90", "p95", "p99", "max", "mean"]
STATISTICS: tuple[Statistic, ...] = ("p50", "p90", "p95", "p99", "max", "mean")
Quantity = Literal["cpu", "memory"]

Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class How(Frozen):
    """How each latency is known."""

    p50: Known = "unavailable"
    p90: Known = "unavailable"
    p95: Known = "unavailable"
    p99: Known = "unavailable"
    max: Known = "unavailable"
    mean: Known = "unavailable"


Range = tuple[Amount, Amount | None]
"""Between which values a figure lies, in ms; None above where only the lower end is known."""


class Latency(Frozen):
    """Response times in ms; a range where the file only says between which values one lies.

    A figure that is interpolated has both; one that a range makes a mere guess has no value.
    """

    p50: Amount | None = None
    p90: Amount | None = None
    p95: Amount | None = None
    p99: Amount | None = None
    max: Amount | None = None
    mean: Amount | None = None
    p50_range: Range | None = None
    p90_range: Range | None = None
    p95_range: Range | None = None
    p99_range: Range | None = None
    max_range: Range | None = None
    how: How = How()

    def range_of(self, name: str) -> Range | None:
        """Between which values a statistic lies, where it is no exact figure."""
        span: Range | None = getattr(self, f"{name}_range", None)
        return span

    def lost_range(self, name: Statistic) -> bool:
        """Whether it was read off a histogram and kept without its range, as it was once."""
        return getattr(self.how, name) == "interpolated" and self.range_of(name) is None

    def told(self, name: Statistic) -> tuple[str, ...]:
        """A statistic in at most two lines: `("20",)`, `("≈ 20", "15 to 25")`, `("above 53",)`.

        Empty where the file says nothing of it.
        """
        value, lies = getattr(self, name), self.range_of(name)
        parts: tuple[str, ...] = ()
        if value is not None:
            exact = lies is None and not self.lost_range(name)
            parts = (amount(value) if exact else f"≈ {amount(value)}",)
        if lies is not None:
            low, high = lies
            parts += (
                f"above {amount(low)}" if high is None else f"{amount(low)} to {amount(high)}",
            )
        elif value is not None and self.lost_range(name):
            parts += ("range not kept",)
        return parts


class Figures(Frozen):
    """What is counted and timed, of a whole run or of one endpoint."""

    rps: Amount | None = None
    """Attempts a second as the tool counts them; failures are among them."""
    requests: Count | None = None
    errors: Count | None = None
    """No answer, HTTP 400 and above, gRPC other than OK; what the tool counts where it decides."""
    error_rate: Share | None = None
    latency_ms: Latency = Latency()
    samples: Count | None = None
    """How many latencies stand behind the percentiles, where the file says."""


class Endpoint(Figures):
    """One endpoint, route or workload of a run."""

    name: str


class Run(Figures):
    """One load test, read from one result."""

    format: str
    tool: str
    target: str | None = None
    protocol: str | None = None
    started_at: datetime | None = None
    duration_s: Amount | None = None
    connections: Count | None = None
    """What there was at most: connections, threads or virtual users, as the tool has it."""
    requested_rps: Amount | None = None
    settings: Mapping[str, str] = Field(default_factory=dict)
    """What else the file says of how it sent: whether connections were kept, the loop, payloads."""
    endpoints: tuple[Endpoint, ...] = ()
    errors_by_kind: Mapping[str, Count] = Field(default_factory=dict)
    unanswered: Count = 0
    """Attempts that failed without an answer and that the tool counts beside its requests."""
    left_out: Count = 0
    """Answers among the requests that the tool left out of every latency: they were too slow."""
    unsent: Count = 0
    """Requests that the load generator could not send in time."""
    notes: tuple[str, ...] = ()
    """What a reader of these figures should know about how they came to be."""

    @property
    def timed(self) -> bool:
        """Whether it holds a p50 or a p95 of the whole, or a p50 of an endpoint."""
        whole = self.latency_ms
        times = [each.latency_ms.p50 for each in self.endpoints]
        known = (whole.p50, whole.p95, whole.p50_range, whole.p95_range, *times)
        return any(each is not None for each in known)


class Usage(Frozen):
    """What one node, pod or container used."""

    name: str
    kind: Literal["node", "pod", "container", "series"]
    cpu_cores: Amount | None = None
    memory_bytes: Amount | None = None


class Series(Frozen):
    """One Prometheus series: what it measures is in the query, which the file does not hold."""

    labels: Mapping[str, str]
    points: tuple[tuple[float, float], ...]
    """(seconds since 1970, or 0 where the file does not say; value), finite values only."""
    missing: Count = 0
    """Values that were NaN or infinite."""

    @property
    def mean(self) -> float | None:
        """The average of all values; what CPU is judged by."""
        return sum(value for _, value in self.points) / len(self.points) if self.points else None

    @property
    def highest(self) -> float | None:
        """The largest value; what memory is judged by."""
        return max((value for _, value in self.points), default=None)

    @property
    def last(self) -> float | None:
        """The latest value."""
        return self.points[-1][1] if self.points else None

    @property
    def name(self) -> str:
        """The label that names what was measured: the node first."""
        for label in ("node", "instance", "pod", "container", "series"):
            if label_there := self.labels.get(label):
                return label_there
        return self.told

    @property
    def told(self) -> str:
        """Its metric and all its labels."""
        rest = sorted(each for each in self.labels.items() if each[0] != "__name__")
        text = ", ".join(f"{key}={value}" for key, value in rest)
        return " ".join(each for each in (self.labels.get("__name__"), text) if each) or "all"


class Resources(Frozen):
    """CPU and memory from one file."""

    format: str
    tool: str
    usages: tuple[Usage, ...] = ()
    series: tuple[Series, ...] = ()
    """Every series as it came; those whose meaning is known are among the usages too."""
    notes: tuple[str, ...] = ()

    def measured_as(self, quantity: Quantity) -> Resources:
        """The same, once somebody said what the query measured: CPU in cores or memory in bytes.

        CPU is averaged over the series, memory is taken at its highest.
        """
        usages = tuple(
            Usage(
                name=each.name,
                kind="node" if "node" in each.labels else "series",
                cpu_cores=each.mean if quantity == "cpu" else None,
                memory_bytes=each.highest if quantity == "memory" else None,
            )
            for each in self.series
            if each.points
        )
        return self.model_copy(update={"usages": usages or self.usages})
