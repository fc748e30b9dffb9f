"""The rich_text block as HTML (Slack: rich text block reference)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from markupsafe import Markup, escape

from playground.web import mrkdwn
from playground.web.dates import render as render_date

Json: TypeAlias = Any
_STYLES = {"bold": "b", "italic": "i", "strike": "s", "code": "code", "underline": "u"}


def rich_text(block: Json, reader: mrkdwn.Reader) -> Markup:
    """All elements of a rich_text block."""
    return Markup("").join(_element(element, reader) for element in block["elements"])


def _element(element: Json, reader: mrkdwn.Reader) -> Markup:
    if element["type"] == "rich_text_list":
        return _list(element, reader)
    tags = {"rich_text_preformatted": "pre", "rich_text_quote": "blockquote"}
    tag = Markup(tags.get(element["type"], "div"))
    inside = Markup("").join(_inline(part, reader) for part in element["elements"])
    return Markup("<{0}>{1}</{0}>").format(tag, inside)


def _list(element: Json, reader: mrkdwn.Reader) -> Markup:
    tag = Markup("ol" if element["style"] == "ordered" else "ul")
    items = Markup("").join(
        Markup("<li>{}</li>").format(_element(item, reader)) for item in element["elements"]
    )
    begins = element.get("offset", 0) + 1
    return Markup('<{0} class="indent-{1}"{2}>{3}</{0}>').format(
        tag,
        element.get("indent", 0),
        Markup(' start="{}"').format(begins) if begins > 1 else "",
        items,
    )


def _inline(part: Json, reader: mrkdwn.Reader) -> Markup:
    drawn = _bare(part, reader)
    for style, tag in _STYLES.items():
        if part.get("style", {}).get(style):
            drawn = Markup("<{0}>{1}</{0}>").format(Markup(tag), drawn)
    return drawn


def _bare(part: Json, reader: mrkdwn.Reader) -> Markup:
    draw = _DRAWN.get(part["type"])
    if draw is None:
        return Markup('<span class="fault">cannot draw {}</span>').format(part["type"])
    return draw(part, reader)


def _text(part: Json, _reader: mrkdwn.Reader) -> Markup:
    return escape(part["text"]).replace("\n", Markup("<br>"))


def _date(part: Json, reader: mrkdwn.Reader) -> Markup:
    return escape(render_date(part["timestamp"], part["format"], reader.world.clock.now()))


_DRAWN: dict[str, Callable[[Json, mrkdwn.Reader], Markup]] = {
    "text": _text,
    "date": _date,
    "link": lambda part, reader: mrkdwn.link(part["url"], part.get("text") or part["url"], reader),
    "emoji": lambda part, _: mrkdwn.plain(f":{part['name']}:"),
    "user": lambda part, reader: mrkdwn.mention(f"@{reader.user(part['user_id'])}"),
    "channel": lambda part, reader: mrkdwn.mention(f"#{reader.channel(part['channel_id'])}"),
    "broadcast": lambda part, _: mrkdwn.mention(f"@{part['range']}"),
}
