"""The arithmetic of the tax: engineer hours a month, from stated numbers. Nothing else.

    incidents x hours + teams x drift = today's tax;  x saving % = saved;  - mesh hours = net

Results are rounded to a millionth of an hour so that 76 h x 40 % is 30.4 h, not 30.400000000000002.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import add, mul, sub
from typing import NamedTuple

from bot.domain.condition import Fact, Facts
from bot.domain.vocabulary import HOUR_INPUTS


class Hours(NamedTuple):
    """Hours a month; None where an input is missing."""

    incident: float | None
    drift: float | None
    total: float | None
    saved: float | None
    mesh: float | None
    net: float | None


def work_out(stated: Facts) -> Hours:
    """The calculator itself, as far as what is stated allows."""
    incidents, hours, teams, drift, saving, mesh = (
        _number(stated.get(name)) for name in HOUR_INPUTS
    )
    incident = _both(mul, incidents, hours)
    upkeep = _both(mul, teams, drift)
    total = _both(add, incident, upkeep)
    saved = _both(lambda whole, percent: whole * percent / 100, total, saving)
    return Hours(incident, upkeep, total, saved, mesh, _both(sub, saved, mesh))


def hour_facts(stated: Facts) -> dict[str, Fact]:
    """The derived facts about hours."""
    hours = work_out(stated)
    known = hours.net is not None
    facts: dict[str, Fact] = {
        "incident_hours": hours.incident,
        "drift_hours": hours.drift,
        "total_hours": hours.total,
        "saved_hours": hours.saved,
        "net_hours": hours.net,
        "hours_known": known,
        "pays": hours.net > 0 if hours.net is not None else None,
        "no_rate_pays": None,
    }
    if known and hours.total is not None and hours.mesh is not None:
        facts["no_rate_pays"] = hours.total <= hours.mesh
    return facts


def _number(fact: Fact) -> float | None:
    return fact if isinstance(fact, int | float) else None


def _both(
    of: Callable[[float, float], float], left: float | None, right: float | None
) -> float | None:
    return None if left is None or right is None else round(of(left, right), 6)
