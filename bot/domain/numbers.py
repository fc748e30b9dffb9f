"""A typed number → a number: what people write in a form, where only one reading is possible."""

from __future__ import annotations

import math
import re

from bot.domain.words import shortened

_SPACED = re.compile(r"(?<=\d)[ '\u00a0\u2009\u202f](?=\d{3}(?!\d))", re.ASCII)
"""A thousands space or apostrophe: 1 000, 1'000."""
_PLAIN = re.compile(r"[-+]?(\d+([.,]\d+)?|[.,]\d+)", re.ASCII)
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
"""1,000 and 1.000 mean a thousand to some and one to others."""


def read_number(typed: object, unit: str = "") -> float:
    """The number that was meant. Raises ValueError with the end of a sentence: "is ..."."""
    if isinstance(typed, bool) or not isinstance(typed, int | float | str):
        raise ValueError(f"must be a number, not {shortened(typed)}")
    return _read(typed, unit) if isinstance(typed, str) else _finite(typed)


def _read(typed: str, unit: str) -> float:
    text = typed.strip().removesuffix(unit if unit == "%" else "").strip()
    text = _SPACED.sub("", text)
    if _EITHER.fullmatch(text):
        whole, part = re.sub("[.,]", "", text), text.replace(",", ".")
        raise ValueError(f"could be {whole} or {part}: leave the separator out, or write {part}0")
    if not _PLAIN.fullmatch(text):
        raise ValueError(f"must be a number such as 12 or 2.5, not “{shortened(typed)}”")
    return _finite(float(text.replace(",", ".")))


def _finite(number: float) -> float:
    try:
        finite = float(number)
    except OverflowError:
        finite = math.inf
    if not math.isfinite(finite):
        raise ValueError("must be a finite number")
    return finite
