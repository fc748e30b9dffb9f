"""Questions."""

from __future__ import annotations

import re

from slack_bolt import App

from bot.blocks import ids
from bot.listeners.ask import AskScreens
from bot.listeners.missed import MissedScreens
from bot.routes.words import COMMAND, is_direct, word


def answer(app: App, go: AskScreens) -> None:
    """Questions, asked in five places."""
    word(app, "ask")(go.command)
    app.action(ids.ASK_SOMETHING)(go.open_field)
    app.view(ids.ASK)(go.submit)
    app.event("app_mention")(go.mention)
    app.event("message", matchers=[is_direct])(go.mention)
    app.message_shortcut(ids.ASK_ABOUT_MESSAGE)(go.about_message)
    app.action(re.compile(f"^{ids.RELATED}[123]$"))(go.related)
    app.action(ids.SHARE_ANSWER)(go.share)
    app.action(ids.HELPFUL)(go.rate)
    app.action(ids.NOT_HELPFUL)(go.rate)
    word(app, "faq")(go.topics)


def missed(app: App, go: MissedScreens) -> None:
    """What the pack's owners see of it."""
    word(app, "questions-missed")(go.report)
    app.action(re.compile(f"^{ids.DRAFT_ENTRY}[0-9]$"))(go.draft)


def otherwise(app: App, go: AskScreens) -> None:
    """What no other word of a command took: last of all, since it takes anything."""
    app.command(COMMAND)(go.natural)
    app.action(ids.TOPIC)(go.topic)
    app.action(ids.SHOW_ENTRY)(go.related)
