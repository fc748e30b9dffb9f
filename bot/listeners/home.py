"""The App Home tab, and what is simply acknowledged."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.advisor.records import Records
from bot.blocks import home, notice
from bot.domain.team import Caller
from bot.listeners import payloads
from bot.listeners.act import Act
from bot.listeners.carried import ViewMeta
from bot.listeners.delivery import private
from bot.listeners.payloads import Body


def publish(records: Records, client: WebClient, caller: Caller) -> None:
    """Draw one person's Home from what is true now; the caller's channel is that of their DM."""
    seen = records.home(caller.workspace, caller.user)
    meta = str(ViewMeta(channel=caller.channel))
    client.views_publish(user_id=caller.user, view=home.tab(seen, meta))


class Home:
    """Home, help, and words that are no command."""

    def __init__(self, advisor: Advisor) -> None:
        self.records = advisor.records
        self.pack = advisor.desk.pack

    def opened(self, event: Body, act: Act, client: WebClient) -> None:
        """Home was opened: drawn from what is true now."""
        if event.get("tab") != "home":
            return
        caller = Caller(
            workspace=payloads.workspace(act.context),
            channel=str(event.get("channel") or ""),
            user=event["user"],
        )
        publish(self.records, client, caller)

    def help(self, ack: Ack) -> None:
        """`/meshfit help`."""
        ack(**private(notice.help_text(self.pack)))

    def nothing_to_do(self) -> None:
        """An event that Slack requires us to subscribe to and that changes nothing here."""
