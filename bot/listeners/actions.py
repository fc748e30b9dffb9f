"""What to do: taken, offered, answered, done; and copied as an issue."""

from __future__ import annotations

import re

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import actions, dates
from bot.blocks.carried import ActionMeta
from bot.blocks.values import ActionLine
from bot.documents import issue
from bot.domain.dates.model import LINK, ActionForm
from bot.errors import BadAnswers
from bot.listeners.act import Act
from bot.listeners.delivery import instead, private
from bot.listeners.forms import Form
from bot.listeners.responding import Responder

STATES = frozenset(code for code, _ in actions.STATES)


class ActionScreens:
    """The list, and the form of one line."""

    def __init__(self, advisor: Advisor) -> None:
        self.acting, self.workplaces = advisor.acting, advisor.workplaces

    def command(self, ack: Ack, act: Act) -> None:
        """`/meshfit actions`."""
        ack(**private(actions.listed(self.acting.here(act.caller))))

    def press(self, ack: Ack, act: Act, respond: Responder) -> None:
        """What to do, in the card's thread."""
        respond(**private(actions.listed(self.acting.here(act.caller))))
        ack()

    def open(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Take it, or Change: the form."""
        ack()
        caller, at = act.caller, act.pressed(ActionLine)
        action, team = self.acting.one(caller, at.assessment, at.line)
        meta = ActionMeta(
            channel=team.assessment.channel,
            assessment=at.assessment,
            line=at.line,
            seen=action.written,
        )
        act.opens(client, actions.form(action, caller.user, str(meta)))

    def save(self, ack: Ack, act: Act) -> None:
        """Save: who names themselves takes it, anybody else is asked."""
        meta, form = act.carried(ActionMeta), act.form
        wanted = _wanted(form)
        form.check()
        self.acting.save(act.caller, meta.assessment, meta.line, wanted, meta.seen)
        ack(response_action="clear")

    def done(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Done: the list as it stands then."""
        caller, at = act.caller, act.pressed(ActionLine)
        self.acting.settle(caller, at.assessment, at.line, "done")
        respond(**instead(actions.listed(self.acting.here(caller))))
        ack()

    def copy(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Copy as issue: a title, Markdown, and links where the workspace has a tracker."""
        ack()
        at = act.pressed(ActionLine)
        action, team = self.acting.one(act.caller, at.assessment, at.line)
        links = issue.links(action, team, self.workplaces.here(act.caller.workspace).trackers)
        act.opens(client, actions.issue(issue.title(action), issue.text(action, team), links))

    def go_to_tracker(self, ack: Ack) -> None:
        """A link; Slack opens it and tells us all the same."""
        ack()


def _wanted(form: Form) -> ActionForm:
    """What the form says; raises `BadAnswers` for an address that is none."""
    link = form.text(actions.LINK, 500)
    if link and not re.fullmatch(LINK, link):
        raise BadAnswers({actions.LINK: "Is no address: it begins with https:// or http://."})
    return ActionForm(
        owner=form.user(actions.OWNER),
        due=form.day_if_any(actions.DUE),
        link=link,
        remind=form.codes(dates.REMIND, ("action", "offered")),
        state=form.code(actions.STATE, STATES, optional=True) or "open",
    )
