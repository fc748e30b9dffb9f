"""What was asked and missed, for the pack's owners."""

from __future__ import annotations

from bot.advisor.desk import Desk
from bot.advisor.workplaces import Workplaces
from bot.domain.search.missed import draft, grouped
from bot.domain.search.model import Group
from bot.domain.team import Caller
from bot.errors import Refused
from bot.store import asked


class MissedQuestions:
    """Across the channels of a workspace, and without who asked; so only for those named."""

    def __init__(self, desk: Desk, workplaces: Workplaces) -> None:
        self.desk, self.workplaces = desk, workplaces

    def report(self, caller: Caller) -> tuple[list[Group], int]:
        """The groups, most asked first, and how many older wordings were left out.

        Raises `Refused` for whoever is not named.
        """
        if caller.user not in self.workplaces.here(caller.workspace).pack_owners:
            raise Refused(
                "Only the pack's owners see what was missed, since it comes from every channel. "
                "A lead names them in /meshfit settings, or whoever runs meshfit in "
                f"MESHFIT_PACK_OWNERS; your id is {caller.user}."
            )
        with self.desk.store.reading() as db:
            return grouped(self.desk.index, asked.missed(db, caller.workspace))

    def draft(self, caller: Caller, asked_id: str) -> str:
        """An entry to start from, for the group that this question stands in."""
        groups, _ = self.report(caller)
        for each in groups:
            if asked_id in (wording.id for wording in each.wordings):
                return draft(each, self.desk.pack.entries)
        raise Refused(
            "That question was asked again or is no longer among those missed: "
            "/meshfit questions-missed shows them as they are now."
        )
