"""What others changed of a team's answers since somebody was here."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.snapshots.model import Since
from bot.domain.team import ChangeSet, Standing, TeamAnswer


def since_here(
    standing: Standing, user: str, voices: Iterable[TeamAnswer], made: Iterable[ChangeSet]
) -> Since | None:
    """None for whoever said nothing here yet, and where nothing changed."""
    changes = sorted(made, key=lambda each: each.at)
    assessment = standing.assessment
    words = [
        *(each.at for each in voices if each.respondent == user),
        *(each.at for each in changes if each.respondent == user),
        *(
            [assessment.confirmed_at]
            if assessment.confirmed_at and assessment.confirmed_by == user
            else []
        ),
    ]
    last = max(words, default=None)
    if last is None:
        return None
    later = tuple(each for each in changes if each.at > last and not each.undone_by)
    return Since(at=last, changes=later, title=later[0].title_before) if later else None
