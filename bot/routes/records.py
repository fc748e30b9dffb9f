"""RecordScreens, history, forgetting."""

from __future__ import annotations

from slack_bolt import App

from bot.blocks import ids
from bot.listeners.records import RecordScreens
from bot.routes.words import word


def remember(app: App, go: RecordScreens) -> None:
    """The decision record, the history, forgetting."""
    word(app, "record")(go.write)
    word(app, "report")(go.report)
    word(app, "history")(go.history)
    word(app, "changes")(go.changes)
    app.action(ids.CHANGES_SINCE)(go.changes_since)
    app.action(ids.READ)(go.read)
    word(app, "delete")(go.ask_to_delete)
    app.action(ids.ERASE_MINE)(go.delete_mine)
    app.action(ids.ERASE_TEAM)(go.delete_team)
    app.action(ids.ERASE_ME)(go.delete_me)
    app.action(ids.CONFIRM_RECORD)(go.confirm)
    app.event("app_uninstalled")(go.uninstalled)
