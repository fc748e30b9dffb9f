"""The rollout's card, its exceptions, and the recipes."""

from __future__ import annotations

from datetime import date
from secrets import token_hex

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import ids, rollout
from bot.blocks.surfaces import Payload
from bot.domain.pilot.model import Dossier, PolicyException
from bot.errors import BadAnswers
from bot.listeners import delivery, payloads, screens
from bot.listeners.delivery import private
from bot.listeners.payloads import Body, Meta


class RolloutScreens:
    """One stage at a time."""

    def __init__(self, advisor: Advisor) -> None:
        self.rolling, self.pack = advisor.rolling, advisor.desk.pack

    def open(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """`/meshfit rollout`: posts the card of the rollout that runs, else of the pilot's."""
        caller = payloads.caller(context, body)
        dossier = self.rolling.here(caller)
        ack()
        delivery.post(client, caller.channel, self._card(dossier))

    def press_open(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Rollout, on a closed checklist: posts the card of that pilot's own."""
        dossier = self.rolling.begin(payloads.caller(context, body), payloads.pressed(body))
        ack()
        delivery.post(client, dossier.board.channel, self._card(dossier))

    def advance(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Go to the next stage; refused with every condition that is unmet."""
        caller = payloads.caller(context, body)
        dossier = self.rolling.advance(caller, payloads.pressed(body))
        ack()
        self._redraw(client, body, dossier)

    def go_back(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Go back one stage."""
        caller = payloads.caller(context, body)
        dossier = self.rolling.go_back(caller, payloads.pressed(body))
        ack()
        self._redraw(client, body, dossier)

    def tick(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Done, or not done, beside a line."""
        caller, done = payloads.caller(context, body), payloads.action_of(body) == ids.TICK_LINE
        board, line = payloads.pressed(body).split(":")
        dossier = self.rolling.tick(caller, board, line, done=done)
        ack()
        self._redraw(client, body, dossier)

    def open_exception(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Add an exception: the form, which remembers the card it was opened from."""
        ack()
        caller = payloads.caller(context, body)
        meta = Meta(channel=caller.channel, pilot=payloads.pressed(body), page=_card_of(body))
        view = rollout.exception(meta.model_dump_json())
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def add_exception(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Add: service, reason, approver, end date."""
        caller, meta, typed = (
            payloads.caller(context, body),
            payloads.meta(body),
            payloads.texts(body),
        )
        entry = PolicyException(
            id=token_hex(4),
            service=typed["service"],
            reason=typed["reason"],
            approver=typed["approver"],
            ends_on=date.fromisoformat(typed["ends_on"]),
        )
        try:
            dossier = self.rolling.add_exception(caller, meta.pilot, entry)
        except BadAnswers as bad:
            ack(response_action="errors", errors=screens.errors(bad, body))
            return
        ack(response_action="clear")
        delivery.update(client, caller.channel, meta.page, self._card(dossier))

    def open_renewal(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """New date: the form of an exception, filled in."""
        caller = payloads.caller(context, body)
        board, exception = payloads.pressed(body).split(":")
        held = self.rolling.exception(caller, board, exception)
        ack()
        meta = Meta(channel=caller.channel, pilot=board, page=_card_of(body), entry=exception)
        view = rollout.renewal(held, meta.model_dump_json())
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def renew_exception(
        self, ack: Ack, body: Body, context: BoltContext, client: WebClient
    ) -> None:
        """Agree: the new end date, with who approved it this time."""
        caller, meta, typed = (
            payloads.caller(context, body),
            payloads.meta(body),
            payloads.texts(body),
        )
        agreed = typed["reason"], typed["approver"], date.fromisoformat(typed["ends_on"])
        try:
            dossier = self.rolling.renew_exception(caller, meta.pilot, meta.entry, agreed)
        except BadAnswers as bad:
            ack(response_action="errors", errors=screens.errors(bad, body))
            return
        ack(response_action="clear")
        delivery.update(client, caller.channel, meta.page, self._card(dossier))

    def end_exception(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """It is over."""
        board, exception = payloads.pressed(body).split(":")
        dossier = self.rolling.close_exception(payloads.caller(context, body), board, exception)
        ack()
        self._redraw(client, body, dossier)

    def howto(self, ack: Ack, body: Body, context: BoltContext) -> None:
        """`/meshfit howto`: the recipes for the pilot's mesh."""
        mesh = self.rolling.mesh_here(payloads.caller(context, body))
        ack(**private(rollout.recipes(self.pack, mesh)))

    def choose_recipe(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """A recipe was chosen: its names, or the text itself where it needs none."""
        ack()
        recipe = payloads.pressed(body)
        meta = Meta(channel=payloads.caller(context, body).channel, page=recipe)
        names = self.rolling.names_for(recipe)
        view = (
            rollout.blanks(self.pack, recipe, names, meta.model_dump_json())
            if names
            else rollout.filled(self.pack, self.rolling.recipe(recipe, {}))
        )
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def fill_recipe(self, ack: Ack, body: Body) -> None:
        """Show it: the recipe with the team's names."""
        try:
            done = self.rolling.recipe(payloads.meta(body).page, payloads.texts(body))
        except BadAnswers as bad:
            ack(response_action="errors", errors=screens.errors(bad, body))
            return
        ack(response_action="update", view=rollout.filled(self.pack, done))

    def _card(self, dossier: Dossier) -> Payload:
        open_lines = self.rolling.open_lines(dossier)
        return rollout.card(self.pack, dossier, open_lines, self.rolling.today())

    def _redraw(self, client: WebClient, body: Body, dossier: Dossier) -> None:
        ts = str(body["container"]["message_ts"])
        delivery.update(client, dossier.board.channel, ts, self._card(dossier))


def _card_of(body: Body) -> str:
    """The message whose button was pressed, to be drawn anew afterwards."""
    return str(body["container"]["message_ts"])
