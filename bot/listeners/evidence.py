"""`/meshfit evidence`: what was counted, how more is added, and taking it as an answer."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.advisor.receiving import View
from bot.blocks import adding, evidence
from bot.blocks.carried import ViewMeta
from bot.listeners import answering, screens
from bot.listeners.act import Act
from bot.listeners.delivery import instead, private
from bot.listeners.responding import Responder


class EvidenceScreens:
    """Nothing is posted that nobody asked for, and no answer changes by itself."""

    def __init__(self, advisor: Advisor) -> None:
        self.gathering, self.receiving = advisor.gathering, advisor.receiving
        self.pack = advisor.desk.pack

    def command(self, ack: Ack, act: Act, respond: Responder) -> None:
        """`/meshfit evidence`, or What it would answer."""
        gathered = self.gathering.gathered(act.caller)
        respond(**private(evidence.overview(self.pack, gathered)))
        ack()

    def open_look(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Add a look: the commands, and the place for the summary."""
        ack()
        act.opens(client, adding.add_look(str(ViewMeta(channel=act.caller.channel))))

    def open_incidents(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Add incidents: how to export them, and the place for the file."""
        ack()
        act.opens(client, adding.add_incidents(str(ViewMeta(channel=act.caller.channel))))

    def add(self, ack: Ack, act: Act) -> None:
        """Files in a form: what is to be read is kept, the form says that it is being read."""
        caller, form = act.caller, act.form
        dropped = form.files(adding.FILES)
        dates = form.code(adding.DATES, dict(adding.DAY_FIRST), optional=True)
        day_first = dates == "day" if dates else None
        form.check()
        view = View(act.open_view.id, str(ViewMeta(channel=caller.channel)))
        self.receiving.take_evidence(caller, view, dropped, day_first=day_first)
        ack(response_action="update", view=adding.reading())

    def use(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Use as evidence what somebody dropped; no answer changes by that."""
        kept = self.gathering.use(act.caller, act.id)
        respond(**instead(adding.used(kept, act.caller.user)))
        ack()

    def drop(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Delete a piece of evidence."""
        gathered = self.gathering.drop(act.caller, act.id)
        respond(**instead(evidence.overview(self.pack, gathered)))
        ack()

    def take(self, ack: Ack, act: Act, client: WebClient, respond: Responder) -> None:
        """Take it: what was counted becomes the answer, on a page or from the list."""
        if act.in_view:
            self._take_on_page(ack, act, client)
            return
        self.gathering.take(act.caller, act.id)
        gathered = self.gathering.gathered(act.caller)
        respond(**instead(evidence.overview(self.pack, gathered)))
        ack()

    def _take_on_page(self, ack: Ack, act: Act, client: WebClient) -> None:
        """The other fields of the page are kept, as when it is left."""
        at, raw = answering.page(act), answering.filled(act)
        shown, _ = self.gathering.take_on_page(act.caller, at, raw, act.id)
        ack()
        screens.redraw(client, act.open_view, screens.guided(self.pack, shown))
