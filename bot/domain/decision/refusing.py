"""What the platform, the network or its privileges refuse; what is known of a mesh that runs."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.decision.known import KnownFacts
from bot.domain.model import Alternative, Cadence, Outcome, RefusedModes
from bot.domain.pack import Pack
from bot.domain.pack.modes import ModeRefusal
from bot.domain.pack.whole import EXISTING


def refusals_in(pack: Pack, facts: KnownFacts) -> tuple[RefusedModes, ...]:
    """Every refusal that holds here, with the modes that it names."""
    return tuple(
        RefusedModes(
            id=each.id,
            modes=tuple(pack.modes[name].title for name in each.modes if name in pack.modes),
            text=each.text,
            part=_in_part(each, facts),
            as_of=each.as_of,
            sources=each.sources,
        )
        for each in pack.refusals.values()
        if facts.holds(each.when)
    )


def refused_whole(pack: Pack, facts: KnownFacts) -> frozenset[str]:
    """The modes that cannot be had here at all."""
    return frozenset(
        name
        for each in pack.refusals.values()
        if facts.holds(each.when) and not _in_part(each, facts)
        for name in each.modes
    )


def _in_part(refusal: ModeRefusal, facts: KnownFacts) -> bool:
    return refusal.part is not None and facts.holds(refusal.part)


def cadence_in(pack: Pack, facts: KnownFacts, outcome: Outcome) -> Cadence | None:
    """How often the mesh that is kept must be upgraded, or that its maker has ended it."""
    known = pack.running.get(str(facts.get(EXISTING)))
    if known is None or outcome != "keep":
        return None
    ended = known.ended is not None
    return Cadence(text=known.upgrades, ended=ended, as_of=known.as_of, sources=known.sources)


def before_it_goes(outcome: Outcome, alternatives: tuple[Alternative, ...]) -> tuple[str, ...]:
    """What must run before the mesh goes: of each need what meets it, or may."""
    return tuple(_taking_over(alternatives)) if outcome == "leave" else ()


def _taking_over(alternatives: tuple[Alternative, ...]) -> Iterator[str]:
    for each in alternatives:
        named = "; ".join(option.title for option in each.options)
        if each.question:
            yield f"{each.need}: {named or each.text}".rstrip(".") + ". Is it enough?"
        else:
            yield f"{each.need}: {each.text}"
