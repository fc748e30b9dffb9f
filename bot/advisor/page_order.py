"""The guided modal's table of contents: the quick path, the path of a mesh that runs, the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.advisor.meanwhile import mark
from bot.domain.decision.facts import mesh_here
from bot.domain.model import Answer, Answers
from bot.domain.pack import Pack, Page, Question
from bot.domain.replies import Mode, QuestionPage
from bot.domain.team import Caller, TeamAnswer
from bot.errors import Refused


class Pages:
    """Which page follows which, and what each asks."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.there, self.all = pack.there, pack.checklist
        self._asked_on = {each: pack.asked_on(each) for each in pack.pages}
        self.quick = tuple(each for each in self.all if each.path == "quick")
        self.core = self._asked(self.quick)

    @property
    def first(self) -> Page:
        """Where the checklist begins."""
        return self.all[0]

    @property
    def every(self) -> tuple[tuple[Page, tuple[Question, ...]], ...]:
        """Each question once, on the page that it belongs to."""
        asked = [each for each in self.pack.questions.values() if each.page]
        owned = ((p, tuple(q for q in asked if q.page == p.id)) for p in self.pack.pages.values())
        return tuple((page, questions) for page, questions in owned if questions)

    def after(
        self, page: str, mode: Mode, answers: Mapping[str, Answer | None] | None = None
    ) -> Page | None:
        """The page that follows; None after the last, and at the end of a short path.

        Who says on the first page of a mesh that runs that none does goes to the checklist.
        """
        way = self._way(page)
        if way is self.there and self._none_runs(page, answers or {}):
            return self.first
        at = self._at(page, way)
        following = way[at + 1] if at + 1 < len(way) else None
        ends_path = following is not None and following.path != way[at].path
        return None if ends_path and mode == "own" else following

    def unfinished(self, answers: Answers) -> Page | None:
        """The first page of the short path with something that must be answered and is not."""
        way = self._short(answers)
        return next((page for page in way if self._missing((page,), answers)), None)

    def left(self, answers: Answers) -> int:
        """How many answers the short path still lacks."""
        return len(self._missing(self._short(answers), answers))

    def question_page(
        self, caller: Caller, page: str, mode: Mode, mine: Answers, team: Mapping[str, TeamAnswer]
    ) -> QuestionPage:
        """One page; a short path counts itself, the deep path counts everything."""
        way = self._way(page)
        at = self._at(page, way)
        shown, asked = way[at], self._asked_on[page]
        known = {**{each: answer.answer for each, answer in team.items()}, **mine}
        if way is self.there or mesh_here(self.pack, known):
            asked = tuple(each.where_one_runs() for each in asked)
        quick = shown.path == "quick" and mode == "own"
        return QuestionPage(
            caller=caller,
            mode=mode,
            page=shown,
            number=at + 1,
            of=len(self.quick if quick else way),
            questions=tuple(self._required(each, shown) for each in asked),
            mine={each.id: mine[each.id] for each in asked if each.id in mine},
            team={each.id: team[each.id] for each in asked if each.id in team},
            pages=way,
            marks={each.id: mark(mine.get(each.id)) for each in asked if mode == "team"},
            asks=self._asked_in(way) if at == 0 and mode == "own" else 0,
            there=self.there[0].id if quick and at == 0 and self.there else "",
            counted_to_run=tuple(each.counted for each in self.pack.chores.values()),
        )

    def _asked_in(self, way: tuple[Page, ...]) -> int:
        """How many questions a short path asks, whichever the way goes on with."""
        return sum(len(self._asked_on[each.id]) for each in way if each.path == way[0].path)

    def _short(self, answers: Answers) -> tuple[Page, ...]:
        return self.there if self.there and mesh_here(self.pack, answers) else self.quick

    def _missing(self, pages: Iterable[Page], answers: Answers) -> list[str]:
        asked = ((page, each) for page in pages for each in self._asked_on[page.id])
        return [
            each.id
            for page, each in asked
            if each.id not in answers
            and (page.path == "quick" or self._required(each, page).required)
        ]

    def _required(self, question: Question, page: Page) -> Question:
        must = question.id in page.requires
        return question.model_copy(update={"required": True}) if must else question

    def _none_runs(self, page: str, answers: Mapping[str, Answer | None]) -> bool:
        """Whether this page says so: those after it do not speak of it."""
        asks = self.pack.pages[page].requires
        answered = {name: answer for name, answer in answers.items() if answer is not None}
        return bool(asks) and not mesh_here(self.pack, answered)

    def _asked(self, pages: Iterable[Page]) -> tuple[str, ...]:
        return tuple(each.id for page in pages for each in self._asked_on[page.id])

    def _way(self, page: str) -> tuple[Page, ...]:
        return self.there if any(each.id == page for each in self.there) else self.all

    def _at(self, page: str, way: tuple[Page, ...]) -> int:
        for at, each in enumerate(way):
            if each.id == page:
                return at
        raise Refused("That page is not in the checklist. /meshfit assess opens it.")
