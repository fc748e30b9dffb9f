"""Questions: the command, a mention, a direct message, a shortcut on a message, Home."""

from __future__ import annotations

from difflib import get_close_matches

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.advisor import Advisor
from bot.blocks import about_team, ask, ids, notice
from bot.blocks.carried import ViewMeta
from bot.blocks.surfaces import Payload
from bot.domain.search import unread, wordless
from bot.domain.team import Caller
from bot.listeners import payloads, screens
from bot.listeners.act import Act
from bot.listeners.delivery import in_channel, instead, private
from bot.listeners.held import Forged
from bot.listeners.payloads import Body
from bot.listeners.responding import Responder


class AskScreens:
    """One desk method answers them all; only the way back differs."""

    def __init__(self, advisor: Advisor) -> None:
        self.asking, self.telling = advisor.asking, advisor.telling
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
        """`/meshfit do we need a mesh?`: natural words are a question; one word is a slip.

        One in a script that is not read is a question too: no command was meant.
        """
        caller, typed = act.caller, payloads.text(act.body)
        word, rest = payloads.words(act.body)
        nearest = next(iter(get_close_matches(word, notice.WORDS, 1, 0.5)), None)
        many = payloads.asks(act.body) or len(rest.split()) > 1
        if many or unread(typed) or self.asking.courtesy(typed):
            ack(**private(self._said(caller, typed)))
        else:
            ack(**private(notice.unknown(word, nearest)))

    def open_field(self, ack: Ack, act: Act, client: WebClient) -> None:
        """Ask a question: opens the field."""
        ack()
        act.opens(client, ask.question(str(ViewMeta(channel=act.caller.channel))))

    def submit(self, ack: Ack, act: Act) -> None:
        """The field was filled in: the answer stands in its place."""
        answer = self._said(act.caller, act.form.text(ask.FIELD), None)
        ack(response_action="update", view=ask.view(answer))

    def mention(self, event: Body, act: Act) -> None:
        """`@meshfit …`, or a direct message: answered in its thread; "help" and hello too."""
        question, thread = payloads.question(event), payloads.thread_of(event)
        answer = self._said_of_no_question(act.caller, question, thread)
        if answer is not None:
            self.telling.said(act.caller, answer, thread)
        else:
            self.asking.ask(act.caller, question, thread)

    def about_message(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Ask meshfit about this: the message's own text is the question."""
        question = payloads.question(act.body["message"])
        if question:
            respond(**private(self._said(act.caller, question)))
        else:
            respond(**private(notice.plain("That message has no text I could answer.")))
        ack()

    def related(self, ack: Ack, act: Act, client: WebClient, respond: Responder) -> None:
        """A related question, or what was meant after all."""
        met = self.asking.open(act.caller, act.id)
        if not act.in_view:
            respond(**private(ask.reply(self.pack, met, private=True)))
        ack()
        if act.in_view:
            screens.redraw(
                client, act.open_view, ask.view(ask.reply(self.pack, met, private=False))
            )

    def share(self, ack: Ack, act: Act) -> None:
        """Post here: the answer for everyone, saying who asked; once."""
        caller = act.caller
        if not caller.answer_at:
            raise Forged
        answer = ask.shared(self.pack, self.asking.reply(caller, act.id), caller.user)
        thread = (act.body.get("container") or {}).get("thread_ts")
        self.asking.share(caller, act.id, in_channel(answer, thread))
        ack()

    def rate(self, ack: Ack, act: Act, respond: Responder) -> None:
        """Helpful, or not."""
        helpful = act.name == ids.HELPFUL
        caller = act.caller
        self.asking.rate(caller, act.id, helpful=helpful)
        noted = (
            "Noted: helpful." if helpful else "Noted: not helpful. The pack's owner will see it."
        )
        respond(**private(notice.plain(noted)))
        ack()

    def topics(self, ack: Ack) -> None:
        """`/meshfit faq`."""
        ack(**private(ask.topics(self.pack)))

    def topic(self, ack: Ack, act: Act, respond: Responder) -> None:
        """A topic was chosen: its questions."""
        respond(**instead(ask.topics(self.pack, act.id)))
        ack()

    def _said(self, caller: Caller, text: str, thread: str | None = "") -> Payload:
        """A friendly line, the card's word, or an answer; `thread` is empty for one person alone.

        Without a thread (None) nothing can be posted from where it stands.
        """
        answer = self._said_of_no_question(caller, text)
        if answer is not None:
            return answer
        return ask.reply(self.pack, self.asking.ask(caller, text), private=thread == "")

    def _said_of_no_question(self, caller: Caller, text: str, thread: str = "") -> Payload | None:
        """A friendly line or the card's word; None for a question that is kept and answered."""
        if text.lower().strip(" !.?") in ("help", "/meshfit help", "commands"):
            return notice.help_text(self.pack)
        courtesy = self.asking.courtesy(text)
        if courtesy or wordless(text):
            return notice.thanked() if courtesy == "thanks" else notice.greeting(self.pack)
        own = self.asking.about_team(caller, text, thread)
        return None if own is None else about_team.said(self.pack, own[1], own[0])
