"""What a team's answers may rest on: looks at a cluster, incidents that were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from bot.advisor import owing
from bot.advisor.checklist import Checklist
from bot.advisor.desk import Desk
from bot.advisor.gathered import gathered, on_offer
from bot.advisor.given_files import File
from bot.advisor.shown_page import ShownPage
from bot.advisor.team import Teams
from bot.domain.evidence.gathering import exported
from bot.domain.evidence.model import (
    Confirmations,
    Counted,
    Gathered,
    KeptExport,
    KeptLook,
)
from bot.domain.incidents.model import Export
from bot.domain.incidents.suggesting import weighed
from bot.domain.replies import QuestionPage, Shared
from bot.domain.team import Caller
from bot.errors import BadInput, Exchangeable, Refused
from bot.evidence.heads import HEAD, refuse_dump
from bot.evidence.reading import Held, read
from bot.loadtests.uploads import bounded
from bot.store import Database, assessments, confirmed, evidence

WHICH = " “Add incidents” has a field for which of them comes first."
"""After the sentence on dates whose day and month could be exchanged."""

__all__ = ["HEAD", "Gathering", "Held", "refuse_dump"]

GONE = "That evidence was deleted. Add it again: /meshfit evidence."
Kept = KeptLook | KeptExport


class Gathering:
    """Handed over, put to use, offered beside answers; nothing is filled in by itself."""

    def __init__(self, desk: Desk, checklist: Checklist, teams: Teams) -> None:
        self.desk, self.checklist, self.teams = desk, checklist, teams

    def read(self, file: File, *, day_first: bool | None = None) -> Held:
        """What a file says. Raises `NotEvidence` where it is of another kind, else `BadInput`."""
        try:
            reader = partial(read, day_first=day_first)
            return bounded(file.content, reader, "export fewer months")
        except BadInput as bad:
            known = bad.sentence[:1].isupper()
            sentence = bad.sentence if known else f"{file.name} {bad.sentence}"
            raise type(bad)(f"{sentence}{WHICH * isinstance(bad, Exchangeable)}") from None

    def keep(self, caller: Caller, name: str, evidence: Held, *, used: bool) -> Kept | int:
        """Keep what was read: offered, or in use at once; of confirmations how many were taken."""
        with self.desk.store.writing(caller) as db:
            return self._keep(db, caller, (name, evidence), used=used)

    def keep_all(self, caller: Caller, files: Iterable[tuple[str, Held]]) -> list[Kept | int]:
        """The same of several files, in use at once: all of them or none."""
        with self.desk.store.writing(caller) as db:
            return [self._keep(db, caller, each, used=True) for each in files]

    def _keep(
        self, db: Database, caller: Caller, named: tuple[str, Held], *, used: bool
    ) -> Kept | int:
        (name, piece), now = named, self.desk.clock()
        if isinstance(piece, Confirmations):
            return self._confirm(db, caller, piece)
        counted = exported(piece) if isinstance(piece, Export) else piece
        kept = evidence.keep(db, caller, name, counted, now)
        if isinstance(piece, Export):
            counting = (each for each in piece.incidents if each.left_out is None)
            rows = [weighed(self.desk.pack, each) for each in counting]
            confirmed.put(db, caller, kept, rows)
        if used:
            evidence.use(db, caller, kept, now)
            self._shows(db, caller)
        return self._one(db, caller, kept)

    def use(self, caller: Caller, kept: str) -> Kept:
        """Put to use what was offered; raises `Refused` where it is gone."""
        with self.desk.store.writing(caller) as db:
            self._one(db, caller, kept)
            evidence.use(db, caller, kept, self.desk.clock())
            self._shows(db, caller)
            return self._one(db, caller, kept)

    def drop(self, caller: Caller, kept: str) -> Gathered:
        """Delete one piece; answers that were taken from it stay, and say what they rest on."""
        with self.desk.store.writing(caller) as db:
            evidence.drop(db, caller, kept)
            self._shows(db, caller)
        return self.gathered(caller)

    def gathered(self, caller: Caller) -> Gathered:
        """All the evidence of this channel, and what it would answer."""
        with self.desk.store.reading() as db:
            return gathered(self.desk, db, caller)

    def take(self, caller: Caller, question: str) -> Shared | None:
        """Take what was counted as the answer: the team's, or my draft's where none is shared."""
        one = self._offered(caller, question)
        with self.desk.store.reading() as db:
            team = assessments.open_of(db, caller)
        if team is None:
            self.checklist.leave(caller, {question: _raw(one)}, None)
            return None
        return self._noted(caller, one, self.teams.change(caller, {question: _raw(one)}))

    def take_on_page(
        self, caller: Caller, at: ShownPage, raw: Mapping[str, object], question: str
    ) -> tuple[QuestionPage, Shared | None]:
        """The same from a page, whose other fields are kept as far as they can be read."""
        one = self._offered(caller, question)
        filled, shared = {**raw, question: _raw(one)}, None
        if at.mode == "own":
            self.checklist.leave(caller, filled, at.page)
        else:
            changed = self.teams.change(caller, filled, at.marks, strict=False)
            shared = self._noted(caller, one, changed)
        return at.again(self.checklist, caller, question), shared

    def _noted(self, caller: Caller, one: Counted, shared: Shared) -> Shared:
        """Remember which evidence led to a change."""
        if shared.changes is not None and one.source:
            with self.desk.store.writing(caller) as db:
                evidence.changed(db, caller.workspace, one.source, shared.changes.id)
        return shared

    def _offered(self, caller: Caller, question: str) -> Counted:
        with self.desk.store.reading() as db:
            one = on_offer(self.desk, db, caller).get(question)
        if one is None:
            raise Refused("Nothing is counted for that any more. See /meshfit evidence.")
        return one

    def _confirm(self, db: Database, caller: Caller, confirmations: Confirmations) -> int:
        """What was confirmed at a terminal, taken over by whoever hands it over."""
        known = confirmed.of_channel(db, caller)
        taken = [each for each in known if each.incident.id in confirmations.confirmed]
        if not taken:
            raise Refused(
                "These confirmations are of incidents that I don't have here: add the tool's "
                "export first, then this file."
            )
        for each in taken:
            network = confirmations.confirmed[each.incident.id]
            confirmed.say(db, caller, each.incident, network, self.desk.clock())
        return len(taken)

    def _shows(self, db: Database, caller: Caller) -> None:
        """The card says whether its evidence has grown old; edited, where there is one."""
        team = assessments.open_of(db, caller)
        if team is not None and team.card_ts:
            owing.card(db, caller, team.id)

    def _one(self, db: Database, caller: Caller, kept: str) -> Kept:
        kept_one = evidence.by_id(db, caller, kept)
        if kept_one is None:
            raise Refused(GONE)
        return kept_one


def _raw(one: Counted) -> Mapping[str, object]:
    return one.answer.model_dump(exclude_defaults=True)
