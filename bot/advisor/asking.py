"""Questions: met with an answer, with three guesses, or with "I don't know that"."""

from __future__ import annotations

from bot.advisor.desk import Desk
from bot.domain.pack import Entry
from bot.domain.replies import Reply
from bot.domain.team import Caller
from bot.errors import BadInput, Refused
from bot.store import asked

LONGEST = 2000
"""Characters of a question that are kept; nobody asks in more."""


class Asking:
    """Every question is kept with how it was met: so the pack's owner sees what it lacks."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def ask(self, caller: Caller, text: str) -> Reply:
        """Meet a question. Raises `BadInput` when nothing was asked."""
        question = " ".join(text.split())[:LONGEST]
        if not question:
            raise BadInput(
                "What would you like to know? For example: /meshfit ask does a mesh replace an API "
                "gateway?"
            )
        found = self.desk.index.ask(question)
        return self._note(caller, question, found.tier, found.answer, found.related)

    def open(self, caller: Caller, entry: str) -> Reply:
        """Show one entry that somebody chose from a list; raises `Refused` when it is gone."""
        known = self.desk.pack.entries.get(entry)
        if known is None:
            raise Refused("That answer is no longer in the knowledge pack. Ask in your own words.")
        return self._note(caller, known.question, "confident", entry, known.related)

    def reply(self, caller: Caller, asked_id: str) -> Reply:
        """A question that was asked before, with its answer as it reads today."""
        with self.desk.store.reading() as db:
            held = asked.by_id(db, caller.workspace, asked_id)
        if held is None:
            raise Refused("That question was deleted. Ask it again with /meshfit ask.")
        entry = self.desk.pack.entries.get(held.entry or "")
        return Reply(asked=held, answer=entry, near=self._entries(entry.related if entry else ()))

    def claim_sharing(self, caller: Caller, asked_id: str) -> Reply | None:
        """The reply to post for everyone, or None when that was already done."""
        reply = self.reply(caller, asked_id)
        with self.desk.store.writing() as db:
            first = asked.claim_sharing(db, caller.workspace, asked_id)
        return reply if first else None

    def rate(self, caller: Caller, asked_id: str, *, helpful: bool) -> Reply:
        """Store whether an answer helped."""
        with self.desk.store.writing() as db:
            asked.rate(db, caller, asked_id, helpful=helpful, now=self.desk.clock())
        return self.reply(caller, asked_id)

    def _note(
        self, caller: Caller, text: str, tier: str, entry: str | None, near: tuple[str, ...]
    ) -> Reply:
        with self.desk.store.writing() as db:
            noted = asked.note(db, caller, text, (tier, entry), self.desk.clock())
            held = asked.by_id(db, caller.workspace, noted)
        if held is None:
            raise LookupError(noted)
        return Reply(
            asked=held,
            answer=self.desk.pack.entries[entry] if entry else None,
            near=self._entries(near),
        )

    def _entries(self, ids: tuple[str, ...]) -> tuple[Entry, ...]:
        return tuple(self.desk.pack.entries[each] for each in ids if each in self.desk.pack.entries)
