"""What Adopt still takes here, answers that do not go together, and what stays due meanwhile."""

from __future__ import annotations

from bot.domain.decision.facts import MESH_HERE
from bot.domain.model import Contradiction, Facts, Outcome, Required, Wire
from bot.domain.pack import Pack
from bot.domain.pack.adopting import Requirement, Way


def to_adopt_in(pack: Pack, facts: Facts) -> tuple[Required, ...]:
    """What must be so for Adopt, each met or not; nothing where a mesh is there already."""
    if facts.get(MESH_HERE):
        return ()
    return tuple(_required(each, facts) for each in pack.to_adopt.values())


def _required(asked: Requirement, facts: Facts) -> Required:
    met = asked.met.holds(facts)
    way = None if met else way_of(asked, facts)
    return Required(
        id=asked.id,
        text=asked.text,
        met=met,
        question=way.question if way else None,
        how=way.how if way else None,
        lacks=asked.lacks,
    )


def way_of(asked: Requirement, facts: Facts) -> Way | None:
    """How it can become so; None where that is out of reach."""
    return next((way for way in asked.ways if way.when.holds(facts)), None)


def leading_to_adopt(pack: Pack, facts: Facts) -> tuple[str, ...]:
    """Questions whose answers take part in reaching Adopt; none where it is out of reach."""
    unmet = [each for each in pack.to_adopt.values() if not each.met.holds(facts)]
    if facts.get(MESH_HERE) or any(way_of(each, facts) is None for each in unmet):
        return ()
    ways = (way for each in unmet for way in each.ways if way.when.holds(facts))
    return tuple(dict.fromkeys(way.question for way in ways))


def contradictions_in(pack: Pack, facts: Facts) -> tuple[Contradiction, ...]:
    """Every pair of answers that do not go together, in the order of the pack."""
    return tuple(
        Contradiction(questions=each.questions, text=each.text)
        for each in pack.contradictions.values()
        if each.when.holds(facts)
    )


def tripwires_in(pack: Pack, facts: Facts) -> tuple[Wire, ...]:
    """What is not so yet and would reopen the question, in the order of the pack."""
    return tuple(
        Wire(id=each.id, text=each.text, question=each.question)
        for each in pack.tripwires.values()
        if each.when.holds(facts)
    )


def duty_in(pack: Pack, facts: Facts, outcome: Outcome) -> str:
    """What stays due where no mesh meets it yet, and what may meet it meanwhile; else nothing."""
    duty = pack.duty
    if duty is None or outcome not in duty.outcomes or not duty.when.holds(facts):
        return ""
    named = [
        each.title
        for each in pack.alternatives.values()
        if each.need == duty.need and (each.when is None or each.when.holds(facts))
    ]
    may = f" What may meet it meanwhile, or a part of it: {'; '.join(named)}." if named else ""
    return duty.text + may
