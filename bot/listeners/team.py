"""Around the card: owner, undo, still true, why, what if, the other side, the calculator."""

from __future__ import annotations

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import card, detail, ids, notice, owner, tax, whatif
from bot.listeners import answering, delivery
from bot.listeners.act import Act
from bot.listeners.cards import Cards
from bot.listeners.carried import OwnerMeta
from bot.listeners.delivery import instead, private
from bot.listeners.home import publish


class Team:
    """What a channel does with its card."""

    def __init__(self, advisor: Advisor, cards: Cards) -> None:
        self.teams, self.checklist = advisor.teams, advisor.checklist
        self.records, self.pack, self.cards = advisor.records, advisor.desk.pack, cards

    def still_true(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """Still true: noted on the card, with who and when."""
        standing = self.teams.confirm(act.caller)
        ack()
        respond(**instead(notice.plain("Noted on the card: still true, as of today.")))
        self.cards.show(client, standing)

    def repost(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """Post it here again: the new message is the live one from then on."""
        ack()
        standing = self.teams.card(act.caller)
        self.cards.post_anew(client, standing)
        respond(**instead(notice.plain("Posted. The new card is the live one from now on.")))

    def find_owner(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Find an owner: opens the picker."""
        ack()
        seen = self.teams.owner_mark(act.caller)
        act.opens(client, owner.picker(str(OwnerMeta(channel=act.caller.channel, seen=seen))))

    def nominate(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Somebody was picked: they are asked, and nothing changes until they accept."""
        caller = act.caller
        form = act.form
        chosen = form.user(owner.FIELD) or form.needed(owner.FIELD)
        form.check()
        shared = self.teams.nominate(caller, chosen, act.carried(OwnerMeta).seen)
        ack()
        if not act.context["again"]:
            ts = self.cards.after(client, shared)
            if shared.standing.assessment.owner_asked == chosen:
                request = owner.request(shared.standing, caller.user)
                delivery.post(client, caller.channel, request, thread_ts=ts)

    def answer_request(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """I own this, or Not me: only the named person's own word counts."""
        accepts = act.name == ids.OWN_THIS
        caller = act.caller
        shared = self.teams.answer_request(caller, act.id, accepts=accepts)
        ack()
        self.cards.after(client, shared)
        if act.in_view:
            publish(self.records, client, caller)
        else:
            respond(**instead(owner.answered(caller.user, accepted=accepts)))

    def undo(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """Undo: the answers go back, and the thread says who took them back."""
        caller = act.caller
        undone, shared = self.teams.undo(caller, act.id)
        ack()
        respond(**instead(card.turned(self.pack, undone)))
        self.cards.after(client, shared)

    def why(self, ack: Ack, act: Act) -> None:
        """`/meshfit why`."""
        standing = self.teams.card(act.caller)
        ack(**private(detail.why(self.pack, standing)))

    def press_why(self, ack: Ack, act: Act, respond: Respond) -> None:
        """Why, on the card."""
        ack()
        standing = self.teams.card(act.caller)
        respond(**private(detail.why(self.pack, standing)))

    def simpler(self, ack: Ack, act: Act, respond: Respond) -> None:
        """What is simpler, on the card."""
        ack()
        respond(**private(detail.simpler(self.pack, self.teams.card(act.caller))))

    def sources(self, ack: Ack, act: Act) -> None:
        """`/meshfit sources`."""
        standing, named, conflicts = self.teams.sources(act.caller)
        ack(**private(detail.sources(self.pack, standing, named, conflicts)))

    def what_if(self, ack: Ack, act: Act) -> None:
        """`/meshfit whatif`."""
        standing = self.teams.card(act.caller)
        ack(**private(whatif.private(self.pack, standing)))

    def press_what_if(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """What if, on the card or on top of my private result."""
        ack()
        caller = act.caller
        if act.in_view:
            mine = self.checklist.result(caller).mine
            view = whatif.view(self.pack, mine)
            client.views_push(trigger_id=act.body["trigger_id"], view=view)
        else:
            respond(**private(whatif.private(self.pack, self.teams.card(caller))))

    def post_what_if(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """Post in the thread."""
        ack()
        caller = act.caller
        standing = self.teams.card(caller)
        said = whatif.posted(self.pack, standing, caller.user)
        delivery.post(client, caller.channel, said, thread_ts=self.cards.ts(client, standing))
        respond(**instead(notice.plain("Posted in the card's thread.")))

    def argue(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Argue the other side, in the card's thread."""
        ack()
        caller = act.caller
        standing = self.teams.card(caller)
        said = detail.argue(self.pack, standing, standing.advice.other_side, caller.user)
        delivery.post(client, caller.channel, said, thread_ts=self.cards.ts(client, standing))

    def go_to_card(self, ack: Ack) -> None:
        """A link; Slack opens it and tells us all the same."""
        ack()

    def calculator(self, ack: Ack, act: Act, client: WebClient) -> None:
        """`/meshfit tax`: begins with the article's example."""
        ack()
        filled = self.checklist.example()[1].answers
        act.opens(client, tax.calculator(self.pack, filled))

    def calculate(self, ack: Ack, act: Act) -> None:
        """Calculate: the sum above the fields; nothing is kept."""
        filled, found = self.checklist.calculate(answering.fields(act.form))
        ack(response_action="update", view=tax.calculator(self.pack, filled, found))

    def example(self, ack: Ack, respond: Respond) -> None:
        """See an example: the pack's first, as a card of nobody's team."""
        ack()
        shown, standing = self.checklist.example()
        respond(**private(card.example(self.pack, standing, shown.situation)))
