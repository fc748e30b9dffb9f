"""A round's end: counted once, agreed answers become the team's, the others are put to it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor import owing
from bot.advisor.changing import Changing, HowChanged
from bot.advisor.desk import Desk
from bot.advisor.rights import Rights
from bot.advisor.then import keep_snapshot
from bot.domain.model import Answers
from bot.domain.replies import Shared
from bot.domain.rounds.agreeing import given_by, outlooks, spreads, withheld
from bot.domain.rounds.model import AnswerSide, AtClose, Came, Round, RoundAnswer, Spread
from bot.domain.team import ROUND, Assessment, Caller, TeamAnswer, Workspace
from bot.errors import Refused
from bot.store import Database, answers, assessments, owed, reminders, round_answers, rounds


class RoundClosing:
    """By its date, by the last of those who were named, or by who opened it."""

    def __init__(self, desk: Desk, changing: Changing, rights: Rights) -> None:
        self.desk, self.changing, self.rights = desk, changing, rights

    def close_now(self, caller: Caller, name: str) -> Round:
        """Close now; who opened it may, and leads."""
        with self.desk.store.writing(caller) as db:
            round_ = self._of(db, caller, name)
            if round_.closed_at is None:
                self.rights.check_round(db, caller, round_.opened_by)
            return self.close(db, round_, caller.user)

    def close_due(self, workspace: Workspace, name: str) -> None:
        """Its date has come."""
        with self.desk.store.writing() as db:
            round_ = rounds.by_id(db, workspace, name)
            if round_ is not None and round_.closed_at is None:
                self.close(db, round_, None)

    def close(self, db: Database, round_: Round, by: str | None) -> Round:
        """Close it inside a transaction; raises `Refused` where it was closed already."""
        if not rounds.close(db, round_, by, self.desk.clock()):
            raise Refused("That round was closed already.")
        owed.unsay(db, round_.workspace, f"round_due:{round_.id}")
        reminders.drop_subject(db, round_.workspace, round_.id)
        owed.redraw(db, nobody_of(round_), "round", round_.id)
        closed = rounds.by_id(db, round_.workspace, round_.id) or round_
        every = round_answers.said(db, closed)
        few = withheld(every, named=closed.names == "open")
        counting = tuple(each for each in every if each.question not in few)
        came = any(each.answer for each in counting)
        if came:
            self._come_to(db, closed, counting, few)
        if closed.names == "anonymous":
            silent = (each for each in every if each.question in few and each.answer is None)
            round_answers.part(db, closed, (*counting, *silent) if came else ())
        return rounds.by_id(db, round_.workspace, round_.id) or closed

    def _come_to(
        self, db: Database, round_: Round, counting: tuple[RoundAnswer, ...], few: Mapping[str, int]
    ) -> None:
        """The team's answers where all agree; everybody's own beside them, if names are shown.

        Nothing is made of what `few` said.
        """
        there = nobody_of(round_).model_copy(update={"user": ROUND})
        team = assessments.open_of(db, there) or self._begun(db, there, round_)
        before = self.desk.standing(db, team).answers
        owing.card(db, nobody_of(round_), team.id)
        asked = set(round_.questions)
        beside = {each: answer for each, answer in before.items() if each not in asked}
        agreed = {
            each.question: each.sides[0] for each in self._spreads(round_, counting) if each.agreed
        }
        at_close = AtClose(
            agreed=tuple(agreed),
            counted=outlooks(given_by(counting), beside, self._headline),
            beside=bool(beside),
            withheld=few,
            left_out=bool(few),
        )
        rounds.update(db, round_, assessment=team.id, json=at_close.model_dump_json())
        self._redraw(db, round_, team.id)
        if round_.names == "open":
            answers.speak(db, round_.workspace, team.id, *self._voices(counting))
        self._agree(db, round_, agreed, before)
        self.changing.touch(db, team)
        keep_snapshot(db, there, self.changing.seen(db, there), "round")

    def _begun(self, db: Database, there: Caller, round_: Round) -> Assessment:
        """The team's first card, as who opened the round began it."""
        starter = there.model_copy(update={"user": round_.opened_by})
        owing.offer(db, starter, "look", "deadline", "rules")
        return assessments.begin(db, starter, self.desk.digest, self.desk.clock())

    def _agree(
        self, db: Database, round_: Round, agreed: Mapping[str, AnswerSide], before: Answers
    ) -> None:
        """Where all agree, the answer is the team's; the thread hears what it had said before."""
        there = nobody_of(round_).model_copy(update={"user": ROUND})
        turns = [
            (question, old, side.answer)
            for question, side in agreed.items()
            if (old := before.get(question)) is None or old.value != side.answer.value
        ]
        who = {question: next(iter(side.people), ROUND) for question, side in agreed.items()}
        how = HowChanged(speaks=False, by=who, offered_to=round_.opened_by, told=bool(before))
        self.changing.apply(db, there, turns, how)

    def _spreads(self, round_: Round, answers: tuple[RoundAnswer, ...]) -> tuple[Spread, ...]:
        known = [each for each in round_.questions if each in self.desk.pack.questions]
        few = round_.at_close.withheld if round_.at_close else {}
        return spreads(known, answers, named=round_.names == "open", withheld=few)

    def _voices(self, answers: tuple[RoundAnswer, ...]) -> list[TeamAnswer]:
        now = self.desk.clock()
        return [
            TeamAnswer(question=each.question, answer=each.answer, respondent=each.person, at=now)
            for each in answers
            if each.answer is not None
        ]

    def _headline(self, answers: Answers) -> str:
        return self.desk.advice(self.desk.pack, answers).headline

    def came(self, workspace: Workspace, name: str) -> Came | None:
        """What a round came to, as it stands by now; None where it is open or was deleted."""
        with self.desk.store.reading() as db:
            round_ = rounds.by_id(db, workspace, name)
            if round_ is None or round_.assessment is None:
                return None
            team = assessments.by_id(db, workspace, round_.assessment)
            counting = answers.counting(db, workspace, round_.assessment)
            return Came(
                round=round_,
                spreads=self._spreads(round_, round_answers.said(db, round_)),
                team={each.question: each for each in counting},
                can_take=team is not None and team.status == "open",
            )

    def take(self, caller: Caller, name: str, question: str, side: str) -> Shared:
        """Make one of the answers that differ the team's; `side` is its mark."""
        with self.desk.store.writing(caller) as db:
            round_ = self._of(db, caller, name)
            team = self.desk.team(db, caller)
            if round_.closed_at is None or team.assessment.id != round_.assessment:
                raise Refused("The assessment of this round is closed: its answers stay.")
            chosen = [
                each.answer
                for spread in self._spreads(round_, round_answers.said(db, round_))
                for each in spread.sides
                if spread.question == question and each.id == side
            ]
            if not chosen:
                raise Refused("Nobody's answer in this round says that any more.")
            old = team.answers.get(question)
            same = old is not None and old.value == chosen[0].value
            turns = [] if same else [(question, old, chosen[0])]
            shared = self.changing.apply(db, caller, turns, HowChanged(speaks=False))
            self._redraw(db, round_, team.assessment.id)
            return shared

    def _redraw(self, db: Database, round_: Round, assessment: str) -> None:
        line = owing.card_line(assessment)
        owed.redraw(db, nobody_of(round_), "round_result", round_.id, line=line)

    def _of(self, db: Database, caller: Caller, name: str) -> Round:
        round_ = rounds.by_id(db, caller.workspace, name)
        if round_ is None or round_.channel != caller.channel:
            raise Refused("That round was deleted, or is of another channel.")
        return round_


def leave_rounds(db: Database, person: Caller, *, everywhere: bool) -> None:
    """Take a person's answers out; what rounds show of them is drawn anew.

    One that then has everybody's closes.
    """
    for each in rounds.withdraw(db, person, everywhere=everywhere):
        nobody, name = nobody_of(each), f"round_due:{each.id}"
        if each.assessment is not None:
            line = owing.card_line(each.assessment)
            owed.redraw(db, nobody, "round_result", each.id, line=line)
        owed.redraw(db, nobody, "round", each.id)
        if each.closed_at is None:
            left = rounds.by_id(db, each.workspace, each.id)
            if left is not None and left.all_in:
                owed.unsay(db, each.workspace, name)
                owed.say_once(db, nobody, "round_due", name, {"round": each.id})


def nobody_of(round_: Round) -> Caller:
    """The channel of a round: nobody caused what happens there by itself."""
    return Caller(workspace=round_.workspace, channel=round_.channel, user="")
