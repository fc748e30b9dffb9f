"""The arithmetic of the tax: engineer hours a month, from stated numbers. Nothing else.

    incidents x hours + teams x drift = today's tax;  x saving % = saved;  - mesh hours = net

Results are rounded to a millionth of an hour so that 76 h x 40 % is 30.4 h, not 30.400000000000002.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import inf
from operator import add, mul, sub, truediv

from bot.domain.decision.model import HoursAMonth
from bot.domain.model import Fact, Facts
from bot.domain.pack import Pack
from bot.domain.pack.vocabulary import ESTIMATED, HOUR_INPUTS, SETUP_HOURS

HOURS_REST_ON = (*HOUR_INPUTS, SETUP_HOURS, *(f"{name}_evidence" for name in ESTIMATED))
"""All that `hour_facts` looks at."""


def work_out(stated: Facts) -> HoursAMonth:
    """The calculator itself, as far as what is stated allows."""
    return _worked_out(tuple(map(stated.get, HOUR_INPUTS)))


@lru_cache(maxsize=1024)  # "What if" moves answers that are not hours far more often.
def _worked_out(inputs: tuple[Fact, ...]) -> HoursAMonth:
    incidents, hours, teams, drift, saving, mesh = map(_number, inputs)
    incident = _both(mul, incidents, hours)
    upkeep = _both(mul, teams, drift)
    total = _both(add, incident, upkeep)
    saved = _both(lambda whole, percent: whole * percent / 100, total, saving)
    return HoursAMonth(incident, upkeep, total, saved, mesh, _both(sub, saved, mesh))


def at_the_end(pack: Pack, stated: Facts, side: int) -> Facts:
    """Every estimate off in the same direction: -1 against the mesh, +1 for it."""
    moved = dict(stated)
    for name in ESTIMATED:
        spread = _spread(pack, str(stated.get(f"{name}_evidence"))) / 100
        way = -side if name == "mesh_hours_per_month" else side
        there = _number(stated.get(name))
        if there is not None:
            most = pack.questions[name].most
            moved[name] = min(there * (1 + way * spread), inf if most is None else most)
    return moved


def _spread(pack: Pack, evidence: str) -> float:
    """In percent; what is derived is as far off as a guess."""
    return pack.tax.spread_percent.get("guess" if evidence == "derived" else evidence, 0)


def hour_facts(pack: Pack, stated: Facts) -> dict[str, Fact]:
    """The derived facts about hours."""
    hours = work_out(stated)
    known, pays = hours.net is not None, (hours.net or 0) > 0
    worst = work_out(at_the_end(pack, stated, -1)) if pays else hours
    facts: dict[str, Fact] = {
        "incident_hours": hours.incident,
        "drift_hours": hours.drift,
        "total_hours": hours.total,
        "saved_hours": hours.saved,
        "net_hours": hours.net,
        "hours_known": known,
        "pays": pays if known else None,
        "pays_at_worst": (worst.net or 0) > 0 if known else None,
        "no_rate_pays": None,
        "saved_per_mesh_hour": None,
        "payback_months": payback(hours, _number(stated.get(SETUP_HOURS))),
    }
    if known and hours.total is not None and hours.mesh is not None:
        facts["no_rate_pays"] = 0 < hours.mesh >= hours.total
        facts["saved_per_mesh_hour"] = _both(truediv, hours.saved, hours.mesh or None)
    return facts


def payback(hours: HoursAMonth, setup: float | None) -> float | None:
    """Months until what a mesh takes once is earned back; None where it never is, or not known."""
    return _both(truediv, setup, hours.net) if (hours.net or 0) > 0 else None


def count_of(chosen: Fact) -> int:
    """How many of several codes were chosen; none where nobody answered."""
    return len(chosen) if isinstance(chosen, tuple) else 0


def _number(fact: Fact) -> float | None:
    return fact if isinstance(fact, int | float) else None


def _both(
    of: Callable[[float, float], float], left: float | None, right: float | None
) -> float | None:
    return None if left is None or right is None else round(of(left, right), 6)
