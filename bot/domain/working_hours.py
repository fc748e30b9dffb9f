"""The hours in which somebody may be reminded: on working days, where they work."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)


class WorkingHours(NamedTuple):
    """From one time of a working day to another, in one time zone."""

    begins: time = time(9)
    ends: time = time(17)
    days: tuple[int, ...] = MONDAY_TO_FRIDAY
    zone: tzinfo = UTC

    def today(self, now: datetime) -> date:
        """The day that it is there."""
        return now.astimezone(self.zone).date()

    def midnight(self, day: date) -> datetime:
        """When that day begins there."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def midnight_after(self, day: date) -> datetime:
        """When it is over there."""
        return self.midnight(day + timedelta(days=1))

    def first(self, after: datetime) -> datetime:
        """The first moment of working hours from then on, in UTC."""
        there = after.astimezone(self.zone)
        day = there.date() + timedelta(days=there.time() >= self.ends)
        while day.weekday() not in self.days:
            day += timedelta(days=1)
        begins = datetime.combine(day, self.begins, self.zone)
        return max(begins.astimezone(UTC), after.astimezone(UTC))

    def on(self, day: date) -> datetime:
        """The first moment of working hours on that day or after it, in UTC."""
        return self.first(self.midnight(day))


def working_days_before(day: date, many: int, days: Collection[int] = MONDAY_TO_FRIDAY) -> date:
    """The day so many working days earlier."""
    while many:
        day -= timedelta(days=1)
        many -= day.weekday() in days
    return day


def working_days_after(day: date, many: int, days: Collection[int] = MONDAY_TO_FRIDAY) -> date:
    """The day so many working days later."""
    while many:
        day += timedelta(days=1)
        many -= day.weekday() in days
    return day
