"""The pilot and its plan."""

from __future__ import annotations

from slack_bolt import App

from bot.blocks import ids
from bot.listeners.pilot import PilotScreens
from bot.listeners.plan import PlanScreens
from bot.routes.words import word


def pilot(app: App, go: PilotScreens) -> None:
    """The pilot checklist."""
    word(app, "pilot")(go.command)
    app.action(ids.START_PILOT)(go.open)
    app.action(ids.TICK)(go.tick)
    app.action(ids.UNTICK)(go.untick)
    app.action(ids.EXPLAIN)(go.explain)
    app.action(ids.WRITE_METRIC)(go.write_metric)
    app.view(ids.METRIC)(go.save_metric)


def plan(app: App, go: PlanScreens) -> None:
    """The pilot's plan, its sealed budgets, who has which role."""
    app.action(ids.PLAN)(go.open_plan)
    app.view(ids.PLAN)(go.save_aim)
    app.view(ids.SLICE)(go.save_slice)
    app.action(ids.SLICE + ids.STEP_BACK)(go.slicing.back)
    app.action(ids.BUDGETS)(go.open_budgets)
    app.view(ids.BUDGETS)(go.seal)
    app.action(ids.BUDGETS + ids.STEP_BACK)(go.sealing.back)
    app.action(ids.ROLES)(go.open_roles)
    app.view(ids.ROLES)(go.name_owners)
    app.action(ids.ROLES + ids.STEP_BACK)(go.naming.back)
