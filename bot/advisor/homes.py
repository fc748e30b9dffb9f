"""One person's Home: what waits for them, their drafts, their teams and pilots."""

from __future__ import annotations

from bot.advisor.acting import taken_by
from bot.advisor.desk import Desk
from bot.advisor.pilots_here import pilots_of
from bot.advisor.workplaces import Workplaces
from bot.domain.replies import HomeTab
from bot.domain.team import Caller, Standing, Workspace
from bot.store import Database, assessments, nominations, rounds


class Homes:
    """Drawn from what is true now."""

    def __init__(self, desk: Desk, workplaces: Workplaces) -> None:
        self.desk, self.workplaces = desk, workplaces

    def home(self, workspace: Workspace, user: str) -> HomeTab:
        """What one person's Home tab shows."""
        with self.desk.store.reading() as db:
            mine = self._with(db, workspace, user)
            me = Caller(workspace=workspace, channel="", user=user)
            settings = self.workplaces.may_choose(db, me)
            asked = rounds.waiting_for(db, workspace, user)
            doing, today = taken_by(db, workspace, user), self.desk.today(db, workspace)
            teams = tuple(each for each in mine if each.assessment.status == "open")
            channels = [each.assessment.channel for each in teams]
            pilots = pilots_of(db, self.desk.pack, workspace, user, channels)
            alone = nominations.is_left_alone(db, workspace, user)
        now = self.desk.clock()
        return HomeTab(
            user=user,
            teams=teams,
            due=tuple(each for each in teams if each.look_again_at and each.look_again_at <= now),
            drafts=tuple(each for each in mine if each.assessment.status == "draft"),
            pilots=pilots,
            waiting=tuple(each for each in teams if _waits_for(each, user)),
            rounds=asked,
            left_alone=alone,
            settings=settings,
            actions=doing,
            today=today,
        )

    def _with(self, db: Database, workspace: Workspace, user: str) -> tuple[Standing, ...]:
        teams = assessments.with_person(db, workspace, user)
        return tuple(self.desk.standing(db, each) for each in teams)


def _waits_for(standing: Standing, user: str) -> bool:
    return standing.assessment.owner_asked == user
