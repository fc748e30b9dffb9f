"""The pilot's live checklist and its thread."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import pilot, plan
from bot.blocks.surfaces import Payload
from bot.domain.pilot.model import Dossier
from bot.domain.team import Caller, Standing
from bot.listeners import delivery
from bot.listeners.one_at_a_time import OneAtATime


class Checklists:
    """Keeps the checklist in step with the dossier, and tells its thread what happened."""

    def __init__(self, advisor: Advisor) -> None:
        self.pilots, self.dossiers = advisor.pilots, advisor.dossiers
        self.pack, self._turns = advisor.desk.pack, OneAtATime()

    def redraw(self, client: WebClient, dossier: Dossier) -> str:
        """Edit the checklist in place, or post it anew where it was deleted; answers its ts."""
        held = dossier.board
        caller = Caller(workspace=held.workspace, channel=held.channel, user="")
        with self._turns.of(held.id):
            now = self.dossiers.of(caller, held.id)
            ts, drawn = now.board.card_ts, pilot.checklist(self.pack, now)
            if ts and delivery.update(client, held.channel, ts, drawn):
                return ts
            ts = delivery.post(client, held.channel, drawn)
            self.pilots.posted(held, ts)
            return ts

    def follow(self, client: WebClient, card: Standing, pilot_id: str, user: str) -> None:
        """The card's driver or metric changed, and this plan with it: said in its thread."""
        held = card.assessment
        caller = Caller(workspace=held.workspace, channel=held.channel, user=user)
        dossier = self.dossiers.of(caller, pilot_id)
        self.tell(client, dossier, plan.followed(self.pack, dossier, user))

    def tell(self, client: WebClient, dossier: Dossier, said: Payload) -> None:
        """Redraw the checklist, then say this in its thread."""
        ts = self.redraw(client, dossier)
        delivery.post(client, dossier.board.channel, said, thread_ts=ts)
