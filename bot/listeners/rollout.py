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
from bot.listeners import delivery, payloads
from bot.listeners.delivery import private
from bot.listeners.forms import Form
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
        board, line = payloads.pair(body)
        dossier = self.rolling.tick(caller, board, line, done=done)
        ack()
        self._redraw(client, body, dossier)

    def open_exception(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Add an exception: the form, which remembers the card it was opened from."""
        ack()
        caller = payloads.caller(context, body)
        card, board = payloads.message_of(body), payloads.pressed(body)
        meta = Meta(channel=caller.channel, pilot=board, page=card)
        view = rollout.exception(meta.model_dump_json())
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def add_exception(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Add: service, reason, approver, end date."""
        caller, meta, form = payloads.caller(context, body), payloads.meta(body), Form(body)
        (reason, approver, ends_on), service = _agreed(form), form.needed("service", 80)
        form.check()
        entry = PolicyException(
            id=token_hex(4), service=service, reason=reason, approver=approver, ends_on=ends_on
        )
        dossier = self.rolling.add_exception(caller, meta.pilot, entry)
        ack(response_action="clear")
        delivery.update(client, caller.channel, meta.page, self._card(dossier))

    def open_renewal(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """New date: the form of an exception, filled in."""
        caller = payloads.caller(context, body)
        board, exception = payloads.pair(body)
        held = self.rolling.exception(caller, board, exception)
        ack()
        card = payloads.message_of(body)
        meta = Meta(channel=caller.channel, pilot=board, page=card, entry=exception)
        view = rollout.renewal(held, meta.model_dump_json())
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def renew_exception(
        self, ack: Ack, body: Body, context: BoltContext, client: WebClient
    ) -> None:
        """Agree: the new end date, with who approved it this time."""
        caller, meta, form = payloads.caller(context, body), payloads.meta(body), Form(body)
        agreed = _agreed(form)
        form.check()
        dossier = self.rolling.renew_exception(caller, meta.pilot, meta.entry, agreed)
        ack(response_action="clear")
        delivery.update(client, caller.channel, meta.page, self._card(dossier))

    def end_exception(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """It is over."""
        board, exception = payloads.pair(body)
        dossier = self.rolling.close_exception(payloads.caller(context, body), board, exception)
        ack()
        self._redraw(client, body, dossier)

    def answer_exception(
        self, ack: Ack, body: Body, context: BoltContext, client: WebClient
    ) -> None:
        """I approve it, or I refuse it: only the word of who was asked counts."""
        (board, exception), caller = payloads.pair(body), payloads.caller(context, body)
        approves = payloads.action_of(body) == ids.APPROVE
        dossier = self.rolling.answer_exception(caller, board, exception, approves=approves)
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
        done = self.rolling.recipe(payloads.meta(body).page, Form(body).texts())
        ack(response_action="update", view=rollout.filled(self.pack, done))

    def _card(self, dossier: Dossier) -> Payload:
        open_lines = self.rolling.open_lines(dossier)
        return rollout.card(self.pack, dossier, open_lines, self.rolling.today())

    def _redraw(self, client: WebClient, body: Body, dossier: Dossier) -> None:
        ts = payloads.message_of(body)
        delivery.update(client, dossier.board.channel, ts, self._card(dossier))


def _agreed(form: Form) -> tuple[str, str, date]:
    """What an exception rests on: reason, approver, the day on which it ends."""
    approver = form.user("approver")
    if not approver:
        form.needed("approver")
    return form.needed("reason", 300), approver, form.day("ends_on")
