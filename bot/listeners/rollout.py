"""The rollout's card, its exceptions, and the recipes."""

from __future__ import annotations

from datetime import date

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import ids, recipes, rollout
from bot.blocks.carried import CardMeta, RecipeMeta, RenewalMeta
from bot.blocks.values import PilotException, PilotLine
from bot.listeners.act import Act
from bot.listeners.delivery import private
from bot.listeners.forms import Form


class RolloutScreens:
    """One stage at a time."""

    def __init__(self, advisor: Advisor) -> None:
        self.rolling, self.pack = advisor.rolling, advisor.desk.pack
        self.recipes = advisor.recipes

    def open(self, ack: Ack, act: Act) -> None:
        """`/meshfit rollout`: posts the card of the rollout that runs, else of the pilot's."""
        self.rolling.here(act.caller)
        ack()

    def press_open(self, ack: Ack, act: Act) -> None:
        """Rollout, on a closed checklist: posts the card of that pilot's own."""
        self.rolling.begin(act.caller, act.id)
        ack()

    def advance(self, ack: Ack, act: Act) -> None:
        """Go to the next stage; refused with every condition that is unmet."""
        self.rolling.on(act.message).advance(act.caller, act.id)
        ack()

    def go_back(self, ack: Ack, act: Act) -> None:
        """Go back one stage."""
        self.rolling.on(act.message).go_back(act.caller, act.id)
        ack()

    def tick(self, ack: Ack, act: Act) -> None:
        """Done, or not done, beside a line."""
        caller, done = act.caller, act.name == ids.TICK_LINE
        at = act.pressed(PilotLine)
        self.rolling.on(act.message).tick(caller, at.pilot, at.line, done=done)
        ack()

    def open_exception(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Add an exception: the form, which remembers the card it was opened from."""
        caller = act.caller
        last = self.rolling.written(caller, act.id)
        ack()
        meta = CardMeta(channel=caller.channel, pilot=act.id, written=last, card=act.message)
        act.opens(client, rollout.exception(str(meta)))

    def add_exception(self, ack: Ack, act: Act) -> None:
        """Add: service, reason, approver, end date."""
        caller, meta, form = act.caller, act.carried(CardMeta), act.form
        agreed, service = _agreed(form), form.needed("service", 80)
        form.check()
        rolling = self.rolling.on(meta.card)
        rolling.add_exception(caller, meta.pilot, service, agreed, act.opened)
        ack(response_action="clear")

    def open_renewal(self, ack: Ack, act: Act, client: WebClient) -> None:
        """New date: the form of an exception, filled in."""
        caller = act.caller
        at = act.pressed(PilotException)
        exception, last = self.rolling.exception(caller, at.pilot, at.exception)
        ack()
        meta = RenewalMeta(
            channel=caller.channel,
            pilot=at.pilot,
            written=last,
            card=act.message,
            exception=at.exception,
        )
        act.opens(client, rollout.renewal(exception, str(meta)))

    def renew_exception(self, ack: Ack, act: Act) -> None:
        """Agree: the new end date, with who approved it this time."""
        caller, meta, form = act.caller, act.carried(RenewalMeta), act.form
        agreed = _agreed(form)
        form.check()
        done = (meta.exception, agreed)
        self.rolling.on(meta.card).renew_exception(caller, meta.pilot, done, act.opened)
        ack(response_action="clear")

    def end_exception(self, ack: Ack, act: Act) -> None:
        """It is over."""
        at = act.pressed(PilotException)
        self.rolling.on(act.message).close_exception(act.caller, at.pilot, at.exception)
        ack()

    def howto(self, ack: Ack, act: Act) -> None:
        """`/meshfit howto`: the recipes for the pilot's mesh."""
        mesh = self.recipes.mesh_here(act.caller)
        ack(**private(recipes.recipes(self.pack, mesh)))

    def how_to(self, ack: Ack, act: Act, respond: Respond) -> None:
        """How to measure, on the card: the same recipes."""
        ack()
        mesh = self.recipes.mesh_here(act.caller)
        respond(**private(recipes.recipes(self.pack, mesh)))

    def choose_recipe(self, ack: Ack, act: Act, client: WebClient) -> None:
        """A recipe was chosen: its names, or the text itself where it needs none."""
        ack()
        recipe = act.id
        meta = RecipeMeta(channel=act.caller.channel, recipe=recipe)
        names = self.recipes.names_for(recipe)
        view = (
            recipes.blanks(self.pack, recipe, names, str(meta))
            if names
            else recipes.filled(self.pack, self.recipes.filled(recipe, {}))
        )
        act.opens(client, view)

    def fill_recipe(self, ack: Ack, act: Act) -> None:
        """Show it: the recipe with the team's names."""
        done = self.recipes.filled(act.carried(RecipeMeta).recipe, act.form.texts())
        ack(response_action="update", view=recipes.filled(self.pack, done))


def _agreed(form: Form) -> tuple[str, str, date]:
    """What an exception rests on: reason, approver, the day on which it ends."""
    approver = form.user("approver")
    if not approver:
        form.needed("approver")
    return form.needed("reason", 300), approver, form.day("ends_on")
