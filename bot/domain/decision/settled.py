"""On which of the open answers the outcome may still rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from bot.domain.decision.following import looked_at
from bot.domain.decision.trials import Trials
from bot.domain.pack.condition import PARTLY_KNOWN, Condition, Passes
from bot.domain.pack.decision import Rule
from bot.domain.pack.vocabulary import HOUR_INPUTS, SAVING

WHATEVER_IS_SAVED = {"incident_hours", "drift_hours", "total_hours", "hours_known", "no_rate_pays"}
"""What the hours say with any saving: while that is open, the pack's own counts."""

Holds = bool | None
"""None: it depends on what is open."""


def settled(trials: Trials, waiting: Collection[str]) -> bool:
    """Whether one outcome stands, whatever is answered to these questions; False where unsure."""
    return _one_outcome(trials, _open_rules(trials, waiting))


def in_play(trials: Trials, waiting: Collection[str]) -> frozenset[str]:
    """Those of the open questions on which the outcome may rest: none, where it stands whatever.

    A rule that fails whatever is answered asks for nothing, and what stands behind one that holds
    is never looked at.
    """
    rules = list(_open_rules(trials, waiting))
    if _one_outcome(trials, rules):
        return frozenset()
    names = looked_at(trials.pack, (each.when for each in rules))
    return frozenset(each for each in waiting if names & _at_stake(trials, {each}))


def _one_outcome(trials: Trials, rules: Iterable[Rule]) -> bool:
    return all(each.outcome == trials.now.outcome for each in rules)


def _open_rules(trials: Trials, waiting: Collection[str]) -> Iterator[Rule]:
    """The rules that may fire, in their order."""
    blurred, known = _at_stake(trials, {*waiting}), dict[str, Holds]()
    for rule in trials.pack.rules.values():
        holds = _holds(trials, blurred, known, rule.when)
        if holds is not False:
            yield rule
        if holds:
            return


def _at_stake(trials: Trials, waiting: set[str]) -> frozenset[str]:
    """Everything that follows from what is open; what no saving moves does not follow from it."""
    blurred = trials.looks.follows(frozenset(waiting))
    if trials.facts.get("hours_known") and not waiting.intersection(HOUR_INPUTS) - {SAVING}:
        blurred -= WHATEVER_IS_SAVED
    return blurred


def _holds(
    trials: Trials, blurred: frozenset[str], known: dict[str, Holds], condition: Condition
) -> Holds:
    """As `Condition.holds`, with None while it depends on what is open.

    `known` keeps what the pack's own facts come to, which many rules look at.
    """

    def test(name: str, passes: Passes) -> Holds:
        if name in blurred:
            return None
        own = trials.pack.facts.get(name)
        if own is None:
            return passes(trials.facts.get(name))
        if name not in known:
            known[name] = own.fold(PARTLY_KNOWN, test)
        holds = known[name]
        return None if holds is None else passes(holds)

    return condition.fold(PARTLY_KNOWN, test)
