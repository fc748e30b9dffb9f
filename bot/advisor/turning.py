"""How team answers turn into others: written together, noted as one change, undone as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.advisor.desk import Desk
from bot.domain.model import Answer
from bot.domain.sheet import Shared
from bot.domain.team import Assessment, ChangeSet, Given, Place, Standing
from bot.store import Database, answers, assessments

Turn = tuple[str, Answer | None, Answer | None]
"""(question id, answer before, answer after)."""


class Turning:
    """Every change of a team's answers goes through here, inside its caller's transaction."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def learn(self, db: Database, place: Place, learnt: Mapping[str, Answer]) -> Shared | None:
        """Put what was measured in place of what was guessed; None where no card is open."""
        if assessments.open_of(db, place) is None:
            return None
        given = self.desk.team(db, place).given
        turns = [
            (question, given[question].answer if question in given else None, answer)
            for question, answer in learnt.items()
        ]
        standing, changes = self.apply(db, place, turns)
        return Shared(standing=standing, changes=changes)

    def apply(
        self, db: Database, place: Place, turns: Iterable[Turn]
    ) -> tuple[Standing, ChangeSet | None]:
        """Write the new answers, and remember the change so that it can be undone."""
        before = self.desk.team(db, place)
        held, now = before.assessment, self.desk.clock()
        turns = tuple(turn for turn in turns if turn[1] != turn[2])
        if not turns:
            return before, None
        for question, _, answer in turns:
            if answer is None:
                answers.drop(db, place.workspace, held.id, question)
                continue
            given = Given(question=question, answer=answer, respondent=place.user, at=now)
            answers.put(db, place.workspace, held.id, given)
            answers.speak(db, place.workspace, held.id, given)
        self.touch(db, held)
        after = self.seen(db, place)
        advice = (before.advice, after.advice)
        changes = answers.new_changes(held.id, place.user, now, turns, advice)
        answers.record_changes(db, place.workspace, changes)
        return after, changes

    def seen(self, db: Database, place: Place) -> Standing:
        """The team as it stands now, its outcome noted as the one last shown."""
        standing = self.desk.team(db, place)
        held, advice = standing.assessment, standing.advice
        shown = {"outcome": advice.outcome, "title": advice.title}
        assessments.update(db, held.workspace, held.id, **shown)
        return standing

    def touch(self, db: Database, held: Assessment, **changes: object) -> None:
        """Set columns of an assessment, and that it was touched now under today's pack."""
        today = {"touched_at": self.desk.clock(), "pack_digest": self.desk.digest}
        assessments.update(db, held.workspace, held.id, **{**today, **changes})
