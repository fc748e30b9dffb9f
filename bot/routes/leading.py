"""What leads see."""

from __future__ import annotations

from slack_bolt import App

from bot.blocks import ids
from bot.listeners.leading import LeadScreens
from bot.routes.words import word


def lead(app: App, go: LeadScreens) -> None:
    """What a team shows them, and what they see of all."""
    word(app, "leads")(go.here)
    word(app, "teams")(go.teams)
    word(app, "platform")(go.open_platform)
    app.action(ids.TEAMS_FILE)(go.send_file)
    app.action(ids.PLATFORM)(go.open_platform)
    app.view(ids.CHOOSE_TEAMS)(go.choose_teams)
    app.action(ids.CHOOSE_TEAMS + ids.STEP_BACK)(go.stepping.back)
    app.action(ids.SHOW_LEADS)(go.show)
