"""On which of the open answers the outcome may still rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from bot.domain.decision.trials import Trials
from bot.domain.pack.decision import Rule
from bot.domain.pack.vocabulary import HOUR_INPUTS, SAVING

WHATEVER_IS_SAVED = {"incident_hours", "drift_hours", "total_hours", "hours_known", "no_rate_pays"}
"""What the hours say with any saving: while that is open, the pack's own counts."""

_NO_SAVING = frozenset(HOUR_INPUTS) - {SAVING}
_SURE, _PERHAPS = 0b11, 0b10
"""Two bits a place: whether it may be so, and whether it is so whatever is answered."""
_OPPOSITE = {0: _SURE, _PERHAPS: _PERHAPS, _SURE: 0}


def settled(trials: Trials, waiting: Collection[str]) -> bool:
    """Whether one outcome stands, whatever is answered to these questions; False where unsure."""
    return _one_outcome(trials, _open_rules(trials, frozenset(waiting)))


def in_play(trials: Trials, waiting: Collection[str]) -> frozenset[str]:
    """Those of the open questions on which the outcome may rest: none, where it stands whatever.

    A rule that fails whatever is answered asks for nothing, and what stands behind one that holds
    is never looked at.
    """
    rules = _open_rules(trials, frozenset(waiting))
    if _one_outcome(trials, rules):
        return frozenset()
    names = frozenset[str]().union(*(trials.looks.behind[each.id] for each in rules))
    return frozenset(
        each for each in waiting if not names.isdisjoint(_at_stake(trials, frozenset((each,))))
    )


def _one_outcome(trials: Trials, rules: Iterable[Rule]) -> bool:
    return all(each.outcome == trials.now.outcome for each in rules)


def _open_rules(trials: Trials, waiting: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that may fire, in their order; kept, as it is asked of the same more than once."""
    if waiting not in trials.open_rules:
        trials.open_rules[waiting] = tuple(_may_fire(trials, waiting))
    return trials.open_rules[waiting]


def _may_fire(trials: Trials, waiting: frozenset[str]) -> Iterator[Rule]:
    """What is open, and all that follows from it, only may be so; the rest is so, or is not."""
    table = trials.looks.table
    known = [_SURE * here for here in trials.worlds.in_the_last]
    for place in table.places_of(_at_stake(trials, waiting)):
        known[place] = _PERHAPS
    table.rest(known, _SURE, _OPPOSITE.__getitem__)
    for rule, place in table.rules:
        if known[place]:
            yield rule
        if known[place] == _SURE:
            return


def _at_stake(trials: Trials, waiting: frozenset[str]) -> frozenset[str]:
    """Everything that follows from what is open; what no saving moves does not follow from it."""
    follows = trials.looks.follows(waiting)
    if trials.facts.get("hours_known") and waiting.isdisjoint(_NO_SAVING):
        follows -= WHATEVER_IS_SAVED
    return follows
