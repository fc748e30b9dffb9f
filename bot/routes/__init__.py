"""The table of contents: every Slack id → its listener, one module a journey.

Read this first: it says what meshfit does. Listeners are plain methods; the desk is behind them.
"""

from __future__ import annotations

from slack_bolt import App

from bot.advisor import Advisor
from bot.install.stores import Installations
from bot.listeners.ask import Ask
from bot.listeners.assessment import Assessment
from bot.listeners.estimate import Estimate
from bot.listeners.evidence import Evidence
from bot.listeners.home import Home
from bot.listeners.importing import Importing
from bot.listeners.incidents import Incidents
from bot.listeners.measure import MeasureScreens
from bot.listeners.missed import Missed
from bot.listeners.pilot import Pilot
from bot.listeners.plan import PlanScreens
from bot.listeners.records import RecordScreens
from bot.listeners.rollout import RolloutScreens
from bot.listeners.team import Team
from bot.routes import (
    ask,
    assessment,
    estimate,
    evidence,
    home,
    measure,
    pilot,
    records,
    rollout,
    team,
)


def route(app: App, advisor: Advisor, installations: Installations | None = None) -> None:
    """Hang every journey on the app."""
    assessment.assess(app, Assessment(advisor))
    team.decide(app, Team(advisor))
    pilot.pilot(app, Pilot(advisor))
    pilot.plan(app, PlanScreens(advisor))
    importing = Importing(advisor)
    measure.measure(app, MeasureScreens(advisor, importing))
    measure.import_results(app, importing)
    asking = Ask(advisor)
    ask.answer(app, asking)
    ask.missed(app, Missed(advisor))
    estimate.estimate(app, Estimate(advisor))
    rollout.roll_out(app, RolloutScreens(advisor))
    evidence.gather(app, Evidence(advisor))
    evidence.go_through(app, Incidents(advisor))
    records.remember(app, RecordScreens(advisor))
    home.welcome(app, Home(advisor), installations)
    ask.otherwise(app, asking)
