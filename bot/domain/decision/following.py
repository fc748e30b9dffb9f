"""What follows from an answer, whatever it is: the facts that are derived from it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.pack import Pack
from bot.domain.pack.condition import Condition
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


def follows_from(pack: Pack, questions: frozenset[str]) -> frozenset[str]:
    """These questions and everything that follows from them, save the pack's own facts."""
    names = {*questions}
    if questions & {*HOUR_INPUTS, SETUP_HOURS}:
        names |= {*HOUR_FIGURES, *HOUR_FLAGS}
    if "languages" in questions:
        names.add("language_count")
    if "success_metric" in questions:
        names |= {"metric_sound", "metric_elsewhere"}
    if EXISTING in questions:
        names.add("mesh_ended")
    for name, need in pack.needs.items():
        covers = [each for each in pack.covers.values() if each.need == name]
        own = filter(None, (need.now, need.soon, need.unknown, *(each.when for each in covers)))
        if names & named_in(own):
            names |= {f"{name}_{flag}" for flag in NEED_FLAGS}
            names |= {*COUNTS, *(covered_by(each.id) for each in covers)}
    return frozenset(names)


def looked_at(pack: Pack, conditions: Iterable[Condition]) -> set[str]:
    """What conditions look at, and what the pack's own facts among it do."""
    names, ahead = set[str](), named_in(conditions)
    while ahead:
        names |= ahead
        ahead = named_in(pack.facts[each] for each in ahead if each in pack.facts) - names
    return names


def named_in(conditions: Iterable[Condition]) -> set[str]:
    """Every fact that any of these looks at."""
    return set[str]().union(*(each.named for each in conditions))
