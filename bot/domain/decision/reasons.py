"""What speaks for a mesh here, what against it, what stops it, what to do."""

from __future__ import annotations

from bot.domain.model import Blocker, Facts, Reason
from bot.domain.pack import Pack
from bot.domain.pack.decision import Point, Rule
from bot.domain.words import worded


def reasons_in(pack: Pack, facts: Facts) -> tuple[Reason, ...]:
    """Every reason that holds, in the order of the pack: the strongest of each side first."""
    return tuple(
        Reason(
            id=point.id,
            text=worded(point.text, facts),
            source=point.source,
            speaks=point.speaks,
            phrase=worded(point.phrase, facts),
        )
        for point in pack.reasons.values()
        if point.when.holds(facts)
    )


def blockers_in(pack: Pack, facts: Facts) -> tuple[Blocker, ...]:
    """Every blocker that holds, whichever rule fires."""
    return tuple(
        Blocker(
            id=point.id,
            question=point.question,
            text=worded(point.text, facts),
            action=worded(point.action or "", facts),
            phrase=worded(point.phrase, facts),
            source=point.source,
        )
        for point in pack.blockers.values()
        if point.when.holds(facts)
    )


def actions_in(pack: Pack, facts: Facts, rule: Rule) -> tuple[str, ...]:
    """What to do, each once: the rule's own action, then those of the blockers.

    What a reason asks for (a goal with a number, say) only matters on the way ahead.
    """
    points: list[Point] = [*pack.blockers.values()]
    if rule.outcome in ("adopt", "pilot"):
        points += pack.reasons.values()
    asked = (point.action for point in points if point.action and point.when.holds(facts))
    return tuple(dict.fromkeys(worded(action, facts) for action in (rule.action, *asked)))
