"""The App Home tab, and what is simply acknowledged."""

from __future__ import annotations

from slack_bolt import Ack

from bot.advisor import Advisor
from bot.blocks import notice
from bot.domain.team import Caller
from bot.listeners import payloads
from bot.listeners.act import Act
from bot.listeners.delivery import private
from bot.listeners.held import Forged
from bot.listeners.payloads import Body


class HomeScreens:
    """Home, help, and words that are no command."""

    def __init__(self, advisor: Advisor) -> None:
        self.telling, self.pack = advisor.telling, advisor.desk.pack

    def opened(self, event: Body, act: Act) -> None:
        """Home was opened: drawn from what is true now."""
        if event.get("tab") != "home":
            return
        user = event.get("user")
        if not user or not isinstance(user, str):
            raise Forged  # nobody is known to have opened it
        caller = Caller(
            workspace=payloads.workspace(act.context),
            channel=str(event.get("channel") or ""),
            user=user,
        )
        self.telling.home(caller)

    def help(self, ack: Ack) -> None:
        """`/meshfit help`."""
        ack(**private(notice.help_text(self.pack)))

    def nothing_to_do(self) -> None:
        """An event that Slack requires us to subscribe to and that changes nothing here."""
