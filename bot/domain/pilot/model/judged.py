"""What a budget is held against, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.domain.pack.pilot import Metric
from bot.domain.pilot.model.drill import DrillResult
from bot.domain.pilot.model.work import Measurement, Result
from bot.domain.runs.model import Side

Where = tuple[str, str]
"""(service, endpoint), or ("", node)."""


class FigureOrigin(NamedTuple):
    """Who handed figures in, when, and where they come from in words for a person."""

    by: str
    at: datetime
    words: str
    overridden: tuple[str, ...] = ()
    tool: str = ""
    """What measured, where files say: it decides what would tell more."""


class PilotEvidence(NamedTuple):
    """What counts: the newest figure of each metric at each place, the newest run of each drill."""

    figures: Mapping[Metric, Mapping[Where, Measurement]]
    drills: Mapping[tuple[str, Side], DrillResult]

    @classmethod
    def of(
        cls, measurements: Sequence[Measurement], drills: Sequence[DrillResult]
    ) -> PilotEvidence:
        """Later ones take the place of earlier ones, by the order in which they are given."""
        figures: dict[Metric, dict[Where, Measurement]] = {}
        for each in measurements:
            figures.setdefault(each.metric, {})[each.service, each.endpoint] = each
        return cls(figures, {(each.drill, each.side): each for each in drills})


class JudgedBudget(NamedTuple):
    """What one budget comes to at one place; sides in their reading unit."""

    result: Result
    why: str
    measured: float | None
    baseline: float | None
    mesh: float | None
    """These three are None where nothing but ranges is known."""
    single: bool
    rough: bool = False
    too_coarse: bool = False
    """Whether figures only lie in ranges, and whether these leave open what it comes to."""
