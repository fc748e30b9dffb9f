"""The checklist as one person walks it: a private draft, page by page, until it is shared."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor.desk import Desk
from bot.advisor.pages import Pages
from bot.domain.model import Answer, Answers, Tax
from bot.domain.pack import Example
from bot.domain.sheet import Mode, Overview, PrivateResult, Sheet
from bot.domain.tax import tax_of
from bot.domain.team import Assessment, Difference, Given, Place, Standing
from bot.errors import Refused
from bot.store import Database, answers, assessments


class Checklist:
    """Pages in; pages or a private result out."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.pages = Pages(desk.pack)

    def resume(self, place: Place) -> Sheet | PrivateResult:
        """Where this person left off: the first unfinished quick page, else the result."""
        with self.desk.store.reading() as db:
            draft = assessments.draft_of(db, place)
            mine = _given(db, draft)
            page = self.pages.unfinished(mine)
            if page is None and draft is not None:
                return self._result(db, place, draft)
            return self._open(db, place, page.id if page else self.pages.quick[0].id, mine)

    def open_page(self, place: Place, page: str, mode: Mode = "own") -> Sheet:
        """One page, with what is already known filled in."""
        with self.desk.store.reading() as db:
            if mode == "own":
                return self._open(db, place, page, _given(db, assessments.draft_of(db, place)))
            team = {each.question: each.answer for each in _shared(db, place)}
            return self.pages.sheet(place, page, mode, team, {})

    def save(self, place: Place, page: str, raw: Mapping[str, object]) -> Sheet | PrivateResult:
        """Save a page of the draft and go on: the next page, or the result after a path's last.

        Raises `BadAnswers` when a field cannot be read; nothing is saved then.
        """
        following = self.pages.after(page, "own")
        return self._keep(place, self.desk.parse(raw), following.id if following else None)

    def leave(
        self, place: Place, raw: Mapping[str, object], to: str | None
    ) -> Sheet | PrivateResult:
        """Go to another page, or to the result for None, keeping what can be read of this one."""
        return self._keep(place, self.desk.readable_fields(raw), to)

    def result(self, place: Place) -> PrivateResult:
        """The private result of this person's draft; raises `Refused` where there is none."""
        with self.desk.store.reading() as db:
            draft = assessments.draft_of(db, place)
            if draft is None:
                raise Refused(
                    "There is no draft of yours here any more: /meshfit assess starts one."
                )
            return self._result(db, place, draft)

    def overview(self, place: Place) -> Overview:
        """What stands in this channel, for the team and for this person alone."""
        with self.desk.store.reading() as db:
            team, draft = assessments.open_of(db, place), assessments.draft_of(db, place)
            shown = self.desk.standing(db, team) if team else None
            again = shown.look_again_at if shown else None
            return Overview(
                team=shown,
                due=again is not None and again <= self.desk.clock(),
                draft=self.desk.standing(db, draft) if draft else None,
                left=sum(1 for each in self.pages.core if each not in _given(db, draft)),
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

    def _open(self, db: Database, place: Place, page: str, mine: Answers) -> Sheet:
        team = {each.question: each for each in _shared(db, place)}
        return self.pages.sheet(place, page, "own", mine, team)

    def _keep(
        self, place: Place, parsed: Mapping[str, Answer | None], to: str | None
    ) -> Sheet | PrivateResult:
        """Save what was answered; then, while others write already, see what comes next."""
        with self.desk.store.writing() as db:
            draft = self._write(db, place, parsed)
        with self.desk.store.reading() as db:
            if to is None:
                return self._result(db, place, draft)
            return self._open(db, place, to, _given(db, draft))

    def _write(self, db: Database, place: Place, parsed: Mapping[str, Answer | None]) -> Assessment:
        """Save what was answered, one row each, opening the draft at the first page."""
        now = self.desk.clock()
        draft = assessments.start(db, place, self.desk.digest, now)
        given = [
            Given(question=question, answer=answer, respondent=place.user, at=now)
            for question, answer in parsed.items()
            if answer is not None
        ]
        answers.put(db, place.workspace, draft.id, *given)
        for question in parsed.keys() - {each.question for each in given}:
            answers.drop(db, place.workspace, draft.id, question)
        return draft

    def _result(self, db: Database, place: Place, draft: Assessment) -> PrivateResult:
        mine = self.desk.standing(db, draft)
        open_one = assessments.open_of(db, place)
        team = self.desk.standing(db, open_one) if open_one else None
        return PrivateResult(
            place=place,
            mine=mine,
            team=team,
            differences=differences(mine, team) if team else (),
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


def _shared(db: Database, place: Place) -> tuple[Given, ...]:
    team = assessments.open_of(db, place)
    return answers.counting(db, place.workspace, team.id) if team else ()
