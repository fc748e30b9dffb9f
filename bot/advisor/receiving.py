"""Files that people give: owed to be read, so that nothing waits for them and none is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from bot.advisor.desk import Desk
from bot.advisor.given_files import BesideFiles, Spot
from bot.domain.pilot.model import DrillSeen
from bot.domain.replies import OpenedForm
from bot.domain.runs.model import Side
from bot.domain.team import Caller
from bot.store import owed

Held = Mapping[str, Any]
"""What Slack says of a file."""
Dropped = Mapping[Side, Sequence[Held]]
SETTLES = timedelta(seconds=0.5)
"""The acknowledgement must have reached Slack first, or its picture would cover the result's."""


class View(NamedTuple):
    """A form that waits for what its files come to: its id at Slack, and what it is to carry."""

    id: str
    meta: str


class Receiving:
    """Names of files in; the reading of them is owed."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def take(
        self,
        caller: Caller,
        pilot: str,
        spot: Spot,
        view: View,
        dropped: tuple[Dropped, BesideFiles],
    ) -> None:
        """Read files that were dropped into a form, once the form says so."""
        files, asked = dropped
        data = {
            "pilot": pilot,
            "spot": list(spot),
            "view": list(view),
            "files": {side: [_named(each) for each in named] for side, named in files.items()},
            "asked": [
                asked.quantity,
                asked.anew and asked.anew.model_dump(mode="json"),
                asked.again,
            ],
        }
        self._once_settled(caller, "dropped", data)

    def read_later(self, caller: Caller, thread: str, sent: Iterable[Held]) -> None:
        """Read files that came with a message to the bot."""
        with self.desk.store.writing(caller) as db:
            for each in sent:
                owed.say(db, caller, "file", {"thread": thread, "file": _named(each)})

    def look_later(self, caller: Caller, threads: Sequence[str], pilot: str, file: str) -> None:
        """Look at a file that somebody shared, perhaps in one of these threads."""
        data = {"threads": list(threads), "pilot": pilot, "file": {"id": file}}
        with self.desk.store.noting() as db:
            owed.say(db, caller, "shared_file", data)

    def take_evidence(
        self, caller: Caller, view: View, dropped: Sequence[Held], *, day_first: bool | None
    ) -> None:
        """Read evidence that was dropped into a form."""
        files = [_named(each) for each in dropped]
        data = {"view": list(view), "files": files, "day_first": day_first}
        self._once_settled(caller, "dropped_evidence", data)

    def take_callers(
        self,
        caller: Caller,
        pilot: str,
        view: View,
        dropped: Sequence[Held],
        drill: tuple[DrillSeen, OpenedForm],
    ) -> None:
        """Record a drill with the callers of a file, once that is read."""
        seen, opened = (each.model_dump(mode="json") for each in drill)
        data = {
            "pilot": pilot,
            "view": list(view),
            "files": [_named(each) for each in dropped],
            "seen": seen,
            "opened": opened,
        }
        self._once_settled(caller, "dropped_callers", data)

    def _once_settled(self, caller: Caller, kind: str, data: Held) -> None:
        with self.desk.store.writing(caller) as db:
            owed.say(db, caller, kind, data, not_before=self.desk.clock() + SETTLES)


def _named(file: Held) -> dict[str, Any]:
    """A file by its id alone: a name can be of the kind that must not be kept."""
    return {"id": file["id"]}
