"""A round."""

from __future__ import annotations

import re

from slack_bolt import App

from bot.blocks import ids
from bot.listeners.rounds import RoundScreens
from bot.routes.words import word


def ask_round(app: App, go: RoundScreens) -> None:
    """Several people's own answers: opened, answered, closed, taken."""
    word(app, "round")(go.command)
    app.action(ids.ROUND_OPEN)(go.press_open)
    app.view(ids.ROUND)(go.open)
    app.action(ids.ROUND_ANSWER)(go.give)
    app.view(ids.ROUND_PAGE)(go.submit)
    app.action(ids.ROUND_CLOSE)(go.close)
    app.action(re.compile(f"^{ids.TAKE_SIDE}[0-9]{{1,2}}$"))(go.take)
