"""Tripwires: whether what would reopen a decision has happened, as people say."""

from __future__ import annotations

from typing import Literal

from bot.advisor.desk import Desk
from bot.domain.dates.model import Thing, Tripwire
from bot.domain.team import Assessment, Caller
from bot.errors import Refused
from bot.store import Database, assessments, reminders, tripwires


class Tripping:
    """Everybody in the channel may say so, and whoever is reminded of the decision."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def say(
        self, caller: Caller, assessment: str, wire: str, word: Literal["no", "yes"]
    ) -> tuple[Tripwire, Caller]:
        """Note it; answers which it was, and this person in the channel that it is about.

        Raises `Refused` for what is not written down any more, or not theirs.
        """
        with self.desk.store.writing() as db:
            team = assessments.by_id(db, caller.workspace, assessment)
            if team is None or team.status != "open" or not self._may(db, caller, team):
                raise Refused("That decision is closed or deleted, so nothing reopens it.")
            kept = tripwires.of_assessment(db, caller.workspace, assessment)
            tripwire = next((each for each in kept if each.id == wire), None)
            if tripwire is None:
                raise Refused("A newer record names other conditions: /meshfit dates lists them.")
            tripwires.say(db, caller, tripwire, word, self.desk.today(db, caller.workspace))
            return tripwire, caller.model_copy(update={"channel": team.channel})

    def _may(self, db: Database, caller: Caller, assessment: Assessment) -> bool:
        look = Thing(kind="look", subject=assessment.id)
        mine = reminders.of(db, caller.workspace, caller.user, look)
        return assessment.channel == caller.channel or mine is not None
