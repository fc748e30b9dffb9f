"""Reminders, worded when they are sent; and work that moves them when a date moves."""

from __future__ import annotations

from collections.abc import Callable

from slack_sdk.errors import SlackApiError

from bot.advisor import Advisor
from bot.blocks import dates
from bot.domain.dates.model import Dated, DueNotice, Thing
from bot.errors import Refused
from bot.outbox.posting import Posting
from bot.outbox.refusals import Barred
from bot.store.holding import Due
from bot.store.owed import Data


class Reminders:
    """To whoever said yes, in a direct message; else below the card or the board."""

    def __init__(self, advisor: Advisor, posting: Posting) -> None:
        self.reminding, self.posting = advisor.reminding, posting
        self.pack = advisor.desk.pack

    def kinds(self) -> dict[str, Callable[[Due], None]]:
        """Kind → what delivers it."""
        return {"reminder": self.reminder, "dates": self.dates, "offer": self.offer}

    def dates(self, due: Due) -> None:
        """Something moved: its reminders follow."""
        self.reminding.follow(due.workspace, due.subject)

    def offer(self, due: Due) -> None:
        """Something got a date: whoever gave it one may say yes, and nobody else sees it."""
        try:
            here = self.reminding.here(due.caller)
            meant = [each for each in here.unasked if _meant(each, due.data)]
            if meant:
                payload = dates.offered(self.pack, meant)
                self.posting.aside(due.channel, due.person, payload)
        except (Refused, Barred, SlackApiError):
            return  # it is an offer, which /meshfit dates makes too

    def reminder(self, due: Due) -> None:
        """Told once; nothing where it is settled, moved, or was stopped."""
        thing = Thing.read(due.data["thing"])
        notice = self.reminding.to_tell(due.workspace, due.person, thing, due.id)
        if notice is None:
            return
        payload = dates.reminder(self.pack, notice)
        try:
            self.posting.post(due, due.person, payload)
        except (Barred, SlackApiError):
            self._instead(due, notice)
            return
        self.reminding.was_told(due.workspace, notice, reached=True)

    def _instead(self, due: Due, notice: DueNotice) -> None:
        """Whoever left, or takes no messages from apps: the team's own thread hears it, once."""
        self.reminding.was_told(due.workspace, notice, reached=False)
        if notice.thread is None:
            return
        payload = dates.in_thread(self.pack, notice)
        try:
            self.posting.post(due, notice.reminder.channel, payload, thread_ts=notice.thread)
        except (Barred, SlackApiError):
            return  # nobody is left to be told


def _meant(dated: Dated, offer: Data) -> bool:
    thing = dated.thing
    return thing.kind in offer["kinds"] and thing.part.startswith(offer["part"])
