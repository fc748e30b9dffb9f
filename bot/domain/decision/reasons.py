"""What speaks for a mesh here, what against it, what stops it, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, get_args

from bot.domain.decision.assumed import behind
from bot.domain.decision.facts import MESH_HERE
from bot.domain.decision.known import KnownFacts
from bot.domain.decision.tested import HOURS
from bot.domain.model import Blocker, Reason
from bot.domain.pack import Pack
from bot.domain.pack.decision import Point, Rule, Step
from bot.domain.words import figures_in, worded

STEPS = get_args(Step)
_reason, _blocker = lru_cache(maxsize=512)(Reason), lru_cache(maxsize=64)(Blocker)
"""The same words are the same value: they are checked once."""
Said = tuple[str, str, str]
"""Text, phrase and action."""


def reasons_in(pack: Pack, facts: KnownFacts, assumed: Sequence[str] = ()) -> tuple[Reason, ...]:
    """Every reason that holds, in the order of the pack: the strongest of each side first.

    `assumed` are the questions whose figures nobody gave.
    """
    return tuple(
        _reason(
            id=point.id,
            text=text,
            source=point.source,
            speaks=point.speaks,
            rests=_rests(pack, point),
            phrase=phrase,
            assumed=behind((*point.when.named, *figures_in(point.text)), assumed),
        )
        for point, (text, phrase, _) in _holding(pack, pack.reasons.values(), facts)
    )


def _rests(pack: Pack, point: Point) -> Literal["answers", "figures", "nothing"]:
    """Figures where words hold some or hours decide; nothing where something is missing."""
    if point.absent:
        return "nothing"
    summed = not HOURS.isdisjoint(point.when.named)
    counted = any(_is_figure(pack, name) for name in figures_in(point.text))
    return "figures" if summed or counted else "answers"


def _is_figure(pack: Pack, name: str) -> bool:
    return name not in pack.questions or pack.questions[name].kind == "number"


def blockers_in(pack: Pack, facts: KnownFacts) -> tuple[Blocker, ...]:
    """Every blocker that holds, whichever rule fires."""
    return tuple(
        _blocker(
            id=point.id,
            question=point.question,
            text=text,
            action=action,
            phrase=phrase,
            source=point.source,
        )
        for point, (text, phrase, action) in _holding(pack, pack.blockers.values(), facts)
    )


def in_words(pack: Pack, text: str, facts: KnownFacts) -> str:
    """The text with its figures filled in, and for the name of a choice its answer's phrase."""
    if not figures_in(text):
        return text
    figures = {name: facts.get(name) for name in figures_in(text)}
    return worded(text, {**figures, **dict(_phrases(pack, text, facts))})


def _phrases(pack: Pack, text: str, facts: KnownFacts) -> Iterator[tuple[str, str]]:
    for name in figures_in(text):
        asked = pack.questions.get(name)
        if option := asked and asked.option(str(facts.get(name))):
            yield name, option.phrase


def _holding(
    pack: Pack, points: Iterable[Point], facts: KnownFacts
) -> Iterator[tuple[Point, Said]]:
    """The points that hold, each with its text, phrase and action, figures filled in."""
    there = facts.get(MESH_HERE) is True
    for point in points:
        if facts.holds(point.when):
            text, phrase, action = (in_words(pack, each, facts) for each in point.said(there=there))
            yield point, (text, phrase, action)


def actions_in(pack: Pack, facts: KnownFacts, rule: Rule) -> tuple[str, ...]:
    """What to do, each once: the rule's own action and those of the blockers, step by step.

    What a reason asks for (a goal with a number, say) only matters where the rule prepares for it.
    """
    points: list[Point] = [*pack.blockers.values()]
    if rule.prepares:
        points += pack.reasons.values()
    duty = pack.duty
    holding = _holding(pack, points, facts)
    asked = [(each.step, action) for each, (_, _, action) in holding if action]
    if duty and rule.outcome in duty.outcomes and facts.holds(duty.when):
        asked.append(("reason", duty.action))
    steps = sorted([(rule.step, rule.action), *asked], key=lambda each: STEPS.index(each[0]))
    return tuple(dict.fromkeys(in_words(pack, action, facts) for _, action in steps))
