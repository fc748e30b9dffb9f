"""The pilot checklist: opened, ticked, its metric written down, its steps explained."""

from __future__ import annotations

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import pilot
from bot.blocks.values import PilotStep
from bot.errors import Refused
from bot.listeners import delivery
from bot.listeners.act import Act
from bot.listeners.cards import Cards
from bot.listeners.carried import PilotMeta
from bot.listeners.checklists import Checklists
from bot.listeners.delivery import private


class Pilot:
    """One live checklist a channel."""

    def __init__(self, advisor: Advisor, threads: Checklists, cards: Cards) -> None:
        self.cards = cards
        self.pilots, self.dossiers = advisor.pilots, advisor.dossiers
        self.pack, self.threads = advisor.desk.pack, threads

    def open(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """`/meshfit pilot`: posts the checklist, or says where the one that is there stands."""
        dossier = self.pilots.open(act.caller)
        ack()
        ts = self.threads.redraw(client, dossier)
        if ts == dossier.board.card_ts:
            where = delivery.link(client, dossier.board.channel, ts)
            respond(**private(pilot.stands_here(where)))

    def tick(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Done."""
        at = self._step(act)
        dossier = self.pilots.tick(act.caller, at.pilot, at.step)
        ack()
        self.threads.redraw(client, dossier)

    def untick(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Not done after all."""
        at = act.pressed(PilotStep)
        dossier = self.pilots.untick(act.caller, at.pilot, at.step)
        ack()
        self.threads.redraw(client, dossier)

    def explain(self, ack: Ack, act: Act, respond: Respond) -> None:
        """Explain a step, to the one who asked."""
        ack()
        respond(**private(pilot.explanation(self.pack, self._step(act).step)))

    def _step(self, act: Act) -> PilotStep:
        """The step beside which a button stood; raises `Refused` for one that is gone."""
        pressed = act.pressed(PilotStep)
        if pressed.step not in self.pack.steps:
            raise Refused("That step is no longer in the knowledge pack. See /meshfit pilot.")
        return pressed

    def write_metric(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Write the metric: opens the field."""
        ack()
        caller = act.caller
        board = self.dossiers.to_change(caller, act.id).board
        meta = PilotMeta(channel=caller.channel, pilot=board.id, written=board.written)
        view = pilot.metric(self.pack, board, str(meta))
        act.opens(client, view)

    def save_metric(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Save: the card shows the metric and what the smell test says of it."""
        caller, meta, form = act.caller, act.carried(PilotMeta), act.form
        metric = form.needed(pilot.FIELD, pilot.LONGEST)
        form.check()
        dossier, shared = self.pilots.set_metric(caller, meta.pilot, metric, act.opened)
        ack()
        self.threads.redraw(client, dossier)
        if shared is not None:
            self.cards.after(client, shared)
