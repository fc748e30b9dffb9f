"""Engineer hours a month spent on the network between services, today and with a mesh."""

from __future__ import annotations

from typing import Literal

from bot.domain.decision.assumed import assumed_in
from bot.domain.decision.facts import Stated, mesh_here, state
from bot.domain.decision.hours import at_the_end, payback, work_out
from bot.domain.decision.model import HoursAMonth
from bot.domain.model import Answers, Tax, TaxRange
from bot.domain.pack import Pack
from bot.domain.pack.vocabulary import SETUP_HOURS


def tax_of(pack: Pack, answers: Answers, stated: Stated | None = None) -> Tax | None:
    """The calculator's result, or None while an input is missing."""
    stated = stated or state(pack, answers)
    hours = work_out(stated)
    likely = _range(stated)
    if likely is None or hours.incident is None or hours.drift is None:
        return None
    total, mesh = likely.total_hours, likely.mesh_hours
    setup = None if mesh_here(pack, answers) else _number(stated, SETUP_HOURS)
    return Tax(
        incident_hours=hours.incident,
        drift_hours=hours.drift,
        total_hours=total,
        saving_percent=_figure(stated, "saving_percent"),
        saved_hours=likely.saved_hours,
        mesh_hours=mesh,
        net_hours=likely.net_hours,
        fte=round(likely.saved_hours / pack.tax.hours_per_fte, 4),
        setup_hours=setup,
        payback_months=_payback(hours, setup),
        break_even_mesh_hours=likely.saved_hours,
        break_even_saving_percent=round(100 * mesh / total, 2) if total else None,
        pays=likely.net_hours > 0,
        low=_range(at_the_end(pack, stated, -1)) or likely,
        high=_range(at_the_end(pack, stated, +1)) or likely,
        beside=_beside(pack, hours),
        assumed=assumed_in(pack, answers),
    )


def _range(stated: Stated) -> TaxRange | None:
    hours = work_out(stated)
    if hours.total is None or hours.saved is None or hours.mesh is None or hours.net is None:
        return None
    return TaxRange(
        total_hours=hours.total,
        saved_hours=hours.saved,
        mesh_hours=round(hours.mesh, 6),
        net_hours=hours.net,
    )


def _payback(hours: HoursAMonth, setup: float | None) -> float | Literal["never"] | None:
    months = payback(hours, setup)
    return "never" if months is None and setup is not None else months


def _figure(stated: Stated, name: str) -> float:
    return _number(stated, name) or 0.0


def _number(stated: Stated, name: str) -> float | None:
    fact = stated.get(name)
    return fact if isinstance(fact, int | float) else None


def _beside(pack: Pack, hours: HoursAMonth) -> tuple[str, ...]:
    """What has to stand beside the figures."""
    words = pack.tax
    never = hours.total is not None and 0 < (hours.mesh or 0) >= hours.total
    special = words.no_rate_pays if never else words.no_mesh_hours if hours.mesh == 0 else ""
    return tuple(filter(None, (special, *words.beside, words.proxies)))
