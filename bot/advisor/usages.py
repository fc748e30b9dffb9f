"""CPU and memory of nodes among what somebody gave, told from load tests."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.pilot.model import Measurement
from bot.domain.runs.model import Quantity, Resources
from bot.domain.words import amount
from bot.errors import BadInput
from bot.loadtests.together import Result


def usages(results: Sequence[tuple[str, Result]], quantity: Quantity | None) -> list[Resources]:
    """The readings of one side. Raises `BadInput` where a load test is among them."""
    usages = []
    for name, result in results:
        if not isinstance(result, Resources):
            raise BadInput(f"{name} is a load test and others are readings: give one kind at once.")
        usages.append(result.measured_as(quantity) if quantity and result.series else result)
    return usages


def usage(measured: Measurement) -> str:
    """One reading of both sides, in a line."""
    name, unit = ("CPU", "cores") if measured.metric == "cpu" else ("Memory", "MiB")
    where = measured.endpoint or "all nodes together"
    return f"{name}, {where}: {amount(measured.baseline[0])} → {amount(measured.mesh[0])} {unit}"
