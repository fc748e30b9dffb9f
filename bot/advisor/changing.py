"""How team answers turn into others: written together, noted as one change, undone as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.advisor import owing
from bot.advisor.desk import Desk
from bot.domain.model import Answer
from bot.domain.pilot.model import Edit
from bot.domain.replies import Shared
from bot.domain.team import OWNER, Assessment, Caller, Standing, TeamAnswer
from bot.store import Database, answers, assessments, pilot_log, pilots

NO_NUMBERS = {"baseline": None, "target": None, "unit": "", "shows_on": None, "measured_by": ""}
NOBODY_ACCEPTED = {"owner_accepted": None, "owner_accepted_at": None}
Turn = tuple[str, Answer | None, Answer | None]
"""(question id, answer before, answer after)."""


class Changing:
    """Every change of a team's answers goes through here, inside its caller's transaction."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def learn(self, db: Database, caller: Caller, learnt: Mapping[str, Answer]) -> Shared | None:
        """Put what was measured in place of what was guessed; None where no card is open."""
        if assessments.open_of(db, caller) is None:
            return None
        given = self.desk.team(db, caller).given
        turns = [
            (question, given[question].answer if question in given else None, answer)
            for question, answer in learnt.items()
        ]
        return self.apply(db, caller, turns, followed=False)

    def apply(
        self,
        db: Database,
        caller: Caller,
        turns: Iterable[Turn],
        *,
        followed: bool = True,
        accepts: bool = False,
    ) -> Shared:
        """Write the new answers, and remember the change so that it can be undone.

        The plan of the channel's open pilot follows, unless the change came from there.
        """
        before = self.desk.team(db, caller)
        held, now = before.assessment, self.desk.clock()
        turns = tuple(turn for turn in turns if turn[1] != turn[2])
        if not turns:
            return Shared(standing=before)
        self._write(db, caller, held, turns, accepts=accepts)
        pilot = self._follow(db, caller, turns) if followed else None
        after = self.seen(db, caller)
        advice = (before.advice, after.advice)
        changes = answers.new_changes(held.id, caller.user, now, turns, advice)
        answers.record_changes(db, caller.workspace, changes)
        owing.card(db, caller, held.id)
        owing.below_card(db, caller, held, "turned", {"change": changes.id})
        if pilot is not None:
            owing.below_board(db, caller, pilot, "followed")
        return Shared(standing=after, changes=changes, pilot=pilot)

    def _write(
        self,
        db: Database,
        caller: Caller,
        held: Assessment,
        turns: Iterable[Turn],
        *,
        accepts: bool,
    ) -> None:
        """Each answer, and that its respondent said so.

        Who `accepts` to own the mesh says nothing else; any other answer about it ends what was
        accepted before.
        """
        now = self.desk.clock()
        for question, _, answer in turns:
            if answer is None:
                answers.drop(db, caller.workspace, held.id, question)
                continue
            given = TeamAnswer(question=question, answer=answer, respondent=caller.user, at=now)
            answers.put(db, caller.workspace, held.id, given)
            if not accepts:
                answers.speak(db, caller.workspace, held.id, given)
        owned = accepts or OWNER not in {question for question, _, _ in turns}
        self.touch(db, held, **({} if owned else NOBODY_ACCEPTED))

    def _follow(self, db: Database, caller: Caller, turns: Iterable[Turn]) -> str | None:
        """Card and pilot share one driver and one metric: the id of the pilot that follows.

        Another metric has other numbers, so today, aim and unit are asked for anew.
        """
        board, said = pilots.of_team(db, caller), {name: answer for name, _, answer in turns}
        if board is None or board.result is not None:
            return None
        plan = pilots.plan(db, caller.workspace, board.id)
        now = plan
        if (driver := said.get("driver")) and driver.value in self.desk.pack.drivers:
            now = now.model_copy(update={"driver": driver.value})
        if (metric := said.get("success_metric")) and metric.value != plan.metric:
            now = now.model_copy(update={**NO_NUMBERS, "metric": metric.value})
            pilots.set_metric(db, caller.workspace, board.id, str(metric.value), caller.user)
        if now == plan:
            return None
        pilots.set_plan(db, caller.workspace, board.id, now)
        before, after = plan.model_dump(), now.model_dump()
        edit = Edit(fields=tuple(each for each in after if after[each] != before[each]))
        pilot_log.add(db, caller, board.id, "edit", self.desk.clock(), edit)
        return board.id

    def seen(self, db: Database, caller: Caller) -> Standing:
        """The team as it stands now, its outcome noted as the one last shown."""
        standing = self.desk.team(db, caller)
        held, advice = standing.assessment, standing.advice
        shown = {"outcome": advice.outcome, "title": advice.title}
        assessments.update(db, held.workspace, held.id, **shown)
        return standing

    def touch(self, db: Database, held: Assessment, **changes: object) -> None:
        """Set columns of an assessment, and that it was touched now under today's pack."""
        today = {"touched_at": self.desk.clock(), "pack_digest": self.desk.digest}
        assessments.update(db, held.workspace, held.id, **{**today, **changes})
