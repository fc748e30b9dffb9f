"""The pilot checklist of a team: five steps, who ticked what and when, one success metric."""

from __future__ import annotations

from collections.abc import Callable

from bot.advisor.dossiers import Dossiers
from bot.domain.dossier import Dossier
from bot.domain.team import PilotBoard, Place, Tick
from bot.store import Database, assessments, pilots

LONGEST_METRIC = 300
"""What its field on the checklist holds."""


class Pilots:
    """One checklist a team; everyone in the channel may tick."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk

    def open(self, place: Place) -> Dossier:
        """The team's checklist, begun if none is open, with the metric that its card names."""
        with self.desk.store.writing() as db:
            pilots.start(db, place, self.desk.clock())
            dossier = self.dossiers.of_team(db, place)
            held = assessments.open_of(db, place)
            if held is None or dossier.board.metric or dossier.board.card_ts:
                return dossier
            given = self.desk.standing(db, held).given.get("success_metric")
            said = given.answer.value if given else None
            if given is None or not isinstance(said, str) or len(said) > LONGEST_METRIC:
                return dossier
            pilot = dossier.board.id
            pilots.set_metric(db, place.workspace, pilot, said, given.respondent)
            return self.dossiers.read(db, place, pilot)

    def tick(self, place: Place, pilot: str, step: str) -> Dossier:
        """Declare a step done. A second tick changes nothing: who came first stays."""
        made = Tick(step=step, who=place.user, at=self.desk.clock())
        return self._write(place, pilot, lambda db: pilots.tick(db, place.workspace, pilot, made))

    def untick(self, place: Place, pilot: str, step: str) -> Dossier:
        """Take a tick back."""
        return self._write(place, pilot, lambda db: pilots.untick(db, place.workspace, pilot, step))

    def set_metric(self, place: Place, pilot: str, metric: str) -> Dossier:
        """Write down what success is, in the team's own words."""
        return self._write(
            place,
            pilot,
            lambda db: pilots.set_metric(db, place.workspace, pilot, metric, place.user),
        )

    def posted(self, board: PilotBoard, ts: str) -> None:
        """Remember which message the checklist is."""
        with self.desk.store.writing() as db:
            pilots.set_card(db, board.workspace, board.id, ts)

    def _write(self, place: Place, pilot: str, change: Callable[[Database], None]) -> Dossier:
        with self.desk.store.writing() as db:
            self.dossiers.open_one(db, place, pilot)
            change(db)
            return self.dossiers.read(db, place, pilot)
