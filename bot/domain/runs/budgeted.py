"""How large a difference a budget allows: what runs have to be able to find."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol

from bot.domain.runs.model import Metric

_ELSE: tuple[Metric, ...] = ("p90", "p99", "mean")
"""Latencies that are held against chance where a budget is about them."""


class Budgeted(Protocol):
    """A budget of the pack, or one that a team sealed."""

    @property
    def metric(self) -> str:
        """What it is about; latencies are in ms."""

    @property
    def change(self) -> Literal["absolute", "percent", "value"]:
        """Whether the limit is on what is added, in its unit or in percent, or on the figure."""

    @property
    def limit(self) -> float:
        """The most that is allowed."""

    @property
    def noise(self) -> float:
        """Of a percentage: so many units count as nothing."""


def budgeted(budgets: Iterable[Budgeted], metric: Metric, baseline: float) -> float | None:
    """The least difference of a latency, in ms, that a budget turns on; None where none does."""
    sizes = (_size(each, baseline) for each in budgets if each.metric == metric)
    return min((each for each in sizes if each > 0), default=None)


def _size(budget: Budgeted, baseline: float) -> float:
    """In ms; 0 or less where any difference, or none, would break it."""
    match budget.change:
        case "absolute":
            return abs(budget.limit)
        case "percent":
            size = abs(budget.limit) / 100 * baseline
            return max(size, budget.noise) if budget.limit >= 0 else size
        case "value":
            return budget.limit - baseline


def tested(always: Iterable[Metric], budgets: Iterable[Budgeted]) -> tuple[Metric, ...]:
    """What is held against chance: some latencies always, others where a budget is about them."""
    asked = {each.metric for each in budgets} - {*always}
    return (*always, *(each for each in _ELSE if each in asked))
