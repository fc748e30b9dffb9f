"""What Adopt still takes here, answers that do not go together, and what stays due meanwhile."""

from __future__ import annotations

from functools import lru_cache

from bot.domain.decision.facts import MESH_HERE
from bot.domain.decision.known import KnownFacts
from bot.domain.model import Contradiction, Outcome, Required, Wire
from bot.domain.pack import Pack
from bot.domain.pack.adopting import Requirement, Way

_required_as, _wire = lru_cache(maxsize=256)(Required), lru_cache(maxsize=64)(Wire)
_contradiction = lru_cache(maxsize=128)(Contradiction)
"""The same words are the same value: they are checked once."""


def to_adopt_in(pack: Pack, facts: KnownFacts) -> tuple[Required, ...]:
    """What must be so for Adopt, each met or not; nothing where a mesh is there already."""
    if facts.get(MESH_HERE):
        return ()
    return tuple(_required(each, facts) for each in pack.to_adopt.values())


def _required(asked: Requirement, facts: KnownFacts) -> Required:
    met = facts.holds(asked.met)
    way = None if met else way_of(asked, facts)
    return _required_as(
        id=asked.id,
        text=asked.text,
        met=met,
        question=way.question if way else None,
        how=way.how if way else None,
        lacks=asked.lacks,
    )


def way_of(asked: Requirement, facts: KnownFacts) -> Way | None:
    """How it can become so; None where that is out of reach."""
    return next((way for way in asked.ways if facts.holds(way.when)), None)


def leading_to_adopt(pack: Pack, facts: KnownFacts) -> tuple[str, ...]:
    """Questions whose answers take part in reaching Adopt; none where it is out of reach."""
    unmet = [each for each in pack.to_adopt.values() if not facts.holds(each.met)]
    if facts.get(MESH_HERE) or any(way_of(each, facts) is None for each in unmet):
        return ()
    ways = (way for each in unmet for way in each.ways if facts.holds(way.when))
    return tuple(dict.fromkeys(way.question for way in ways))


def contradictions_in(pack: Pack, facts: KnownFacts) -> tuple[Contradiction, ...]:
    """Every pair of answers that do not go together, in the order of the pack."""
    return tuple(
        _contradiction(questions=each.questions, text=each.text)
        for each in pack.contradictions.values()
        if facts.holds(each.when)
    )


def tripwires_in(pack: Pack, facts: KnownFacts) -> tuple[Wire, ...]:
    """What is not so yet and would reopen the question, in the order of the pack."""
    return tuple(
        _wire(id=each.id, text=each.text, question=each.question)
        for each in pack.tripwires.values()
        if facts.holds(each.when)
    )


def duty_in(pack: Pack, facts: KnownFacts, outcome: Outcome) -> str:
    """What stays due where no mesh meets it yet, and what may meet it meanwhile; else nothing."""
    duty = pack.duty
    if duty is None or outcome not in duty.outcomes or not facts.holds(duty.when):
        return ""
    named = [
        each.title
        for each in pack.alternatives.values()
        if each.need == duty.need and (each.when is None or facts.holds(each.when))
    ]
    may = f" What may meet it meanwhile, or a part of it: {'; '.join(named)}." if named else ""
    return duty.text + may
