"""Questions: the command, a mention, a direct message, a shortcut on a message, Home."""

from __future__ import annotations

from difflib import get_close_matches

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import about_team, ask, ids, notice
from bot.blocks.surfaces import Payload
from bot.domain.team import Caller
from bot.listeners import delivery, payloads, screens
from bot.listeners.act import Act
from bot.listeners.carried import ViewMeta
from bot.listeners.delivery import in_channel, instead, private
from bot.listeners.payloads import Body


class Ask:
    """One desk method answers them all; only the way back differs."""

    def __init__(self, advisor: Advisor) -> None:
        self.asking = advisor.asking
        self.pack = advisor.desk.pack

    def command(self, ack: Ack, act: Act, client: WebClient) -> None:
        """`/meshfit ask …`; without a question, a field to ask in."""
        caller, question = act.caller, payloads.words(act.body)[1]
        if not question:
            ack()
            view = ask.question(str(ViewMeta(channel=caller.channel)))
            act.opens(client, view)
            return
        ack(**private(self._said(caller, question)))

    def natural(self, ack: Ack, act: Act) -> None:
        """`/meshfit do we need a mesh?`: natural words are a question; one word is a slip."""
        caller, typed = act.caller, payloads.text(act.body)
        word, rest = payloads.words(act.body)
        nearest = next(iter(get_close_matches(word, notice.WORDS, 1, 0.5)), None)
        asks = payloads.asks(act.body) or len(rest.split()) > 1 or self.asking.courtesy(typed)
        if asks:
            ack(**private(self._said(caller, typed)))
        else:
            ack(**private(notice.unknown(word, nearest)))

    def open_field(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Ask a question: opens the field."""
        ack()
        act.opens(client, ask.question(str(ViewMeta(channel=act.caller.channel))))

    def submit(self, ack: Ack, act: Act) -> None:
        """The field was filled in: the answer stands in its place."""
        said = self._said(act.caller, act.form.text(ask.FIELD), None)
        ack(response_action="update", view=ask.view(said))

    def mention(self, event: Body, act: Act, client: WebClient) -> None:
        """`@meshfit …`: answered in the thread, for everyone in it; "help" and hello too."""
        caller, question = act.caller, payloads.question(event)
        thread = payloads.thread_of(event)
        said = self._said(caller, question, thread)
        delivery.post(client, caller.channel, said, thread_ts=thread)

    def direct(self, event: Body, act: Act, client: WebClient) -> None:
        """A direct message: every one is answered, "help" and hello too."""
        caller, question = act.caller, payloads.question(event)
        thread = payloads.thread_of(event)
        said = self._said(caller, question, thread)
        delivery.post(client, caller.channel, said, thread_ts=thread)

    def about_message(self, ack: Ack, act: Act, respond: Respond) -> None:
        """Ask meshfit about this: the message's own text is the question."""
        ack()
        question = payloads.question(act.body["message"])
        if not question:
            respond(**private(notice.plain("That message has no text I could answer.")))
            return
        respond(**private(self._said(act.caller, question)))

    def related(self, ack: Ack, act: Act, client: WebClient, respond: Respond) -> None:
        """A related question, or what was meant after all."""
        ack()
        met = self.asking.open(act.caller, act.id)
        if act.in_view:
            screens.redraw(client, act, ask.view(ask.reply(self.pack, met, private=False)))
        else:
            respond(**private(ask.reply(self.pack, met, private=True)))

    def share(self, ack: Ack, act: Act, respond: Respond) -> None:
        """Post here: the answer for everyone, saying who asked; once."""
        caller = act.caller
        met = self.asking.claim_sharing(caller, act.id)
        ack()
        if met is not None:
            thread = (act.body.get("container") or {}).get("thread_ts")
            respond(**in_channel(ask.shared(self.pack, met, caller.user), thread))

    def rate(self, ack: Ack, act: Act, respond: Respond) -> None:
        """Helpful, or not."""
        helpful = act.name == ids.HELPFUL
        caller = act.caller
        self.asking.rate(caller, act.id, helpful=helpful)
        ack()
        noted = (
            "Noted: helpful." if helpful else "Noted: not helpful. The pack's owner will see it."
        )
        respond(**private(notice.plain(noted)))

    def topics(self, ack: Ack) -> None:
        """`/meshfit faq`."""
        ack(**private(ask.topics(self.pack)))

    def topic(self, ack: Ack, act: Act, respond: Respond) -> None:
        """A topic was chosen: its questions."""
        ack()
        respond(**instead(ask.topics(self.pack, act.id)))

    def _said(self, caller: Caller, text: str, thread: str | None = "") -> Payload:
        """A friendly line, the card's word, or an answer; `thread` is empty for one person alone.

        Without a thread (None) nothing can be posted from where it stands.
        """
        if text.lower().strip(" !.?") in ("help", "/meshfit help", "commands"):
            return notice.help_text(self.pack)
        courtesy = self.asking.courtesy(text)
        if courtesy or not text.strip(" !.?"):
            return notice.thanked() if courtesy == "thanks" else notice.greeting(self.pack)
        own = self.asking.about_team(caller, text)
        if own is not None:
            return about_team.said(self.pack, own[1], own[0])
        met = self.asking.ask(caller, text, thread or "")
        return ask.reply(self.pack, met, private=thread == "")
