"""Engineer hours a month spent on the network between services, today and with a mesh."""

from __future__ import annotations

from bot.domain.decision.facts import Stated, state
from bot.domain.decision.hours import at_the_end, work_out
from bot.domain.model import Answers, Tax, TaxRange
from bot.domain.pack import Pack


def tax_of(pack: Pack, answers: Answers) -> Tax | None:
    """The calculator's result, or None while an input is missing."""
    stated = state(pack, answers)
    hours = work_out(stated)
    likely = _range(stated)
    if likely is None or hours.incident is None or hours.drift is None:
        return None
    total, mesh = likely.total_hours, likely.mesh_hours
    return Tax(
        incident_hours=hours.incident,
        drift_hours=hours.drift,
        total_hours=total,
        saving_percent=_figure(stated, "saving_percent"),
        saved_hours=likely.saved_hours,
        mesh_hours=mesh,
        net_hours=likely.net_hours,
        fte=round(likely.saved_hours / pack.tax.hours_per_fte, 4),
        break_even_mesh_hours=likely.saved_hours,
        break_even_saving_percent=round(100 * mesh / total, 2) if total else None,
        pays=likely.net_hours > 0,
        low=_range(at_the_end(pack, stated, -1)) or likely,
        high=_range(at_the_end(pack, stated, +1)) or likely,
        beside=_beside(pack, total <= mesh),
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


def _figure(stated: Stated, name: str) -> float:
    fact = stated[name]
    return fact if isinstance(fact, int | float) else 0.0


def _beside(pack: Pack, never_pays: bool) -> tuple[str, ...]:
    """What has to stand beside the figures."""
    words = pack.tax
    said = (words.no_rate_pays if never_pays else "", *words.beside, words.proxies)
    return tuple(filter(None, said))
