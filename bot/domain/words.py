"""Values in sentences: figures as one says them, input cut short."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from bot.domain.condition import Facts


def number(value: float) -> str:
    """A figure as one says it: 76, 30.4, 0.19."""
    rounded = round(value, 2 if abs(value) < 10 else 1)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,}"


def in_percent(share: float) -> str:
    """A share of 1 to a hundredth of a percent: 0.50 %."""
    return f"{share * 100:.2f} %"


def figures_in(text: str) -> tuple[str, ...]:
    """The names in braces. Raises ValueError when the braces do not match."""
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def worded(text: str, facts: Facts) -> str:
    """The text with its figures filled in; one that is not known reads "an unknown number of"."""
    figures = {name: _figure(facts, name) for name in figures_in(text)}
    return text.format_map(figures) if figures else text


def _figure(facts: Facts, name: str) -> str:
    fact = facts.get(name)
    known = isinstance(fact, int | float) and not isinstance(fact, bool)
    return number(float(str(fact))) if known else "an unknown number of"


def shortened(given: object) -> str:
    """What was given, short enough for a sentence; of what holds others only the kind."""
    match given:
        case str():
            text = given
        case bool():
            text = str(given).lower()
        case Mapping():
            text = "a mapping"
        case list() | tuple():
            text = "a list"
        case None:
            text = "nothing"
        case _:
            text = repr(given)
    return text if len(text) <= 40 else text[:39] + "…"
