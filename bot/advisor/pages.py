"""The order of the pages, and what each shows."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.model import Answers
from bot.domain.pack import Pack, Page
from bot.domain.sheet import Mode, Sheet
from bot.domain.team import Given, Place


class Pages:
    """The guided modal's table of contents."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.all = tuple(pack.pages.values())
        self.quick = tuple(each for each in self.all if each.path == "quick")
        self.core = tuple(each.id for page in self.quick for each in pack.asked_on(page.id))

    def after(self, page: str, mode: Mode) -> Page | None:
        """The page that follows; None after the last, and at the end of the quick path."""
        at = self._at(page)
        following = self.all[at + 1] if at + 1 < len(self.all) else None
        ends_path = following is not None and following.path != self.all[at].path
        return None if ends_path and mode == "own" else following

    def unfinished(self, given: Answers) -> Page | None:
        """The first quick page with a question that is not answered yet."""
        return next(
            (
                page
                for page in self.quick
                if any(each.id not in given for each in self.pack.asked_on(page.id))
            ),
            None,
        )

    def sheet(
        self, place: Place, page: str, mode: Mode, mine: Answers, team: Mapping[str, Given]
    ) -> Sheet:
        """One page; the quick path counts itself, the deep path counts everything."""
        at = self._at(page)
        shown = self.all[at]
        quick = shown.path == "quick" and mode == "own"
        questions = self.pack.asked_on(page)
        return Sheet(
            place=place,
            mode=mode,
            page=shown,
            number=at + 1,
            of=len(self.quick if quick else self.all),
            questions=questions,
            mine={each.id: mine[each.id] for each in questions if each.id in mine},
            team={each.id: team[each.id] for each in questions if each.id in team},
            pages=self.all,
        )

    def _at(self, page: str) -> int:
        return next(at for at, each in enumerate(self.all) if each.id == page)
