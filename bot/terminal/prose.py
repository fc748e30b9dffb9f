"""The pack's texts, written for Slack, as a terminal shows them: emphasis, lists, headings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=\S)(?P<bold>[^*\n]+?)(?<=\S)\*(?![\w*])"
    r"|(?<![\w_])_(?=\S)(?P<italic>[^_\n]+?)(?<=\S)_(?![\w_])"
    r"|`(?P<code>[^`\n]+)`"
)
_STYLES = {"bold": "bold", "italic": "italic", "code": "cyan"}
_MARK = re.compile(r"(•|\d+\.)\s+(.*)")


def words(text: str, style: str = "") -> Text:
    """One line of a text with its emphasis."""
    out, at = Text(style=style), 0
    for match in _EMPHASIS.finditer(text):
        kind = str(match.lastgroup)
        out.append(text[at : match.start()])
        out.append(match[kind], _STYLES[kind])
        at = match.end()
    return out.append(text[at:])


def prose(text: str) -> Group:
    """Several lines, those of a list with their marks hanging."""
    return Group(*map(_line, text.strip().splitlines()))


def _line(line: str) -> RenderableType:
    match = _MARK.match(line.strip())
    return hanging(match[1], words(match[2])) if match else words(line)


def hanging(mark: str, text: RenderableType) -> Table:
    """A mark, and a text that keeps clear of it in every line."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(mark, text)
    return grid


def bullets(texts: Iterable[RenderableType]) -> list[RenderableType]:
    """A list with the same mark before each."""
    return [hanging("•", each) for each in texts]


def section(title: str, *parts: RenderableType) -> list[RenderableType]:
    """A heading and what stands under it; nothing at all where there is nothing to say."""
    if not parts:
        return []
    return [Text(), Text(title, "bold"), Padding(Group(*parts), (0, 0, 0, 2))]
