"""Figures as people type them: both sides of each metric, read or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.domain.numbers import read_number
from bot.domain.pack.pilot import Metric
from bot.domain.runs.model import Side
from bot.errors import BadAnswers

Sides = Mapping[Side, str]
"""What was typed for one metric, of either side; several runs apart by spaces."""
Figures = tuple[tuple[float, ...], ...]
"""The same, read: a figure a run, without the mesh and with it."""
Read = tuple[Metric, Figures]


class Typed(NamedTuple):
    """Everything that was typed, and why broken figures are measured again."""

    figures: Mapping[Metric, Sides]
    again: str = ""


def figures_of(typed: Mapping[Metric, Sides]) -> dict[Metric, Figures]:
    """Read every metric that has anything typed; both sides are needed."""
    figures: dict[Metric, Figures] = {}
    wrong: dict[str, str] = {}
    for metric, sides in typed.items():
        if not any(typed_in.strip() for typed_in in sides.values()):
            continue
        read: list[tuple[float, ...]] = []
        for side, typed_in in sides.items():
            try:
                read.append(_numbers(typed_in, metric))
            except ValueError as error:
                wrong[f"{metric}.{side}"] = f"{error}."
        figures[metric] = tuple(read)
    if not figures:
        wrong["p50.baseline"] = "Type at least one figure, or drop two files."
    if wrong:
        raise BadAnswers(wrong)
    return figures


def _numbers(side: str, metric: Metric) -> tuple[float, ...]:
    """One number a run; error rates are typed in percent and kept as shares."""
    words: Sequence[str] = side.replace(" %", "%").split()
    if not words:
        raise ValueError("needs a figure on both sides: without the mesh and with it")
    numbers = tuple(read_number(each, "%" if metric == "error_rate" else "") for each in words)
    if min(numbers) < 0:
        raise ValueError("cannot be below 0")
    if metric != "error_rate":
        return numbers
    if max(numbers) > 100:
        raise ValueError("is a percentage, so it cannot be above 100")
    return tuple(each / 100 for each in numbers)
