"""The first moment of working hours, west and east, over weekends and changes of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.working_hours import WorkingHours

BERLIN, TOKYO, WEST = (
    ZoneInfo(each) for each in ("Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles")
)


@pytest.mark.parametrize(
    ("hours", "after", "first"),
    [
        (WorkingHours(), "2026-12-01T08:59", "2026-12-01T09:00"),
        (WorkingHours(), "2026-12-01T12:34", "2026-12-01T12:34"),
        (WorkingHours(), "2026-12-01T17:00", "2026-12-02T09:00"),
        (WorkingHours(), "2026-12-04T17:30", "2026-12-07T09:00"),
        (WorkingHours(days=(6,)), "2026-12-01T10:00", "2026-12-06T09:00"),
        (WorkingHours(time(0), time.max), "2026-12-01T23:59", "2026-12-01T23:59"),
        (WorkingHours(zone=TOKYO), "2026-12-01T08:00", "2026-12-02T00:00"),
        (WorkingHours(zone=WEST), "2026-12-01T01:00", "2026-12-01T17:00"),
        (WorkingHours(zone=WEST), "2026-12-05T00:59", "2026-12-05T00:59"),
        (WorkingHours(zone=BERLIN), "2027-03-26T20:00", "2027-03-29T07:00"),
    ],
)
def test_it_is_the_next_moment_at_which_people_work_there(
    hours: WorkingHours, after: str, first: str
):
    moment = hours.first(datetime.fromisoformat(after).replace(tzinfo=UTC))
    assert moment == datetime.fromisoformat(first).replace(tzinfo=UTC)


def test_a_day_begins_and_is_over_where_people_work():
    hours = WorkingHours(zone=WEST)
    assert hours.today(datetime(2026, 12, 1, 7, tzinfo=UTC)) == date(2026, 11, 30)
    assert hours.midnight_after(date(2026, 11, 30)) == datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert hours.on(date(2026, 12, 5)) == datetime(2026, 12, 7, 17, tzinfo=UTC)
