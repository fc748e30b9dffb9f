"""What was asked and missed, for the pack's owners."""

from __future__ import annotations

from slack_bolt import Ack

from bot.advisor import Advisor
from bot.blocks import missed
from bot.listeners.act import Act
from bot.listeners.delivery import private
from bot.listeners.responding import Responder


class MissedScreens:
    """The report, and a draft of an entry for each of its groups; both for one person alone."""

    def __init__(self, advisor: Advisor) -> None:
        self.missed, self.pack = advisor.missed, advisor.desk.pack

    def report(self, ack: Ack, act: Act) -> None:
        """`/meshfit questions-missed`."""
        groups, left_out = self.missed.report(act.caller)
        ack(**private(missed.report(self.pack, groups, left_out)))

    def draft(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Draft an entry."""
        ack()
        draft = self.missed.draft(act.caller, act.id)
        respond(**private(missed.drafted(draft)))
