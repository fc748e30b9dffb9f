"""The word of whoever was named."""

from __future__ import annotations

from slack_bolt import App

from bot.blocks import ids
from bot.listeners.nominations import ASKED_BY, NominationScreens


def nominations(app: App, go: NominationScreens) -> None:
    """As owner, for a role, to approve, to do a line, to measure a goal: yes, no and why."""
    app.action(ids.OWN_THIS)(go.own)
    app.action(ids.ACCEPT_ROLES)(go.take_roles)
    app.action(ids.APPROVE)(go.approve)
    app.action(ids.ACTION_ACCEPT)(go.take_action)
    app.action(ids.MEASURE_LATER)(go.take_measuring)
    for each in ASKED_BY:
        app.action(each)(go.decline)
    app.view(ids.DECLINING)(go.say_no)
    app.action(ids.LEAVE_ME_ALONE)(go.leave_alone)
    app.action(ids.ASK_ME_AGAIN)(go.leave_alone)
