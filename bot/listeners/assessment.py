"""The guided modal, from the first page to the private result and to sharing it."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import card, records, result
from bot.blocks.carried import PageMeta, ResultMeta
from bot.blocks.steps import Steps
from bot.domain.replies import PrivateResult, QuestionPage
from bot.listeners import answering, screens
from bot.listeners.act import Act
from bot.listeners.delivery import private
from bot.listeners.responding import Responder
from bot.listeners.stepping import Stepping


class AssessmentScreens:
    """One person's way through the checklist."""

    def __init__(self, advisor: Advisor) -> None:
        self.checklist, self.teams, self.pack = advisor.checklist, advisor.teams, advisor.desk.pack
        self.sharing = Stepping(advisor, self._result)
        self.then = advisor.then

    def status(self, ack: Ack, act: Act) -> None:
        """`/meshfit` alone."""
        seen = self.checklist.overview(act.caller)
        since = self.then.since_here(act.caller)
        ack(**private(card.overview(self.pack, seen, since)))

    def start(self, ack: Ack, act: Act, client: WebClient) -> None:
        """`/meshfit assess`: the modal opens at once, where this person left off."""
        caller = act.caller
        ack()
        shown = self.checklist.resume(caller)
        act.opens(client, screens.guided(self.pack, shown))

    def ask_to_start_afresh(self, ack: Ack, act: Act) -> None:
        """`/meshfit assess new`: says that the open assessment will be closed, to whoever may."""
        team = self.teams.to_close(act.caller)
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
        elif page.alone:
            shown = self.checklist.save_one(act.caller, page.page, answering.fields(act.form))
            ack(response_action="update", view=screens.guided(self.pack, shown))
        else:
            after = self.checklist.save(act.caller, page.page, answering.fields(act.form))
            ack(response_action="update", view=screens.guided(self.pack, after))

    def leave_page(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Back, another page, straight to the result: what is filled in is kept."""
        caller, meta = act.caller, act.carried(PageMeta)
        to = act.said or None
        shown: QuestionPage | PrivateResult
        if meta.mode == "team" and to:
            self._keep_for_team(act, meta, strict=False)
            shown = self.checklist.open_page(caller, to, "team")
        else:
            shown = self.checklist.leave(caller, answering.fields(act.form), to)
        ack()
        screens.redraw(client, act.open_view, screens.guided(self.pack, shown))

    def more_about(self, ack: Ack, act: Act, client: WebClient) -> None:
        """How one knows, a note, or why it does not apply: of one question, alone."""
        caller, meta = act.caller, act.carried(PageMeta)
        if meta.mode == "team":
            self._keep_for_team(act, meta, strict=False)
        else:
            self.checklist.leave(caller, answering.fields(act.form), meta.page)
        ack()
        shown = self.checklist.open_question(caller, act.id, meta.mode, meta.page)
        screens.redraw(client, act.open_view, screens.guided(self.pack, shown))

    def go_deeper(self, ack: Ack, act: Act, client: WebClient) -> None:
        """From the result to one of the pages, with what is known filled in."""
        ack()
        page = act.id
        shown = self.checklist.open_page(act.caller, page)
        screens.redraw(client, act.open_view, screens.guided(self.pack, shown))

    def share(self, ack: Ack, act: Act) -> None:
        """Share in channel: the draft becomes the team's, which owes the card."""
        form = self.sharing.whole(act)
        choices, leads = answering.choices(form), answering.for_leads(form)
        why = answering.why(form, [each for each, choice in choices.items() if choice == "change"])
        if self.sharing.goes_on(ack, act):
            return
        self.teams.share(act.caller, choices, act.carried(ResultMeta).marks, leads, why=why)
        self.sharing.done(act)
        ack(response_action="clear")

    def _result(self, act: Act) -> Steps:
        return result.view(self.pack, self.checklist.result(act.caller))

    def edit(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Change answers: which question, of the team's answers."""
        ack()
        shown = self.checklist.to_change(act.caller)
        act.opens(client, screens.chooser(self.pack, shown))

    def other_question(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Another question: what was filled in is saved, then the same again."""
        self._keep_for_team(act, act.carried(PageMeta), strict=False)
        ack()
        shown = self.checklist.to_change(act.caller)
        screens.redraw(client, act.open_view, screens.chooser(self.pack, shown))

    def answer_one(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Answer it, or one that was chosen: one question alone, in place of an open form."""
        ack()
        shown = self.checklist.open_question(act.caller, act.id)
        form = screens.guided(self.pack, shown)
        if act.in_modal:
            screens.redraw(client, act.open_view, form)
        else:
            act.opens(client, form)

    def whole_page(self, ack: Ack, act: Act, client: WebClient) -> None:
        """A whole page, with the team's answers filled in."""
        ack()
        shown = self.checklist.open_page(act.caller, act.id, "team")
        screens.redraw(client, act.open_view, screens.guided(self.pack, shown))

    def close_and_start(self, ack: Ack, act: Act, client: WebClient, respond: Responder) -> None:
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
        self._keep_for_team(act, page, strict=True)
        if page.alone:
            following = page.page if page.within else None
        else:
            after = self.checklist.pages.after(page.page, "team")
            following = after.id if after else None
        if following is None:
            ack(response_action="clear")
        else:
            shown = self.checklist.open_page(caller, following, "team")
            ack(response_action="update", view=screens.guided(self.pack, shown))

    def _keep_for_team(self, act: Act, page: PageMeta, *, strict: bool) -> None:
        """What was altered becomes the team's; of a form that is left what can be read."""
        altered = answering.altered(act.form)
        why = answering.why(act.form, altered)
        if strict:
            act.form.check()
        self.teams.change(act.caller, altered, page.marks, strict=strict, why=why)
