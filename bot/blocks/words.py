"""Text on its way to Slack: escaped once, cut without breaking an entity, numbers with units."""

from __future__ import annotations

import math
import re
from datetime import datetime
from decimal import Decimal
from html import escape

from bot.domain.pack import Pack
from bot.domain.team import FORMER, ROUND
from bot.domain.words import count, number

_NOBODY = {FORMER: "a former member", ROUND: "the round"}


def escaped(text: str, most: int = 2000) -> str:
    """User text as mrkdwn shows it literally: no mention, link or broadcast can fire.

    Cut to `most` characters after escaping, never inside an entity.
    """
    return cut(escape(text, quote=False), most)


def cut(text: str, most: int) -> str:
    """Shorten to `most` characters with an ellipsis; an entity or a mention stays whole or goes."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    return re.sub(r"(&[a-z]{0,3}|<([@#!][^<>]*)?)$", "", kept).rstrip() + "…"


def person(user: str) -> str:
    """A mention by id; Slack shows the name."""
    return _NOBODY.get(user) or f"<@{user}>"


def day(at: datetime) -> str:
    """A date in the reader's own zone, with a fallback that says UTC's."""
    return f"<!date^{int(at.timestamp())}^{{date_short}}|{at:%-d %b %Y}>"


def moment(at: datetime) -> str:
    """A day and hour in the reader's own zone, with a fallback that says UTC's."""
    return f"<!date^{int(at.timestamp())}^{{date_short}} {{time}}|{at:%-d %b %Y %H:%M} UTC>"


def typed(value: float) -> str:
    """A figure as one would type it: every digit, so that saving a page again changes nothing."""
    return f"{Decimal(repr(value)).normalize():f}"


def core_count(pack: Pack) -> str:
    """How many questions the quick path asks."""
    return count(len(pack.core), "question")


def minutes(pack: Pack) -> str:
    """About how long they take, at a quarter of a minute each."""
    return _about(len(pack.core))


def how_long(questions: int) -> str:
    """Of a path that begins: 8 questions, about 2 minutes."""
    return f"{count(questions, 'question')}, {_about(questions)}."


def _about(questions: int) -> str:
    return f"about {count(math.ceil(questions / 4), 'minute')}"


def or_pages(pack: Pack) -> str:
    """What the short path of a mesh that runs asks instead; empty where the pack has none."""
    return f", or {count(len(pack.there), 'page')} where a mesh runs" if pack.there else ""


def between(low: float, high: float | None) -> str:
    """Between which values a time in ms lies, or above which."""
    if high is None:
        return f"above {number(low)} ms"
    return f"between {number(low)} and {number(high)} ms"


def alone(channel: str) -> bool:
    """Whether a team is one person in a direct message with the bot."""
    return channel.startswith("D")


def inside(text: str) -> str:
    """A sentence as it reads after "because": API and mTLS keep their capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def capital(text: str) -> str:
    """A phrase at the start of a sentence; gRPC and mTLS keep their own."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """A phrase as a sentence of its own."""
    return capital(text).rstrip(".") + "."
