"""The hours to run a mesh, worked out beside their question and put in as its answer."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor.checklist import Checklist
from bot.advisor.shown_page import ShownPage
from bot.advisor.team import Teams
from bot.domain.model import Answer
from bot.domain.pack.vocabulary import MESH_HOURS
from bot.domain.replies import QuestionPage
from bot.domain.team import Caller


class Worksheets:
    """From a page to the worksheet, and back with the sum or without it."""

    def __init__(self, checklist: Checklist, teams: Teams) -> None:
        self.checklist, self.teams = checklist, teams

    def leave(self, caller: Caller, at: ShownPage, raw: Mapping[str, object]) -> QuestionPage:
        """Keep what was filled in on the page."""
        self._keep(caller, at, raw)
        return self.page(caller, at)

    def use(self, caller: Caller, at: ShownPage, answer: Answer) -> None:
        """Put the sum in as the answer."""
        self._keep(caller, at, {MESH_HOURS: answer.model_dump(exclude_defaults=True)})

    def page(self, caller: Caller, at: ShownPage) -> QuestionPage:
        """Where the worksheet was opened."""
        return at.again(self.checklist, caller, MESH_HOURS)

    def _keep(self, caller: Caller, at: ShownPage, raw: Mapping[str, object]) -> None:
        if at.mode == "team":
            self.teams.change(caller, raw, at.marks, strict=False)
        else:
            self.checklist.leave(caller, raw, at.page)
