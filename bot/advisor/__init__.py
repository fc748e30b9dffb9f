"""DESK: the use cases, free of Slack: read, decide, remember. One room a journey."""

from bot.advisor.asking import Asking
from bot.advisor.checklist import Checklist
from bot.advisor.desk import Desk
from bot.advisor.pilots import Pilots
from bot.advisor.records import Records
from bot.advisor.teams import Teams

__all__ = ["Advisor", "Desk"]


class Advisor:
    """All journeys over one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.checklist = Checklist(desk)
        self.teams = Teams(desk)
        self.asking = Asking(desk)
        self.pilots = Pilots(desk)
        self.records = Records(desk)
