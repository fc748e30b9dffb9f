"""A decision as it stood, and two of them side by side, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from bot.domain.model import Frozen, Outcome, PackName
from bot.domain.team import Changed, ChangeSet, Standing, TeamAnswer

Kind = Literal["record", "round", "closed", "now"]
"""Why it was kept: a decision record, a round's close, the assessment's end; `now` is not kept."""


class MonthlyHours(Frozen):
    """Engineer hours a month, of which more is said in the detail of a card."""

    total: float
    saved: float
    mesh: float
    net: float

    @property
    def with_mesh(self) -> float:
        """What is left of today's, with what running the mesh takes."""
        return self.total - self.saved + self.mesh


class Snapshot(Frozen):
    """Answers and what they came to, under the rules of that day."""

    id: str
    kind: Kind
    at: datetime
    assessment: str
    number: int | None = None
    """Of the decision record."""
    outcome: Outcome
    title: str
    headline: str
    rule: str
    pack: PackName
    hours: MonthlyHours | None = None
    """None where nobody had said enough to count them."""
    answered: Mapping[str, TeamAnswer] = {}


class Between(Frozen):
    """What changed from one to another."""

    before: Snapshot
    after: Snapshot
    changed: tuple[Changed, ...]
    today: str | None = None
    """To what the earlier answers come under today's rules; None where those are the same."""
    asked: datetime | None = None
    """The moment that was asked for, where the first snapshot is later."""
    hours: tuple[Snapshot, ...] = ()
    """All that count hours, in their order."""


class Since(Frozen):
    """What others changed of a team's answers since somebody's last word."""

    at: datetime
    """Of that last word."""
    changes: tuple[ChangeSet, ...]
    title: str
    """How the outcome was called then."""


def rules_since(standing: Standing) -> str:
    """Where an open decision was answered under other rules: under which, and what they make of it.

    Empty where they are the same, and once somebody answers or confirms it again.
    """
    assessment, advice = standing.assessment, standing.advice
    then, now = assessment.pack, advice.pack
    if assessment.status != "open" or (then.name, then.version) == (now.name, now.version):
        return ""
    other = f"{then.name} " if then.name != now.name else ""
    text = f"rules {now.version}, answered under {other}{then.version}"
    if assessment.title is None:
        return text
    same = assessment.title == advice.title
    return f"{text}: {f'still {advice.title}' if same else f'{assessment.title} then'}"
