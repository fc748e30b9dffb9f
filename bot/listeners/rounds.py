"""A round: opened, answered by each alone, closed; what it put to the team is taken."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import notice
from bot.blocks import rounds as drawn
from bot.blocks.carried import RoundMeta, ViewMeta
from bot.blocks.values import RoundSide
from bot.domain.rounds.model import (
    MOST_PEOPLE,
    NAMES,
    PEOPLE,
    QUESTIONS,
    UNTIL,
    Round,
    RoundOpening,
    RoundPage,
    ToAsk,
)
from bot.listeners import answering
from bot.listeners.act import Act
from bot.listeners.delivery import private
from bot.listeners.responding import Responder


class RoundScreens:
    """What a channel's people are asked, each alone."""

    def __init__(self, advisor: Advisor) -> None:
        self.rounds, self.closing = advisor.rounds, advisor.rounds.closing
        self.pack = advisor.desk.pack

    def command(self, ack: Ack, act: Act, client: WebClient) -> None:
        """`/meshfit round`: the form, or the round that is open."""
        opening = self.rounds.opening(act.caller)
        if isinstance(opening, Round):
            ack(**private(drawn.live(opening)))
        else:
            self._form(ack, act, client, opening)

    def press_open(self, ack: Ack, act: Act, client: WebClient, respond: Responder) -> None:
        """Ask the others."""
        opening = self.rounds.opening(act.caller)
        if isinstance(opening, Round):
            respond(**private(drawn.live(opening)))
            ack()
        else:
            self._form(ack, act, client, opening)

    def _form(self, ack: Ack, act: Act, client: WebClient, opening: RoundOpening) -> None:
        ack()
        act.opens(client, drawn.form(opening, str(ViewMeta(channel=act.caller.channel))))

    def open(self, ack: Ack, act: Act) -> None:
        """Ask them: its message and the invitations are owed."""
        form = act.form
        people = form.users(PEOPLE, MOST_PEOPLE)
        until = form.day(UNTIL)
        names = form.code(NAMES, dict(drawn.HOW))
        questions = form.codes(QUESTIONS, self.pack.questions)
        form.check()
        chosen = ToAsk(
            people=people,
            until=until,
            names="anonymous" if names == "anonymous" else "open",
            questions=questions,
        )
        self.rounds.open(act.caller, chosen)
        ack()

    def give(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Give my answers."""
        shown = self.rounds.page(act.caller, act.id)
        ack()
        act.opens(client, self._page(shown))

    def submit(self, ack: Ack, act: Act) -> None:
        """Next, or Hand in: kept first, then acknowledged."""
        meant = act.carried(RoundMeta)
        fields = answering.fields(act.form)
        shown = self.rounds.answer(act.caller, meant.round, meant.page, fields)
        if isinstance(shown, RoundPage):
            ack(response_action="update", view=self._page(shown))
        else:
            ack(response_action="update", view=notice.view(drawn.handed_in(shown)))

    def close(self, ack: Ack, act: Act) -> None:
        """Close now: only who opened it may."""
        self.closing.close_now(act.caller, act.id)
        ack()

    def take(self, ack: Ack, act: Act) -> None:
        """Take this one: the answer becomes the team's, said in the thread with Undo."""
        meant = act.pressed(RoundSide)
        self.closing.take(act.caller, meant.round, meant.question, meant.side)
        ack()

    def _page(self, shown: RoundPage) -> dict[str, object]:
        round_ = shown.round
        meta = RoundMeta(channel=round_.channel, round=round_.id, page=shown.page)
        return drawn.page(shown, str(meta))
