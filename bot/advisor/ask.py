"""Questions: met with an answer, with "I think you mean", or with "I don't know that"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.advisor.desk import Desk
from bot.domain.pack import Aspect, Entry
from bot.domain.replies import Reply
from bot.domain.search import Courtesy, MessageAnswer
from bot.domain.team import Asked, Caller, Standing
from bot.errors import BadInput, Refused
from bot.store import asked, assessments, owed

OF_A_CARD: tuple[Aspect, ...] = ("again", "outcome", "answers", "missing")
"""What nothing but a team's card can tell."""
LONGEST = 2000
"""Characters of a question that are kept; nobody asks in more."""


class Asking:
    """Every question is kept with how it was met: so the pack's owner sees what it lacks."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def ask(self, caller: Caller, text: str, thread: str = "") -> Reply:
        """Meet a question; one that goes on from the one before in its `thread` is read so.

        Raises `BadInput` when nothing was asked.
        """
        question = " ".join(text.split())[:LONGEST]
        if not question:
            raise BadInput(
                "What would you like to know? For example: /meshfit ask does a mesh replace an API "
                "gateway?"
            )
        answer = self.desk.index.ask(question, self._answered_last(caller, thread))
        return self._note(caller, question, answer, thread)

    def about_team(
        self, caller: Caller, text: str, thread: str = ""
    ) -> tuple[Aspect, Standing | None] | None:
        """What of the team's own card is asked for, and how that stands.

        In a channel without a card only what nothing else could tell, without a standing. A mere
        "why?" below an answer is asked of that answer; without a card "what now?" is, too.
        """
        aspect = self.desk.index.about_team(text)
        if aspect is None:
            return None
        below = self._answered_last(caller, thread) is not None
        if below and self.desk.index.asks_on(text):
            return None
        with self.desk.store.reading() as db:
            team = assessments.open_of(db, caller)
            standing = self.desk.standing(db, team) if team else None
        told = aspect in OF_A_CARD and not (below and aspect == "missing")
        return (aspect, standing) if standing or told else None

    def courtesy(self, text: str) -> Courtesy | None:
        """Which friendly line a text is met with, if it is no question."""
        return self.desk.index.manners.courtesy(text)

    def open(self, caller: Caller, entry: str) -> Reply:
        """Show one entry that somebody chose from a list; raises `Refused` when it is gone."""
        known = self.desk.pack.entries.get(entry)
        if known is None:
            raise Refused("That answer is no longer in the knowledge pack. Ask in your own words.")
        return self._note(
            caller, known.question, MessageAnswer("sure", entry, 1.0, known.related), ""
        )

    def reply(self, caller: Caller, asked_id: str) -> Reply:
        """A question that was asked before, with its answer as it reads today."""
        with self.desk.store.reading() as db:
            question = asked.by_id(db, caller, asked_id)
        if question is None:
            raise Refused("That question was deleted. Ask it again with /meshfit ask.")
        entry = self.desk.pack.entries.get(question.entry or "")
        return Reply(
            asked=question, answer=entry, near=self._entries(entry.related if entry else ())
        )

    def share(self, caller: Caller, asked_id: str, message: Mapping[str, Any]) -> None:
        """Owe an answer to everyone, where it was asked; nothing when that was already done."""
        with self.desk.store.writing(caller) as db:
            if asked.claim_sharing(db, caller.workspace, asked_id):
                owed.say(db, caller, "answer", {"message": message})

    def rate(self, caller: Caller, asked_id: str, *, helpful: bool) -> Reply:
        """Store whether an answer helped."""
        reply = self.reply(caller, asked_id)
        with self.desk.store.writing(caller) as db:
            asked.rate(db, caller, asked_id, helpful=helpful, now=self.desk.clock())
        return reply

    def _answered_last(self, caller: Caller, thread: str) -> str | None:
        """The entry that a thread is about: answered last, or gone on from since."""
        if not thread:
            return None
        with self.desk.store.reading() as db:
            latest = asked.latest(db, caller, thread)
        last: str | None = None
        for text, entry in reversed(latest):
            last = entry or (last if last and self.desk.index.ask(text, last).goes_on else None)
        return last

    def _note(self, caller: Caller, text: str, answer: MessageAnswer, thread: str) -> Reply:
        question = Asked(
            **caller.model_dump(exclude={"answer_at"}),
            id="",
            text=text,
            tier=answer.tier,
            entry=answer.answer,
            at=self.desk.clock(),
            thread=thread,
        )
        with self.desk.store.writing(caller) as db:
            noted = asked.note(db, question)
            data = {
                "asked": noted.id,
                "near": list(answer.related),
                "also": answer.also.answer if answer.also else None,
                "story": answer.story,
                "goes_on": answer.goes_on,
                "unmet": list(answer.unmet),
                "thread": thread,
            }
            if thread:
                owed.say(db, caller, "reply", data)
        self.desk.noted("question", answer.tier)
        return self._reply(noted, data)

    def met(self, caller: Caller, data: Mapping[str, Any]) -> Reply:
        """How a question was met, to be said in its thread; raises `Refused` when it is gone."""
        return self._reply(self.reply(caller, data["asked"]).asked, data)

    def _reply(self, question: Asked, data: Mapping[str, Any]) -> Reply:
        entries = self.desk.pack.entries
        return Reply(
            asked=question,
            answer=entries.get(question.entry or ""),
            near=self._entries(tuple(data["near"])),
            also=entries.get(data["also"] or ""),
            story=data["story"],
            goes_on=data.get("goes_on", False),
            unmet=tuple(data.get("unmet", ())),
        )

    def _entries(self, ids: tuple[str, ...]) -> tuple[Entry, ...]:
        return tuple(self.desk.pack.entries[each] for each in ids if each in self.desk.pack.entries)
