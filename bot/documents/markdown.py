"""User text in a Markdown file: shown as it was typed, and nothing but text."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[\\`*_\[\]{}#|~!$@^]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_AT_START = re.compile(r"^(?:[-+=:]|\d+(?=[.)]))", re.ASCII)
_ADDRESSES = re.compile(r"(?i)://|\bwww\.|\b(?:mailto|xmpp):")


def literal(text: str, most: int = 2000) -> str:
    """One line that makes no heading, list, table, link, image, HTML or front matter.

    Every mark is escaped; addresses too, which some readers make into links by themselves.
    """
    flat = " ".join(text.split())
    short = flat if len(flat) <= most else flat[: most - 1] + "…"
    safe = _MARKS.sub(r"\\\g<0>", short).translate(_ENTITIES)
    safe = _ADDRESSES.sub(lambda address: re.sub(r"[.:]", r"\\\g<0>", address[0]), safe)
    return _AT_START.sub(_held, safe)


def _held(match: re.Match[str]) -> str:
    """A mark escaped; behind a number it is what follows that makes a list."""
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"
