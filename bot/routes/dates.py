"""Dates and reminders."""

from __future__ import annotations

from slack_bolt import App

from bot.blocks import ids
from bot.listeners.dates import DateScreens
from bot.routes.words import word


def keep(app: App, go: DateScreens) -> None:
    """What has a date; reminders of it."""
    word(app, "dates")(go.command)
    app.action(ids.REMIND)(go.say_yes)
    app.action(ids.REMIND_OF_ROUND)(go.say_yes_to_round)
    app.action(ids.DO_NOT_REMIND)(go.say_no)
    app.action(ids.REMIND_DONE)(go.done)
    app.action(ids.SNOOZE)(go.snooze)
    app.action(ids.STOP_REMINDING)(go.stop)
    app.action(ids.WIRE_YES)(go.happened)
    app.action(ids.WIRE_NO)(go.not_yet)
