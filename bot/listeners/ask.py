"""Questions: the command, a mention, a direct message, a shortcut on a message, Home."""

from __future__ import annotations

from slack_bolt import Ack, BoltContext, Respond
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import ask, ids, notice
from bot.blocks.surfaces import Payload
from bot.domain.team import Caller
from bot.listeners import delivery, payloads, screens
from bot.listeners.delivery import in_channel, instead, private
from bot.listeners.payloads import Body, Meta


class Ask:
    """One desk method answers them all; only the way back differs."""

    def __init__(self, advisor: Advisor) -> None:
        self.asking = advisor.asking
        self.pack = advisor.desk.pack

    def command(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """`/meshfit ask …`; without a question, a field to ask in."""
        caller, question = payloads.caller(context, body), payloads.words(body)[1]
        if not question:
            ack()
            view = ask.question(Meta(channel=caller.channel).model_dump_json())
            client.views_open(trigger_id=body["trigger_id"], view=view)
            return
        met = self.asking.ask(caller, question)
        ack(**private(ask.reply(self.pack, met, private=True)))

    def open_field(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Ask a question: opens the field."""
        ack()
        meta = Meta(channel=payloads.caller(context, body).channel)
        view = ask.question(meta.model_dump_json())
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def submit(self, ack: Ack, body: Body, context: BoltContext) -> None:
        """The field was filled in: the answer stands in its place."""
        met = self.asking.ask(payloads.caller(context, body), payloads.typed(body, ask.FIELD))
        ack(response_action="update", view=ask.view(self.pack, met))

    def mention(self, event: Body, body: Body, context: BoltContext, client: WebClient) -> None:
        """`@meshfit …`: answered in the thread, for everyone in it; "help" and hello too."""
        caller, question = payloads.caller(context, body), payloads.question(event)
        thread = payloads.thread_of(event)
        said = self._small_talk(question) or self._said(caller, question, thread)
        delivery.post(client, caller.channel, said, thread_ts=thread)

    def direct(self, event: Body, body: Body, context: BoltContext, client: WebClient) -> None:
        """A direct message: every one is answered, "help" and hello too."""
        caller, question = payloads.caller(context, body), payloads.question(event)
        thread = payloads.thread_of(event)
        said = self._small_talk(question) or self._said(caller, question, thread)
        delivery.post(client, caller.channel, said, thread_ts=thread)

    def about_message(self, ack: Ack, body: Body, context: BoltContext, respond: Respond) -> None:
        """Ask meshfit about this: the message's own text is the question."""
        ack()
        question = payloads.question(body["message"])
        if not question:
            respond(**private(notice.plain("That message has no text I could answer.")))
            return
        met = self.asking.ask(payloads.caller(context, body), question)
        respond(**private(ask.reply(self.pack, met, private=True)))

    def related(
        self, ack: Ack, body: Body, context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        """A related question, or what was meant after all."""
        ack()
        met = self.asking.open(payloads.caller(context, body), payloads.pressed(body))
        if payloads.from_view(body):
            screens.redraw(client, body, ask.view(self.pack, met))
        else:
            respond(**private(ask.reply(self.pack, met, private=True)))

    def share(self, ack: Ack, body: Body, context: BoltContext, respond: Respond) -> None:
        """Post here: the answer for everyone, saying who asked; once."""
        caller = payloads.caller(context, body)
        met = self.asking.claim_sharing(caller, payloads.pressed(body))
        ack()
        if met is not None:
            thread = (body.get("container") or {}).get("thread_ts")
            respond(**in_channel(ask.shared(self.pack, met, caller.user), thread))

    def rate(self, ack: Ack, body: Body, context: BoltContext, respond: Respond) -> None:
        """Helpful, or not."""
        helpful = payloads.action_of(body) == ids.HELPFUL
        caller = payloads.caller(context, body)
        self.asking.rate(caller, payloads.pressed(body), helpful=helpful)
        ack()
        noted = (
            "Noted: helpful." if helpful else "Noted: not helpful. The pack's owner will see it."
        )
        respond(**private(notice.plain(noted)))

    def topics(self, ack: Ack) -> None:
        """`/meshfit faq`."""
        ack(**private(ask.topics(self.pack)))

    def topic(self, ack: Ack, body: Body, respond: Respond) -> None:
        """A topic was chosen: its questions."""
        ack()
        respond(**instead(ask.topics(self.pack, payloads.pressed(body))))

    def _said(self, caller: Caller, question: str, thread: str) -> Payload:
        return ask.reply(self.pack, self.asking.ask(caller, question, thread), private=False)

    def _small_talk(self, text: str) -> Payload | None:
        """Help and hello; everything else is a question."""
        match text.lower().strip(" !.?"):
            case "help" | "/meshfit help" | "commands":
                return notice.help_text()
            case (
                "" | "hi" | "hello" | "hey" | "start" | "assess" | "hallo" | "thanks" | "thank you"
            ):
                return notice.greeting()
            case _:
                return None
