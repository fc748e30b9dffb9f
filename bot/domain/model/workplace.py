"""How a workspace wants meshfit: who leads, where and when it speaks, how long it keeps things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time

from pydantic import Field, field_validator

from bot.domain.model.answers import Frozen

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOURS = re.compile(
    r"\s*([01]?\d|2[0-4]):([0-5]\d)\s*(?:-|–|to)\s*([01]?\d|2[0-4]):([0-5]\d)\s*",  # noqa: RUF001
    re.ASCII,
)
MIDNIGHT = time.max
"""The end of a day that goes on until 24:00."""


def hours_of(text: str) -> tuple[time, time]:
    """`09:00-17:00` as its two ends; raises `ValueError` with what is wrong of anything else."""
    match = _HOURS.fullmatch(text)
    ends = _ends(match) if match else None
    if ends is None:
        raise ValueError(f"'{text}' is no span of hours, such as 09:00-17:00")
    if ends[0] >= ends[1]:
        raise ValueError(f"'{text}' ends before it begins")
    return ends


def _ends(match: re.Match[str]) -> tuple[time, time] | None:
    begins, ends = match.group(1, 2), match.group(3, 4)
    if begins[0] == "24" or (ends[0] == "24" and ends[1] != "00"):
        return None
    until = MIDNIGHT if ends[0] == "24" else time(int(ends[0]), int(ends[1]))
    return time(int(begins[0]), int(begins[1])), until


class Chosen(Frozen):
    """What a workspace chose for itself; None where it is as the environment says."""

    leads: tuple[str, ...] | None = None
    pack_owners: tuple[str, ...] | None = None
    lead_group: str | None = Field(None, max_length=70)
    digest_channel: str | None = None
    github: str | None = Field(None, max_length=500)
    gitlab: str | None = Field(None, max_length=500)
    time_zone: str | None = Field(None, max_length=80)
    work_days: tuple[int, ...] | None = None
    work_hours: str | None = Field(None, max_length=40)
    retention_days: int | None = Field(None, ge=1)
    acts: int | None = Field(None, ge=1)
    channel_acts: int | None = Field(None, ge=1)
    said_by: Mapping[str, str] = {}
    """Field → who saved it last."""


class Workplace(Frozen):
    """What holds for a workspace: what it chose, else what the environment says."""

    leads: frozenset[str] = frozenset()
    """Who sees where the teams stand that shared with them, beside who installed it."""
    lead_group: str = ""
    """A user group whose people lead too, where Slack may tell who they are."""
    pack_owners: frozenset[str] = frozenset()
    """Who sees the questions that were missed."""
    digest_channel: str = ""
    """Where what changed in a month is told; empty where it is told nowhere."""
    github: str = ""
    gitlab: str = ""
    """A project's address at a tracker, `https://host/owner/name`, without a slash at the end."""
    time_zone: str = "UTC"
    """An IANA name, such as Europe/Berlin."""
    work_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    """Monday is 0, as `date.weekday` counts."""
    work_from: time = time(9)
    work_until: time = time(17)
    retention_days: int | None = None
    acts: int = 1000
    channel_acts: int = 5000

    @field_validator("work_days")
    @classmethod
    def _some(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        """A week without a working day would keep everything to itself for ever."""
        if not days or not set(days) <= set(range(7)):
            raise ValueError("a working week has one to seven days, Monday is 0")
        return tuple(sorted(set(days)))

    @property
    def hours(self) -> str:
        """The working hours as one types them."""
        until = "24:00" if self.work_until == MIDNIGHT else f"{self.work_until:%H:%M}"
        return f"{self.work_from:%H:%M}-{until}"

    @property
    def trackers(self) -> Mapping[str, str]:
        """Name of a tracker → the address of the project there; those that were given."""
        addresses = {"GitHub": self.github, "GitLab": self.gitlab}
        return {name: address for name, address in addresses.items() if address}


def chosen_over(defaults: Workplace, chosen: Chosen) -> Workplace:
    """What holds: people are added to those whom the environment names, the rest replaces it.

    A limit of whoever runs meshfit is never exceeded, only lowered.
    """
    own = chosen.model_dump(exclude_none=True, exclude={"work_hours", "said_by"})
    for people in ("leads", "pack_owners"):
        own[people] = getattr(defaults, people) | frozenset(own.get(people, ()))
    for most in ("retention_days", "acts", "channel_acts"):
        both = [each for each in (getattr(defaults, most), own.get(most)) if each is not None]
        own[most] = min(both, default=None)
    if chosen.work_hours:
        own["work_from"], own["work_until"] = hours_of(chosen.work_hours)
    return Workplace(**(defaults.model_dump() | own))


class SettingsOpening(Frozen):
    """What the form of a workspace's settings begins with."""

    chosen: Chosen
    defaults: Workplace
    holds: Workplace
    marks: Mapping[str, str]
    """Field → a mark of what was chosen when the form was opened."""
    by: str = ""
    """Who saved it last, and when; nobody where nothing was chosen yet."""
    at: datetime | None = None
