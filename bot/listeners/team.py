"""Around the card: owner, undo, still true, why, what if, the other side, the calculator."""

from __future__ import annotations

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import card, dates, detail, notice, owner, summary, tax, whatif
from bot.blocks.carried import HoursMeta, OwnerMeta
from bot.listeners import answering
from bot.listeners.act import Act
from bot.listeners.delivery import instead, private
from bot.listeners.responding import Responder


class TeamScreens:
    """What a channel does with its card."""

    def __init__(self, advisor: Advisor) -> None:
        self.teams, self.checklist = advisor.teams, advisor.checklist
        self.owning = advisor.owning
        self.telling, self.pack = advisor.telling, advisor.desk.pack
        self.records, self.hours = advisor.records, advisor.calculator

    def still_true(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Still true: noted on the card, with who and when."""
        respond(**instead(dates.still_true(self.teams.confirm(act.caller))))
        ack()

    def repost(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Post it here again: the new message is the live one from then on."""
        self.telling.post_anew(act.caller)
        text = "It is posted here again, and the new card is the live one from then on."
        respond(**instead(notice.plain(text)))
        ack()

    def find_owner(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Find an owner: opens the picker."""
        ack()
        seen = self.owning.owner_mark(act.caller)
        act.opens(client, owner.picker(str(OwnerMeta(channel=act.caller.channel, seen=seen))))

    def nominate(self, ack: Ack, act: Act) -> None:
        """Somebody was picked: they are asked, and nothing changes until they accept."""
        caller = act.caller
        form = act.form
        chosen = form.user(owner.FIELD) or form.needed(owner.FIELD)
        form.check()
        self.owning.nominate(caller, chosen, act.carried(OwnerMeta).seen)
        ack()

    def undo(self, ack: Ack, act: Act) -> None:
        """Undo: the answers go back, and the line that told them says who took them back."""
        self.teams.undo(act.caller, act.id, act.message)
        ack()

    def why(self, ack: Ack, act: Act) -> None:
        """`/meshfit why`."""
        standing = self.teams.card(act.caller)
        ack(**private(detail.why(self.pack, standing)))

    def press_why(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Why, on the card."""
        standing = self.teams.card(act.caller)
        respond(**private(detail.why(self.pack, standing)))
        ack()

    def simpler(self, ack: Ack, act: Act, respond: Responder) -> None:
        """What is simpler, on the card."""
        respond(**private(detail.simpler(self.pack, self.teams.card(act.caller))))
        ack()

    def sources(self, ack: Ack, act: Act) -> None:
        """`/meshfit sources`."""
        standing, named, conflicts = self.teams.sources(act.caller)
        ack(**private(detail.sources(self.pack, standing, named, conflicts)))

    def what_if(self, ack: Ack, act: Act) -> None:
        """`/meshfit whatif`."""
        standing = self.teams.card(act.caller)
        ack(**private(whatif.private(self.pack, standing)))

    def press_what_if(self, ack: Ack, act: Act, client: WebClient, respond: Responder) -> None:
        """What if, on the card or on top of my private result."""
        if act.in_view:
            ack()
            mine = self.checklist.result(act.caller).mine
            view = whatif.view(self.pack, mine)
            client.views_push(trigger_id=act.body["trigger_id"], view=view)
        else:
            respond(**private(whatif.private(self.pack, self.teams.card(act.caller))))
            ack()

    def post_what_if(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Post in the thread."""
        self.telling.below_card(act.caller, "what_if")
        respond(**instead(notice.plain("It goes into the card's thread.")))
        ack()

    def argue(self, ack: Ack, act: Act) -> None:
        """Argue the other side, in the card's thread."""
        self.telling.below_card(act.caller, "argument")
        ack()

    def more(self, ack: Ack, act: Act, respond: Responder) -> None:
        """More, below the card: what the thread leaves out, of the assessment it belongs to."""
        standing, pack = self.records.read(act.caller, act.id)
        respond(**private(detail.more(pack, standing)))
        ack()

    def summary(self, ack: Ack, act: Act) -> None:
        """`/meshfit summary`: the decision for a manager."""
        ack(**private(summary.private(self.teams.card(act.caller))))

    def post_summary(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Post the summary in the thread."""
        self.telling.below_card(act.caller, "summary")
        respond(**instead(notice.plain("It goes into the card's thread.")))
        ack()

    def go_to_card(self, ack: Ack) -> None:
        """A link; Slack opens it and tells us all the same."""
        ack()

    def calculator(self, ack: Ack, act: Act, client: WebClient) -> None:
        """`/meshfit tax`: begins with the article's example."""
        ack()
        filled = self.checklist.example()[1].answers
        act.opens(client, tax.calculator(self.pack, filled, channel=act.caller.channel))

    def calculate(self, ack: Ack, act: Act) -> None:
        """Calculate: the sum above the fields; nothing is kept."""
        before = act.carried(HoursMeta)
        filled, worked_out = self.hours.calculate(answering.fields(act.form), before.filled)
        view = tax.calculator(self.pack, filled, worked_out, channel=before.channel)
        ack(response_action="update", view=view)

    def example(self, ack: Ack, respond: Responder) -> None:
        """See an example: the pack's first, as a card of nobody's team."""
        shown, standing = self.checklist.example()
        respond(**private(card.example(self.pack, standing, shown.situation)))
        ack()
