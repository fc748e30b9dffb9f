"""Where the proxy runs, chosen before any product; and what would do without a mesh."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from functools import lru_cache

from bot.domain.decision.known import KnownFacts
from bot.domain.decision.refusing import refusals_in, refused_whole
from bot.domain.model import Alternative, Instead, ModeFit, Shape, Trap
from bot.domain.pack import Pack
from bot.domain.pack.condition import Condition
from bot.domain.pack.decision import Need
from bot.domain.pack.modes import Ability, Fit, Mode, TrapRule
from bot.domain.pack.vocabulary import covered_by

_alternative, _instead = lru_cache(maxsize=256)(Alternative), lru_cache(maxsize=256)(Instead)
"""The same words are the same value: they are checked once."""
ENOUGH = "Would this be enough?"


def shape_for(pack: Pack, facts: KnownFacts) -> Shape | None:
    """The first shape that fits; None while nothing is known that could tell them apart."""
    shape = next((each for each in pack.shapes.values() if facts.holds(each.when)), None)
    if shape is None:
        return None
    needed = [each for each in pack.abilities.values() if each.when and facts.holds(each.when)]
    refused = refusals_in(pack, facts)
    out = refused_whole(pack, facts)
    all_modes = [each for each in pack.modes.values() if shape.id in each.shapes]
    modes = [each for each in all_modes if each.id not in out]
    gives_up = _given_up(needed, modes)
    return Shape(
        id=shape.id,
        title=shape.title,
        text=shape.text,
        adds_to_run=shape.adds_to_run,
        rollout=shape.rollout,
        simplest=_simplest(pack, facts, needed, out),
        source=shape.source,
        gives_up=gives_up,
        modes=tuple(sorted((_fit(each, needed) for each in modes), key=_falls_short)),
        others=tuple(_whole(pack, needed, shape.id, out)) if gives_up else (),
        traps=_told(pack.traps.values(), facts, modes),
        refused=refused,
        left=tuple(_left(pack, needed, out)) if all_modes and not modes else (),
        managed=_told(pack.managed.values(), facts, modes),
    )


def alternatives_in(pack: Pack, facts: KnownFacts) -> tuple[Alternative, ...]:
    """What covers a need without a mesh; and what might, beside every need that is open."""
    return tuple(
        _alternative(
            need=need.label,
            text=_in_words(pack, need, facts),
            question="" if facts[f"{name}_covered"] is True else ENOUGH,
            source=need.source,
            options=_options(pack, name, facts),
        )
        for name, need in pack.needs.items()
        if facts[f"{name}_covered"] is True or facts[f"{name}_open"] is True
    )


def _given_up(needed: Iterable[Ability], modes: Sequence[Mode]) -> tuple[str, ...]:
    """What no mode of the shape does without conditions, in the words of the nearest one."""
    missed = []
    for ability in needed:
        fits = [ability.fits.get(each.id) for each in modes]
        known = sorted((fit for fit in fits if fit), key=lambda fit: NEARNESS.index(fit.mark))
        if modes and not (known and known[0].mark == "yes"):
            missed.append(_noted(ability, known[0] if known else None))
    return tuple(missed)


NEARNESS = ("yes", "beta", "partial", "no")
"""Marks, the better first."""


def _fit(mode: Mode, needed: Iterable[Ability]) -> ModeFit:
    """One mode beside everything that is needed."""
    by_mark: dict[str, list[str]] = {"meets": [], "partly": [], "lacks": [], "unknown": []}
    for ability in needed:
        fit = ability.fits.get(mode.id)
        place = _PLACES[fit.mark] if fit else "unknown"
        by_mark[place].append(_noted(ability, fit))
    kept = {place: tuple(texts) for place, texts in by_mark.items()}
    return ModeFit(
        id=mode.id,
        title=mode.title,
        maturity=mode.maturity,
        as_of=mode.as_of,
        sources=mode.sources,
        **kept,
    )


_PLACES = {"yes": "meets", "beta": "partly", "partial": "partly", "no": "lacks"}


def _noted(ability: Ability, fit: Fit | None) -> str:
    """An ability with what stands behind its mark; a beta is always called one."""
    if fit is None:
        return f"{ability.title}: we have not checked"
    beta = "beta" if fit.mark == "beta" else ""
    note = ", ".join(filter(None, (beta, fit.note)))
    return f"{ability.title}: {note}" if note else ability.title


def _falls_short(fit: ModeFit) -> tuple[int, int, int]:
    return len(fit.lacks), len(fit.unknown), len(fit.partly)


def _whole(pack: Pack, needed: Sequence[Ability], shape: str, out: Container[str]) -> Iterable[str]:
    """Modes of other shapes that do all that is needed."""
    others = (each for each in pack.modes.values() if each.shapes and shape not in each.shapes)
    for mode in others:
        fits = (ability.fits.get(mode.id) for ability in needed)
        if mode.id not in out and all(fit and fit.mark == "yes" for fit in fits):
            yield mode.title


def _left(pack: Pack, needed: Sequence[Ability], out: Container[str]) -> Iterable[str]:
    """Where the shape is refused whole: every mode that is not, those that lack least first."""
    fits = [_fit(each, needed) for each in pack.modes.values() if each.id not in out]
    return (fit.title for fit in sorted(fits, key=_falls_short))


def _simplest(pack: Pack, facts: KnownFacts, needed: Sequence[Ability], out: Container[str]) -> str:
    """The line about the simplest mesh, with those of the simple ones that fit here."""
    simple = pack.simplest
    if not facts.holds(simple.when):
        return ""
    modes = (pack.modes[name] for name in simple.modes if name in pack.modes and name not in out)
    fits = [fit for fit in (_fit(each, needed) for each in modes) if not fit.lacks + fit.unknown]
    named = "; ".join(fit.title for fit in fits)
    return f"{simple.text} Simple ones that fit here: {named}." if named else simple.text


def _told(rules: Iterable[TrapRule], facts: KnownFacts, modes: Iterable[Mode]) -> tuple[Trap, ...]:
    advised = {each.id for each in modes}
    return tuple(
        Trap(id=each.id, text=each.text, as_of=each.as_of, sources=each.sources)
        for each in rules
        if advised.intersection(each.modes) and _concerns(each.when, facts)
    )


def _concerns(when: Condition | None, facts: KnownFacts) -> bool:
    return when is None or facts.holds(when)


def _options(pack: Pack, need: str, facts: KnownFacts) -> tuple[Instead, ...]:
    """What exists for a need, the cheapest first."""
    return tuple(
        _instead(
            id=each.id, title=each.title, gives=each.gives, lacks=each.lacks, sources=each.sources
        )
        for each in pack.alternatives.values()
        if each.need == need and _concerns(each.when, facts)
    )


def _in_words(pack: Pack, need: Need, facts: KnownFacts) -> str:
    """What covers it, or how it might be; for the only need its warning leads."""
    ways = [each for each in pack.covers.values() if facts.get(covered_by(each.id)) is True]
    by = next((each.text for each in ways if each.need == need.id), need.instead)
    words = (need.warning if facts["needs"] == 1 else None, by)
    return " ".join(filter(None, words))
