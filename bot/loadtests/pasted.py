"""What a report takes on where it is copied: a µ, odd blanks, colours, quote marks, fences."""

from __future__ import annotations

import re

MOST_QUOTES = 5
"""What was quoted more often is no place for a result."""
NEARLY_ALL = 0.8
"""Of the lines that are not blank: a word of greeting may stand above a quote."""
_WRITTEN = re.compile(r"^[ \t]*\S", re.MULTILINE)
_QUOTE = ("\n>", re.compile(r"^>[ \t]?", re.MULTILINE))
_STAMP = (
    "\n2",
    re.compile(
        r"^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)(?: |$)",
        re.MULTILINE,
    ),
)
_MICRO = re.compile(rb"(?<=[\d \t])\xb5(?=s\b)")
"""µ in Latin-1 and Windows' own code page; in UTF-8 another byte stands before it."""
_GLUED = re.compile(
    r"(?<=[^\s`])[ \t]{0,20}(?=```)|(?<=```)(?![`\s])(?![\w+-]{1,20}[ \t]*$)", re.MULTILINE
)
"""Where a fence has text on its own line, as a chat writes it: before it, or behind it."""
_COLOUR = re.compile(r"\x1b\[[\d;]{0,20}[mK]")
_MISREAD = re.compile(r"(?<=[\d \t])(?:Âµ|┬╡|┬Á)(?=s\b)")
"""The two bytes of UTF-8, each taken for a letter: so PowerShell 5 writes down what tools print."""


def decoded(content: bytes) -> str:
    """Bytes of a report as text."""
    if b"\xb5" in content:
        content = _MICRO.sub("µ".encode(), content)
    text = content.decode("utf-8", "replace").rstrip("\r")
    text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\u00a0", " ")
    return _MISREAD.sub("µ", text) if "Â" in text or "┬" in text else text


def bare(text: str) -> str:
    """A report without colours and what stands before nearly all lines; fences on their own."""
    text = _COLOUR.sub("", text) if "\x1b" in text else text
    for hint, prefix in (*(_QUOTE,) * MOST_QUOTES, _STAMP):
        if text.count(hint) >= text.count("\n") // 2 and _before_nearly_all(prefix, text):
            text = prefix.sub("", text)
    return _GLUED.sub("\n", text) if "```" in text else text


def _before_nearly_all(prefix: re.Pattern[str], text: str) -> bool:
    written, prefixed = (sum(1 for _ in each.finditer(text)) for each in (_WRITTEN, prefix))
    return prefixed >= NEARLY_ALL * written and (
        prefixed > 1 or text.lstrip("> \t")[:1] in {"{", "["}
    )
