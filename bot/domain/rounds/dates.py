"""When a round closes: at the end of the working hours of the day that somebody chose."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.domain.working_hours import WorkingHours, working_days_after

USUAL = 3
"""Working days until a round closes, where nobody says otherwise."""


def usual_day(hours: WorkingHours, today: date) -> date:
    """The day so many working days from today."""
    return working_days_after(today, USUAL, hours.days)


def closing(hours: WorkingHours, day: date) -> datetime:
    """The hour of that day, in UTC."""
    return datetime.combine(day, hours.ends, hours.zone).astimezone(UTC)
