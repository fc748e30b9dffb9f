"""Whether what is known decides, however the open answers turn out."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.domain.decision.trials import Trials
from bot.domain.pack import Pack
from bot.domain.pack.condition import PARTLY_KNOWN, Condition, Passes
from bot.domain.pack.vocabulary import (
    COUNTS,
    HOUR_FIGURES,
    HOUR_FLAGS,
    HOUR_INPUTS,
    NEED_FLAGS,
    SETUP_HOURS,
    covered_by,
)
from bot.domain.pack.whole import EXISTING

Holds = bool | None
"""None: it depends on what is open."""


def settled(trials: Trials, waiting: Collection[str]) -> bool:
    """Whether one outcome stands, whatever is answered to these questions; False where unsure."""
    blurred = _blurred(trials.pack, {*waiting})
    for rule in trials.pack.rules.values():
        holds = _holds(trials, blurred, rule.when)
        if holds is not False and rule.outcome != trials.now.outcome:
            return False
        if holds:
            return True
    return False


def _blurred(pack: Pack, waiting: set[str]) -> set[str]:
    """Everything that follows from what is open, save the pack's own facts."""
    found = {*waiting}
    if waiting & {*HOUR_INPUTS, SETUP_HOURS}:
        found |= {*HOUR_FIGURES, *HOUR_FLAGS}
    if "languages" in waiting:
        found.add("language_count")
    if "success_metric" in waiting:
        found |= {"metric_sound", "metric_elsewhere"}
    if EXISTING in waiting:
        found.add("mesh_ended")
    for name, need in pack.needs.items():
        covers = [each for each in pack.covers.values() if each.need == name]
        own = filter(None, (need.now, need.soon, need.unknown, *(each.when for each in covers)))
        if found.intersection(_names(own)):
            found |= {f"{name}_{flag}" for flag in NEED_FLAGS}
            found |= {*COUNTS, *(covered_by(each.id) for each in covers)}
    return found


def _names(conditions: Iterable[Condition]) -> set[str]:
    return {name for each in conditions for name in each.names()}


def _holds(trials: Trials, blurred: set[str], condition: Condition) -> Holds:
    """As `Condition.holds`, with None while it depends on what is open."""

    def test(name: str, passes: Passes) -> Holds:
        if name in blurred:
            return None
        if (own := trials.pack.facts.get(name)) is None:
            return passes(trials.facts.get(name))
        holds = own.fold(PARTLY_KNOWN, test)
        return None if holds is None else passes(holds)

    return condition.fold(PARTLY_KNOWN, test)
