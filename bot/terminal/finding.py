"""An answer as people read it: title, text, where it comes from, what to ask next."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from bot.domain.pack import Pack
from bot.domain.pack.sources import Source
from bot.domain.search import Found
from bot.terminal.prose import bullets, prose, section, words


def drawn(pack: Pack, question: str, found: Found, text: str, second: str = "") -> Group:
    """What was found; the question itself only where several were asked, `second` its second."""
    asked: list[RenderableType] = [Text(f"> {question.strip()}", "dim")] if question else []
    near = [words(pack.entries[each].question) for each in found.related if each in pack.entries]
    if found.answer is None:
        return Group(*asked, prose(text), *section("Or", *bullets(near[1:])), Text())
    entry = pack.entries[found.answer]
    return Group(
        *asked,
        Text(entry.title, "bold"),
        prose(text),
        *(Text(_cite(pack.sources[name]), "dim") for name in (entry.source, *entry.sources)),
        *section("Ask next", *bullets(near)),
        Text(),
        *([drawn(pack, "", found.also, second)] if found.also else []),
    )


def _cite(source: Source) -> str:
    """Who says so, who gains, and where it stands."""
    return " ".join(
        filter(
            None,
            (
                f"{source.cite.rstrip('.')}.",
                source.called and f"It is {source.called}.",
                source.interest,
                source.url,
            ),
        )
    )
