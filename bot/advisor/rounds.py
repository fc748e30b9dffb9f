"""A round: opened, answered by each alone; how it closes is in `round_closing`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from bot.advisor import owing
from bot.advisor.desk import Desk
from bot.advisor.round_closing import RoundClosing, nobody_of
from bot.advisor.said import as_before
from bot.domain.decision.facts import mesh_here
from bot.domain.model import Answer
from bot.domain.pack import Question
from bot.domain.rounds.dates import closing, usual_day
from bot.domain.rounds.model import (
    A_PAGE,
    ABSTAINS,
    LEAST_ANONYMOUS,
    MOST_DAYS,
    MOST_QUESTIONS,
    PEOPLE,
    QUESTIONS,
    UNTIL,
    Round,
    RoundOpening,
    RoundPage,
    ToAsk,
)
from bot.domain.team import Caller
from bot.errors import BadAnswers, Refused
from bot.store import Database, answers, assessments, owed, round_answers, rounds
from bot.store.rows import new_id

_ASKED = ("choice", "choices", "number")
"""Kinds of questions whose answers can be told to be alike."""


class Rounds:
    """What a channel asks several of its people, each alone."""

    def __init__(self, desk: Desk, closing: RoundClosing) -> None:
        self.desk, self.closing = desk, closing

    def opening(self, caller: Caller) -> RoundOpening | Round:
        """What can be chosen for a new round, or the one that is open here."""
        if caller.is_dm:
            raise Refused("A round asks the people of a channel: type /meshfit round there.")
        with self.desk.store.reading() as db:
            round_ = rounds.open_of(db, caller)
            if round_ is not None:
                return round_
            there, hours = self._there(db, caller), self.desk.hours(db, caller.workspace)
        pack = self.desk.pack
        usual = pack.core if not there else (q for p in pack.there for q in pack.asked_on(p.id))
        return RoundOpening(
            offered=self._offered(),
            usual=tuple(each.id for each in usual if _fits(each))[:MOST_QUESTIONS],
            day=usual_day(hours, hours.today(self.desk.clock())),
        )

    def open(self, caller: Caller, chosen: ToAsk) -> Round:
        """Open it, and owe its message and each one's invitation.

        Raises `BadAnswers` beside the field of the form, `Refused` where one is open already.
        """
        with self.desk.store.reading() as db:
            hours = self.desk.hours(db, caller.workspace)
        now = self.desk.clock()
        self._check(chosen, hours.today(now))
        new = Round(
            **caller.model_dump(include={"workspace", "channel"}),
            id=new_id(),
            opened_by=caller.user,
            opened_at=now,
            closes_at=closing(hours, chosen.until),
            names=chosen.names,
            invites=not chosen.people,
            questions=tuple(each.id for each in self._offered() if each.id in chosen.questions),
        )
        with self.desk.store.writing(caller) as db:
            if caller.is_dm or not rounds.start(db, new, chosen.people):
                raise Refused("A round is open here already: /meshfit round shows it.")
            owed.redraw(db, caller, "round", new.id)
            for each in chosen.people:
                asked = caller.model_copy(update={"user": each, "answer_at": ""})
                name = f"round_invitation:{new.id}:{each}"
                owed.say_once(db, asked, "round_invitation", name, {"round": new.id})
            name, data = f"round_due:{new.id}", {"round": new.id}
            owed.say_once(db, nobody_of(new), "round_due", name, data, not_before=new.closes_at)
            return rounds.by_id(db, caller.workspace, new.id) or new

    def _offered(self) -> tuple[Question, ...]:
        return tuple(e for e in self.desk.pack.questions.values() if e.page and _fits(e))

    def _check(self, chosen: ToAsk, today: date) -> None:
        faults, offered = {}, {each.id for each in self._offered()}
        if not today < chosen.until <= today + timedelta(days=MOST_DAYS):
            faults[UNTIL] = f"Choose a day from tomorrow on, at most {MOST_DAYS} days from now."
        if not 1 <= len(chosen.questions) <= MOST_QUESTIONS or set(chosen.questions) - offered:
            faults[QUESTIONS] = f"Choose 1 to {MOST_QUESTIONS} questions."
        few = 0 < len(chosen.people) < LEAST_ANONYMOUS
        if chosen.names == "anonymous" and few:
            faults[PEOPLE] = (
                f"Without names it needs {LEAST_ANONYMOUS} answers or more: choose more people, or "
                "let names stand beside the answers."
            )
        if faults:
            raise BadAnswers(faults)

    def page(self, caller: Caller, name: str, page: int = 0) -> RoundPage:
        """Some of the questions, with this person's own answers so far and nobody else's."""
        with self.desk.store.reading() as db:
            round_ = self._asks(db, caller, name)
            return self._page(db, round_, caller.user, page)

    def answer(
        self, caller: Caller, name: str, page: int, raw: Mapping[str, object]
    ) -> RoundPage | Round:
        """Keep a page of somebody's answers: the next page, or the round once they are handed in.

        Nothing of it counts before the last page. Raises `BadAnswers` beside a field.
        """
        with self.desk.store.writing(caller) as db:
            round_ = self._asks(db, caller, name)
            shown = self._page(db, round_, caller.user, page)
            self._put(db, round_, caller.user, self._read(shown, raw))
            if not shown.is_last:
                return self._page(db, round_, caller.user, page + 1)
            round_answers.hand_in(db, round_, caller.user)
            owed.redraw(db, nobody_of(round_), "round", round_.id)
            owing.dates(db, nobody_of(round_), round_.id)
            now = rounds.by_id(db, caller.workspace, round_.id) or round_
            return self.closing.close(db, now, None) if now.all_in else now

    def leave(self, caller: Caller, name: str, page: int, raw: Mapping[str, object]) -> RoundPage:
        """Keep what can be read of a page that goes on after something else: the same page."""
        with self.desk.store.writing(caller) as db:
            round_ = self._asks(db, caller, name)
            shown = self._page(db, round_, caller.user, page)
            filled = {each.id: raw[each.id] for each in shown.questions if raw.get(each.id)}
            silent = {each: None for each, field in filled.items() if _silent(field)}
            answered = {each: field for each, field in filled.items() if each not in silent}
            readable = as_before(self.desk.readable_fields(answered), shown.mine)
            self._put(db, round_, caller.user, {**readable, **silent})
            return self._page(db, round_, caller.user, page)

    def _put(
        self, db: Database, round_: Round, person: str, answers: Mapping[str, Answer | None]
    ) -> None:
        round_answers.join(db, round_, person, named=False)
        if not round_answers.put(db, round_, person, answers):
            raise Refused(
                "This round came here by an export, which holds nobody's key to anonymous "
                "answers. Close it, and open another."
            )

    def _asks(self, db: Database, caller: Caller, name: str) -> Round:
        """The open round, where it asks this person; raises `Refused` otherwise."""
        round_ = rounds.by_id(db, caller.workspace, name)
        if round_ is None:
            raise Refused("That round was deleted.")
        if round_.closed_at is not None:
            raise Refused("That round has closed, so it takes no more answers.")
        if not round_answers.asks(db, round_, caller.user):
            if not round_.invites:
                raise Refused("This round asks people by name, and you are not among them.")
            if round_.channel != caller.channel:
                raise Refused("That round is of another channel.")
        return round_

    def _page(self, db: Database, round_: Round, person: str, page: int) -> RoundPage:
        at = page * A_PAGE
        asked = [each for each in round_.questions if each in self.desk.pack.questions]
        questions = [self.desk.pack.questions[each] for each in asked[at : at + A_PAGE]]
        if not questions:
            raise Refused("The questions of this round are no longer asked. Close it.")
        if self._there(db, nobody_of(round_)):
            questions = [each.where_one_runs() for each in questions]
        mine = round_answers.mine(db, round_, person)
        chores = tuple(each.counted for each in self.desk.pack.chores.values())
        return RoundPage(
            round=round_, page=page, questions=tuple(questions), mine=mine, counted_to_run=chores
        )

    def _read(self, shown: RoundPage, raw: Mapping[str, object]) -> dict[str, Answer | None]:
        """Question → the answer, None where it is not their area. Raises `BadAnswers`."""
        asked = {each.id: raw.get(each.id) for each in shown.questions}
        parsed = self.desk.parse({each: raw for each, raw in asked.items() if not _silent(raw)})
        answers = as_before({each: answer for each, answer in parsed.items() if answer}, shown.mine)
        return {each: answers.get(each) for each in asked}

    def _there(self, db: Database, caller: Caller) -> bool:
        """Whether the team says that it runs a mesh."""
        team = assessments.open_of(db, caller)
        counting = answers.counting(db, caller.workspace, team.id) if team else ()
        return mesh_here(self.desk.pack, {each.question: each.answer for each in counting})


def _fits(question: Question) -> bool:
    return question.kind in _ASKED


def _silent(field: object) -> bool:
    return isinstance(field, Mapping) and field.get("value") == ABSTAINS
