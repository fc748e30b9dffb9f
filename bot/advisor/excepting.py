"""Exceptions from a policy of the rollout: entered, approved by who was asked, renewed, ended."""

from __future__ import annotations

from datetime import date
from typing import Self

from bot.advisor import nominating, owing
from bot.advisor.dossiers import Dossiers
from bot.advisor.meanwhile import excepted, refuse, saved_since
from bot.advisor.nominating import OwnWord
from bot.domain.pilot.exceptions import answered, asked_for, proposal, renewed
from bot.domain.pilot.model import Dossier, PolicyException
from bot.domain.pilot.rollout import expired
from bot.domain.replies import OpenedForm
from bot.domain.team import Caller
from bot.domain.words import on_day
from bot.errors import BadAnswers, Refused
from bot.store import Database, owed, pilot_log
from bot.store.nominations import What
from bot.store.rows import new_id

EXCEPTING = "Entering, renewing or ending an exception"
Agreed = tuple[str, str, date]
"""What an exception rests on: the reason, who approved it, the day on which it ends."""


class Excepting:
    """What the rollout's card does with exceptions, and how it is drawn anew."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk
        self._card: str | None = None

    def on(self, card: str) -> Self:
        """The same; each change draws the card anew that this message is."""
        (there := type(self)(self.dossiers))._card = card
        return there

    def today(self) -> date:
        """The present day, in UTC."""
        return self.desk.clock().date()

    def add_exception(
        self, caller: Caller, pilot: str, service: str, agreed: Agreed, opened: OpenedForm
    ) -> Dossier:
        """Enter a service that a policy does not hold for yet.

        Raises `BadAnswers` for a past end, and for a service whose last one ran out: that one
        would go on blocking. Raises `Stale` where somebody else entered one for it meanwhile.
        """
        reason, approver, ends_on = agreed
        self._check_end(ends_on)
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.binding(db, caller, pilot, EXCEPTING)
            if dossier.rollout is None:
                raise Refused("This pilot has no rollout yet. /meshfit rollout begins it.")
            since = saved_since(db, caller, dossier, opened)
            refuse(since, excepted(service=service), f"an exception for {service}")
            for each in expired(dossier.exceptions, self.today()):
                if each.service == service:
                    ended = f"Its exception ended on {on_day(each.ends_on)} and blocks: give "
                    then = "that one a new date, beside it on the card."
                    raise BadAnswers({"service": ended + then})
            exception = PolicyException(
                id=new_id(), service=service, reason=reason, approver=approver, ends_on=ends_on
            )
            self._offers(db, caller, exception)
            return self._enter(db, caller, pilot, asked_for(exception, caller.user))

    def answer_exception(
        self, caller: Caller, pilot: str, exception: str, *, approves: bool, why: str = ""
    ) -> Dossier:
        """The approver's own word, wherever they are. Raises `Refused` for anybody else."""
        with self.desk.store.writing() as db:
            there = self.dossiers.there(db, caller, pilot)
            waiting = self._exception(self.dossiers.read(db, there, pilot), exception)
            after = answered(waiting, caller.user, approves=approves)
            by = OwnWord.of(accepts=approves, why=why)
            asked = nominating.answered(db, there, ("exception", pilot, exception), by)
            shows = self if there == caller or not asked.message_ts else self.on(asked.message_ts)
            return shows._enter(db, there, pilot, after)

    def check_asked(self, caller: Caller, pilot: str, exception: str) -> None:
        """Nothing, or `Refused` where this person is not asked to approve it."""
        with self.desk.store.reading() as db:
            there = self.dossiers.there(db, caller, pilot)
            waiting = self._exception(self.dossiers.read(db, there, pilot), exception)
            answered(waiting, caller.user, approves=False)

    def renew_exception(
        self, caller: Caller, pilot: str, new: tuple[str, Agreed], opened: OpenedForm
    ) -> Dossier:
        """Ask for a new end date of an exception: its id and (reason, approver, date).

        Raises `BadAnswers` for a date that is past or that it has already, `Stale` where somebody
        else agreed on another meanwhile.
        """
        exception, agreed = new
        self._check_end(agreed[2])
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.binding(db, caller, pilot, EXCEPTING)
            before = self._exception(dossier, exception)
            since = saved_since(db, caller, dossier, opened)
            what = f"the exception for {before.service}"
            refuse(since, excepted(exception=exception), what, f"until {on_day(before.ends_on)}")
            if before.ends_on == agreed[2]:
                raise BadAnswers({"ends_on": "It ends on that day already: choose a new date."})
            asked = proposal(agreed, caller.user, self.desk.clock())
            self._offers(db, caller, before)
            return self._enter(db, caller, pilot, renewed(before, asked))

    def close_exception(self, caller: Caller, pilot: str, exception: str) -> Dossier:
        """Close an exception: the service keeps the policy now."""
        with self.desk.store.writing(caller) as db:
            before = self._exception(self.dossiers.binding(db, caller, pilot, EXCEPTING), exception)
            return self._enter(db, caller, pilot, before.model_copy(update={"closed": True}))

    def exception(self, caller: Caller, pilot: str, exception: str) -> tuple[PolicyException, int]:
        """One exception as it stands, and the last number of the order of writing.

        Raises `Refused` when it is over or gone.
        """
        with self.desk.store.reading() as db:
            dossier = self.dossiers.binding(db, caller, pilot, EXCEPTING)
            return self._exception(dossier, exception), dossier.board.written

    def written(self, caller: Caller, pilot: str) -> int:
        """The last number of the order of writing; raises `Refused` when it is gone."""
        with self.desk.store.reading() as db:
            return self.dossiers.binding(db, caller, pilot, EXCEPTING).board.written

    def _exception(self, dossier: Dossier, exception: str) -> PolicyException:
        for each in dossier.exceptions:
            if each.id == exception and not each.closed:
                return each
        raise Refused("That exception is over already. /meshfit rollout shows those that are left.")

    def _offers(self, db: Database, caller: Caller, of: PolicyException) -> None:
        owing.offer(db, caller, "exception", "approval", part=of.id)

    def _enter(
        self, db: Database, caller: Caller, pilot: str, exception: PolicyException
    ) -> Dossier:
        """On the record beside what was said before; the newest of an exception counts."""
        pilot_log.add(db, caller, pilot, "exception", self.desk.clock(), exception)
        if asks := exception.asks:
            what: What = ("exception", pilot, exception.id)
            nominating.nominate(db, caller, what, asks, self._card or "")
        self._shows(db, caller, pilot)
        return self.dossiers.read(db, caller, pilot)

    def _check_end(self, ends_on: date) -> None:
        if ends_on < self.today():
            text = "The end date is in the past: an exception needs a day on which it ends."
            raise BadAnswers({"ends_on": text})

    def _shows(self, db: Database, caller: Caller, pilot: str) -> None:
        owing.dates(db, caller, pilot)
        if self._card is not None:
            owed.redraw(db, caller, "rollout", f"{pilot}@{self._card}")
