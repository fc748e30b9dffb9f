"""DESK: the use cases, free of Slack: read, decide, remember. One room a journey."""

from bot.advisor.acting import Acting
from bot.advisor.ask import Asking
from bot.advisor.calculator import Calculator
from bot.advisor.checklist import Checklist
from bot.advisor.choosing import Choosing
from bot.advisor.compare import Comparing
from bot.advisor.desk import Desk
from bot.advisor.digests import Digests
from bot.advisor.dossiers import Dossiers
from bot.advisor.estimate import Estimating
from bot.advisor.evidence import Gathering
from bot.advisor.groups import Groups
from bot.advisor.handles import Handles
from bot.advisor.homes import Homes
from bot.advisor.incidents import Confirming
from bot.advisor.leading import Leading
from bot.advisor.measure import Measuring
from bot.advisor.measurers import Measurers
from bot.advisor.missed import MissedQuestions
from bot.advisor.nominating import Nominating
from bot.advisor.open_forms import OpenForms
from bot.advisor.owning import Owning
from bot.advisor.pilot import Pilots
from bot.advisor.plan import Planning
from bot.advisor.platform import Platform
from bot.advisor.reaching import Reaching
from bot.advisor.receiving import Receiving
from bot.advisor.recipes import Recipes
from bot.advisor.records import Records
from bot.advisor.reminding import Reminding
from bot.advisor.retention import Retention
from bot.advisor.reviews import Reviews
from bot.advisor.rights import Rights
from bot.advisor.roles import Roles
from bot.advisor.rollout import Rolling
from bot.advisor.round_closing import RoundClosing
from bot.advisor.rounds import Rounds
from bot.advisor.team import Teams
from bot.advisor.telling import Telling
from bot.advisor.then import Then
from bot.advisor.tripping import Tripping
from bot.advisor.workplaces import Defaults, Workplaces, as_shipped
from bot.advisor.worksheet import Worksheets

__all__ = ["Advisor", "Desk", "Retention"]


class Advisor:
    """All journeys over one desk."""

    def __init__(self, desk: Desk, defaults: Defaults = as_shipped) -> None:
        self.desk = desk
        self.workplaces = Workplaces(desk, defaults)
        self.checklist = Checklist(desk)
        self.rights = Rights(self.workplaces)
        self.teams = Teams(desk, self.rights)
        self.owning = Owning(desk)
        self.asking = Asking(desk)
        self.missed = MissedQuestions(desk, self.workplaces)
        self.gathering = Gathering(desk, self.checklist, self.teams)
        self.worksheets = Worksheets(self.checklist, self.teams)
        self.calculator = Calculator(desk)
        self.confirming = Confirming(self.gathering)
        self.estimating = Estimating(desk)
        self.dossiers = Dossiers(desk, self.rights)
        self.nominating = Nominating(self.dossiers)
        self.reminding = Reminding(desk, self.dossiers)
        self.acting = Acting(desk, self.reminding)
        self.tripping = Tripping(desk)
        self._pilot()
        self.reviews = Reviews(desk, self.teams, self.comparing)
        self.homes = Homes(desk, self.workplaces)
        self.records = Records(desk, self.rights)
        self.rounds = Rounds(desk, RoundClosing(desk, self.teams.changing, self.rights))
        self._lead()
        self.then = Then(desk)
        self.telling, self.handles = Telling(desk), Handles()
        self.receiving = Receiving(desk)
        self.open_forms = OpenForms(desk)

    def _lead(self) -> None:
        """What leads see of the teams, and who they are."""
        self.leading = Leading(self.desk)
        self.digests = Digests(self.desk)
        self.groups = Groups(self.desk)
        self.platform = Platform(self.leading, self.checklist)

    def _pilot(self) -> None:
        """The journeys of a pilot, from its plan to its rollout."""
        self.pilots = Pilots(self.dossiers)
        self.planning = Planning(self.dossiers)
        self.roles = Roles(self.dossiers)
        self.measurers = Measurers(self.dossiers)
        self.measuring = Measuring(self.dossiers)
        self.reaching = Reaching(self.dossiers)
        self.comparing = Comparing(self.dossiers)
        self.choosing = Choosing(self.comparing)
        self.rolling = Rolling(self.dossiers)
        self.recipes = Recipes(self.dossiers)
