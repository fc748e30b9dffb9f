"""The table of contents: every Slack id → its listener, one module a journey.

Read this first: it says what meshfit does. Listeners are plain methods; the desk is behind them.
"""

from __future__ import annotations

from slack_bolt import App

from bot.advisor import Advisor
from bot.install.stores import Installations
from bot.listeners.ask import Ask
from bot.listeners.assessment import Assessment
from bot.listeners.cards import Cards
from bot.listeners.checklists import Checklists
from bot.listeners.estimate import Estimate
from bot.listeners.evidence import Evidence
from bot.listeners.home import Home
from bot.listeners.importing import Importing
from bot.listeners.incidents import Incidents
from bot.listeners.measure import MeasureScreens
from bot.listeners.missed import Missed
from bot.listeners.once import Once
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


def route(
    app: App, advisor: Advisor, once: Once, installations: Installations | None = None
) -> None:
    """Hang every journey on the app."""
    threads = Checklists(advisor)
    cards = Cards(advisor, threads)
    assessment.assess(app, Assessment(advisor, cards))
    team.decide(app, Team(advisor, cards))
    pilot.pilot(app, Pilot(advisor, threads, cards))
    pilot.plan(app, PlanScreens(advisor, threads, cards))
    importing = Importing(advisor, threads, once)
    measure.measure(app, MeasureScreens(advisor, threads, cards, importing))
    measure.import_results(app, importing, once)
    asking = Ask(advisor)
    ask.answer(app, asking, once)
    ask.missed(app, Missed(advisor))
    estimate.estimate(app, Estimate(advisor, cards))
    rollout.roll_out(app, RolloutScreens(advisor))
    evidence.gather(app, Evidence(advisor, cards))
    evidence.go_through(app, Incidents(advisor))
    records.remember(app, RecordScreens(advisor, cards, threads), once)
    home.welcome(app, Home(advisor), installations)
    ask.otherwise(app, asking)
