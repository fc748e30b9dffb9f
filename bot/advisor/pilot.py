"""The pilot checklist of a team: five steps, who ticked what and when, one success metric."""

from __future__ import annotations

from collections.abc import Callable

from bot.advisor.dossiers import Dossiers
from bot.domain.pilot.model import Dossier
from bot.domain.team import Caller, PilotBoard, Tick
from bot.store import Database, assessments, pilots

LONGEST_METRIC = 300
"""What its field on the checklist holds."""


class Pilots:
    """One checklist a team; everyone in the channel may tick."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk

    def open(self, caller: Caller) -> Dossier:
        """The team's checklist, begun if none is open, with the metric that its card names."""
        with self.desk.store.writing() as db:
            pilots.start(db, caller, self.desk.clock())
            dossier = self.dossiers.of_team(db, caller)
            held = assessments.open_of(db, caller)
            if held is None or dossier.board.metric or dossier.board.card_ts:
                return dossier
            given = self.desk.standing(db, held).given.get("success_metric")
            said = given.answer.value if given else None
            if given is None or not isinstance(said, str) or len(said) > LONGEST_METRIC:
                return dossier
            pilot = dossier.board.id
            pilots.set_metric(db, caller.workspace, pilot, said, given.respondent)
            return self.dossiers.read(db, caller, pilot)

    def tick(self, caller: Caller, pilot: str, step: str) -> Dossier:
        """Declare a step done. A second tick changes nothing: who came first stays."""
        made = Tick(step=step, who=caller.user, at=self.desk.clock())
        return self._write(caller, pilot, lambda db: pilots.tick(db, caller.workspace, pilot, made))

    def untick(self, caller: Caller, pilot: str, step: str) -> Dossier:
        """Take a tick back."""
        return self._write(
            caller, pilot, lambda db: pilots.untick(db, caller.workspace, pilot, step)
        )

    def set_metric(self, caller: Caller, pilot: str, metric: str) -> Dossier:
        """Write down what success is, in the team's own words."""
        return self._write(
            caller,
            pilot,
            lambda db: pilots.set_metric(db, caller.workspace, pilot, metric, caller.user),
        )

    def posted(self, board: PilotBoard, ts: str) -> None:
        """Remember which message the checklist is."""
        with self.desk.store.writing() as db:
            pilots.set_card(db, board.workspace, board.id, ts)

    def _write(self, caller: Caller, pilot: str, change: Callable[[Database], None]) -> Dossier:
        with self.desk.store.writing() as db:
            self.dossiers.open_one(db, caller, pilot)
            change(db)
            return self.dossiers.read(db, caller, pilot)
