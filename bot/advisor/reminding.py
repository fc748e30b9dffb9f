"""Whoever said yes is reminded: when a thing's date comes, once, in working hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.advisor.dated import DatedThings
from bot.advisor.desk import Desk
from bot.advisor.dossiers import Dossiers
from bot.advisor.time_zones import zone_of
from bot.domain.dates import due
from bot.domain.dates.model import OF_SILENCE, Dated, DueNotice, Reminder, Thing, Tripwire
from bot.domain.team import Caller, Workspace
from bot.errors import Refused
from bot.store import Database, assessments, owed, reminders, tripwires, zones

SETTLED = "That is settled, so there is nothing to be reminded of any more."
NOT_HERE = "That is of another channel, was deleted, or asks others by name and not you."
NOT_YOURS = "You did not ask to be reminded of this, said stop already, or it is settled."


class Here(NamedTuple):
    """A channel's things with a date, and of which of them somebody is reminded."""

    dated: tuple[Dated, ...]
    mine: frozenset[str]
    """Things, as they are written."""
    wires: tuple[Tripwire, ...]
    """What would reopen the decision, as it was written with its record."""

    @property
    def unasked(self) -> tuple[Dated, ...]:
        """Those of which whoever looks said neither yes nor no."""
        return tuple(each for each in self.dated if str(each.thing) not in self.mine)


class Reminding:
    """Off until somebody says yes; moved with the date, gone once the thing is settled."""

    def __init__(self, desk: Desk, dossiers: Dossiers) -> None:
        self.desk, self.things = desk, DatedThings(desk, dossiers)

    def here(self, caller: Caller) -> Here:
        """What has a date in the channel; raises `Refused` where nothing is shared or piloted."""
        with self.desk.store.reading() as db:
            key, subjects = caller.workspace, self.things.subjects(db, caller)
            things = (one for each in subjects for one in self.things.of(db, caller, each))
            yeses = (one for each in subjects for one in reminders.of_subject(db, key, each))
            mine = frozenset(str(each.thing) for each in yeses if each.person == caller.user)
            team = assessments.open_of(db, caller)
            wires = tripwires.of_assessment(db, key, team.id) if team else ()
            for_me = (each for each in things if self._concerns(db, caller, each))
            return Here(tuple(sorted(for_me, key=_its_day)), mine, wires)

    def _concerns(self, db: Database, caller: Caller, dated: Dated) -> bool:
        """Whether this person has a part in it that is not done."""
        there = self.things.channel_of(db, caller, dated.thing)
        return there is not None and caller.user not in dated.settled_for

    def say_yes(self, caller: Caller, thing: Thing) -> Dated:
        """Remind this person of a thing of their channel; raises `Refused` once it is settled."""
        with self.desk.store.writing(caller) as db:
            return self.agree(db, caller, thing)

    def agree(self, db: Database, caller: Caller, thing: Thing) -> Dated:
        """The same inside the transaction that gives the thing its date."""
        channel = self.things.channel_of(db, caller, thing)
        if channel is None:
            raise Refused(NOT_HERE)
        there = caller.model_copy(update={"channel": channel})
        dated = self.things.one(db, there, thing)
        if dated is None or caller.user in dated.settled_for:
            raise Refused(SETTLED)
        reminder = reminders.of(db, caller.workspace, caller.user, thing)
        self._owe(db, caller.workspace, reminder or self._new(db, there, dated), dated)
        owed.say_once(db, caller, "zone", f"zone:{caller.user}")
        return dated

    def lives_in(self, person: Caller, zone: str) -> None:
        """Slack told in which time zone this person lives: their reminders keep to its hours."""
        with self.desk.store.writing() as db:
            if not _is_zone(zone) or zone == zones.of(db, person.workspace, person.user):
                return
            zones.keep(db, person, zone, self.desk.clock())
            for each in reminders.of_person(db, person):
                there = person.model_copy(update={"channel": each.channel})
                self._owe(db, person.workspace, each, self.things.one(db, there, each.thing))

    def _new(self, db: Database, caller: Caller, dated: Dated) -> Reminder:
        """A yes of today; of what is over by then, or has come already, nobody needs to be told."""
        today = self.desk.today(db, caller.workspace)
        known = dated.on and (dated.on < today or dated.thing.kind == "rules")
        over = dated.on if known else None
        data = {"person": caller.user, "channel": caller.channel, "said_on": today, "told": over}
        return Reminder(thing=dated.thing, **data)

    def follow(self, workspace: Workspace, subject: str) -> None:
        """The dates of an assessment, a round or a pilot may have moved: so do its reminders."""
        with self.desk.store.writing() as db:
            yeses = reminders.of_subject(db, workspace, subject)
            if not yeses:
                return
            there = Caller(workspace=workspace, channel=yeses[0].channel, user="")
            now = {str(each.thing): each for each in self.things.of(db, there, subject)}
            for each in yeses:
                self._owe(db, workspace, each, now.get(str(each.thing)))

    def _owe(
        self, db: Database, workspace: Workspace, reminder: Reminder, dated: Dated | None
    ) -> None:
        """Let the outbox hold it for the moment that it is due at, and for no other.

        A yes to hear of a silence is over with it.
        """
        if dated is None and reminder.thing.kind in OF_SILENCE:
            reminders.drop(db, workspace, reminder)
            return
        waits, hours = self.desk.pack.waits, self.desk.hours_of(db, workspace, reminder.person)
        at = due.next_at(dated, reminder, waits, hours, self.desk.clock()) if dated else None
        self._hold(db, workspace, reminder, at)

    def _hold(
        self, db: Database, workspace: Workspace, reminder: Reminder, at: datetime | None
    ) -> None:
        name = f"reminder:{reminder.person}:{reminder.thing}@{at:%Y%m%d%H%M%S}" if at else ""
        if reminder.owed and reminder.owed != name:
            owed.unsay(db, workspace, reminder.owed)
        if at is not None:
            there = Caller(workspace=workspace, channel=reminder.channel, user=reminder.person)
            data = {"thing": str(reminder.thing)}
            owed.say_once(db, there, "reminder", name, data, not_before=at)
        reminders.keep(db, workspace, reminder.model_copy(update={"owed": name}))

    def to_tell(
        self, workspace: Workspace, person: str, thing: Thing, name: str
    ) -> DueNotice | None:
        """What is to be told now under this name; None where it is settled, moved or told.

        Outside working hours it waits for the next of them.
        """
        with self.desk.store.writing() as db:
            reminder = reminders.of(db, workspace, person, thing)
            if reminder is None or reminder.owed != name:
                return None
            there = Caller(workspace=workspace, channel=reminder.channel, user=person)
            dated, waits = self.things.one(db, there, thing), self.desk.pack.waits
            hours, now = self.desk.hours_of(db, workspace, person), self.desk.clock()
            at = due.next_at(dated, reminder, waits, hours, now) if dated else None
            later = hours.first(max(at, now)) if at else None
            if dated is None or later is None or later > now:
                self._hold(db, workspace, reminder, later)
                return None
            return self._told(db, there, reminder, dated)

    def again(self, caller: Caller, thing: Thing) -> DueNotice | None:
        """What this person was told, as it stands now; None where there is nothing any more."""
        with self.desk.store.reading() as db:
            reminder = reminders.of(db, caller.workspace, caller.user, thing)
            there = caller.model_copy(update={"channel": reminder.channel if reminder else ""})
            dated = self.things.one(db, there, thing) if reminder else None
            return self._told(db, there, reminder, dated) if reminder and dated else None

    def _told(self, db: Database, there: Caller, reminder: Reminder, dated: Dated) -> DueNotice:
        thing, hours = dated.thing, self.desk.hours_of(db, there.workspace, reminder.person)
        on = due.day_of(dated, reminder, self.desk.pack.waits, hours)
        wires = tripwires.of_assessment(db, there.workspace, thing.subject)
        thread, link = self.things.thread(db, there, thing)
        return DueNotice(
            reminder=reminder, dated=dated, on=on, thread=thread, link=link, wires=wires
        )

    def was_told(self, workspace: Workspace, due: DueNotice, *, reached: bool) -> None:
        """It was told for this date, and is not again; whoever cannot be reached is left alone.

        What moved or was snoozed since it was worded is told when that is due.
        """
        with self.desk.store.writing() as db:
            reminder = reminders.of(db, workspace, due.reminder.person, due.reminder.thing)
            if reminder is None:
                return
            if not reached:
                reminders.drop(db, workspace, reminder)
                return
            meanwhile = reminder.snoozed if reminder.snoozed != due.reminder.snoozed else None
            after = reminder.model_copy(update={"told": due.on, "snoozed": meanwhile})
            there = Caller(workspace=workspace, channel=reminder.channel, user=reminder.person)
            self._owe(db, workspace, after, self.things.one(db, there, after.thing))

    def snooze(self, caller: Caller, thing: Thing) -> Reminder:
        """Tell it again in a week; raises `Refused` where they did not ask for it."""
        with self.desk.store.writing() as db:
            reminder = self._mine(db, caller, thing)
            today = self.desk.today(db, caller.workspace)
            later = today + timedelta(days=self.desk.pack.waits.snooze)
            moved = reminder.model_copy(update={"snoozed": later})
            there = caller.model_copy(update={"channel": reminder.channel})
            self._owe(db, caller.workspace, moved, self.things.one(db, there, thing))
            return moved

    def stop(self, caller: Caller, thing: Thing) -> None:
        """Tell it no more; raises `Refused` where they did not ask for it."""
        with self.desk.store.writing() as db:
            reminders.drop(db, caller.workspace, self._mine(db, caller, thing))

    def done(self, caller: Caller, thing: Thing) -> Reminder:
        """No more of this date; raises `Refused` where they did not ask for it."""
        with self.desk.store.writing() as db:
            reminder = self._mine(db, caller, thing)
            still = reminder.model_copy(update={"snoozed": None})
            there = caller.model_copy(update={"channel": reminder.channel})
            self._owe(db, caller.workspace, still, self.things.one(db, there, thing))
            return still

    def _mine(self, db: Database, caller: Caller, thing: Thing) -> Reminder:
        reminder = reminders.of(db, caller.workspace, caller.user, thing)
        if reminder is None:
            raise Refused(NOT_YOURS)
        return reminder


def _its_day(dated: Dated) -> date:
    """What has no day to wait for comes last."""
    return dated.on if dated.on and dated.thing.kind != "rules" else date.max


def _is_zone(name: str) -> bool:
    try:
        return bool(zone_of(name))
    except ValueError:
        return False
