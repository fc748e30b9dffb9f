"""The table of contents: every Slack id → its listener, one module a journey.

Read this first: it says what meshfit does. Listeners are plain methods; the desk is behind them.
"""

from __future__ import annotations

from slack_bolt import App

from bot.advisor import Advisor
from bot.install.stores import Installations
from bot.listeners.actions import ActionScreens
from bot.listeners.ask import AskScreens
from bot.listeners.assessment import AssessmentScreens
from bot.listeners.dates import DateScreens
from bot.listeners.estimate import EstimateScreens
from bot.listeners.evidence import EvidenceScreens
from bot.listeners.home import HomeScreens
from bot.listeners.importing import ImportScreens
from bot.listeners.incidents import IncidentScreens
from bot.listeners.leading import LeadScreens
from bot.listeners.measure import MeasureScreens
from bot.listeners.missed import MissedScreens
from bot.listeners.nominations import NominationScreens
from bot.listeners.pilot import PilotScreens
from bot.listeners.plan import PlanScreens
from bot.listeners.records import RecordScreens
from bot.listeners.rollout import RolloutScreens
from bot.listeners.rounds import RoundScreens
from bot.listeners.team import TeamScreens
from bot.listeners.workplace import WorkplaceScreens
from bot.listeners.worksheet import WorksheetScreens
from bot.routes import (
    actions,
    ask,
    assessment,
    dates,
    estimate,
    evidence,
    home,
    leading,
    measure,
    nominations,
    pilot,
    records,
    rollout,
    rounds,
    team,
)


def route(app: App, advisor: Advisor, installations: Installations | None = None) -> None:
    """Hang every journey on the app."""
    assessment.assess(app, AssessmentScreens(advisor))
    assessment.work_out(app, WorksheetScreens(advisor))
    team.decide(app, TeamScreens(advisor))
    nominations.nominations(app, NominationScreens(advisor))
    actions.act(app, ActionScreens(advisor))
    rounds.ask_round(app, RoundScreens(advisor))
    dates.keep(app, DateScreens(advisor))
    pilot.pilot(app, PilotScreens(advisor))
    pilot.plan(app, PlanScreens(advisor))
    importing = ImportScreens(advisor)
    measure.measure(app, MeasureScreens(advisor, importing))
    measure.import_results(app, importing)
    asking = AskScreens(advisor)
    ask.answer(app, asking)
    ask.missed(app, MissedScreens(advisor))
    estimate.estimate(app, EstimateScreens(advisor))
    rollout.roll_out(app, RolloutScreens(advisor))
    evidence.gather(app, EvidenceScreens(advisor))
    evidence.go_through(app, IncidentScreens(advisor))
    records.remember(app, RecordScreens(advisor))
    leading.lead(app, LeadScreens(advisor))
    home.settings(app, WorkplaceScreens(advisor))
    home.welcome(app, HomeScreens(advisor), installations)
    ask.otherwise(app, asking)
