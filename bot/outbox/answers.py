"""What one person hears: answers to a press, notices; words in a thread; Home."""

from __future__ import annotations

from collections.abc import Callable

from slack_sdk.errors import SlackApiError

from bot.advisor import Advisor
from bot.blocks import home, notice
from bot.outbox.posting import Posting
from bot.outbox.refusals import Barred
from bot.store import owed
from bot.store.owed import Due

TOO_LATE = (
    "I could not answer you within the half hour in which Slack takes an answer there. Nothing "
    "that you saved is lost: ask or press once more."
)


class Answers:
    """Said once, each for whoever asked or where they asked."""

    def __init__(self, advisor: Advisor, posting: Posting) -> None:
        self.store, self.records, self.posting = advisor.desk.store, advisor.records, posting

    def kinds(self) -> dict[str, Callable[[Due], None]]:
        """Kind → what delivers it."""
        return {
            "answer": self.answer,
            "notice": self.notice,
            "aside": self.aside,
            "said": self.said,
            "home": self.home,
        }

    def answer(self, due: Due) -> None:
        """At the address that came with the press; too late for that, a word to them directly."""
        if due.answer_at and self.posting.respond(due.answer_at, due.data["message"]):
            return
        with self.store.noting() as db:
            owed.say(db, due.caller, "notice", {"message": notice.plain(TOO_LATE)})

    def notice(self, due: Due) -> None:
        """To one person, directly."""
        try:
            self.posting.post(due, due.person, due.data["message"])
        except (Barred, SlackApiError):
            return  # whoever takes no messages from apps cannot be told that either

    def aside(self, due: Due) -> None:
        """To one person, in the channel where they asked."""
        self.posting.aside(due.channel, due.person, due.data["message"])

    def said(self, due: Due) -> None:
        """Words that rest on nothing kept, in a thread."""
        thread = due.data.get("thread")
        more = {"thread_ts": thread} if thread else {}
        self.posting.post(due, due.channel, due.data["message"], **more)

    def home(self, due: Due) -> None:
        """One person's Home, from what is true now; `channel` is that of their conversation."""
        seen = self.records.home(due.workspace, due.subject)
        self.posting.publish(due.subject, home.tab(seen, due.data["meta"]))
