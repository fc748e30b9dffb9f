"""What people asked for: answers to a press, to a question, notices, estimates, records, Home."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

from slack_sdk.errors import SlackApiError

from bot.advisor import Advisor
from bot.blocks import ask, estimate, home, notice, records, teams
from bot.blocks.surfaces import Payload
from bot.blocks.words import person
from bot.documents import madr, review
from bot.documents.deciders import people_in
from bot.documents.teams import teams_csv
from bot.domain.model.record import Record, waits_for_anybody
from bot.errors import Refused
from bot.outbox.names import Names
from bot.outbox.posting import FileToShare, Posting
from bot.outbox.refusals import Barred, named
from bot.store import holding, owed
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
        self.posting, self.reviews, self.leading = posting, advisor.reviews, advisor.leading
        self.homes, self.names = advisor.homes, Names(posting, advisor.handles)

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
            "teams_file": self.teams_file,
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
        """To one person, in the view that waits for it; words directly, if they closed it."""
        view = due.data["view"]
        words = notice.words_in(view)
        if not self.posting.replace(view, external_id=due.data["external_id"]) and words:
            with self.store.noting() as db:
                owed.say(db, due.caller, "notice", {"message": notice.plain(words)})
                holding.done(db, due)

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
        answer = ask.reply(self.pack, met, private=False)
        self.posting.post(due, due.channel, answer, thread_ts=due.data["thread"])

    def estimate(self, due: Due) -> None:
        """The channel's estimate from what was counted last, for everyone."""
        estimated = self.estimating.again(due.caller, due.data["modes"])
        if estimated is not None:
            message = estimate.posted(self.pack, estimated, due.person)
            self.posting.post(due, due.channel, message)

    def record(self, due: Due) -> None:
        """The decision record, as a file in the card's thread; struck out where it cannot stand."""
        record = Record.model_validate_json(due.data["record"])
        thread = self.records.thread_of(due.caller, record)
        if thread is None:  # the card was refused, and that was said
            self.records.struck(due.caller, record)
            return
        try:
            file = FileToShare(
                name=f"{record.number:04}-service-mesh.md",
                content=madr.madr(self.pack, record, self._names(due, record)),
                title=madr.title(record),
                comment=madr.posted(record),
            )
            self.posting.upload(due, due.channel, thread, file)
        except Barred:
            if not record.again:
                self.records.struck(due.caller, record)
            raise
        except SlackApiError as refused:
            messages = _in_text(madr.posted(record), madr.madr(self.pack, record),
                                _people(record), named(refused))  # fmt: skip
        else:
            messages = []
        if record.status == "proposed" and waits_for_anybody(record.standing):
            messages.append(records.waits(record))
        self._below(due, thread, messages)

    def _names(self, due: Due, record: Record) -> Mapping[str, str]:
        """Of the people in the file: they stand there beside their ids, and nowhere else."""
        return self.names.of(due.workspace, _people(record))

    def _below(self, due: Due, thread: str, messages: Iterable[Payload]) -> None:
        """One after the other, once: with the word that what led to them was done."""
        with self.store.writing(due.caller) as db:
            for each in messages:
                owed.say(db, due.caller, "said", {"message": each, "thread": thread}, line=due.line)
            holding.done(db, due)

    def review(self, due: Due) -> None:
        """The decision as a page for a review, in the card's thread."""
        try:
            page = self.reviews.review(due.caller)
        except Refused:
            return
        assessment = page.standing.assessment
        if assessment.card_ts is None:
            return  # the card was refused, and that was said
        file = FileToShare(
            name="service-mesh.html",
            content=review.review(
                self.pack, page, self.names.of(due.workspace, review.people_in_review(page))
            ),
            title=review.title(page),
            comment=review.posted(page, person(page.by)),
        )
        self.posting.upload(due, assessment.channel, assessment.card_ts, file)

    def teams_file(self, due: Due) -> None:
        """Where the teams stand as a file, to whoever leads and asked for it."""
        try:
            view = self.leading.teams(due.caller)
        except Refused:
            return  # they lead no more
        text = teams.file_comes(len(view.rows))
        channel, ts = self.posting.direct(due, due.person, text)
        name = f"teams-{view.on.isoformat()}.csv"
        self.posting.upload(due, channel, ts, FileToShare(name, teams_csv(view), name))

    def home(self, due: Due) -> None:
        """One person's Home, from what is true now; `channel` is that of their conversation."""
        seen = self.homes.home(due.workspace, due.subject)
        seen = seen.model_copy(update={"led": self.leading.led(due.workspace, due.subject)})
        self.posting.publish(due.subject, home.tab(seen, json.dumps({"channel": due.channel})))


def _people(record: Record) -> tuple[str, ...]:
    """Whom a record names."""
    return people_in(record.standing, record.confirmed_by or "")


def _in_text(posted: str, file: str, people: Sequence[str], why: str) -> list[Payload]:
    """What would have been in the file, in as many messages as it takes."""
    parts = list(records.pieces(file))
    numbered = [records.piece(each, at, len(parts)) for at, each in enumerate(parts, 1)]
    return [records.in_text(posted, people, why), *numbered]
