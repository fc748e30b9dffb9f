"""What teams show to the leads of their workspace, and what leads see of them."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import across, ids, leading, teams
from bot.blocks.carried import ViewMeta
from bot.blocks.steps import step
from bot.listeners import screens
from bot.listeners.act import Act
from bot.listeners.delivery import instead, private
from bot.listeners.responding import Responder
from bot.listeners.stepping import Stepping


class LeadScreens:
    """A team's own word on who sees it."""

    def __init__(self, advisor: Advisor) -> None:
        self.leading, self.platform = advisor.leading, advisor.platform
        self.pack = advisor.desk.pack
        self.stepping = Stepping(advisor, lambda act: across.choose(self.platform.open(act.caller)))

    def here(self, ack: Ack, act: Act) -> None:
        """`/meshfit leads`."""
        ack(**private(leading.here(self.leading.here(act.caller))))

    def teams(self, ack: Ack, act: Act, respond: Responder) -> None:
        """`/meshfit teams`: for whoever leads, alone."""
        view = self.leading.teams(act.caller)
        ack()
        respond(**private(teams.table(view)))

    def send_file(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Send me the file: in this person's conversation with meshfit."""
        self.leading.send_file(act.caller)
        respond(**private(teams.sent()), replace_original=False)
        ack()

    def show(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Show it to them, or no more; the thread says who did."""
        seen = self.leading.shows(act.caller, on=act.id == "on")
        respond(**instead(leading.here(seen)))
        ack()

    def open_platform(self, ack: Ack, act: Act, client: WebClient) -> None:
        """`/meshfit platform`, or Decide for the platform: which teams it stands on."""
        seen = self.platform.open(act.caller)
        ack()
        act.opens(client, step(across.choose(seen), 0, ViewMeta(channel=act.caller.channel)))

    def choose_teams(self, ack: Ack, act: Act) -> None:
        """The checklist, with what these teams answered beside it."""
        form = self.stepping.whole(act)
        named = [each for each in form.said(ids.ANSWER) if each.startswith(across.FIELD)]
        ticked = [channel for block in named for channel in form.several(block)]
        if not ticked and not act.carried(ViewMeta).more:
            last = max(named, key=len, default=f"{across.FIELD}0")
            form.fault(last, "Needs at least one team.")
        if self.stepping.goes_on(ack, act):
            return
        shown = self.platform.begin(act.caller, ticked)
        self.stepping.done(act)
        ack(response_action="update", view=screens.guided(self.pack, shown))
