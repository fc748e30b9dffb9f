"""What speaks for a mesh here, what against it, what stops it, what to do."""

from __future__ import annotations

from typing import Literal, get_args

from bot.domain.model import Blocker, Facts, Reason
from bot.domain.pack import Pack
from bot.domain.pack.decision import Point, Rule, Step
from bot.domain.words import figures_in, worded

STEPS = get_args(Step)


def reasons_in(pack: Pack, facts: Facts) -> tuple[Reason, ...]:
    """Every reason that holds, in the order of the pack: the strongest of each side first."""
    return tuple(
        Reason(
            id=point.id,
            text=worded(point.text, facts),
            source=point.source,
            speaks=point.speaks,
            rests=_rests(point),
            phrase=worded(point.phrase, facts),
        )
        for point in pack.reasons.values()
        if point.when.holds(facts)
    )


def _rests(point: Point) -> Literal["answers", "figures", "nothing"]:
    """Figures where the words hold some; nothing where it says that something is missing."""
    if point.absent:
        return "nothing"
    return "figures" if figures_in(point.text) else "answers"


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
    """What to do, each once: the rule's own action and those of the blockers, step by step.

    What a reason asks for (a goal with a number, say) only matters where the rule prepares for it.
    """
    points: list[Point] = [*pack.blockers.values()]
    if rule.prepares:
        points += pack.reasons.values()
    duty = pack.duty
    asked = [(each.step, each.action) for each in points if each.action and each.when.holds(facts)]
    if duty and rule.outcome in duty.outcomes and duty.when.holds(facts):
        asked.append(("reason", duty.action))
    steps = sorted([(rule.step, rule.action), *asked], key=lambda each: STEPS.index(each[0]))
    return tuple(dict.fromkeys(worded(action, facts) for _, action in steps))
