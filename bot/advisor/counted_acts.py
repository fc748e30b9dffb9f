"""How much a person and a channel did today, counted in the store for every process."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.advisor.desk import Desk
from bot.domain.team import Workspace
from bot.store import Database, deliveries, trouble


class CountedActs:
    """Writes what a process counted, and tells what all of them have."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def today(self) -> date:
        """The day that is counted, in UTC."""
        return self.desk.clock().date()

    def add(self, db: Database, here: Workspace, more: Mapping[str, int]) -> Mapping[str, int]:
        """How many acts of whom that makes today, with what else a transaction keeps."""
        return deliveries.acted(db, here, more, self.desk.clock())

    def add_alone(self, here: Workspace, more: Mapping[str, int]) -> Mapping[str, int] | None:
        """The same by itself; None where the store is ill: it stops nobody."""
        try:
            with self.desk.store.noting() as db:
                return self.add(db, here, more)
        except trouble():
            return None

    def told_first(self, here: Workspace, who: str) -> bool:
        """Whether nobody was told yet today that this is beyond its limit."""
        with self.desk.store.noting() as db:
            return deliveries.told_first(db, here, who, self.desk.clock())
