"""In what steps figures are given, told by the figures alone: whole ms, tenths of one.

A tool that rounds gives every figure as a multiple of its step; by chance many figures are not.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.runs.model import Span

_STEPS = (100.0, 10.0, 1.0, 0.1, 0.01)
"""In ms, the coarsest first."""
_WHOLE = 1.0
"""What is coarser than this is at most a tenth of the figures: tools round large ones so."""
_CLOSE = 1e-6
MATTERS = 0.1
"""The least share of an interval that a step in which its figures are given is told from."""


def step_of(values: Sequence[float]) -> float:
    """The coarsest step of which all these figures are multiples, in ms; 0 where there is none."""
    least = min(values, default=0.0)
    for step in _STEPS:
        if (step <= _WHOLE or least >= 10 * step) and all(
            abs(each / step - round(each / step)) < _CLOSE for each in values
        ):
            return step
    return 0.0


def rounded(values: Sequence[float], step: float) -> list[Span]:
    """Between which values each figure lay before it was rounded to its step, or cut to it."""
    return [(max(each - step / 2, 0.0), each + step / 2) for each in values]


def notable(interval: Span | None, step: float) -> bool:
    """Whether a step is too large a part of an interval to be passed over."""
    return interval is not None and step > MATTERS * (interval[1] - interval[0])
