"""Two snapshots side by side."""

from __future__ import annotations

from bot.domain.model import Advice, PackName
from bot.domain.snapshots.model import Kind, MonthlyHours, Snapshot
from bot.domain.team import Changed, Standing


def taken(standing: Standing, kind: Kind, name: str, number: int | None = None) -> Snapshot:
    """A team as it stands, to be kept or compared."""
    advice, assessment = standing.advice, standing.assessment
    return Snapshot(
        id=name,
        kind=kind,
        at=assessment.touched_at,
        assessment=assessment.id,
        number=number,
        outcome=advice.outcome,
        title=advice.title,
        headline=advice.headline,
        rule=advice.rule,
        pack=PackName(name=advice.pack.name, version=advice.pack.version),
        hours=_hours(advice),
        answered=standing.answered,
    )


def _hours(advice: Advice) -> MonthlyHours | None:
    tax = advice.tax
    if tax is None:
        return None
    return MonthlyHours(
        total=tax.total_hours, saved=tax.saved_hours, mesh=tax.mesh_hours, net=tax.net_hours
    )


def changed(before: Snapshot, after: Snapshot) -> tuple[Changed, ...]:
    """The answers whose value is another, in the order in which they were given."""
    changes = []
    for question in dict.fromkeys([*before.answered, *after.answered]):
        old, new = before.answered.get(question), after.answered.get(question)
        if (old and old.answer.value) != (new and new.answer.value):
            changes.append(
                Changed(question=question, before=old and old.answer, after=new and new.answer)
            )
    return tuple(changes)
