"""What must be true of everything that meshfit put on a screen, whatever the story was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from playground.screen import texts
from playground.slack import Slack
from playground.strict.checks import walk
from playground.world import Message

BROADCAST = re.compile(r"<!(?!date\^)")
"""`<!channel>` and its like; a date is the only special mention that meshfit writes."""


def what_slack_holds_is_sound(slack: Slack) -> None:
    """Complete plain text, nobody called, no Python shining through, no id without an ear."""
    mine = [each for each in everything(slack) if each.user == slack.world.bot.id]
    assert [(m.text, said) for m in mine for said in unspoken(m)] == []
    for shown in (*(" ".join([m.text, *marked(m.blocks)]) for m in mine), *views(slack)):
        assert not BROADCAST.search(shown), shown
        assert not re.search(r"\bNone\b|\bTraceback\b|<bot\.|\bnan\b", shown), shown


def marked(blocks: list[dict]) -> Iterator[str]:
    """What Slack reads as mrkdwn; a cell of a table, say, is plain and can call nobody."""
    return (each["text"] for each in walk(blocks) if each.get("type") == "mrkdwn")


def everything(slack: Slack) -> Iterator[Message]:
    """Every message in the workspace, everybody's own included."""
    for room in slack.world.messages.values():
        yield from room


def views(slack: Slack) -> Iterator[str]:
    """The words of every view that is open."""
    for view in (*slack.world.homes.values(), *(v for s in slack.world.modals.values() for v in s)):
        yield " ".join(texts(view.body["blocks"]))


def unspoken(message: Message) -> Iterator[str]:
    """Words in the blocks that somebody who hears the message read out would miss."""
    if message.text.endswith("…"):
        return
    whole = unescape(message.text)
    for block in message.blocks:
        said = {key: value for key, value in block.items() if key not in ("accessory", "elements")}
        elements = block.get("elements", []) if block["type"] == "context" else []
        for thing in walk([said, *elements]):
            words = thing.get("text")
            if isinstance(words, str) and unescape(words) not in whole:
                yield words
