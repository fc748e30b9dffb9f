"""What people asked for: answers to a press, to a question, notices, estimates, records, Home."""

from __future__ import annotations

import json
from collections.abc import Callable

from slack_sdk.errors import SlackApiError

from bot.advisor import Advisor
from bot.blocks import ask, estimate, home, notice
from bot.blocks.words import person
from bot.documents import madr, review
from bot.domain.replies import Record
from bot.errors import Refused
from bot.outbox.posting import Posting
from bot.outbox.refusals import Barred
from bot.store import owed
from bot.store.holding import Due

TOO_LATE = (
    "I could not answer you within the half hour in which Slack takes an answer there. Nothing "
    "that you saved is lost: ask or press once more."
)


class Answers:
    """Said once, each for whoever asked or where they asked."""

    def __init__(self, advisor: Advisor, posting: Posting) -> None:
        self.store, self.pack = advisor.desk.store, advisor.desk.pack
        self.asking, self.estimating, self.records = (
            advisor.asking,
            advisor.estimating,
            advisor.records,
        )
        self.posting, self.reviews = posting, advisor.reviews

    def kinds(self) -> dict[str, Callable[[Due], None]]:
        """Kind → what delivers it."""
        return {
            "answer": self.answer,
            "notice": self.notice,
            "aside": self.aside,
            "late_view": self.late_view,
            "said": self.said,
            "reply": self.reply,
            "estimate": self.estimate,
            "record": self.record,
            "review": self.review,
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
        more = {"thread_ts": due.data["thread"]} if due.data.get("thread") else {}
        try:
            self.posting.post(due, due.person, due.data["message"], **more)
        except (Barred, SlackApiError):
            return  # whoever takes no messages from apps cannot be told that either

    def aside(self, due: Due) -> None:
        """To one person, in the channel where they asked."""
        self.posting.aside(due.channel, due.person, due.data["message"])

    def late_view(self, due: Due) -> None:
        """To one person, in the view that waits for it."""
        self.posting.replace(due.data["view"], external_id=due.data["external_id"])

    def said(self, due: Due) -> None:
        """Words that rest on nothing kept, in a thread."""
        thread = due.data.get("thread")
        more = {"thread_ts": thread} if thread else {}
        self.posting.post(due, due.channel, due.data["message"], **more)

    def reply(self, due: Due) -> None:
        """The answer to a question, in its thread; nothing where the question was deleted since."""
        try:
            met = self.asking.met(due.caller, due.data)
        except Refused:
            return
        said = ask.reply(self.pack, met, private=False)
        self.posting.post(due, due.channel, said, thread_ts=due.data["thread"])

    def estimate(self, due: Due) -> None:
        """The channel's estimate from what was counted last, for everyone."""
        found = self.estimating.again(due.caller, due.data["modes"])
        if found is not None:
            said = estimate.posted(self.pack, found, due.person)
            self.posting.post(due, due.channel, said)

    def record(self, due: Due) -> None:
        """The decision record, as a file in the card's thread; struck out where it cannot stand."""
        record = Record.model_validate_json(due.data["record"])
        thread = self.records.thread_of(due.caller, record)
        if thread is None:  # the card was refused, and that was said
            self.records.struck(due.caller, record)
            return
        try:
            self.posting.upload(
                due.channel,
                thread_ts=thread,
                content=madr.madr(self.pack, record),
                filename=f"{record.number:04}-service-mesh.md",
                title=madr.title(record),
                initial_comment=madr.posted(record),
            )
        except (Barred, SlackApiError):
            self.records.struck(due.caller, record)
            raise

    def review(self, due: Due) -> None:
        """The decision as a page for a review, in the card's thread."""
        try:
            found = self.reviews.review(due.caller)
        except Refused:
            return
        held = found.standing.assessment
        if held.card_ts is None:
            return  # the card was refused, and that was said
        self.posting.upload(
            held.channel,
            thread_ts=held.card_ts,
            content=review.review(self.pack, found),
            filename="service-mesh.html",
            title=review.title(found),
            initial_comment=review.posted(found, person(found.by)),
        )

    def home(self, due: Due) -> None:
        """One person's Home, from what is true now; `channel` is that of their conversation."""
        seen = self.records.home(due.workspace, due.subject)
        self.posting.publish(due.subject, home.tab(seen, json.dumps({"channel": due.channel})))
