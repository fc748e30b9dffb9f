"""The pilot checklist: opened, ticked, its metric written down, its steps explained."""

from __future__ import annotations

from slack_bolt import Ack, BoltContext, Respond
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import pilot
from bot.errors import Refused
from bot.listeners import delivery, payloads
from bot.listeners.cards import Cards
from bot.listeners.checklists import Checklists
from bot.listeners.delivery import private
from bot.listeners.forms import Form
from bot.listeners.payloads import Body, Meta


class Pilot:
    """One live checklist a channel."""

    def __init__(self, advisor: Advisor, threads: Checklists, cards: Cards) -> None:
        self.cards = cards
        self.pilots, self.dossiers = advisor.pilots, advisor.dossiers
        self.pack, self.threads = advisor.desk.pack, threads

    def open(
        self, ack: Ack, body: Body, context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        """`/meshfit pilot`: posts the checklist, or says where the one that is there stands."""
        dossier = self.pilots.open(payloads.caller(context, body))
        ack()
        ts = self.threads.redraw(client, dossier)
        if ts == dossier.board.card_ts:
            where = delivery.link(client, dossier.board.channel, ts)
            respond(**private(pilot.stands_here(where)))

    def tick(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Done."""
        board, step = self._step(body)
        dossier = self.pilots.tick(payloads.caller(context, body), board, step)
        ack()
        self.threads.redraw(client, dossier)

    def untick(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Not done after all."""
        board, step = payloads.pair(body)
        dossier = self.pilots.untick(payloads.caller(context, body), board, step)
        ack()
        self.threads.redraw(client, dossier)

    def explain(self, ack: Ack, body: Body, respond: Respond) -> None:
        """Explain a step, to the one who asked."""
        ack()
        _, step = self._step(body)
        respond(**private(pilot.explanation(self.pack, step)))

    def _step(self, body: Body) -> tuple[str, str]:
        """The board and the step beside which a button stood; raises `Refused` for one gone."""
        board, step = payloads.pair(body)
        if step not in self.pack.steps:
            raise Refused("That step is no longer in the knowledge pack. See /meshfit pilot.")
        return board, step

    def write_metric(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Write the metric: opens the field."""
        ack()
        caller = payloads.caller(context, body)
        board = self.dossiers.to_change(caller, payloads.pressed(body)).board
        meta = Meta(channel=caller.channel, pilot=board.id)
        view = pilot.metric(self.pack, board, meta.model_dump_json())
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def save_metric(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Save: the card shows the metric and what the smell test says of it."""
        caller, meta = payloads.caller(context, body), payloads.meta(body)
        form = Form(body)
        metric = form.needed(pilot.FIELD, pilot.LONGEST)
        form.check()
        dossier, shared = self.pilots.set_metric(caller, meta.pilot, metric)
        ack()
        self.threads.redraw(client, dossier)
        if shared is not None:
            self.cards.after(client, shared)
