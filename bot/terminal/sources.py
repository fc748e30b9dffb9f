"""Sources as a page lists them: title, publisher, kind, day of reading, who gains, address."""

from __future__ import annotations

from collections.abc import Collection

from rich.console import RenderableType

from bot.documents.sources import told
from bot.domain.pack import Pack
from bot.terminal.prose import bullets, words


def listed(pack: Pack, cited: Collection[str]) -> list[RenderableType]:
    """The sources that a page cites, in the order of the register."""
    return bullets(
        words(told(each)).append(f" [{each.id}]", "dim")
        for each in pack.sources.values()
        if each.id in cited
    )
