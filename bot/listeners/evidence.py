"""`/meshfit evidence`: what was counted, how more is added, and taking it as an answer."""

from __future__ import annotations

import time

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.advisor.evidence import Kept, Shown
from bot.blocks import adding, evidence
from bot.blocks.surfaces import Payload
from bot.domain.replies import Shared
from bot.domain.team import Caller
from bot.errors import MeshfitError
from bot.listeners import answering, screens
from bot.listeners.act import Act
from bot.listeners.cards import Cards
from bot.listeners.carried import PageMeta, ViewMeta
from bot.listeners.delivery import instead, private
from bot.listeners.importing import SETTLE_S
from bot.listeners.payloads import Body
from bot.outbox import files


class Evidence:
    """Nothing is posted that nobody asked for, and no answer changes by itself."""

    def __init__(self, advisor: Advisor, cards: Cards) -> None:
        self.gathering, self.pack, self.cards = advisor.gathering, advisor.desk.pack, cards
        self.checklist = advisor.checklist

    def command(self, ack: Ack, act: Act, respond: Respond) -> None:
        """`/meshfit evidence`, or What it would answer."""
        ack()
        found = self.gathering.gathered(act.caller)
        screens.respond_native(respond, private(evidence.overview(self.pack, found)))

    def open_look(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Add a look: the commands, and the place for the summary."""
        ack()
        act.opens(client, adding.add_look(str(ViewMeta(channel=act.caller.channel))))

    def open_incidents(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Add incidents: how to export them, and the place for the file."""
        ack()
        act.opens(client, adding.add_incidents(str(ViewMeta(channel=act.caller.channel))))

    def add(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Files in a form: acknowledged, then fetched, read and put to use."""
        caller, form = act.caller, act.form
        dropped = form.files(adding.FILES)
        dates = form.code(adding.DATES, dict(adding.DAY_FIRST), optional=True)
        day_first = dates == "day" if dates else None
        form.check()
        ack(response_action="update", view=adding.reading())
        settled = time.monotonic() + SETTLE_S
        said = self._added(client, caller, dropped, day_first)
        time.sleep(max(0.0, settled - time.monotonic()))
        screens.replace(client, act, said)

    def _added(
        self, client: WebClient, caller: Caller, dropped: list[Body], day_first: bool | None
    ) -> Payload:
        """What became of the files; nothing is kept where one of them cannot be used."""
        try:
            given = files.fetch(client, dropped)
            held = [(each.name, self.gathering.read(each, day_first=day_first)) for each in given]
            kept = [self.gathering.keep(caller, name, one, used=True) for name, one in held]
        except MeshfitError as bad:
            return adding.unread(bad.sentence)
        self._redraw(client, caller)
        pieces: tuple[Kept, ...] = tuple(each for each in kept if not isinstance(each, int))
        over = sum(each for each in kept if isinstance(each, int))
        return adding.added(pieces, over, str(ViewMeta(channel=caller.channel)))

    def use(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """Use as evidence what somebody dropped; no answer changes by that."""
        caller = act.caller
        kept = self.gathering.use(caller, act.id)
        ack()
        respond(**instead(adding.used(kept, caller.user)))
        self._redraw(client, caller)

    def drop(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """Delete a piece of evidence."""
        caller = act.caller
        found = self.gathering.drop(caller, act.id)
        ack()
        screens.respond_native(respond, instead(evidence.overview(self.pack, found)))
        self._redraw(client, caller)

    def take(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """Take it: what was counted becomes the answer, on a page or from the list."""
        if act.in_view:
            self._take_on_page(ack, act, client)
            return
        caller = act.caller
        shared = self.gathering.take(caller, act.id)
        ack()
        found = self.gathering.gathered(caller)
        screens.respond_native(respond, instead(evidence.overview(self.pack, found)))
        self._show(client, shared)

    def _take_on_page(self, ack: Ack, act: Act, client: WebClient) -> None:
        """The other fields of the page are kept, as when it is left."""
        caller, meta = act.caller, act.carried(PageMeta)
        raw = answering.altered(act.form) if meta.mode == "team" else answering.fields(act.form)
        at = Shown(meta.page, meta.mode, meta.marks)
        shown, shared = self.gathering.take_on_page(caller, at, raw, act.id)
        ack()
        screens.redraw(client, act, screens.guided(self.pack, shown))
        self._show(client, shared)

    def _redraw(self, client: WebClient, caller: Caller) -> None:
        """The card says whether its evidence has grown old; edited in place, where there is one."""
        team = self.checklist.overview(caller).team
        if team is not None and team.assessment.card_ts:
            self.cards.show(client, team)

    def _show(self, client: WebClient, shared: Shared | None) -> None:
        if shared is not None and shared.changes is not None:
            self.cards.after(client, shared)
