"""DESK: the use cases, free of Slack: read, decide, remember. One room a journey."""

from bot.advisor.ask import Asking
from bot.advisor.checklist import Checklist
from bot.advisor.choosing import Choosing
from bot.advisor.compare import Comparing
from bot.advisor.desk import Desk
from bot.advisor.dossiers import Dossiers
from bot.advisor.estimate import Estimating
from bot.advisor.evidence import Gathering
from bot.advisor.incidents import Confirming
from bot.advisor.measure import Measuring
from bot.advisor.missed import MissedQuestions
from bot.advisor.pilot import Pilots
from bot.advisor.plan import Planning
from bot.advisor.receiving import Receiving
from bot.advisor.records import Records
from bot.advisor.retention import Retention
from bot.advisor.reviews import Reviews
from bot.advisor.rollout import Rolling
from bot.advisor.team import Teams
from bot.advisor.telling import Telling

__all__ = ["Advisor", "Desk", "Retention"]


class Advisor:
    """All journeys over one desk."""

    def __init__(self, desk: Desk, pack_owners: frozenset[str] = frozenset()) -> None:
        self.desk = desk
        self.checklist = Checklist(desk)
        self.teams = Teams(desk)
        self.asking = Asking(desk)
        self.missed = MissedQuestions(desk, pack_owners)
        self.gathering = Gathering(desk, self.checklist, self.teams)
        self.confirming = Confirming(self.gathering)
        self.estimating = Estimating(desk)
        self.dossiers = Dossiers(desk)
        self.pilots = Pilots(self.dossiers)
        self.planning = Planning(self.dossiers)
        self.measuring = Measuring(self.dossiers)
        self.comparing = Comparing(self.dossiers)
        self.choosing = Choosing(self.comparing)
        self.reviews = Reviews(desk, self.teams, self.comparing)
        self.rolling = Rolling(self.dossiers)
        self.records = Records(desk)
        self.telling = Telling(desk)
        self.receiving = Receiving(desk)
