"""The guided modal, from the first page to the private result and to sharing it."""

from __future__ import annotations

from slack_bolt import Ack, BoltContext, Respond
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import card, records
from bot.domain.replies import PrivateResult, QuestionPage
from bot.errors import BadAnswers
from bot.listeners import delivery, payloads, screens
from bot.listeners.cards import Cards
from bot.listeners.delivery import private
from bot.listeners.payloads import Body


class Assessment:
    """One person's way through the checklist."""

    def __init__(self, advisor: Advisor, cards: Cards) -> None:
        self.checklist, self.teams = advisor.checklist, advisor.teams
        self.pack, self.cards = advisor.desk.pack, cards

    def status(self, ack: Ack, body: Body, context: BoltContext) -> None:
        """`/meshfit` alone."""
        seen = self.checklist.overview(payloads.caller(context, body))
        ack(**private(card.overview(self.pack, seen)))

    def start(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """`/meshfit assess`: the modal opens at once, where this person left off."""
        caller = payloads.caller(context, body)
        ack()
        shown = self.checklist.resume(caller)
        client.views_open(trigger_id=body["trigger_id"], view=screens.guided(self.pack, shown))

    def ask_to_start_afresh(self, ack: Ack, body: Body, context: BoltContext) -> None:
        """`/meshfit assess new`: says that the open assessment will be closed."""
        team = self.teams.card(payloads.caller(context, body))
        ack(**private(records.start_afresh(team)))

    def press_start(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Start or Go on; from Home the button says for which channel."""
        ack()
        caller = payloads.caller(context, body)
        there = caller.model_copy(update={"channel": payloads.pressed(body) or caller.channel})
        shown = self.checklist.resume(there) if there == caller else self.checklist.go_on(there)
        client.views_open(trigger_id=body["trigger_id"], view=screens.guided(self.pack, shown))

    def submit_page(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Next: saved first, then acknowledged with the page that follows."""
        try:
            if payloads.meta(body).mode == "team":
                self._save_for_team(ack, body, context, client)
            else:
                self._save_mine(ack, body, context)
        except BadAnswers as bad:
            ack(response_action="errors", errors=screens.errors(bad, body))

    def leave_page(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Back, another page, straight to the result: what is filled in is kept."""
        caller, meta = payloads.caller(context, body), payloads.meta(body)
        to = payloads.pressed(body) or None
        shown: QuestionPage | PrivateResult
        if meta.mode == "team" and to:
            shared = self.teams.change(caller, payloads.altered(body), strict=False)
            shown = self.checklist.open_page(caller, to, "team")
        else:
            shared, shown = None, self.checklist.leave(caller, payloads.fields(body), to)
        ack()
        screens.redraw(client, body, screens.guided(self.pack, shown))
        if shared is not None and shared.changes is not None:
            self.cards.after(client, shared)

    def go_deeper(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """From the result to one of the pages, with what is known filled in."""
        ack()
        page = payloads.pressed(body)
        shown = self.checklist.open_page(payloads.caller(context, body), page)
        screens.redraw(client, body, screens.guided(self.pack, shown))

    def share(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Share in channel: the draft becomes the team's, then the card is posted."""
        shared = self.teams.share(payloads.caller(context, body), payloads.choices(body))
        ack(response_action="clear")
        self.cards.after(client, shared)

    def edit(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Change answers: the pages with the team's answers filled in."""
        ack()
        first = next(iter(self.pack.pages))
        shown = self.checklist.open_page(payloads.caller(context, body), first, "team")
        client.views_open(trigger_id=body["trigger_id"], view=screens.guided(self.pack, shown))

    def close_and_start(
        self, ack: Ack, body: Body, context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        """Start afresh, after the dialog said what that means."""
        caller = payloads.caller(context, body)
        closed = self.teams.close(caller)
        ack()
        shown = self.checklist.open_page(caller, next(iter(self.pack.pages)))
        client.views_open(trigger_id=body["trigger_id"], view=screens.guided(self.pack, shown))
        if closed is not None and closed.assessment.card_ts:
            last = card.closed(self.pack, closed, caller.user)
            delivery.update(client, caller.channel, closed.assessment.card_ts, last)
        respond(delete_original=True)

    def _save_mine(self, ack: Ack, body: Body, context: BoltContext) -> None:
        """Save a page of my draft; the next page or the result stands in its place."""
        caller, page = payloads.caller(context, body), payloads.meta(body).page
        shown = self.checklist.save(caller, page, payloads.fields(body))
        ack(response_action="update", view=screens.guided(self.pack, shown))

    def _save_for_team(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Save a page of Change answers, and go on to the next while there is one."""
        caller, page = payloads.caller(context, body), payloads.meta(body).page
        shared = self.teams.change(caller, payloads.altered(body))
        following = self.checklist.pages.after(page, "team")
        if following is None:
            ack(response_action="clear")
        else:
            shown = self.checklist.open_page(caller, following.id, "team")
            ack(response_action="update", view=screens.guided(self.pack, shown))
        if shared.changes is not None:
            self.cards.after(client, shared)
