"""Requests in a thread: where they stand, and what came of one that was settled meanwhile."""

from __future__ import annotations

from bot.advisor import Advisor
from bot.blocks import actions, goal, owner
from bot.blocks.surfaces import Payload
from bot.store import nominations, owed
from bot.store.holding import Due
from bot.store.nominations import What

OVER = {
    "owner": owner.request_over,
    "action": actions.request_over,
    "measure": goal.request_over,
}
"""What the request says once nobody waits any more."""


class ThreadRequests:
    """One message for each; another try may find that the first was posted, and answered since."""

    def __init__(self, advisor: Advisor) -> None:
        self.store, self.nominating = advisor.desk.store, advisor.nominating

    def over(self, due: Due, what: What, person: str) -> Payload | None:
        """What came of it, where an earlier try may stand there; else it need not be posted."""
        if due.tries < 2:
            return None
        with self.store.reading() as db:
            named = nominations.newest(db, due.workspace, what, person)
        now = self.nominating.now(due.workspace, named.id) if named else None
        return None if now is None or now.stands == "asked" else OVER[what[0]](now)

    def stands_at(self, due: Due, what: What, ts: str, person: str = "") -> None:
        """This message asks; one that was settled before it was known to stand is drawn anew."""
        with self.store.noting() as db:
            for settled in nominations.stands_at(db, due.caller, what, ts, person):
                owed.redraw(db, due.caller, "nomination", settled)
