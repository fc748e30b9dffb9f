"""What somebody is asked by name: in the channel, directly, and what came of it in both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from slack_sdk.errors import SlackApiError

from bot.advisor import Advisor
from bot.blocks import nominations as drawn
from bot.blocks import roles
from bot.blocks.surfaces import Payload
from bot.domain.model.nominations import Nominated, Nomination
from bot.errors import Refused
from bot.outbox.posting import Posting
from bot.outbox.refusals import Barred
from bot.outbox.requests import OVER
from bot.store import holding, nominations, owed
from bot.store.holding import Due

TAKEN_BACK = "-"
"""Ends the mark of a message that says so."""


class Nominations:
    """One direct message for each, edited once it is settled; and the request in the channel."""

    def __init__(self, advisor: Advisor, posting: Posting) -> None:
        self.store, self.pack = advisor.desk.store, advisor.desk.pack
        self.nominating, self.dossiers = advisor.nominating, advisor.dossiers
        self.posting = posting

    def kinds(self) -> dict[str, Callable[[Due], None]]:
        """Kind → what delivers it."""
        return {"nomination": self.nomination, "nomination_gone": self.gone}

    def nomination(self, due: Due) -> None:
        """Say it where it was not said yet, and edit what says otherwise."""
        now = self.nominating.now(due.workspace, due.subject)
        if now is None:
            return
        message = drawn.direct(now)
        mark = self._marked(now, message)
        if mark != now.nomination.drawn:
            self._directly(due, now, message)
            self._in_channel(due, now)
        self._drawn_anew(due, now, mark)

    def _marked(self, now: Nominated, message: Payload) -> str:
        """What its messages say; and that whoever accepted was told that it was taken back."""
        messages = json.dumps([message, now.nomination.message_ts])
        mark = hashlib.sha256(messages.encode()).hexdigest()[:16]
        return f"{mark}{TAKEN_BACK}" if now.lapsed else mark

    def _drawn_anew(self, due: Due, now: Nominated, mark: str) -> None:
        """Its message says this from now on; nobody is waited for where it is over.

        Whoever accepted hears that it was taken back where they did not do so: owed and marked as
        told in one transaction, so that no crash between tells it twice.
        """
        is_told, person = now.nomination.drawn.endswith(TAKEN_BACK), now.nomination.person
        over = int(now.stands != "asked")
        with self.store.noting() as db:
            if now.lapsed and not (is_told or now.left_alone or due.person == person):
                them = due.caller.model_copy(update={"user": person})
                owed.say(db, them, "notice", {"message": drawn.taken_back(now)})
            nominations.update(db, due.workspace, now.nomination.id, drawn=mark, over=over)

    def _directly(self, due: Due, now: Nominated, payload: Payload) -> None:
        nomination = now.nomination
        if nomination.direct_ts:
            self.posting.update(nomination.direct, nomination.direct_ts, payload)
            return
        if now.stands != "asked" or now.left_alone or nomination.drawn:
            return  # answered meanwhile, or not to be asked this way, or they cannot be reached
        try:
            direct, ts = self.posting.direct(due, nomination.person, payload)
        except (Barred, SlackApiError):
            return  # whoever takes no messages from apps finds it in the channel and under Home
        with self.store.noting() as db:
            nominations.update(db, due.workspace, nomination.id, direct=direct, direct_ts=ts)
            holding.posted(db, due)

    def _in_channel(self, due: Due, now: Nominated) -> None:
        """The request there says what came of it."""
        nomination = now.nomination
        if not nomination.message_ts or (now.stands == "asked" and nomination.kind != "roles"):
            return
        if (request_over := OVER.get(nomination.kind)) is not None:
            self.posting.update(nomination.channel, nomination.message_ts, request_over(now))
        elif nomination.kind == "roles" and (payload := self._roles(due, nomination)) is not None:
            self.posting.update(nomination.channel, nomination.message_ts, payload)

    def _roles(self, due: Due, nomination: Nomination) -> Payload | None:
        there = due.caller.model_copy(update={"channel": nomination.channel})
        try:
            dossier = self.dossiers.of(there, nomination.subject)
        except Refused:
            return None
        return roles.named(self.pack, dossier, at=nomination.message_ts)

    def gone(self, due: Due) -> None:
        """What it was about was deleted."""
        nomination = Nomination.model_validate(due.data["nomination"])
        self.posting.update(nomination.direct, nomination.direct_ts, drawn.gone(nomination))
