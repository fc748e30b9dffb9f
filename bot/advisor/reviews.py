"""One channel's decision with all that it stands on, to be handed on as a page."""

from __future__ import annotations

from bot.advisor import owing
from bot.advisor.compare import Comparing
from bot.advisor.desk import Desk
from bot.advisor.given_files import Spot
from bot.advisor.team import Teams
from bot.domain.pilot.model import Dossier, KeptRun, Reported
from bot.domain.replies import Review
from bot.domain.team import Caller
from bot.store import pilot_log, pilots, records


class Reviews:
    """Reads everything of a channel together; changes nothing."""

    def __init__(self, desk: Desk, teams: Teams, comparing: Comparing) -> None:
        self.desk, self.teams, self.comparing = desk, teams, comparing

    def post(self, caller: Caller) -> None:
        """Owe the page to the card's thread; raises as `review` does."""
        self.review(caller)
        with self.desk.store.writing(caller) as db:
            owing.below_card(db, caller, self.desk.team(db, caller).assessment, "review")

    def review(self, caller: Caller) -> Review:
        """The team's decision and its pilot; raises `Refused` where nothing is shared."""
        standing, cited, conflicts = self.teams.sources(caller)
        with self.desk.store.reading() as db:
            last, board = records.last(db, caller), pilots.of_team(db, caller)
            dossier = self.comparing.dossiers.of_team(db, caller) if board else None
        return Review(
            standing=standing,
            dossier=dossier,
            runs=self._runs(caller, dossier) if dossier else (),
            record=last,
            cited=cited,
            conflicts=conflicts,
            by=caller.user,
            at=self.desk.clock(),
        )

    def _runs(self, caller: Caller, dossier: Dossier) -> tuple[Reported, ...]:
        """Each place that has runs of both sides."""
        board = dossier.board.id
        with self.desk.store.reading() as db:
            kept = list(pilot_log.entries(db, caller.workspace, board, "run", KeptRun))
        sides: dict[Spot, set[str]] = {}
        for each in kept:
            sides.setdefault(Spot(each.service, each.endpoint), set()).add(each.side)
        both = [spot for spot, both_sides in sides.items() if len(both_sides) > 1]
        return tuple(self.comparing.report(caller, board, spot) for spot in both)
