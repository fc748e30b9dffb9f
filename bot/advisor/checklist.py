"""The checklist as one person walks it: a private draft, page by page, until it is shared."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor.desk import Desk
from bot.advisor.gathered import beside
from bot.advisor.meanwhile import mark
from bot.advisor.pages import Pages
from bot.domain.decision.tax import tax_of
from bot.domain.model import Answer, Answers, Tax
from bot.domain.pack import Example
from bot.domain.replies import Mode, Overview, PrivateResult, QuestionPage
from bot.domain.team import Assessment, Caller, Difference, Standing, TeamAnswer
from bot.errors import Refused
from bot.store import Database, answers, assessments


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
            return beside(self.desk, db, self.pages.sheet(caller, page, mode, team, {}))

    def open_question(self, caller: Caller, question: str) -> QuestionPage:
        """One question of the team's alone; raises `Refused` for one that left the pack."""
        asked = self.desk.pack.questions.get(question)
        if asked is None or asked.page is None:
            raise Refused("That question is no longer asked. /meshfit shows what is.")
        sheet = self.open_page(caller, asked.page, "team")
        return sheet.model_copy(update={"questions": (asked,), "alone": True})

    def save(
        self, caller: Caller, page: str, raw: Mapping[str, object]
    ) -> QuestionPage | PrivateResult:
        """Save a page of the draft and go on: the next page, or the result after a path's last.

        Raises `BadAnswers` when a field cannot be read; nothing is saved then.
        """
        parsed = self._as_known(caller, self.desk.parse(raw), raw)
        following = self.pages.after(page, "own", parsed)
        return self._keep(caller, parsed, following.id if following else None)

    def leave(
        self, caller: Caller, raw: Mapping[str, object], to: str | None
    ) -> QuestionPage | PrivateResult:
        """Go to another page, or to the result for None, keeping what can be read of this one."""
        return self._keep(caller, self._as_known(caller, self.desk.readable_fields(raw), raw), to)

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
            )

    def calculate(self, raw: Mapping[str, object]) -> tuple[Answers, Tax | None]:
        """The hours alone, from fields that are not kept. Raises `BadAnswers`."""
        filled = {each: answer for each, answer in self.desk.parse(raw).items() if answer}
        return filled, tax_of(self.desk.pack, filled)

    def example(self) -> tuple[Example, Standing]:
        """The pack's first example, as the standing of a team that does not exist."""
        examples = self.desk.pack.examples
        shown = examples.get(self.desk.pack.show_first) or next(iter(examples.values()))
        return shown, self.desk.imagined(self.desk.readable_fields(shown.answers))

    def _as_known(
        self, caller: Caller, parsed: Mapping[str, Answer | None], raw: Mapping[str, object]
    ) -> dict[str, Answer | None]:
        """Where a page does not ask how an answer is known, the same answer stays known so."""
        with self.desk.store.reading() as db:
            held = _given(db, assessments.draft_of(db, caller))

        def known(question: str, answer: Answer | None) -> Answer | None:
            before, said = held.get(question), raw[question]
            asked = isinstance(said, Mapping) and "evidence" not in said
            if answer is None or before is None or before.value != answer.value or not asked:
                return answer
            return answer.model_copy(update={"evidence": before.evidence, "note": before.note})

        return {question: known(question, answer) for question, answer in parsed.items()}

    def _open(self, db: Database, caller: Caller, page: str, mine: Answers) -> QuestionPage:
        team = {each.question: each for each in _shared(db, caller)}
        return beside(self.desk, db, self.pages.sheet(caller, page, "own", mine, team))

    def _keep(
        self, caller: Caller, parsed: Mapping[str, Answer | None], to: str | None
    ) -> QuestionPage | PrivateResult:
        """Save what was answered; then, while others write already, see what comes next."""
        with self.desk.store.writing() as db:
            draft = self._write(db, caller, parsed)
        with self.desk.store.reading() as db:
            if to is None:
                return self._result(db, caller, draft)
            return self._open(db, caller, to, _given(db, draft))

    def _write(
        self, db: Database, caller: Caller, parsed: Mapping[str, Answer | None]
    ) -> Assessment:
        """Save what was answered, one row each, opening the draft at the first page."""
        now = self.desk.clock()
        draft = assessments.start(db, caller, self.desk.digest, now)
        given = [
            TeamAnswer(question=question, answer=answer, respondent=caller.user, at=now)
            for question, answer in parsed.items()
            if answer is not None
        ]
        answers.put(db, caller.workspace, draft.id, *given)
        for question in parsed.keys() - {each.question for each in given}:
            answers.drop(db, caller.workspace, draft.id, question)
        return draft

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
            quick=all(question in self.pages.core for question in mine.given),
        )


def differences(mine: Standing, team: Standing) -> tuple[Difference, ...]:
    """Where I answered otherwise than the team; not knowing contradicts nobody."""
    return tuple(
        Difference(question=question, team=team.given[question], mine=each)
        for question, each in mine.given.items()
        if question in team.given
        and each.answer.value not in ("unknown", team.given[question].answer.value)
    )


def _given(db: Database, draft: Assessment | None) -> Answers:
    if draft is None:
        return {}
    held = answers.counting(db, draft.workspace, draft.id)
    return {each.question: each.answer for each in held}


def _shared(db: Database, caller: Caller) -> tuple[TeamAnswer, ...]:
    team = assessments.open_of(db, caller)
    return answers.counting(db, caller.workspace, team.id) if team else ()
