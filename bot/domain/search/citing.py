"""The register at work: findings on a query, conflicts among them, what is cited, what aged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain

from bot.domain.model import Frozen
from bot.domain.pack import Pack
from bot.domain.pack.sources import Conflict, Finding
from bot.domain.search.language import FORM_WORDS, plain, stem

FRESH = timedelta(days=365)
"""How long what was read counts as such; then somebody should look whether it still holds."""


def matching(pack: Pack, query: str) -> tuple[Finding, ...]:
    """The findings that have every word of a query, in any form, in the order of the pack."""
    asked = [stem(word) for word in plain(query) if word not in FORM_WORDS]
    return tuple(each for each in pack.findings.values() if _has(pack, each, asked))


def conflicts_among(pack: Pack, findings: Iterable[Finding]) -> tuple[Conflict, ...]:
    """Where sources of these findings disagree, with each other or with others."""
    shown = {each.id for each in findings}
    return tuple(each for each in pack.conflicts.values() if shown.intersection(each.findings))


def cited(value: object) -> Iterator[str]:
    """Every source that is named in a value or anywhere inside it."""
    match value:
        case Frozen():
            for name, inside in value:
                yield from _named(name, inside)
        case Mapping():
            yield from chain.from_iterable(map(cited, value.values()))
        case tuple():
            yield from chain.from_iterable(map(cited, value))


def uncited(pack: Pack) -> tuple[str, ...]:
    """Sources that nothing in the pack names."""
    named = set(cited(pack))
    return tuple(each for each in pack.sources if each not in named)


def aged(pack: Pack, today: date) -> Mapping[str, date]:
    """Findings that nobody has read again for a year → the day as of which they were known."""
    known = {each.id: _known(pack, each) for each in pack.findings.values()}
    return {name: day for name, day in known.items() if today - day > FRESH}


def unread(pack: Pack, today: date) -> Mapping[str, date]:
    """Sources that nobody has opened for a year → the day they last were, save those of `aged`."""
    aged_sources = {name for each in aged(pack, today) for name in pack.findings[each].sources}
    seen = {each.id: each.seen for each in pack.sources.values() if each.id not in aged_sources}
    return {name: day for name, day in seen.items() if day and today - day > FRESH}


def _has(pack: Pack, finding: Finding, asked: Iterable[str]) -> bool:
    sources = (pack.sources[each] for each in finding.sources)
    parts = (finding.topic, finding.id.replace("_", " "), finding.text, finding.conditions or "")
    text = " ".join((*parts, *(f"{each.title} {each.publisher}" for each in sources)))
    stems = {stem(word) for word in plain(text)}
    return all(any(word in each for each in stems) for word in asked)


def _named(field: str, value: object) -> Iterator[str]:
    if field == "source" and isinstance(value, str):
        yield value
    elif field == "sources" and isinstance(value, tuple):
        yield from value
    else:
        yield from cited(value)


def _known(pack: Pack, finding: Finding) -> date:
    """When it was last known: its own day, or when all its sources were read, if that is later."""
    read = [pack.sources[each].seen or finding.date for each in finding.sources]
    return max(finding.date, min(read))
