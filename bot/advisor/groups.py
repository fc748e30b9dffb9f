"""A user group as leads: its people, as Slack told last, beside those who are named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.advisor.desk import Desk
from bot.domain.team import Caller, Workspace
from bot.store import lead_groups, owed

ANEW = timedelta(days=1)
"""How long who left the group may still lead."""


class Groups:
    """Read once it is named, and every day from then on; gone with the setting."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def named(self, workspace: Workspace) -> str:
        """The group that the settings name; empty for none."""
        with self.desk.store.reading() as db:
            return self.desk.workplace_of(db, workspace).lead_group

    def read(self, workspace: Workspace, group: str, people: Iterable[str]) -> None:
        """These are in it; it is read again in a day."""
        with self.desk.store.writing() as db:
            lead_groups.keep(db, workspace, people)
            again = self.desk.clock() + ANEW
            there = Caller(workspace=workspace, channel="", user="")
            name = f"lead_group:{group}:{again:%Y%m%d}"
            owed.say_once(db, there, "lead_group", name, {"group": group}, not_before=again)
