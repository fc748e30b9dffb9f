"""What teams answered, put together for a decision that a lead stands on them."""

from __future__ import annotations

from bot.advisor.desk import Desk
from bot.domain.across import Across, across
from bot.domain.team import Caller
from bot.store import Database, answers, assessments, shown, stands_on

NOTHING = Across({}, {})


def of_teams(desk: Desk, db: Database, caller: Caller) -> Across:
    """Beside the questions of a platform decision, for a lead alone; of whoever still shows it."""
    if caller.user not in desk.workplace_of(db, caller.workspace).leads:
        return NOTHING
    channels = chosen(db, caller)
    if not channels:
        return NOTHING
    teams = [each for each in shown.teams(db, caller.workspace) if each.channel in channels]
    counting = [answers.counting(db, caller.workspace, each.id) for each in teams]
    answered = [{each.question: each.answer for each in team} for team in counting]
    return across(desk.pack, answered, desk.today(db, caller.workspace))


def chosen(db: Database, caller: Caller) -> frozenset[str]:
    """The channels that this person's draft here stands on, else the team's open assessment."""
    for assessment in (assessments.draft_of(db, caller), assessments.open_of(db, caller)):
        if assessment and (on := stands_on.of_assessment(db, caller.workspace, assessment.id)):
            return frozenset(on)
    return frozenset()
