"""Time zones by their IANA names, as people type them and as Slack tells them."""

from __future__ import annotations

from zoneinfo import ZoneInfo


def zone_of(name: str) -> str:
    """The name of a time zone; raises `ValueError` with what is wrong of anything else."""
    try:
        return ZoneInfo(name).key
    except (KeyError, OSError, ValueError):
        raise ValueError(f"'{name}' is no time zone, such as Europe/Berlin") from None
