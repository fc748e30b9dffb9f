"""A page of the checklist that lies open while something beside a question is put in."""

from __future__ import annotations

from typing import NamedTuple

from bot.advisor.checklist import Checklist
from bot.domain.replies import Marks, Mode, QuestionPage
from bot.domain.team import Caller


class ShownPage(NamedTuple):
    """Which it is, for whom, and marks of the team's answers on it."""

    page: str
    mode: Mode
    marks: Marks
    alone: bool = False
    within: bool = False

    def again(self, checklist: Checklist, caller: Caller, question: str) -> QuestionPage:
        """The same page with what is known by now; of one question alone that question."""
        if not self.alone:
            return checklist.open_page(caller, self.page, self.mode)
        within = self.page if self.within else ""
        return checklist.open_question(caller, question, self.mode, within)
