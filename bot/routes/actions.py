"""What to do."""

from __future__ import annotations

import re

from slack_bolt import App

from bot.blocks import ids
from bot.listeners.actions import ActionScreens
from bot.routes.words import word


def act(app: App, go: ActionScreens) -> None:
    """Lines of what to do: taken, offered, done, copied as an issue."""
    word(app, "actions")(go.command)
    app.action(ids.ACTIONS)(go.press)
    app.action(ids.TAKE_ACTION)(go.open)
    app.view(ids.ACTION)(go.save)
    app.action(ids.ACTION_DONE)(go.done)
    app.action(ids.COPY_ISSUE)(go.copy)
    app.action(re.compile(f"^{ids.TO_TRACKER}[12]$"))(go.go_to_tracker)
