"""The team's decision."""

from __future__ import annotations

from slack_bolt import App

from bot.blocks import ids
from bot.listeners.team import TeamScreens
from bot.routes.words import word


def decide(app: App, go: TeamScreens) -> None:
    """The card and its thread: owner, undo, why, what if, the other side; the calculator."""
    app.action(ids.STILL)(go.still_true)
    app.action(ids.REPOST)(go.repost)
    app.action(ids.GO_TO_CARD)(go.go_to_card)
    app.action(ids.OWNER)(go.find_owner)
    app.view(ids.NOMINATE)(go.nominate)
    app.action(ids.UNDO)(go.undo)
    word(app, "why")(go.why)
    app.action(ids.WHY)(go.press_why)
    app.action(ids.SIMPLER)(go.simpler)
    word(app, "sources")(go.sources)
    word(app, "whatif")(go.what_if)
    app.action(ids.WHAT_IF)(go.press_what_if)
    app.action(ids.SHARE_WHAT_IF)(go.post_what_if)
    app.action(ids.ARGUE)(go.argue)
    app.action(ids.MORE)(go.more)
    word(app, "summary")(go.summary)
    app.action(ids.SHARE_SUMMARY)(go.post_summary)
    word(app, "tax")(go.calculator)
    app.view(ids.CALCULATOR)(go.calculate)
    app.action(ids.EXAMPLE)(go.example)
