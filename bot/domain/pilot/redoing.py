"""Drills that take the place of others: which ask why, and how before and after read."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.pack import Pack
from bot.domain.pilot.model import DrillResult, Replaced, Terms
from bot.domain.pilot.results import drill_broken
from bot.domain.runs.model import Side


def asks_why(terms: Terms, drills: Sequence[DrillResult], drill: str, side: Side) -> bool:
    """Whether doing it again would replace one not as expected, or one behind a broken budget."""
    before = done_before(drills, drill, side)
    if before is None:
        return False
    return not before.as_expected or drill_broken(terms, drills, drill)


def done_before(drills: Sequence[DrillResult], drill: str, side: Side) -> DrillResult | None:
    """The newest run of a drill on one side; None where there is none."""
    runs = [each for each in drills if (each.drill, each.side) == (drill, side)]
    return runs[-1] if runs else None


def redone(pack: Pack, terms: Terms, drills: Sequence[DrillResult]) -> tuple[Replaced, ...]:
    """Every drill that was done again on the same side, the oldest first."""
    pairs = (
        (done_before(drills[:at], each.drill, each.side), each, drills[:at])
        for at, each in enumerate(drills)
    )
    return tuple(
        Replaced(
            before=f"{_named(pack, before)}: {before.told}",
            after=after.told,
            broke=asks_why(terms, then, after.drill, after.side),
            by=after.by,
            origin="recorded as a drill",
            reason=after.reason,
        )
        for before, after, then in pairs
        if before is not None
    )


def _named(pack: Pack, result: DrillResult) -> str:
    known = pack.drills.get(result.drill)
    side = "with the mesh" if result.side == "mesh" else "without the mesh"
    return f"{known.title if known else result.drill}, {side}"
