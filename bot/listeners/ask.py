"""Questions: the command, a mention, a direct message, a shortcut on a message, Home."""

from __future__ import annotations

from difflib import get_close_matches

from slack_bolt import Ack, BoltContext, Respond
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import about_team, ask, ids, notice
from bot.blocks.surfaces import Payload
from bot.domain.team import Caller
from bot.listeners import delivery, payloads, screens
from bot.listeners.delivery import in_channel, instead, private
from bot.listeners.forms import Form
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
        ack(**private(self._said(caller, question)))

    def natural(self, ack: Ack, body: Body, context: BoltContext) -> None:
        """`/meshfit do we need a mesh?`: natural words are a question; one word is a slip."""
        caller, typed = payloads.caller(context, body), payloads.text(body)
        word, rest = payloads.words(body)
        nearest = next(iter(get_close_matches(word, notice.WORDS, 1, 0.5)), None)
        asks = payloads.asks(body) or len(rest.split()) > 1 or self.asking.courtesy(typed)
        if asks:
            ack(**private(self._said(caller, typed)))
        else:
            ack(**private(notice.unknown(word, nearest)))

    def open_field(self, ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
        """Ask a question: opens the field."""
        ack()
        meta = Meta(channel=payloads.caller(context, body).channel)
        view = ask.question(meta.model_dump_json())
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def submit(self, ack: Ack, body: Body, context: BoltContext) -> None:
        """The field was filled in: the answer stands in its place."""
        said = self._said(payloads.caller(context, body), Form(body).text(ask.FIELD), None)
        ack(response_action="update", view=ask.view(said))

    def mention(self, event: Body, body: Body, context: BoltContext, client: WebClient) -> None:
        """`@meshfit …`: answered in the thread, for everyone in it; "help" and hello too."""
        caller, question = payloads.caller(context, body), payloads.question(event)
        thread = payloads.thread_of(event)
        said = self._said(caller, question, thread)
        delivery.post(client, caller.channel, said, thread_ts=thread)

    def direct(self, event: Body, body: Body, context: BoltContext, client: WebClient) -> None:
        """A direct message: every one is answered, "help" and hello too."""
        caller, question = payloads.caller(context, body), payloads.question(event)
        thread = payloads.thread_of(event)
        said = self._said(caller, question, thread)
        delivery.post(client, caller.channel, said, thread_ts=thread)

    def about_message(self, ack: Ack, body: Body, context: BoltContext, respond: Respond) -> None:
        """Ask meshfit about this: the message's own text is the question."""
        ack()
        question = payloads.question(body["message"])
        if not question:
            respond(**private(notice.plain("That message has no text I could answer.")))
            return
        respond(**private(self._said(payloads.caller(context, body), question)))

    def related(
        self, ack: Ack, body: Body, context: BoltContext, client: WebClient, respond: Respond
    ) -> None:
        """A related question, or what was meant after all."""
        ack()
        met = self.asking.open(payloads.caller(context, body), payloads.pressed(body))
        if payloads.from_view(body):
            screens.redraw(client, body, ask.view(ask.reply(self.pack, met, private=False)))
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

    def _said(self, caller: Caller, text: str, thread: str | None = "") -> Payload:
        """A friendly line, the card's word, or an answer; `thread` is empty for one person alone.

        Without a thread (None) nothing can be posted from where it stands.
        """
        if text.lower().strip(" !.?") in ("help", "/meshfit help", "commands"):
            return notice.help_text()
        courtesy = self.asking.courtesy(text)
        if courtesy or not text.strip(" !.?"):
            return notice.thanked() if courtesy == "thanks" else notice.greeting()
        own = self.asking.about_team(caller, text)
        if own is not None:
            return about_team.said(self.pack, own[1], own[0])
        met = self.asking.ask(caller, text, thread or "")
        return ask.reply(self.pack, met, private=thread == "")
