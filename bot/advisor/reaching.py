"""What a goal came to, also after the pilot was closed before its number showed."""

from __future__ import annotations

from bot.advisor import owing
from bot.advisor.changing import NOBODYS_ANSWER, Changing
from bot.advisor.dossiers import Dossiers
from bot.advisor.meanwhile import GOAL, refuse, saved_since
from bot.advisor.measure import ENDS
from bot.advisor.measurers import redraw_card
from bot.domain.model import GoalFigure, Reached
from bot.domain.pilot.goal import misses
from bot.domain.pilot.known import ended
from bot.domain.pilot.model import Dossier
from bot.domain.replies import OpenedForm
from bot.domain.team import Caller
from bot.errors import BadAnswers, Refused
from bot.store import Database, pilot_log, pilots


class Reaching:
    """The goal's figures, and what follows from them."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk
        self.changing = Changing(dossiers.desk)

    def reach(self, caller: Caller, pilot: str, figure: GoalFigure, opened: OpenedForm) -> Dossier:
        """Enter what the goal came to; a pilot that was closed without a result ends by it.

        Raises `BadAnswers` where a missed one is measured again without a reason, `Refused` where
        the plan names no number yet or the pilot has its result, `Stale` where somebody else
        measured it meanwhile.
        """
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.to_measure(db, caller, pilot)
            refuse(saved_since(db, caller, dossier, opened), GOAL, "what the goal came to")
            reached = self._reached(caller, dossier, figure)
            pilot_log.add(db, caller, pilot, "goal", reached.at, reached)
            after = self.dossiers.read(db, caller, pilot)
            if reached.afterwards:
                self._ends(db, caller, after)
            owing.below_board(db, caller, pilot, "goal_measured")
            redraw_card(db, caller)
            return self.dossiers.read(db, caller, pilot)

    def _reached(self, caller: Caller, dossier: Dossier, figure: GoalFigure) -> Reached:
        goal = dossier.goal
        if goal.today is None or goal.aim is None:
            raise Refused("The plan says no number to reach yet: write it down under Plan.")
        if goal.asks_why and not figure.reason:
            raise BadAnswers({"reason": "It was missed before. Why is it measured again?"})
        return Reached(
            **figure.model_dump(),
            metric=goal.metric,
            today=goal.today,
            aim=goal.aim,
            unit=goal.unit,
            missed=misses(figure.value, goal.today, goal.aim),
            by=caller.user,
            at=self.desk.clock(),
            afterwards=dossier.board.result is not None,
        )

    def _ends(self, db: Database, caller: Caller, dossier: Dossier) -> None:
        """The result that its verdict has now; the card learns it, unless a pilot came after it."""
        board = dossier.board
        result = ENDS.get(dossier.verdict.whole, "open")
        pilots.ends(db, board.workspace, board.id, result)
        last = pilots.of_team(db, caller)
        if result != "open" and last is not None and last.id == board.id:
            learnt = ended(dossier, result, "It was closed before its number showed.")
            self.changing.learn(db, caller, learnt, NOBODYS_ANSWER)
