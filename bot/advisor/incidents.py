"""Incidents, one after another: a person says of each what the network was to it."""

from __future__ import annotations

from bot.advisor.evidence import GONE, Gathering
from bot.domain.evidence.model import Confirmed, Gathered, KeptExport
from bot.domain.pack.incidents import Network
from bot.domain.team import Caller
from bot.errors import BadAnswers, Meanwhile, Refused, Stale
from bot.store import confirmed, evidence


class Confirming:
    """Pages through what nobody has looked at yet, or through all of it."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering, self.desk = gathering, gathering.desk

    def asks_effort(self, caller: Caller) -> KeptExport | None:
        """The export whose effort is a guess and that nobody was asked about; None where none."""
        exports = self.gathering.gathered(caller).exports
        if any(each.summary.people is not None for each in exports):
            return None
        return next((each for each in exports if each.summary.guesses), None)

    def say_effort(self, caller: Caller, kept: str, people: float, follow_up: float) -> None:
        """How many were usually on one, and the hours after one; asked once, kept for all.

        Raises `Stale` where it was answered meanwhile.
        """
        for field, figure in (("people", people), ("follow_up", follow_up)):
            if not 0 <= figure <= 1_000:
                raise BadAnswers({field: "Is a number from 0 to 1,000."})
        with self.desk.store.writing(caller) as db:
            export = evidence.by_id(db, caller, kept)
            if not isinstance(export, KeptExport):
                raise Refused(GONE)
            summary = export.summary
            if summary.people is not None:
                now = f"{summary.people:g} people, {summary.follow_up:g} hours"
                raise Stale([Meanwhile("what nobody counted", "", now)])
            figures = {"people": people, "follow_up": follow_up}
            evidence.say(db, caller, kept, summary.model_copy(update=figures))

    def at(self, caller: Caller, place: int | None = None) -> tuple[Gathered, int | None]:
        """The incident at a place, or the first that nobody has looked at; None past the last."""
        gathered = self.gathering.gathered(caller)
        if place is None:
            return gathered, next(
                (n for n, each in enumerate(gathered.incidents) if not each.said), None
            )
        return gathered, place if 0 <= place < len(gathered.incidents) else None

    def confirm(self, caller: Caller, key: str, network: Network, seen: Network | None) -> None:
        """What this person says of one incident, with who and when.

        Raises `Stale` where somebody else said otherwise after it was `seen`.
        """
        with self.desk.store.writing(caller) as db:
            one = _by_key(confirmed.of_channel(db, caller), key)
            if one.by != caller.user and one.said not in (None, seen, network):
                raise Stale([Meanwhile("what the network was to it", one.by or "", one.said or "")])
            confirmed.say(db, caller, one.incident, network, self.desk.clock())


def _by_key(incidents: tuple[Confirmed, ...], key: str) -> Confirmed:
    for each in incidents:
        if each.incident.key == key:
            return each
    raise Refused("That incident was deleted, with the export it came from.")
