"""`/meshfit estimate`: count, see the ranges, post them if you like."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import estimate
from bot.blocks.carried import LoadMeta, ModesMeta
from bot.listeners.act import Act


class Estimate:
    """Private until it is posted; what was counted is kept for the channel."""

    def __init__(self, advisor: Advisor) -> None:
        self.estimating, self.pack = advisor.estimating, advisor.desk.pack

    def command(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Opens the form with what is known filled in."""
        ack()
        caller = act.caller
        known, seen = self.estimating.begin(caller)
        looked = self.estimating.counted(caller)
        meta = str(LoadMeta(channel=caller.channel, seen=seen))
        act.opens(client, estimate.form(self.pack, known, meta, looked))

    def work_out(self, ack: Ack, act: Act) -> None:
        """Estimate: the ranges stand in the form's place, and in the card's thread."""
        caller, form = act.caller, act.form
        modes = form.codes(estimate.MODES, self.pack.modes)
        typed = {name: form.number(name) for name, *_ in estimate.COUNTED}
        form.check()
        counted = {name: each for name, each in typed.items() if each is not None}
        found = self.estimating.estimate(caller, counted, modes, act.carried(LoadMeta).seen)
        meta = str(ModesMeta(channel=caller.channel, modes=modes))
        ack(response_action="update", view=estimate.result(self.pack, found, meta))

    def post(self, ack: Ack, act: Act) -> None:
        """Post in channel."""
        self.estimating.post(act.caller, act.carried(ModesMeta).modes)
        ack(response_action="clear")
