"""Traffic in words: `All Connections`, `TCP 8080,9090`, `TCP 80 methods GET|POST`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.domain.reach.model.judging import Traffic
from bot.domain.reach.model.pods import LAST
from bot.domain.reach.ports import PROTOCOLS, PortSpace

EVERYTHING = "All Connections"
NARROWED = "(some requests: path or host)"


class Passing(NamedTuple):
    """Traffic of which every request passes, and traffic of which at least some do."""

    whole: Traffic
    some: Traffic

    def within(self, traffic: Traffic) -> Passing:
        """What is left of it inside some traffic."""
        return Passing(self.whole & traffic, self.some & traffic)

    def or_else(self, other: Passing) -> Passing:
        """Both together."""
        return Passing(self.whole | other.whole, self.some | other.some)


class _Manner(NamedTuple):
    """How requests to some ports pass."""

    narrowed: bool
    methods: str


def words(space: PortSpace, passing: Passing) -> str:
    """The traffic in words; nothing is an empty text."""
    if passing.whole == space.everything:
        return EVERYTHING
    return ",".join(text for protocol in PROTOCOLS for text in _of_one(space, passing, protocol))


def _of_one(space: PortSpace, passing: Passing, protocol: str) -> Iterator[str]:
    """The traffic of one protocol, by how it passes."""
    manners: dict[_Manner, list[tuple[int, int]]] = {}
    for first, last, traffic in space.stretches(protocol):
        mine = passing.within(traffic)
        if mine.some:
            manner = _Manner(mine.whole != mine.some, _methods(space, mine.some, traffic))
            spans = manners.setdefault(manner, [])
            touching = bool(spans) and spans[-1][1] + 1 == first
            spans.append((spans.pop()[0] if touching else first, last))
    for manner in sorted(manners):
        ports = ",".join(map(_span, manners[manner]))
        yield " ".join(filter(None, (protocol, ports, manner.methods, manner.narrowed * NARROWED)))


def _span(span: tuple[int, int]) -> str:
    first, last = span
    if (first, last) == (1, LAST):
        return "all"
    return f"{first}" if first == last else f"{first}-{last}"


def _methods(space: PortSpace, some: Traffic, stretch: Traffic) -> str:
    """Which methods pass, where not all do."""
    if some == stretch or len(space.methods) == 1:
        return ""
    lowest = (stretch & -stretch).bit_length() - 1
    let = [each for at, each in enumerate(space.methods) if some >> (lowest + at) & 1]
    if "" in let:
        return f"methods all but {'|'.join(sorted(set(space.methods) - set(let)))}"
    return f"methods {'|'.join(sorted(let))}"
