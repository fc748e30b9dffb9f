"""The pilot checklist of a team: five steps, who ticked what and when, one success metric."""

from __future__ import annotations

from collections.abc import Callable

from bot.advisor.desk import Desk
from bot.domain.metric import smell
from bot.domain.team import PilotBoard, Place, Tick
from bot.errors import Refused
from bot.store import Database, pilots


class Pilots:
    """One checklist a team; everyone in the channel may tick."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def open(self, place: Place) -> PilotBoard:
        """The team's checklist, begun if there was none."""
        with self.desk.store.writing() as db:
            pilots.start(db, place, self.desk.clock())
            return _there(pilots.of_team(db, place))

    def board(self, place: Place, pilot: str) -> PilotBoard:
        """The checklist with this id; raises `Refused` when it was deleted."""
        with self.desk.store.reading() as db:
            return _there(pilots.by_id(db, place.workspace, pilot))

    def tick(self, place: Place, pilot: str, step: str) -> PilotBoard:
        """Declare a step done. A second tick changes nothing: who came first stays."""
        made = Tick(step=step, who=place.user, at=self.desk.clock())
        return self._write(place, pilot, lambda db: pilots.tick(db, place.workspace, pilot, made))

    def untick(self, place: Place, pilot: str, step: str) -> PilotBoard:
        """Take a tick back."""
        return self._write(place, pilot, lambda db: pilots.untick(db, place.workspace, pilot, step))

    def set_metric(self, place: Place, pilot: str, metric: str) -> PilotBoard:
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

    def _write(self, place: Place, pilot: str, change: Callable[[Database], None]) -> PilotBoard:
        with self.desk.store.writing() as db:
            change(db)
            return _there(pilots.by_id(db, place.workspace, pilot))


def _there(board: PilotBoard | None) -> PilotBoard:
    if board is None:
        raise Refused("This checklist was deleted. /meshfit pilot opens a new one.")
    return board.model_copy(update={"smell": smell(board.metric)}) if board.metric else board
