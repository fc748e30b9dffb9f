"""The guided modal, from the first page to the private result and to sharing it."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import card, records
from bot.blocks.carried import PageMeta, ResultMeta
from bot.domain.replies import PrivateResult, QuestionPage
from bot.listeners import answering, screens
from bot.listeners.act import Act
from bot.listeners.delivery import private
from bot.listeners.responding import Answer


class Assessment:
    """One person's way through the checklist."""

    def __init__(self, advisor: Advisor) -> None:
        self.checklist, self.teams, self.pack = advisor.checklist, advisor.teams, advisor.desk.pack

    def status(self, ack: Ack, act: Act) -> None:
        """`/meshfit` alone."""
        seen = self.checklist.overview(act.caller)
        ack(**private(card.overview(self.pack, seen)))

    def start(self, ack: Ack, act: Act, client: WebClient) -> None:
        """`/meshfit assess`: the modal opens at once, where this person left off."""
        caller = act.caller
        ack()
        shown = self.checklist.resume(caller)
        act.opens(client, screens.guided(self.pack, shown))

    def ask_to_start_afresh(self, ack: Ack, act: Act) -> None:
        """`/meshfit assess new`: says that the open assessment will be closed."""
        team = self.teams.card(act.caller)
        ack(**private(records.start_afresh(team)))

    def press_start(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Start or Go on; from Home the button says for which channel."""
        ack()
        caller = act.caller
        there = caller.model_copy(update={"channel": act.said or caller.channel})
        shown = self.checklist.resume(there) if there == caller else self.checklist.go_on(there)
        act.opens(client, screens.guided(self.pack, shown))

    def press_start_there(self, ack: Ack, act: Act, client: WebClient) -> None:
        """We already run one: the short path about keeping it."""
        shown = self.checklist.begin_there(act.caller)
        ack()
        act.opens(client, screens.guided(self.pack, shown))

    def submit_page(self, ack: Ack, act: Act) -> None:
        """Next: saved first, then acknowledged with the page that follows."""
        page = act.carried(PageMeta)
        if page.mode == "team":
            self._save_for_team(ack, act, page)
        else:
            shown = self.checklist.save(act.caller, page.page, answering.fields(act.form))
            ack(response_action="update", view=screens.guided(self.pack, shown))

    def leave_page(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Back, another page, straight to the result: what is filled in is kept."""
        caller, meta = act.caller, act.carried(PageMeta)
        to = act.said or None
        shown: QuestionPage | PrivateResult
        if meta.mode == "team" and to:
            self.teams.change(caller, answering.altered(act.form), meta.marks, strict=False)
            shown = self.checklist.open_page(caller, to, "team")
        else:
            shown = self.checklist.leave(caller, answering.fields(act.form), to)
        ack()
        screens.redraw(client, act, screens.guided(self.pack, shown))

    def go_deeper(self, ack: Ack, act: Act, client: WebClient) -> None:
        """From the result to one of the pages, with what is known filled in."""
        ack()
        page = act.id
        shown = self.checklist.open_page(act.caller, page)
        screens.redraw(client, act, screens.guided(self.pack, shown))

    def share(self, ack: Ack, act: Act) -> None:
        """Share in channel: the draft becomes the team's, which owes the card."""
        self.teams.share(act.caller, answering.choices(act.form), act.carried(ResultMeta).marks)
        ack(response_action="clear")

    def edit(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Change answers: the pages with the team's answers filled in."""
        ack()
        first = self.checklist.pages.first.id
        shown = self.checklist.open_page(act.caller, first, "team")
        act.opens(client, screens.guided(self.pack, shown))

    def answer_one(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Answer it: one question alone; the whole pages stay one press away."""
        ack()
        shown = self.checklist.open_question(act.caller, act.id)
        act.opens(client, screens.guided(self.pack, shown))

    def close_and_start(self, ack: Ack, act: Act, client: WebClient, respond: Answer) -> None:
        """Start afresh, after the dialog said what that means."""
        caller = act.caller
        self.teams.close(caller)
        respond(delete_original=True)
        ack()
        shown = self.checklist.open_page(caller, self.checklist.pages.first.id)
        act.opens(client, screens.guided(self.pack, shown))

    def _save_for_team(self, ack: Ack, act: Act, page: PageMeta) -> None:
        """Save a page of Change answers, and go on to the next while there is one."""
        caller = act.caller
        self.teams.change(caller, answering.altered(act.form), page.marks)
        following = None if page.alone else self.checklist.pages.after(page.page, "team")
        if following is None:
            ack(response_action="clear")
        else:
            shown = self.checklist.open_page(caller, following.id, "team")
            ack(response_action="update", view=screens.guided(self.pack, shown))
