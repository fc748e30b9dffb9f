"""Values in sentences: figures as one says them, input cut short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date as Day
from functools import lru_cache
from string import Formatter

from bot.domain.model import Advice, Facts

_FIGURE = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
"""A figure in a sentence; what follows a letter, as in p95, is none."""
WRITTEN_OUT = 2
"""Sentences that differ in nothing but their figures and stand one by one."""


def number(value: float) -> str:
    """A figure as one says it: 76, 30.4, 0.19."""
    rounded_value = rounded(value)
    return f"{rounded_value:,.0f}" if rounded_value == int(rounded_value) else f"{rounded_value:,}"


def rounded(value: float) -> float:
    """A figure with as many places as one says."""
    return round(value, 2 if abs(value) < 10 else 1) + 0.0  # of -0.0 too


def some(value: float, unit: str) -> str:
    """A figure with its unit, as one says it: 1 team, 2.5 hours a month, 40 %."""
    figure = number(value)
    return f"{figure} {one(unit) if figure == '1' else unit}".rstrip()


def count(many: int, one: str, more: str = "") -> str:
    """`1 answer`, `2 answers`."""
    return f"{many} {one if many == 1 else more or one + 's'}"


def one(unit: str) -> str:
    """The unit of one: `hours a month` → `hour a month`; what is no plural stays."""
    first, space, rest = unit.partition(" ")
    many = first.endswith("s") and not first.endswith("ss") and first not in ("ms", "series")
    alone = first[:-1] if many else first
    return f"{alone}{space}{rest}"


def amount(value: float | None) -> str:
    """A measured figure as it is read best: four digits, thousands apart; a dash for none."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 10_000 else f"{value + 0.0:.4g}"


def in_percent(share: float) -> str:
    """A share of 1 as one says it: 0.5 %; what is hardly anything and not nothing says so."""
    return "under 0.01 %" if 0 < share < 0.0001 else f"{number(share * 100)} %"


def on_day(day: Day) -> str:
    """A day as a person says it: 22 Nov 2026."""
    return f"{day:%-d %b %Y}"


def in_months(months: Sequence[str]) -> str:
    """Months as one says which: `in 4 months, 2026-01 to 2026-04, …`."""
    if len(months) < 2:
        return f"in 1 month, {''.join(months)}, maybe incomplete"
    span = f"{months[0]} to {months[-1]}"
    return f"in {len(months)} months, {span}, the first and last maybe incomplete"


def by_percent(percent: float) -> str:
    """A change in percent, with its sign: +39 %, -2.5 %."""
    figure = number(percent)
    return f"{'+' if percent > 0 and figure != '0' else ''}{figure} %"


def by_amount(value: float) -> str:
    """A difference in four digits, with its sign where it has one: +1.2, -0.4, 0."""
    return f"{value:+,.4g}" if value else "0"


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    first, last = parts[:-1], parts[-1]
    return f"{', '.join(first)} and {last}" if first else last


def alike_once(notes: Sequence[tuple[str, str]], everybody: int) -> Iterator[str]:
    """What is said, each with who it is said of, once; also where figures alone differ."""
    alike: dict[str, list[tuple[str, str]]] = {}
    for whose, what in notes:
        alike.setdefault(_FIGURE.sub("#", what), []).append((whose, what))
    for group in alike.values():
        if len({what for _, what in group}) <= WRITTEN_OUT:
            yield from each_once(group, everybody)
        else:
            (first, what), names = group[0], [whose for whose, _ in group]
            yield f"{_of(names, everybody)}: {what} (the figures of {first}; each has its own)"


def each_once(notes: Sequence[tuple[str, str]], everybody: int) -> Iterator[str]:
    """What is said, each with who it is said of, once, of all or by name."""
    owners: dict[str, list[str]] = {}
    for whose, what in notes:
        owners.setdefault(what, []).append(whose)
    yield from (f"{_of(names, everybody)}: {what}" for what, names in owners.items())


def _of(names: Sequence[str], everybody: int) -> str:
    return "every run" if len(names) == everybody > 1 else listed(list(dict.fromkeys(names)))


@lru_cache(maxsize=2048)  # The pack's own sentences, read again for every decision.
def figures_in(text: str) -> tuple[str, ...]:
    """The names in braces. Raises ValueError when the braces do not match."""
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def worded(text: str, facts: Facts) -> str:
    """The text with figures and phrases filled in.

    A figure that is not known reads "an unknown number of".
    """
    figures = {name: _figure(facts, name) for name in figures_in(text)}
    for name in (each for each, figure in figures.items() if figure == "1"):
        text = re.sub(rf"(\{{{name}\}} )(\w+s)\b", lambda noun: noun[1] + one(noun[2]), text)
    return text.format_map(figures) if figures else text


def _figure(facts: Facts, name: str) -> str:
    fact = facts.get(name)
    if isinstance(fact, str):
        return fact
    known = isinstance(fact, int | float) and not isinstance(fact, bool)
    return number(float(str(fact))) if known else "an unknown number of"


def shortened(value: object) -> str:
    """What was given, short enough for a sentence; of what holds others only the kind."""
    match value:
        case str():
            text = value
        case bool():
            text = str(value).lower()
        case Mapping():
            text = "a mapping"
        case list() | tuple():
            text = "a list"
        case None:
            text = "nothing"
        case _:
            text = repr(value)
    return text if len(text) <= 40 else text[:39] + "…"


def asked(advice: Advice) -> str:
    """What is decided: whether to add a mesh, or to keep the one that runs."""
    if advice.there:
        return "We run a service mesh. Should we keep it?"
    return "Should we add a service mesh?"


def side_labels(advice: Advice) -> tuple[str, str, str]:
    """What stands before the points for, those against, and the blockers.

    Of a mesh that runs already a blocker stops nothing: it is something to look at.
    """
    if advice.there:
        return "For keeping it", "For the way out", "To look at"
    return "For", "Against", "Stops it"


def downwards(advice: Advice) -> str:
    """What stands before changes that lead down."""
    return "Would speak for the way out" if advice.there else "Would hold it back"


def leaving(advice: Advice) -> tuple[str, ...]:
    """What must run before the mesh goes, where it is to go; nothing elsewhere."""
    if advice.outcome != "leave" or advice.before_it_goes:
        return advice.before_it_goes
    return (NOTHING_NAMED,)


NOTHING_NAMED = (
    "Nothing in its place, as no need is named. Look first for what rests on it unnoticed: rules "
    "on who may call whom, encryption, dashboards and alerts."
)
