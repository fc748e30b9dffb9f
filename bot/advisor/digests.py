"""Once a month, where a workspace named a channel: what changed among the teams that show it."""

from __future__ import annotations

from bot.advisor.desk import Desk
from bot.advisor.leading import Leading
from bot.domain.digest import digest, first_of_the_month_after, stood
from bot.domain.model.digest import Worded
from bot.domain.team import Caller, Workspace
from bot.store import Database, digests, owed, workplaces
from bot.store.digests import Waiting
from bot.store.holding import Due


class Digests:
    """Off until a channel is named; worded when it is sent, once a month, however long it waits."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.leading = desk, Leading(desk)

    def follow(self, db: Database, workspace: Workspace) -> None:
        """The settings were saved: it is due as they say, or gone with its channel."""
        waiting = digests.of(db, workspace)
        if not self.desk.workplace_of(db, workspace).digest_channel:
            if waiting is not None:
                owed.unsay(db, workspace, waiting.owed)
                digests.drop(db, workspace)
            return
        if waiting is None:
            today = self.desk.today(db, workspace)
            waiting = Waiting(today, first_of_the_month_after(today), "")
            rows = self.leading.seen(db, workspace).rows
            digests.keep_teams(db, workspace, map(stood, rows))
        self._owe(db, workspace, waiting)

    def _owe(self, db: Database, workspace: Workspace, waiting: Waiting) -> None:
        """Let the outbox hold it for the first working moment of its day, or from now on."""
        hours = self.desk.hours(db, workspace)
        at = hours.first(max(hours.midnight(waiting.due_on), self.desk.clock()))
        name = f"digest:{at:%Y%m%d%H%M%S}"
        if waiting.owed and waiting.owed != name:
            owed.unsay(db, workspace, waiting.owed)
        there = Caller(workspace=workspace, channel="", user="")
        owed.say_once(db, there, "digest", name, not_before=at)
        digests.keep(db, workspace, waiting._replace(owed=name))

    def word(self, due: Due) -> None:
        """Owe what is to be told now, and next month's with it.

        Nothing where it was moved or taken back, or where nothing changed. Outside working hours
        it waits for the next of them.
        """
        workspace = due.workspace
        with self.desk.store.writing() as db:
            waiting, workplace = digests.of(db, workspace), self.desk.workplace_of(db, workspace)
            if waiting is None or waiting.owed != due.id:
                return
            hours, now = self.desk.hours(db, workspace), self.desk.clock()
            today = hours.today(now)
            if hours.first(now) > now or today < waiting.due_on:
                self._owe(db, workspace, waiting)
                return
            rows = self.leading.seen(db, workspace).rows
            changes = digest(digests.teams(db, workspace), rows, waiting.since, today)
            self._owe(db, workspace, waiting._replace(due_on=first_of_the_month_after(today)))
            if changes.is_empty:
                return
            chosen = workplaces.of(db, workspace)
            who = chosen.chosen.said_by.get("digest_channel", "") if chosen else ""
            there = Caller(workspace=workspace, channel=workplace.digest_channel, user=who)
            worded = Worded(digest=changes, stood=tuple(map(stood, rows)))
            owed.say(db, there, "digest_worded", worded.model_dump(mode="json"))

    def goes_to(self, workspace: Workspace) -> str:
        """The channel that it goes to now; empty where it goes nowhere any more."""
        with self.desk.store.reading() as db:
            return self.desk.workplace_of(db, workspace).digest_channel

    def was_told(self, db: Database, workspace: Workspace, worded: Worded) -> None:
        """It stands in its channel: the next one tells what changes from there."""
        waiting = digests.of(db, workspace)
        if waiting is not None:
            digests.keep_teams(db, workspace, worded.stood)
            digests.keep(db, workspace, waiting._replace(since=worded.digest.on))
