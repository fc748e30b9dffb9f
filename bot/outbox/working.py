"""Work that takes a while: files that are fetched and read, a workspace that is forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

from bot.advisor import Advisor
from bot.advisor.drilled_callers import callers_in
from bot.advisor.evidence import Held, Kept
from bot.advisor.given_files import BesideFiles, File, Spot, read_file
from bot.blocks import adding, drills, measure, notice, sent
from bot.blocks.carried import ChooseMeta, KeptSide, SpotMeta
from bot.blocks.steps import step
from bot.blocks.surfaces import Payload
from bot.blocks.words import escaped
from bot.domain.pilot.model import Compared, DrillSeen, ToChoose
from bot.domain.replies import OpenedForm
from bot.domain.runs.model import Resources, Run
from bot.errors import MeshfitError, NotAResult, NotEvidence
from bot.outbox import files
from bot.outbox.posting import Posting
from bot.store import Database, deliveries, holding, imports, owed
from bot.store.holding import Due
from bot.store.owed import Data

STILL = timedelta(seconds=10)
"""Whoever waits for longer is told once that it goes on."""


class Working:
    """Each is done once: what it comes to is written with the word that it was done."""

    def __init__(self, advisor: Advisor, posting: Posting) -> None:
        self.choosing, self.measuring = advisor.choosing, advisor.measuring
        self.gathering, self.records = advisor.gathering, advisor.records
        self.store, self.clock = advisor.desk.store, advisor.desk.clock
        self.pack, self.posting = advisor.desk.pack, posting

    def kinds(self) -> dict[str, Callable[[Due], None]]:
        """Kind → what does it."""
        return {
            "file": self.file,
            "shared_file": self.shared_file,
            "file_unsaid": lambda due: self._say(due, notice.plain(notice.INTERRUPTED)),
            "dropped": self._form(self._runs),
            "dropped_evidence": self._form(self._evidence),
            "dropped_callers": self._form(self._callers),
            "dropped_unshown": self.show,
            "purge": self.purge,
        }

    def purge(self, due: Due) -> None:
        """Forget a workspace that is gone, in the file too."""
        self.records.uninstalled(due.workspace, due.data.get("gone_at"))
        self.records.settle()

    def file(self, due: Due) -> None:
        """A file that was sent to the bot: read, and offered; a fault is said."""
        still = {"message": notice.plain(notice.STILL), "thread": due.data["thread"]}
        with self.store.noting() as db:
            later = self.clock() + STILL
            owed.say_once(db, due.caller, "said", f"{due.id}:still", still, not_before=later)
        try:
            (file,) = files.fetch(self.posting.client, [due.data["file"]])
            self._take(due, file, results=True)
        except MeshfitError as bad:
            self._say_first(due, notice.plain(escaped(bad.sentence, 1500)))

    def shared_file(self, due: Due) -> None:
        """A file that somebody shared without a word: offered where it is of use."""
        client, data = self.posting.client, due.data
        shared = files.in_threads(client, data["file"]["id"], due.channel, data["threads"])
        if shared is None or files.is_media(shared[0]):
            return
        here = due._replace(data={**data, "thread": shared[1]})
        try:
            (file,) = files.fetch(client, [shared[0]])
            self._take(here, file, results=shared[1] == data["pilot"])
        except (NotAResult, NotEvidence):
            return
        except MeshfitError as bad:
            self._say_first(here, notice.plain(escaped(bad.sentence, 1500)))

    def _take(self, due: Due, file: File, *, results: bool) -> None:
        """Evidence is known at once, everything else may be a result."""
        try:
            evidence = self.gathering.read(file)
        except NotEvidence:
            if not results:
                raise
            read = read_file(file)
            self._end(due, lambda db: self._offer(db, due, file, read))
            return
        if self._is_first(due):
            self._say(due, self._kept(due, file, evidence))

    def _is_first(self, due: Due) -> bool:
        """Whether the file was not met yet: a mention with it is an event too."""
        with self.store.writing(due.caller) as db:
            first = self._first(db, due)
            if first:
                holding.becomes(db, due, "file_unsaid", {"thread": due.data["thread"]})
        return first

    def _first(self, db: Database, due: Due) -> bool:
        key = f"{due.channel} {due.data['thread']} {due.data['file']['id']}"
        owed.unsay(db, due.workspace, f"{due.id}:still")
        return deliveries.first_seen(db, due.workspace, key, self.clock())

    def _kept(self, due: Due, file: File, evidence: Held) -> Payload:
        try:
            kept = self.gathering.keep(due.caller, file.name, evidence, used=False)
        except MeshfitError as bad:
            return notice.plain(escaped(bad.sentence, 1500))
        if isinstance(kept, int):
            return adding.taken_over(kept, due.person)
        return adding.offer(kept)

    def _say(self, due: Due, payload: Payload) -> None:
        with self.store.writing(due.caller) as db:
            thread = due.data["thread"]
            owed.say(db, due.caller, "said", {"message": payload, "thread": thread})
            holding.done(db, due)

    def _say_first(self, due: Due, payload: Payload) -> None:
        self._end(due, lambda _: payload)

    def _end(self, due: Due, words: Callable[[Database], Payload]) -> None:
        """Say it in the thread, once however the file came."""
        with self.store.writing(due.caller) as db:
            if self._first(db, due):
                data = {"message": words(db), "thread": due.data["thread"]}
                owed.say(db, due.caller, "said", data)
            holding.done(db, due)

    def _offer(
        self, db: Database, due: Due, file: File, read: tuple[Run, ...] | Resources
    ) -> Payload:
        if isinstance(read, Resources):
            return sent.usage(file.name, read)
        kept = imports.keep(db, due.caller, (file.name, read), self.clock())
        return sent.offer(file.name, read, kept)

    def _form(self, work: Callable[[Due], Payload]) -> Callable[[Due], None]:
        """What a form waits for, shown in it; after an interruption it says so."""

        def deliver(due: Due) -> None:
            left = {"view": due.data["view"]}
            with self.store.along(lambda db: holding.becomes(db, due, "dropped_unshown", left)):
                left["shown"] = work(due)
            with self.store.noting() as db:
                holding.becomes(db, due, "dropped_unshown", left)
            self.show(due._replace(data=left))

        return deliver

    def show(self, due: Due) -> None:
        """What became of files that were dropped into a form; after an interruption, that."""
        shown = due.data.get("shown") or notice.view(notice.INTERRUPTED)
        self.posting.replace(shown, view_id=due.data["view"][0])

    def _runs(self, due: Due) -> Payload:
        """Runs of either side: compared, or to be chosen among first."""
        data, spot = due.data, Spot(*due.data["spot"])
        quantity, anew, *again = data["asked"]
        asked = BesideFiles(quantity, OpenedForm.model_validate(anew) if anew else None, *again)
        client = self.posting.client
        try:
            handed_in = {side: files.fetch(client, each) for side, each in data["files"].items()}
            result = self.choosing.add_files(due.caller, data["pilot"], spot, handed_in, asked)
        except MeshfitError as bad:
            return measure.unread(bad.sentence)
        if isinstance(result, ToChoose):
            return step(sent.choose(result), 0, _waiting(data, result))
        return measure.found(result, _carries(data, result))

    def _evidence(self, due: Due) -> Payload:
        """Nothing is kept where one of the files cannot be used."""
        day_first = due.data["day_first"]
        try:
            handed_in = files.fetch(self.posting.client, due.data["files"])
            named = [
                (each.name, self.gathering.read(each, day_first=day_first)) for each in handed_in
            ]
            kept = self.gathering.keep_all(due.caller, named)
        except MeshfitError as bad:
            return adding.unread(bad.sentence)
        pieces: tuple[Kept, ...] = tuple(each for each in kept if not isinstance(each, int))
        over = sum(each for each in kept if isinstance(each, int))
        return adding.added(pieces, over, due.data["view"][1])

    def _callers(self, due: Due) -> Payload:
        """A drill with the callers of a file; nothing is recorded where it cannot be read."""
        data = due.data
        seen, opened = (
            DrillSeen.model_validate(data["seen"]),
            OpenedForm.model_validate(data["opened"]),
        )
        try:
            (file,) = files.fetch(self.posting.client, data["files"])
            whole = seen.model_copy(update={"callers": callers_in(file)})
            _, result = self.measuring.record_drill(due.caller, data["pilot"], whole, opened)
        except MeshfitError as bad:
            return measure.unread(bad.sentence)
        return drills.done(self.pack, result)


def _carries(data: Data, result: Compared) -> str:
    """What the form carries from now on: it shows all that was written until now."""
    meant = SpotMeta.model_validate_json(data["view"][1])
    return str(meant.model_copy(update={"written": result.dossier.board.written}))


def _waiting(data: Data, choice: ToChoose) -> ChooseMeta:
    """The files travel with the view by their ids, so that they are not fetched again."""
    kept = tuple(KeptSide(side=side, file=file.id) for side, file in choice.files)
    meant = json.loads(data["view"][1])
    return ChooseMeta(**meant, files=kept, anew=bool(data["asked"][1]))
