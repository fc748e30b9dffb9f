"""What a report takes on where it is copied: another code page's µ."""

from __future__ import annotations

import re

_MICRO = re.compile(rb"(?<=[\d \t])\xb5(?=s\b)")
"""µ in Latin-1 and Windows' own code page; in UTF-8 another byte stands before it."""
_MISREAD = re.compile(r"(?<=[\d \t])(?:Âµ|┬╡|┬Á)(?=s\b)")
"""The two bytes of UTF-8, each taken for a letter: so PowerShell 5 writes down what tools print."""


def decoded(content: bytes) -> str:
    """Bytes of a report as text."""
    if b"\xb5" in content:
        content = _MICRO.sub("µ".encode(), content)
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    return _MISREAD.sub("µ", text) if "Â" in text or "┬" in text else text
