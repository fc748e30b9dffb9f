"""The estimate."""

from __future__ import annotations

from slack_bolt import App

from bot.blocks import ids
from bot.listeners.estimate import EstimateScreens
from bot.routes.words import word


def estimate(app: App, go: EstimateScreens) -> None:
    """What a mesh may cost, before anybody pilots."""
    word(app, "estimate")(go.command)
    app.view(ids.ESTIMATE)(go.work_out)
    app.action(ids.REFINE_ESTIMATE)(go.refine)
    app.view(ids.REFINE)(go.work_out_again)
    app.view(ids.POST_ESTIMATE)(go.post)
