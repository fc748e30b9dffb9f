"""The markdown block as HTML; raw HTML in it stays text."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markupsafe import Markup

_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def markdown(text: str) -> Markup:
    """Standard Markdown as HTML; markdown-it escapes the rest and drops unsafe links."""
    return Markup(_PARSER.render(text))
