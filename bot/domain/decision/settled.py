"""Whether what is known decides, however the open answers turn out."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.domain.decision.trials import Trials
from bot.domain.pack import Pack
from bot.domain.pack.condition import Condition
from bot.domain.pack.vocabulary import (
    COUNTS,
    FLAGS,
    HOUR_FIGURES,
    HOUR_INPUTS,
    NEED_FLAGS,
    SETUP_HOURS,
    covered_by,
)

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
        found |= {*HOUR_FIGURES, *FLAGS}
    if "languages" in waiting:
        found.add("language_count")
    if "success_metric" in waiting:
        found.add("metric_sound")
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

    def within(part: Condition) -> Holds:
        return _holds(trials, blurred, part)

    parts: list[Holds] = []
    for name, passes in condition.checks:
        own = trials.pack.facts.get(name)
        held = None if name in blurred else within(own) if own else trials.facts.get(name)
        known = name not in blurred and not (own and held is None)
        parts.append(passes(held) if known else None)
    parts += [within(each) for each in condition.all_of]
    parts += [_not(within(each)) for each in condition.none_of]
    if condition.any_of:
        parts.append(_not(_every(_not(within(each)) for each in condition.any_of)))
    return _every(parts)


def _not(holds: Holds) -> Holds:
    return None if holds is None else not holds


def _every(parts: Iterable[Holds]) -> Holds:
    known: Holds = True
    for part in parts:
        if part is False:
            return False
        known = None if part is None else known
    return known
