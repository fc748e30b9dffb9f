"""How long something is its holder's, by the clocks of machines that may be apart."""

from __future__ import annotations

from datetime import datetime, timedelta

APART = timedelta(minutes=1)
"""So far two clocks may be apart. A lease that ends later still is of one that was set back."""


def ends(now: datetime, lease: timedelta) -> dict[str, str]:
    """When one that is given now ends (`lease`), and when none can end (`beyond`)."""
    times = {"now": now, "lease": now + lease, "beyond": now + lease + APART}
    return {name: at.isoformat() for name, at in times.items()}
