"""The rollout."""

from __future__ import annotations

from slack_bolt import App

from bot.blocks import ids
from bot.listeners.rollout import RolloutScreens
from bot.routes.words import word


def roll_out(app: App, go: RolloutScreens) -> None:
    """The rollout by policy scope, its exceptions, the recipes."""
    word(app, "rollout")(go.open)
    app.action(ids.ROLLOUT)(go.press_open)
    app.action(ids.ADVANCE)(go.advance)
    app.action(ids.GO_BACK_STAGE)(go.go_back)
    app.action(ids.TICK_LINE)(go.tick)
    app.action(ids.UNTICK_LINE)(go.tick)
    app.action(ids.ADD_EXCEPTION)(go.open_exception)
    app.view(ids.EXCEPTION)(go.add_exception)
    app.action(ids.RENEW_EXCEPTION)(go.open_renewal)
    app.view(ids.RENEWAL)(go.renew_exception)
    app.action(ids.END_EXCEPTION)(go.end_exception)
    word(app, "howto")(go.howto)
    app.action(ids.HOW_TO)(go.how_to)
    app.action(ids.RECIPE)(go.choose_recipe)
    app.view(ids.FILL)(go.fill_recipe)
