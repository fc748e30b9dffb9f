"""Then and now: a team's decision as it stood, kept, and beside it how it stands."""

from __future__ import annotations

from datetime import date

from bot.advisor.desk import Desk
from bot.domain.snapshots.comparing import changed, taken
from bot.domain.snapshots.model import Between, Kind, Since, Snapshot
from bot.domain.snapshots.since import since_here
from bot.domain.team import Caller, Standing
from bot.errors import Refused
from bot.store import Database, answers, assessments, snapshots
from bot.store.rows import new_id

NONE_YET = (
    "There is nothing to compare with here yet: how a decision stands is kept when a record is "
    "written (/meshfit record), when a round closes, and when an assessment is closed."
)


def keep_snapshot(
    db: Database, caller: Caller, standing: Standing, kind: Kind, number: int | None = None
) -> None:
    """Keep how a team stands, in the transaction that makes it worth keeping."""
    snapshots.keep(db, caller, taken(standing, kind, new_id(), number), db.clock())


class Then:
    """Two moments of a channel's decision."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def since_here(self, caller: Caller) -> Since | None:
        """What others changed since this person's last word here; None where nothing is to tell."""
        with self.desk.store.reading() as db:
            team = assessments.open_of(db, caller)
            if team is None:
                return None
            standing, key = self.desk.standing(db, team), (db, caller.workspace, team.id)
            voices, made = answers.voices(*key), answers.changesets(*key)
            return since_here(standing, caller.user, voices, made)

    def kept(self, caller: Caller) -> tuple[Snapshot, ...]:
        """What is kept of the channel, newest first."""
        with self.desk.store.reading() as db:
            return snapshots.of_channel(db, caller)

    def since(self, caller: Caller, name: str) -> Between:
        """What changed since one that was chosen; raises `Refused` where it is gone."""
        with self.desk.store.reading() as db:
            before = snapshots.by_id(db, caller, name)
            if before is None:
                raise Refused("That one is no longer kept. /meshfit history lists what is.")
            return self._between(db, caller, before, self._now(db, caller))

    def between(self, caller: Caller, days: tuple[date, ...]) -> Between:
        """What changed since a day, or between two; without one since the last that is kept.

        Raises `Refused` where nothing is kept.
        """
        with self.desk.store.reading() as db:
            after = self._at(db, caller, days[1]) if len(days) > 1 else None
            after = after or self._now(db, caller)
            before = self._before(db, caller, after, days[0] if days else None)
            changes = self._between(db, caller, before, after)
            asked = self.desk.hours(db, caller.workspace).midnight_after(days[0]) if days else None
            return changes.model_copy(
                update={"asked": asked if asked and before.at > asked else None}
            )

    def _before(self, db: Database, caller: Caller, after: Snapshot, day: date | None) -> Snapshot:
        if day is None:
            snapshot = next(
                (each for each in snapshots.of_channel(db, caller) if each.id != after.id), None
            )
            snapshot = snapshot and snapshots.by_id(db, caller, snapshot.id)
        else:
            snapshot = self._at(db, caller, day) or snapshots.first(db, caller)
        if snapshot is None:
            raise Refused(NONE_YET)
        return snapshot

    def _at(self, db: Database, caller: Caller, day: date) -> Snapshot | None:
        """What was kept last by the end of a day, as it ends there."""
        until = self.desk.hours(db, caller.workspace).midnight_after(day)
        return snapshots.last_before(db, caller, until)

    def _now(self, db: Database, caller: Caller) -> Snapshot:
        """How the team stands; where nothing is open, the last that is kept."""
        team = assessments.open_of(db, caller)
        if team is not None:
            now = taken(self.desk.standing(db, team), "now", "now")
            return now.model_copy(update={"at": self.desk.clock()})
        last = next(iter(snapshots.of_channel(db, caller)), None)
        snapshot = last and snapshots.by_id(db, caller, last.id)
        if snapshot is None:
            raise Refused(NONE_YET)
        return snapshot

    def _between(self, db: Database, caller: Caller, before: Snapshot, after: Snapshot) -> Between:
        kept = [each for each in reversed(snapshots.of_channel(db, caller)) if each.id != after.id]
        return Between(
            before=before,
            after=after,
            changed=changed(before, after),
            today=self._today(before),
            hours=tuple(each for each in (*kept, after) if each.hours),
        )

    def _today(self, before: Snapshot) -> str | None:
        """To what the answers of then come under today's rules, where those are others."""
        pack = self.desk.pack
        if (before.pack.name, before.pack.version) == (pack.name, pack.version):
            return None
        answers = {question: each.answer for question, each in before.answered.items()}
        return self.desk.advice(pack, answers).title
