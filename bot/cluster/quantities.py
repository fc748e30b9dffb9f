"""Kubernetes' quantities: `100m` of CPU, `128Mi` of memory."""

from __future__ import annotations

import re
from fractions import Fraction

_FORM = re.compile(
    r"([+-]?\d{1,30}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE]([+-]?\d{1,2})|([a-zA-Z]{0,2}))"
)
_SUFFIXES = {
    **{"n": Fraction(1, 10**9), "u": Fraction(1, 10**6), "m": Fraction(1, 1000), "": Fraction(1)},
    **{each: Fraction(1000**at) for at, each in enumerate(("k", "M", "G", "T", "P", "E"), 1)},
    **{each: Fraction(1024**at) for at, each in enumerate(("Ki", "Mi", "Gi", "Ti", "Pi", "Ei"), 1)},
}


def quantity(text: str) -> Fraction | None:
    """Its value in cores, bytes or pieces; None where it is none."""
    match = _FORM.fullmatch(text.strip())
    if not match:
        return None
    number, power, suffix = match.groups()
    if power:
        return Fraction(number) * Fraction(10) ** int(power)
    factor = _SUFFIXES.get(suffix or "")
    return Fraction(number) * factor if factor is not None else None
