"""Where the proxy runs, chosen before any product; and what would do without a mesh."""

from __future__ import annotations

from bot.domain.condition import Facts
from bot.domain.model import Alternative, Shape
from bot.domain.pack import Pack
from bot.domain.rulebook import Need


def shape_for(pack: Pack, facts: Facts) -> Shape | None:
    """The first shape that fits; None while nothing is known that could tell them apart."""
    found = next((each for each in pack.shapes.values() if each.when.holds(facts)), None)
    if found is None:
        return None
    return Shape(
        id=found.id,
        title=found.title,
        text=found.text,
        adds_to_run=found.adds_to_run,
        rollout=found.rollout,
        simplest=pack.simplest.text if pack.simplest.when.holds(facts) else "",
        source=found.source,
    )


def alternatives_in(pack: Pack, facts: Facts) -> tuple[Alternative, ...]:
    """What covers a need without a mesh, for every need that is covered."""
    return tuple(
        Alternative(need=need.label, text=_in_words(pack, need, facts), source=need.source)
        for name, need in pack.needs.items()
        if facts[f"{name}_covered"] is True
    )


def _in_words(pack: Pack, need: Need, facts: Facts) -> str:
    """What covers it; where it is the only need, led by the warning about adopting for it alone."""
    alone = sum(
        facts[f"{name}_now"] is True or facts[f"{name}_soon"] is True for name in pack.needs
    )
    words = (need.warning if alone == 1 else None, need.covered_by)
    return " ".join(filter(None, words))
