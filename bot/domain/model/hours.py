"""Hours a month, today and with a mesh, as frozen values."""

from __future__ import annotations

from typing import Literal

from bot.domain.model.answers import Frozen


class TaxRange(Frozen):
    """The same arithmetic at one end of what the guesses allow. Hours a month."""

    total_hours: float
    saved_hours: float
    mesh_hours: float
    net_hours: float


class Tax(Frozen):
    """Engineer hours a month spent on the network between services, today and with a mesh."""

    incident_hours: float
    drift_hours: float
    total_hours: float
    saving_percent: float
    saved_hours: float
    mesh_hours: float
    net_hours: float
    fte: float
    """Saved hours as people, at 160 hours a month."""
    setup_hours: float | None = None
    """What setting it up takes once; None where nobody said."""
    payback_months: float | Literal["never"] | None = None
    """Months until the setup hours are earned back; None without them."""
    break_even_mesh_hours: float
    break_even_saving_percent: float | None
    """Above 100 no savings rate can pay; None when there is no cost today."""
    pays: bool
    low: TaxRange
    high: TaxRange
    """When every estimate is off in the same direction: against the mesh (low), for it (high)."""
    beside: tuple[str, ...] = ()
    """What must stand beside these figures, wherever they are shown."""
    assumed: tuple[str, ...] = ()
    """The questions whose figure is the pack's own, since nobody gave one."""

    @property
    def never_pays(self) -> bool:
        """Running it takes all of today's hours or more, so no savings rate is enough."""
        return 0 < self.mesh_hours >= self.total_hours
