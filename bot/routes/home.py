"""Home, help, and what only has to be met."""

from __future__ import annotations

from slack_bolt import App

from bot.blocks import ids
from bot.install.stores import Installations
from bot.listeners.home import HomeScreens
from bot.listeners.workplace import WorkplaceScreens
from bot.routes.words import word


def welcome(app: App, go: HomeScreens, installations: Installations | None) -> None:
    """Home, help; and events that Slack makes us subscribe to."""
    if installations is not None:
        app.event("tokens_revoked")(installations.revoked)
    app.event("app_home_opened")(go.opened)
    word(app, "help")(go.help)
    for event in ("message", "app_context_changed", "agent_session_stopped", "tokens_revoked",
                  "agent_session_title_changed"):  # fmt: skip
        app.event(event)(go.nothing_to_do)


def settings(app: App, go: WorkplaceScreens) -> None:
    """How a workspace wants meshfit."""
    word(app, "settings")(go.open)
    app.action(ids.OPEN_SETTINGS)(go.open)
    app.view(ids.SETTINGS)(go.save_people)
    app.view(ids.SETTINGS_TIMES)(go.save_times)
