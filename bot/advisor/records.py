"""What was decided before: the history of a channel, its decision records, and forgetting."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor import owing
from bot.advisor.desk import Desk
from bot.domain.pack import Pack
from bot.domain.replies import Erased, Forgotten, Held, HomeTab, Record
from bot.domain.team import Assessment, Caller, FiledRecord, Standing, Workspace
from bot.errors import Refused
from bot.store import Database, assessments, erase, evidence, forgetting, owed, records


class Records:
    """Reading back, writing down, deleting."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def history(self, caller: Caller) -> tuple[Assessment, ...]:
        """The team's shared assessments, newest first, at most twenty."""
        with self.desk.store.reading() as db:
            return assessments.history_of(db, caller)

    def read(self, caller: Caller, assessment: str) -> tuple[Standing, Pack]:
        """One shared assessment, with the pack it is to be read with."""
        with self.desk.store.reading() as db:
            held = assessments.by_id(db, caller.workspace, assessment)
            if held is None or held.status == "draft" or held.channel != caller.channel:
                raise Refused("That assessment was deleted. /meshfit history lists what is kept.")
            return self.desk.standing(db, held), self.desk.pack_of(db, held)

    def record(self, caller: Caller) -> Record:
        """The decision as it stands, ready to be written down.

        Raises `Refused` where there is none, and where the last record says the same already.
        """
        with self.desk.store.reading() as db:
            return self._record(db, caller)

    def _record(self, db: Database, caller: Caller) -> Record:
        last, standing = records.last(db, caller), self.desk.team(db, caller)
        if last is not None and _says_the_same(last, standing):
            raise Refused(
                f"Record {last.number:04} of {last.at:%-d %b %Y} says this already: nothing was "
                "answered or confirmed since."
            )
        return Record(
            number=last.number + 1 if last else 1,
            by=caller.user,
            at=self.desk.clock(),
            supersedes=last,
            standing=standing,
        )

    def write(self, caller: Caller) -> Record:
        """Enter the decision as it stands, and owe its file to the card's thread."""
        with self.desk.store.writing() as db:
            record = self._record(db, caller)
            records.add(db, caller, _filed(record))
            said = {"record": record.model_dump_json()}
            owing.below_card(db, caller, record.standing.assessment, "record", said)
            return record

    def thread_of(self, caller: Caller, record: Record) -> str | None:
        """The message in whose thread a record belongs; None where there is none any more."""
        with self.desk.store.reading() as db:
            held = assessments.by_id(db, caller.workspace, record.standing.assessment.id)
            return held.card_ts if held else None

    def struck(self, caller: Caller, record: Record) -> None:
        """Take a record out again that could not be posted; its number is free."""
        with self.desk.store.writing() as db:
            records.strike(db, caller, record.number)

    def entered(self, caller: Caller, record: Record) -> None:
        """Enter a record that was posted."""
        with self.desk.store.writing() as db:
            records.add(db, caller, _filed(record))

    def held(self, caller: Caller) -> Held:
        """What this person could delete here."""
        with self.desk.store.reading() as db:
            team = assessments.open_of(db, caller)
            return Held(
                mine=erase.count_mine(db, caller),
                everywhere=forgetting.count(db, caller),
                team=self.desk.standing(db, team)
                if team and team.started_by == caller.user
                else None,
            )

    def erase_mine(self, caller: Caller) -> Erased:
        """Delete what this person said here."""
        with self.desk.store.writing() as db:
            gone = erase.mine(db, caller)
            team = assessments.open_of(db, caller)
            if team is None:
                return Erased(gone=gone)
            return self._left(db, caller, team, gone)

    def _left(
        self, db: Database, caller: Caller, team: Assessment, gone: Mapping[str, int]
    ) -> Erased:
        """The team without what somebody deleted, its outcome noted as the one last shown."""
        left = self.desk.standing(db, team)
        shown = {"outcome": left.advice.outcome, "title": left.advice.title}
        touched = {"touched_at": self.desk.clock()} if gone else {}
        assessments.update(db, team.workspace, team.id, **shown, **touched)
        turned = team.outcome not in (None, left.advice.outcome)
        if team.card_ts:
            owing.card(db, caller, team.id)
        if team.card_ts and turned:
            owing.below_card(db, caller, team, "withdrawn", {"before": team.title})
        return Erased(gone=gone, left=left, before=team.title if turned else None)

    def erase_everywhere(self, caller: Caller) -> Forgotten:
        """Delete everything about this person in the workspace, save what teams' records need."""
        with self.desk.store.writing() as db:
            gone = forgetting.count(db, caller)
            touched, boards = forgetting.everything(db, caller)
            held = (assessments.by_id(db, caller.workspace, each) for each in sorted(touched))
            teams = [each for each in held if each is not None and each.status == "open"]
            nobody = {"user": "", "answer_at": ""}
            left = tuple(
                self._left(db, self._in(caller, each.channel, **nobody), each, gone)
                for each in teams
            )
            for pilot, channel in boards.items():
                owing.board(db, self._in(caller, channel, **nobody), pilot)
            return Forgotten(gone=gone, teams=left, pilots=boards)

    def _in(self, caller: Caller, channel: str, **more: str) -> Caller:
        return caller.model_copy(update={"channel": channel, **more})

    def settle(self) -> None:
        """Let what was deleted leave the database's file and its log."""
        self.desk.store.settle()

    def erase_team(self, caller: Caller, assessment: str) -> Assessment:
        """Delete this very assessment; only who started it may. Raises `Refused` otherwise."""
        with self.desk.store.writing() as db:
            team = assessments.by_id(db, caller.workspace, assessment)
            if team is None or team.channel != caller.channel:
                raise Refused("That assessment was deleted already.")
            if team.started_by != caller.user:
                raise Refused("Only the person who started this assessment can delete it.")
            assessments.forget(db, caller.workspace, team.id)
            evidence.drop_all(db, caller.workspace, caller.channel)
            owed.forget_card(db, caller.workspace, team.id)
            if team.card_ts:
                owed.say(db, caller, "card_deleted", {"ts": team.card_ts})
            return team

    def uninstalling(self, caller: Caller) -> None:
        """Owe the deletion of everything that is held for a workspace."""
        with self.desk.store.writing() as db:
            owed.say_once(db, caller, "purge", "purge")

    def uninstalled(self, workspace: Workspace) -> None:
        """Delete everything that is held for a workspace."""
        with self.desk.store.writing() as db:
            erase.workspace(db, workspace)

    def home(self, workspace: Workspace, user: str) -> HomeTab:
        """What one person's Home tab shows."""
        with self.desk.store.reading() as db:
            mine = self._with(db, workspace, user)
        teams = tuple(each for each in mine if each.assessment.status == "open")
        now = self.desk.clock()
        return HomeTab(
            user=user,
            teams=teams,
            due=tuple(each for each in teams if each.look_again_at and each.look_again_at <= now),
            drafts=tuple(each for each in mine if each.assessment.status == "draft"),
            waiting=tuple(each for each in teams if _waits_for(each, user)),
        )

    def _with(self, db: Database, workspace: Workspace, user: str) -> tuple[Standing, ...]:
        held = assessments.with_person(db, workspace, user)
        return tuple(self.desk.standing(db, each) for each in held)


def _filed(record: Record) -> FiledRecord:
    """What the ledger keeps of a record."""
    return FiledRecord(
        number=record.number,
        assessment=record.standing.assessment.id,
        outcome=record.standing.advice.outcome,
        at=record.at,
        by=record.by,
        title=record.standing.advice.headline,
    )


def _says_the_same(last: FiledRecord, standing: Standing) -> bool:
    """Whether nothing happened to an assessment since its record was written."""
    held = standing.assessment
    since = max(held.touched_at, held.confirmed_at or held.touched_at)
    same = (last.assessment, last.title) == (held.id, standing.advice.headline)
    return same and since <= last.at


def _waits_for(standing: Standing, user: str) -> bool:
    return standing.assessment.owner_asked == user
