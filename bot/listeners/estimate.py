"""`/meshfit estimate`: count, see the ranges, post them if you like."""

from __future__ import annotations

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import estimate
from bot.listeners import delivery, payloads
from bot.listeners.cards import Cards
from bot.listeners.forms import Form
from bot.listeners.payloads import Body, Meta


class Estimate:
    """Private until it is posted; what was counted is kept for the channel."""

    def __init__(self, advisor: Advisor, cards: Cards) -> None:
        self.estimating, self.checklist = advisor.estimating, advisor.checklist
        self.pack, self.cards = advisor.desk.pack, cards

    def command(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Opens the form with what is known filled in."""
        ack()
        caller = payloads.caller(context, body)
        meta = Meta(channel=caller.channel).model_dump_json()
        view = estimate.form(self.pack, self.estimating.begin(caller), meta)
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def work_out(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Estimate: the ranges stand in the form's place, and in the card's thread."""
        caller, form = payloads.caller(context, body), Form(body)
        modes = form.codes(estimate.MODES, self.pack.modes)
        typed = {name: form.number(name) for name, *_ in estimate.COUNTED}
        form.check()
        counted = {name: each for name, each in typed.items() if each is not None}
        found = self.estimating.estimate(caller, counted, modes)
        meta = Meta(channel=caller.channel, page=",".join(modes)).model_dump_json()
        ack(response_action="update", view=estimate.result(self.pack, found, meta))
        team = self.checklist.overview(caller).team
        if team is not None and team.assessment.card_ts:
            self.cards.show(client, team)

    def post(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Post in channel."""
        caller, meta = payloads.caller(context, body), payloads.meta(body)
        found = self.estimating.again(caller, tuple(filter(None, meta.page.split(","))))
        ack(response_action="clear")
        if found is not None:
            delivery.post(client, caller.channel, estimate.posted(self.pack, found, caller.user))
