"""A source in one line, as pages list them."""

from __future__ import annotations

from bot.blocks.words import capital
from bot.domain.pack.sources import Source


def told(source: Source) -> str:
    """Title, publisher, kind, day of reading, who gains, address."""
    read = f"read {source.read}" if source.read else ""
    facts = ", ".join(
        filter(None, (source.publisher or capital(source.called or ""), source.kind, read))
    )
    parts = (source.title, facts, source.interest)
    text = ". ".join(part.rstrip(".") for part in parts if part)
    return f"{text}. {source.url}".strip()
