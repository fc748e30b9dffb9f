"""Slack's mrkdwn as HTML. Whatever the text holds, only the tags written here come out.

Every literal piece passes through `_literal`, which undoes Slack's three escapes and then escapes
for HTML; tags are joined to it as Markup and never parsed out of text (Slack: formatting text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from playground.web.dates import render as render_date
from playground.web.emoji import EMOJI
from playground.world import World

_FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_QUOTE = re.compile(r"(?:&gt;|>) ?")
_BULLET = re.compile(r"(?P<mark>[•◦▪-]|\d+\.)\s+")
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<control>[^<>\n]+)>"
    r"|:(?P<emoji>[a-z0-9_+-]+):"
    r"|(?P<url>https?://[^\s<>|]*[^\s<>|.,;:!?)\]'\"*_~])"
    r"|(?<![\w*])\*(?P<bold>(?=\S)[^\n]*?\S)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>(?=\S)[^\n]*?\S)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>(?=\S)[^\n]*?\S)~(?![\w~])"
)
_STYLES = {"bold": "b", "italic": "i", "strike": "s"}
_SAFE = ("http://", "https://", "mailto:")


@dataclass(frozen=True)
class Reader:
    """Who reads: names are looked up in their workspace, message links lead to their pages."""

    world: World
    person: str

    def user(self, user_id: str) -> str:
        """A person's handle; the id itself for a stranger."""
        user = self.world.users.get(user_id)
        return user.name if user else user_id

    def channel(self, channel_id: str) -> str:
        """A channel's name; the id itself for an unknown one."""
        channel = self.world.channels.get(channel_id)
        return channel.name if channel else channel_id

    def address(self, url: str) -> str | None:
        """Where a link leads: message links to this playground; None for what is no web address."""
        own = re.match(rf"https://{self.world.domain}\.slack\.com/archives/(\w+)/p(\d+)", url)
        if own:
            ts = f"{own[2][:-6]}.{own[2][-6:]}"
            message = self.world.message(own[1], ts)
            root = f"/{message.thread_ts}" if message and message.thread_ts else ""
            return f"/{self.person}/{self.channel(own[1]) or 'dm'}{root}#m-{ts}"
        return url if url.startswith(_SAFE) else None


def mrkdwn(text: str, reader: Reader) -> Markup:
    """A mrkdwn text as HTML."""
    pieces = _FENCE.split(text)
    drawn = [
        Markup("<pre>{}</pre>").format(_literal(piece)) if place % 2 else _lines(piece, reader)
        for place, piece in enumerate(pieces)
    ]
    return Markup("").join(drawn)


def plain(text: str, emoji: bool = True) -> Markup:
    """A plain text as HTML: line breaks and, unless switched off, emoji."""
    pieces = re.split(r":([a-z0-9_+-]+):", text) if emoji else [text]
    drawn = [_emoji(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces)]
    return Markup("").join(drawn).replace("\n", Markup("<br>"))


def _literal(text: str) -> Markup:
    unescaped = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return escape(unescaped)


def _emoji(name: str) -> Markup:
    char = EMOJI.get(name)
    if char is None:
        return escape(f":{name}:")
    return Markup('<span role="img" aria-label="{}">{}</span>').format(name.replace("_", " "), char)


def _lines(text: str, reader: Reader) -> Markup:
    """Lines, with quotes and list items set apart."""
    out: list[Markup] = []
    quoted: list[Markup] = []
    for line in text.strip("\n").split("\n") if text.strip("\n") else []:
        mark = _QUOTE.match(line)
        if mark:
            quoted.append(_inline(line[mark.end() :], reader))
            continue
        out.extend(_quote(quoted))
        out.append(_line(line, reader))
    out.extend(_quote(quoted))
    return Markup("").join(out)


def _quote(lines: list[Markup]) -> Iterator[Markup]:
    if lines:
        yield Markup("<blockquote>{}</blockquote>").format(Markup("<br>").join(lines))
        lines.clear()


def _line(line: str, reader: Reader) -> Markup:
    item = _BULLET.match(line)
    if item:
        words = _inline(line[item.end() :], reader)
        return Markup('<span class="item"><span>{}</span><span>{}</span></span>').format(
            item["mark"], words
        )
    if not line.strip():
        return Markup('<span class="gap"></span>')
    return Markup('<span class="line">{}</span>').format(_inline(line, reader))


def _inline(text: str, reader: Reader) -> Markup:
    out, at = [], 0
    for token in _INLINE.finditer(text):
        out += [_literal(text[at : token.start()]), _token(token, reader)]
        at = token.end()
    return Markup("").join([*out, _literal(text[at:])])


def _token(token: re.Match[str], reader: Reader) -> Markup:
    kind = str(token.lastgroup)
    inside = token[kind]
    if kind in _STYLES:
        tag = Markup(_STYLES[kind])
        return Markup("<{0}>{1}</{0}>").format(tag, _inline(inside, reader))
    if kind == "code":
        return Markup("<code>{}</code>").format(_literal(inside))
    if kind == "emoji":
        return _emoji(inside)
    if kind == "url":
        return link(inside, inside, reader)
    return _control(inside, reader)


def _control(inside: str, reader: Reader) -> Markup:
    """What stands between angle brackets: a mention, a date, a link; anything else is just text."""
    head, _, label = inside.partition("|")
    if head.startswith("@"):
        return mention(f"@{reader.user(head[1:])}")
    if head.startswith("#"):
        return mention(f"#{label or reader.channel(head[1:])}")
    if head.startswith("!date^"):
        _, stamp, form, *target = head.split("^")
        words = (
            render_date(int(stamp), form, reader.world.clock.now()) if stamp.isdigit() else label
        )
        return link(target[0], words, reader) if target else Markup("<time>{}</time>").format(words)
    if head in ("!here", "!channel", "!everyone"):
        return mention(f"@{head[1:]}")
    return link(head, label or head, reader) if reader.address(head) else _literal(f"<{inside}>")


def mention(words: str) -> Markup:
    """Somebody or somewhere named in a text."""
    return Markup('<span class="mention">{}</span>').format(words)


def link(url: str, words: str, reader: Reader) -> Markup:
    """A link that opens beside the playground, or inside it when it leads to a message."""
    target = url.replace("&amp;", "&")
    address = reader.address(target)
    if address is None:
        return _literal(words)
    if address.startswith("/"):
        return Markup('<a href="{}">{}</a>').format(address, _literal(words))
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
        address, _literal(words)
    )
