"""The numbers at which the shipped decision turns, as its table and its sentences name them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.decision.looks import Looks
from bot.domain.pack.condition import Bounds, Condition
from tests.domain.situations import PACK

LOOKS = Looks(PACK)
STEPS = {"saved_per_mesh_hour": 0.01}
"""What is one step of a fact that nobody counts in whole numbers."""


def _conditions() -> Iterator[tuple[str, Condition]]:
    yield from PACK.facts.items()
    for need in PACK.needs.values():
        asked = {"now": need.now, "soon": need.soon, "unknown": need.unknown}
        yield from ((f"{need.id}.{name}", when) for name, when in asked.items() if when)
    for rule in PACK.rules.values():
        yield rule.id, rule.when
        yield from ((f"{rule.id}.asks.{name}", when) for name, when in rule.asks.items())
    for each in (*PACK.covers.values(), *PACK.reasons.values(), *PACK.blockers.values()):
        yield each.id, each.when
    for each in PACK.contradictions.values():
        yield f"contradictions.{each.id}", each.when
    for each in PACK.to_adopt.values():
        yield f"to_adopt.{each.id}", each.met
        yield from ((f"to_adopt.{each.id}.{at}", way.when) for at, way in enumerate(each.ways))


CONDITIONS = tuple(_conditions())
"""Where it stands → every condition of what decides, and of what is said of a decision."""


def bounds(condition: Condition) -> Iterator[tuple[str, str, float]]:
    """Fact, side and number of every comparison that a condition makes."""
    for name, test, _ in condition.every_test():
        if isinstance(test, Bounds):
            yield from ((name, *each) for each in test.model_dump(exclude_none=True).items())


def around(name: str) -> tuple[float, ...]:
    """Every number that a fact is compared with, and a step to either side of it; none below 0."""
    step = STEPS.get(name, 1)
    named = {number for _, each in CONDITIONS for fact, _, number in bounds(each) if fact == name}
    every = {round(at + way * step, 6) for at in named for way in (-1, 0, 1)}
    return tuple(sorted(each for each in every if each >= 0))


def numbers(name: str) -> tuple[float, ...]:
    """Of a question: where its number may decide or say something else, and its ends."""
    question = PACK.questions[name]
    within = (each for each in around(name) if question.least <= each)
    return tuple(sorted({*LOOKS.turning_points(question), *within}))
