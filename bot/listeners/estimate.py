"""`/meshfit estimate`: count, see the ranges, post them if you like."""

from __future__ import annotations

from collections.abc import Sequence

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import estimate
from bot.blocks.carried import LoadMeta, ModesMeta, RefineMeta
from bot.listeners import screens
from bot.listeners.act import Act

Asked = Sequence[tuple[str, str, str]]
"""(field of the load, label, hint) of each that a form asks."""


class EstimateScreens:
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
        modes = act.form.codes(estimate.MODES, self.pack.modes)
        self._show(ack, act, estimate.COUNTED, modes, act.carried(LoadMeta).seen)

    def refine(self, ack: Ack, act: Act, client: WebClient) -> None:
        """From the result to the second form, which has the rest."""
        ack()
        caller = act.caller
        known, seen = self.estimating.begin(caller)
        modes = act.carried(ModesMeta).modes
        meta = str(RefineMeta(channel=caller.channel, seen=seen, modes=modes))
        screens.redraw(
            client, act.open_view, estimate.refining(known, meta, self.estimating.counted(caller))
        )

    def work_out_again(self, ack: Ack, act: Act) -> None:
        """Estimate, on the second form."""
        meta = act.carried(RefineMeta)
        self._show(ack, act, estimate.MORE, meta.modes, meta.seen)

    def _show(self, ack: Ack, act: Act, asked: Asked, modes: tuple[str, ...], seen: str) -> None:
        """The result in the form's place; what the form did not ask stays as it was counted."""
        typed = {name: act.form.number(name) for name, *_ in asked}
        act.form.check()
        worked_out = self.estimating.estimate(act.caller, typed, modes, seen)
        meta = str(ModesMeta(channel=act.caller.channel, modes=modes))
        ack(response_action="update", view=estimate.result(self.pack, worked_out, meta))

    def post(self, ack: Ack, act: Act) -> None:
        """Post in channel."""
        self.estimating.post(act.caller, act.carried(ModesMeta).modes)
        ack(response_action="clear")
