"""How team answers turn into others: written together, noted as one change, undone as one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from bot.advisor import owing
from bot.advisor.desk import Desk
from bot.advisor.one_metric import SHARED, follow, planned_by
from bot.domain.dates.model import Kind
from bot.domain.model import Answer
from bot.domain.replies import Shared
from bot.domain.team import OWNER, Assessment, Caller, ChangeSet, Standing, TeamAnswer
from bot.store import Database, answers, assessments

NOBODY_ACCEPTED = {"owner_accepted": None, "owner_accepted_at": None}
Turn = tuple[str, Answer | None, Answer | None]
"""(question id, answer before, answer after)."""


class Undo(NamedTuple):
    """The change that is taken back, and the message that told it."""

    change: str
    ts: str


class HowChanged(NamedTuple):
    """How a change came about."""

    why: str = ""
    followed: bool = True
    """Whether an open pilot's plan follows; it does not where the change came from there."""
    accepts: bool = False
    """Whether it is said by accepting to own the mesh, or the last role of its pilot."""
    undo: Undo | None = None
    speaks: bool = True
    """Whether it is what they say themselves; it is not where they choose among others' answers."""
    by: Mapping[str, str] | None = None
    """Question → who answered it so, where that is not who changes it."""
    offered_to: str = ""
    """Who is offered reminders of dates that came by it, where that is not who changes it."""
    told: bool = True
    """Whether it is told, and dates that came are offered; not where a card begins with it."""


BY_HAND = HowChanged()
FROM_THE_PILOT = HowChanged(followed=False)
"""Somebody answers it there."""
NOBODYS_ANSWER = HowChanged(followed=False, speaks=False)
"""It follows from what the pilot came to, whoever closed it."""


class Changing:
    """Every change of a team's answers goes through here, inside its caller's transaction."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def learn(
        self,
        db: Database,
        caller: Caller,
        learnt: Mapping[str, Answer],
        how: HowChanged = FROM_THE_PILOT,
    ) -> Shared | None:
        """Put what was measured in place of what was guessed; None where no card is open."""
        if assessments.open_of(db, caller) is None:
            return None
        before = self.desk.team(db, caller).answers
        turns = [
            (question, before.get(question), answer)
            for question, answer in learnt.items()
            if question in self.desk.pack.questions and not _known(before.get(question), answer)
        ]
        return self.apply(db, caller, turns, how)

    def apply(
        self,
        db: Database,
        caller: Caller,
        turns: Iterable[Turn],
        how: HowChanged = BY_HAND,
    ) -> Shared:
        """Write the new answers; the thread is told, or the line of what is undone says so."""
        before = self.desk.team(db, caller)
        assessment = before.assessment
        turns = tuple(turn for turn in turns if turn[1] != turn[2])
        if not turns:
            return Shared(standing=before)
        self._write(db, caller, assessment, turns, how)
        turned = {question: answer for question, _, answer in turns}
        pilot = follow(self.desk, db, caller, turned) if how.followed else None
        after = self.seen(db, caller)
        owing.card(db, caller, assessment.id)
        if how.told and (kinds := _got_a_date(before, after)):
            whose = caller.model_copy(update={"user": how.offered_to or caller.user})
            owing.offer(db, whose, *kinds)
        changes = self._tell(db, caller, (before, after), turns, how)
        if pilot is not None:
            owing.below_board(db, caller, pilot, "followed")
        return Shared(standing=after, changes=changes, pilot=pilot)

    def meet_pilot(self, db: Database, caller: Caller) -> None:
        """A new card beside an open pilot: what it says of driver and metric counts for both.

        Where it says nothing, it learns what the pilot's plan says, and by whom.
        """
        answered = self.desk.team(db, caller).answered
        shared = {each: answered[each].answer for each in SHARED if each in answered}
        if (pilot := follow(self.desk, db, caller, shared)) is not None:
            owing.below_board(db, caller, pilot, "followed")
        planned = planned_by(self.desk, db, caller)
        turns = [
            (each, None, answer.answer) for each, answer in planned.items() if each not in answered
        ]
        by = {each: answer.respondent for each, answer in planned.items()}
        self.apply(db, caller, turns, HowChanged(followed=False, speaks=False, by=by, told=False))

    def _tell(
        self,
        db: Database,
        caller: Caller,
        both: tuple[Standing, Standing],
        turns: Iterable[Turn],
        how: HowChanged,
    ) -> ChangeSet | None:
        """Remember the change so that it can be undone, and say it; an undo edits the line."""
        assessment = both[0].assessment
        if how.undo is not None:
            owing.below_card(db, caller, assessment, "undone", how.undo._asdict())
            return None
        advice = (both[0].advice, both[1].advice)
        made = answers.new_changes(assessment.id, caller.user, self.desk.clock(), turns, advice)
        changes = made.model_copy(update={"why": how.why})
        answers.record_changes(db, caller.workspace, changes)
        if how.told:
            owing.below_card(db, caller, assessment, "turned", {"change": changes.id})
        return changes

    def _write(
        self,
        db: Database,
        caller: Caller,
        assessment: Assessment,
        turns: Iterable[Turn],
        how: HowChanged,
    ) -> None:
        """Each answer, and that its respondent said so.

        Who `accepts` says nothing else; what was accepted ends with any answer but
        `named`.
        """
        now = self.desk.clock()
        for question, _, answer in turns:
            if answer is None:
                answers.drop(db, caller.workspace, assessment.id, question)
                continue
            who = (how.by or {}).get(question, caller.user)
            written = TeamAnswer(question=question, answer=answer, respondent=who, at=now)
            answers.put(db, caller.workspace, assessment.id, written)
            if how.speaks and not how.accepts:
                answers.speak(db, caller.workspace, assessment.id, written)
        owned = how.accepts or all(
            question != OWNER or (answer and answer.value == "named")
            for question, _, answer in turns
        )
        self.touch(db, assessment, **({} if owned else NOBODY_ACCEPTED))

    def own_words(self, db: Database, there: Caller, people: Collection[str]) -> None:
        """Who accepted to own it, and had said otherwise, says it no more, whatever comes after."""
        if (team := assessments.open_of(db, there)) is None:
            return
        named = {"answer": Answer(value="named"), "at": self.desk.clock()}
        for voice in answers.voices(db, team.workspace, team.id):
            if voice.question == OWNER and voice.respondent in people:
                answers.speak(db, team.workspace, team.id, voice.model_copy(update=named))

    def seen(self, db: Database, caller: Caller) -> Standing:
        """The team as it stands now, its outcome noted as the one last shown."""
        standing = self.desk.team(db, caller)
        assessment, advice = standing.assessment, standing.advice
        shown = {"outcome": advice.outcome, "title": advice.title}
        assessments.update(db, assessment.workspace, assessment.id, **shown)
        self.desk.noted("decision", advice.outcome)
        return standing

    def confirm(self, db: Database, caller: Caller, assessment: Assessment) -> None:
        """Say that the card is true."""
        now = self.desk.clock()
        self.touch(db, assessment, confirmed_by=caller.user, confirmed_at=now, touched_at=now)
        owing.card(db, caller, assessment.id)

    def touch(self, db: Database, assessment: Assessment, **changes: object) -> None:
        """Set columns of an assessment, and that it was touched now under today's pack."""
        today = {"touched_at": self.desk.clock(), "pack_digest": self.desk.digest}
        assessments.update(db, assessment.workspace, assessment.id, **{**today, **changes})


def _got_a_date(before: Standing, after: Standing) -> tuple[Kind, ...]:
    """What has a day that it had not, of an auditor also another one."""
    kinds: dict[Kind, bool] = {
        "look": before.look_again_at is None and after.look_again_at is not None,
        "deadline": after.advice.deadline not in (None, before.advice.deadline),
    }
    return tuple(kind for kind, has in kinds.items() if has)


def _known(before: Answer | None, learnt: Answer) -> bool:
    """Whether the same is said already and nothing was measured of it since."""
    if before is None:
        return learnt.value == "none"
    return before.value == learnt.value and not learnt.evidence
