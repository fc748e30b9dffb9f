"""Forms of several steps: what is filled in is kept until the last step is saved."""

from __future__ import annotations

from bot.advisor.desk import Desk
from bot.domain.model.filled_in import FilledIn
from bot.domain.team import Caller
from bot.store import open_forms


class OpenForms:
    """One person's views, by the id that Slack gave each."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def before(self, caller: Caller, view: str) -> FilledIn:
        """What was filled into the steps before."""
        with self.desk.store.reading() as db:
            return open_forms.read(db, caller, view, self.desk.clock())

    def keep(self, caller: Caller, view: str, filled: FilledIn) -> None:
        """Keep what is filled in so far."""
        with self.desk.store.writing(caller) as db:
            open_forms.keep(db, caller, view, filled, self.desk.clock())

    def done(self, caller: Caller, view: str) -> None:
        """Forget a form whose last step is saved."""
        with self.desk.store.writing(caller) as db:
            open_forms.drop(db, caller, view)
