"""Who is to measure a goal that shows later: asked by name, and nobody before their own word."""

from __future__ import annotations

from bot.advisor import owing
from bot.advisor.dossiers import Dossiers
from bot.advisor.nominating import OwnWord, answered, nominate
from bot.advisor.one_metric import tell_moved
from bot.domain.pilot.goal import measurer_answered
from bot.domain.pilot.model import Dossier, Edit, Plan
from bot.domain.team import Caller
from bot.errors import Refused
from bot.store import Database, assessments, pilot_log, pilots

NOT_ASKED = "You are not asked to measure a goal there, so there is nothing to answer."


def aim_saved(db: Database, caller: Caller, pilot: str, both: tuple[Plan, Plan]) -> None:
    """Board and card follow; whoever is named anew is asked, in the thread and directly."""
    before, after = both
    tell_moved(db, caller, pilot, both)
    owing.board(db, caller, pilot)
    redraw_card(db, caller)
    if after.measurer != "asked" or before == after:
        return
    if (before.measurer, before.measured_by) == ("asked", after.measured_by):
        return  # asked already: their message says the new day
    owing.below_board(db, caller, pilot, "measurer_asked", {"person": after.measured_by})
    nominate(db, caller, ("measure", pilot, ""), after.measured_by)


def redraw_card(db: Database, there: Caller) -> None:
    """The team's card says how the goal stands."""
    if (team := assessments.open_of(db, there)) is not None:
        owing.card(db, there, team.id)


class Measurers:
    """Every method is one transaction."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk

    def answer(self, caller: Caller, pilot: str, *, accepts: bool, why: str = "") -> None:
        """Their own word, wherever they are; also once the pilot is closed without a result.

        Declined, it is whose it was before, or nobody's. Raises `Refused` for anybody else.
        """
        with self.desk.store.writing() as db:
            there = self.dossiers.there(db, caller, pilot)
            dossier = self._asked(db, there, pilot)
            after = measurer_answered(dossier.plan, accepts=accepts)
            pilots.set_plan(db, there.workspace, pilot, after)
            answered(db, there, ("measure", pilot, ""), OwnWord.of(accepts=accepts, why=why))
            if after.measured_by != dossier.plan.measured_by:
                edit = Edit(fields=("measured_by",))
                pilot_log.add(db, there, pilot, "edit", self.desk.clock(), edit)
            owing.board(db, there, pilot)
            redraw_card(db, there)
            if accepts:
                owing.offer(db, there, "end")

    def check_asked(self, caller: Caller, pilot: str) -> None:
        """Nothing, or `Refused` where this person is not asked."""
        with self.desk.store.reading() as db:
            self._asked(db, self.dossiers.there(db, caller, pilot), pilot)

    def _asked(self, db: Database, there: Caller, pilot: str) -> Dossier:
        dossier = self.dossiers.read(db, there, pilot)
        plan = dossier.plan
        if (plan.measured_by, plan.measurer) != (there.user, "asked") or not dossier.goal_open:
            raise Refused(NOT_ASKED)
        return dossier
