"""Evidence: looks and incidents."""

from __future__ import annotations

from slack_bolt import App

from bot.blocks import ids
from bot.listeners.evidence import EvidenceScreens
from bot.listeners.incidents import IncidentScreens
from bot.routes.words import word


def gather(app: App, go: EvidenceScreens) -> None:
    """What was counted, adding more, taking it as an answer."""
    word(app, "evidence")(go.command)
    app.action(ids.EVIDENCE_HERE)(go.command)
    app.action(ids.ADD_LOOK)(go.open_look)
    app.action(ids.ADD_INCIDENTS)(go.open_incidents)
    app.view(ids.ADD_LOOK)(go.add)
    app.view(ids.ADD_INCIDENTS)(go.add)
    app.action(ids.USE_EVIDENCE)(go.use)
    app.action(ids.DROP_EVIDENCE)(go.drop)
    app.action(ids.TAKE)(go.take)


def go_through(app: App, go: IncidentScreens) -> None:
    """Incidents, one a page."""
    app.action(ids.GO_THROUGH)(go.go_through)
    app.view(ids.EFFORT)(go.say_effort)
    app.view(ids.CONFIRM)(go.confirm)
    app.action(ids.EARLIER_INCIDENT)(go.other)
    app.action(ids.LATER_INCIDENT)(go.other)
