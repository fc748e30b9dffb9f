"""The pilot checklist: opened, ticked, its metric written down, its steps explained."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import goal, pilot, pilot_end
from bot.blocks.carried import PilotMeta
from bot.blocks.values import PilotStep
from bot.errors import Refused
from bot.listeners.act import Act
from bot.listeners.delivery import private
from bot.listeners.responding import Responder


class PilotScreens:
    """One live checklist a channel."""

    def __init__(self, advisor: Advisor) -> None:
        self.pilots, self.dossiers = advisor.pilots, advisor.dossiers
        self.pack = advisor.desk.pack

    def command(self, ack: Ack, act: Act) -> None:
        """`/meshfit pilot`: the checklist, or where it stands; of a closed one, what it came to."""
        closed = self.pilots.closed(act.caller)
        if closed is not None:
            ack(**private(pilot_end.over(closed)))
            return
        self.open(ack, act)

    def open(self, ack: Ack, act: Act) -> None:
        """Start the pilot: posts the checklist, or says where the one that is there stands."""
        self.pilots.open(act.caller)
        ack()

    def tick(self, ack: Ack, act: Act) -> None:
        """Done."""
        at = self._step(act)
        self.pilots.tick(act.caller, at.pilot, at.step)
        ack()

    def untick(self, ack: Ack, act: Act) -> None:
        """Not done after all."""
        at = act.pressed(PilotStep)
        self.pilots.untick(act.caller, at.pilot, at.step)
        ack()

    def explain(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Explain a step, to the one who asked."""
        respond(**private(pilot.explanation(self.pack, self._step(act).step)))
        ack()

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

    def save_metric(self, ack: Ack, act: Act) -> None:
        """Save: the card shows the metric and what the smell test says of it."""
        caller, meta, form = act.caller, act.carried(PilotMeta), act.form
        metric = form.needed(pilot.FIELD, goal.LONGEST)
        form.check()
        self.pilots.set_metric(caller, meta.pilot, metric, act.opened)
        ack()
