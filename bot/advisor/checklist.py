"""The checklist as one person walks it: a private draft, page by page, until it is shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.advisor.desk import Desk
from bot.advisor.gathered import beside
from bot.advisor.leading import to_leads
from bot.advisor.meanwhile import mark
from bot.advisor.page_order import Pages
from bot.domain.model import Advice, Answer, Answers
from bot.domain.pack import Example, Pack
from bot.domain.replies import Mode, Overview, PrivateResult, QuestionPage, ToChange
from bot.domain.team import Assessment, Caller, Difference, Standing, TeamAnswer
from bot.errors import Refused
from bot.store import Database, answers, assessments

Parse = Callable[[Mapping[str, object]], Mapping[str, Answer | None]]
FIRST = 5
"""So many questions stand on top of Change answers, with a button each."""


class Checklist:
    """Pages in; pages or a private result out."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.pages = Pages(desk.pack)

    def resume(self, caller: Caller) -> QuestionPage | PrivateResult:
        """Where this person left off: the first unfinished quick page, else the result."""
        with self.desk.store.reading() as db:
            draft = assessments.draft_of(db, caller)
            mine = _given(db, draft)
            page = self.pages.unfinished(mine)
            if page is None and draft is not None:
                return self._result(db, caller, draft)
            return self._open(db, caller, page.id if page else self.pages.first.id, mine)

    def begin_there(self, caller: Caller) -> QuestionPage:
        """The first page for a team that runs a mesh; raises `Refused` where the pack has none."""
        if not self.pages.there:
            raise Refused("This knowledge pack asks nothing about a mesh that runs already.")
        return self.open_page(caller, self.pages.there[0].id)

    def go_on(self, caller: Caller) -> QuestionPage | PrivateResult:
        """The same from elsewhere, where a draft was begun; raises `Refused` where none was."""
        with self.desk.store.reading() as db:
            begun = assessments.draft_of(db, caller)
        if begun is None:
            raise Refused("That draft was shared or deleted. Type /meshfit assess in the channel.")
        return self.resume(caller)

    def open_page(self, caller: Caller, page: str, mode: Mode = "own") -> QuestionPage:
        """One page, with what is already known filled in."""
        with self.desk.store.reading() as db:
            if mode == "own":
                return self._open(db, caller, page, _given(db, assessments.draft_of(db, caller)))
            team = {each.question: each.answer for each in _shared(db, caller)}
            return beside(self.desk, db, self.pages.question_page(caller, page, mode, team, {}))

    def to_change(self, caller: Caller) -> ToChange:
        """The team's answers, to choose which one changes; raises `Refused` for none shared."""
        with self.desk.store.reading() as db:
            team = self.desk.team(db, caller)
        return ToChange(
            caller=caller,
            pages=self.pages.every,
            answered=team.answered,
            first=_weighing_most(team.advice, self.desk.pack),
        )

    def open_question(
        self, caller: Caller, question: str, mode: Mode = "team", within: str = ""
    ) -> QuestionPage:
        """One question alone, perhaps `within` a page, to which it leads back.

        Raises `Refused` for one that left the pack.
        """
        asked = self.desk.pack.questions.get(question)
        if asked is None or asked.page is None:
            raise Refused("That question is no longer asked. /meshfit shows what is.")
        question_page = self.open_page(caller, within or asked.page, mode)
        alone = tuple(each for each in question_page.questions if each.id == question)
        shown = {"questions": alone, "alone": True, "within": bool(within)}
        return question_page.model_copy(update=shown)

    def save(
        self, caller: Caller, page: str, raw: Mapping[str, object]
    ) -> QuestionPage | PrivateResult:
        """Save a page of the draft and go on: the next page, or the result after a path's last.

        Raises `BadAnswers` when a field cannot be read; nothing is saved then.
        """
        parsed, draft = self._keep(caller, raw, self.desk.parse)
        following = self.pages.after(page, "own", parsed)
        return self._shown(caller, draft, following.id if following else None)

    def save_one(self, caller: Caller, page: str, raw: Mapping[str, object]) -> QuestionPage:
        """Save one question that was shown alone, and go back to its page; raises as `save`."""
        self._keep(caller, raw, self.desk.parse)
        return self.open_page(caller, page)

    def leave(
        self, caller: Caller, raw: Mapping[str, object], to: str | None
    ) -> QuestionPage | PrivateResult:
        """Go to another page, or to the result for None, keeping what can be read of this one."""
        _, draft = self._keep(caller, raw, self.desk.readable_fields)
        return self._shown(caller, draft, to)

    def result(self, caller: Caller) -> PrivateResult:
        """The private result of this person's draft; raises `Refused` where there is none."""
        with self.desk.store.reading() as db:
            draft = assessments.draft_of(db, caller)
            if draft is None:
                raise Refused(
                    "There is no draft of yours here any more: /meshfit assess starts one."
                )
            return self._result(db, caller, draft)

    def overview(self, caller: Caller) -> Overview:
        """What stands in this channel, for the team and for this person alone."""
        with self.desk.store.reading() as db:
            team, draft = assessments.open_of(db, caller), assessments.draft_of(db, caller)
            shown = self.desk.standing(db, team) if team else None
            again = shown.look_again_at if shown else None
            return Overview(
                team=shown,
                due=again is not None and again <= self.desk.clock(),
                draft=self.desk.standing(db, draft) if draft else None,
                left=self.pages.left(_given(db, draft)),
                alone=caller.is_dm,
            )

    def example(self) -> tuple[Example, Standing]:
        """The pack's first example, as the standing of a team that does not exist."""
        examples = self.desk.pack.examples
        shown = examples.get(self.desk.pack.show_first) or next(iter(examples.values()))
        return shown, self.desk.imagined(self.desk.readable_fields(shown.answers))

    def _as_known(
        self, raw: Mapping[str, object], draft: Answers, parse: Parse
    ) -> dict[str, Answer | None]:
        """A page does not ask how an answer is known: the same answer stays known so."""
        parsed = parse({each: _still_not(field, draft.get(each)) for each, field in raw.items()})

        def known(question: str, answer: Answer | None) -> Answer | None:
            before, field = draft.get(question), raw[question]
            asked = isinstance(field, Mapping) and "evidence" in field
            if answer is None or before is None or before.value != answer.value or asked:
                return answer
            return answer.model_copy(update={"evidence": before.evidence, "note": before.note})

        return {question: known(question, answer) for question, answer in parsed.items()}

    def _open(self, db: Database, caller: Caller, page: str, mine: Answers) -> QuestionPage:
        team = {each.question: each for each in _shared(db, caller)}
        return beside(self.desk, db, self.pages.question_page(caller, page, "own", mine, team))

    def _keep(
        self, caller: Caller, raw: Mapping[str, object], parse: Parse
    ) -> tuple[Mapping[str, Answer | None], Assessment]:
        """Save what was answered, beside what was held; what it was read as, and the draft.

        The first page opens the draft.
        """
        with self.desk.store.writing(caller) as db:
            draft = assessments.start(db, caller, self.desk.digest, self.desk.clock())
            parsed = self._as_known(raw, _given(db, draft), parse)
            self._write(db, draft, parsed)
            return parsed, draft

    def _shown(
        self, caller: Caller, draft: Assessment, to: str | None
    ) -> QuestionPage | PrivateResult:
        """What comes next, read while others write already: a page, or the result for None."""
        with self.desk.store.reading() as db:
            if to is None:
                return self._result(db, caller, draft)
            return self._open(db, caller, to, _given(db, draft))

    def _write(self, db: Database, draft: Assessment, parsed: Mapping[str, Answer | None]) -> None:
        """Save what was answered, one row each."""
        who, now = draft.started_by, draft.touched_at
        written = [
            TeamAnswer(question=question, answer=answer, respondent=who, at=now)
            for question, answer in parsed.items()
            if answer is not None
        ]
        answers.put(db, draft.workspace, draft.id, *written)
        for question in parsed.keys() - {each.question for each in written}:
            answers.drop(db, draft.workspace, draft.id, question)

    def _result(self, db: Database, caller: Caller, draft: Assessment) -> PrivateResult:
        mine = self.desk.standing(db, draft)
        open_one = assessments.open_of(db, caller)
        team = self.desk.standing(db, open_one) if open_one else None
        return PrivateResult(
            caller=caller,
            mine=mine,
            team=team,
            differences=(differing := differences(mine, team) if team else ()),
            marks={each.question: mark(each.team.answer) for each in differing},
            to_leads=to_leads(self.desk, db, caller, open_one),
            quick=all(question in self.pages.core for question in mine.answered),
        )


def differences(mine: Standing, team: Standing) -> tuple[Difference, ...]:
    """Where I answered otherwise than the team; not knowing contradicts nobody."""
    return tuple(
        Difference(question=question, team=team.answered[question], mine=each)
        for question, each in mine.answered.items()
        if question in team.answered
        and each.answer.value not in ("unknown", team.answered[question].answer.value)
    )


def _still_not(field: object, before: Answer | None) -> object:
    """What still does not apply does so for the reason that was given when it stood alone."""
    if not isinstance(field, Mapping) or "reason" in field or field.get("value") != "na":
        return field
    return {**field, "reason": before.reason if before else ""}


def _weighing_most(advice: Advice, pack: Pack) -> tuple[str, ...]:
    """What disagrees, what stops it, what is not known: the questions to look at first."""
    clashing = (name for each in advice.contradictions for name in each.questions)
    weighing = (*clashing, *(each.question for each in advice.blockers), *advice.decisive)
    asked = (each for each in weighing if each in pack.questions and pack.questions[each].page)
    return tuple(dict.fromkeys(asked))[:FIRST]


def _given(db: Database, draft: Assessment | None) -> Answers:
    if draft is None:
        return {}
    counting = answers.counting(db, draft.workspace, draft.id)
    return {each.question: each.answer for each in counting}


def _shared(db: Database, caller: Caller) -> tuple[TeamAnswer, ...]:
    team = assessments.open_of(db, caller)
    return answers.counting(db, caller.workspace, team.id) if team else ()
