"""What was decided before: the history of a channel, its decision records, and forgetting."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor import owing
from bot.advisor.changing import Changing
from bot.advisor.desk import Desk
from bot.advisor.nominating import nobody_waits
from bot.advisor.recording import filed, follow, proposed, says_the_same
from bot.advisor.rights import Rights
from bot.advisor.round_closing import leave_rounds
from bot.advisor.then import keep_snapshot
from bot.domain.model.record import Record, waits_for_anybody
from bot.domain.pack import Pack
from bot.domain.replies import Erased, Forgotten, Held
from bot.domain.team import Assessment, Caller, Standing, Workspace
from bot.errors import Refused
from bot.store import (
    Database,
    assessments,
    erase,
    evidence,
    forgetting,
    owed,
    records,
    reminders,
    rounds,
    snapshots,
    tripwires,
)


class Records:
    """Reading back, writing down, deleting."""

    def __init__(self, desk: Desk, rights: Rights) -> None:
        self.desk, self.rights, self.changing = desk, rights, Changing(desk)

    def history(self, caller: Caller) -> tuple[Assessment, ...]:
        """The team's shared assessments, newest first, at most twenty."""
        with self.desk.store.reading() as db:
            return assessments.history_of(db, caller)

    def read(self, caller: Caller, assessment: str) -> tuple[Standing, Pack]:
        """One shared assessment, with the pack it is to be read with."""
        with self.desk.store.reading() as db:
            one = assessments.by_id(db, caller.workspace, assessment)
            if one is None or one.status == "draft" or one.channel != caller.channel:
                raise Refused("That assessment was deleted. /meshfit history lists what is kept.")
            return self.desk.standing(db, one), self.desk.pack_of(db, one)

    def record(self, caller: Caller) -> Record:
        """The decision as it stands, ready to be written down.

        Raises `Refused` where there is none, and where the last record says the same already.
        """
        with self.desk.store.reading() as db:
            return self._record(db, caller)

    def _record(self, db: Database, caller: Caller) -> Record:
        last, standing = records.last(db, caller), self.desk.team(db, caller)
        if last is not None and says_the_same(last, standing):
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
        with self.desk.store.writing(caller) as db:
            record = self._record(db, caller)
            records.add(db, caller, filed(record))
            assessment, wires = record.standing.assessment, record.standing.advice.tripwires
            today = self.desk.today(db, caller.workspace)
            tripwires.write(db, caller.workspace, assessment.id, wires, today)
            record = record.model_copy(update={"standing": self.desk.standing(db, assessment)})
            keep_snapshot(db, caller, record.standing, "record", record.number)
            data = {"record": record.model_dump_json()}
            owing.below_card(db, caller, record.standing.assessment, "record", data)
            return record

    def confirm(self, caller: Caller, assessment: str, number: int) -> None:
        """Say in the thread that the decision of a record was taken so.

        Raises `Refused` where it is accepted, where somebody else's word is waited for, and where
        the team said something else since.
        """
        with self.desk.store.writing(caller) as db:
            team = self.desk.team(db, caller)
            waiting = proposed(db, caller, team)
            if waiting is None or (waiting.number, waiting.assessment) != (number, assessment):
                raise Refused(
                    f"Record {number:04} waits for nobody's word any more: it was accepted, or "
                    "something was answered or confirmed since. /meshfit record writes what stands."
                )
            if not waits_for_anybody(team):
                raise Refused("An owner was asked, so the record waits for their word.")
            self.changing.confirm(db, caller, team.assessment)
            follow(self.desk, db, caller, waiting, confirms=True)

    def thread_of(self, caller: Caller, record: Record) -> str | None:
        """The message in whose thread a record belongs; None where there is none any more."""
        with self.desk.store.reading() as db:
            assessment = assessments.by_id(db, caller.workspace, record.standing.assessment.id)
            return assessment.card_ts if assessment else None

    def struck(self, caller: Caller, record: Record) -> None:
        """Take a record out again that could not be posted; its number is free."""
        with self.desk.store.writing(caller) as db:
            records.strike(db, caller, record.number)
            snapshots.strike(db, caller, record.number)

    def entered(self, caller: Caller, record: Record) -> None:
        """Enter a record that was posted."""
        with self.desk.store.writing(caller) as db:
            records.add(db, caller, filed(record))
            keep_snapshot(db, caller, record.standing, "record", record.number)

    def held(self, caller: Caller) -> Held:
        """What this person could delete here."""
        with self.desk.store.reading() as db:
            team = assessments.open_of(db, caller)
            mine = team and caller.user in self.rights.over_team(db, caller, team)
            return Held(
                mine=erase.count_mine(db, caller),
                everywhere=forgetting.count(db, caller),
                team=self.desk.standing(db, team) if team and mine else None,
            )

    def erase_mine(self, caller: Caller) -> Erased:
        """Delete what this person said here."""
        with self.desk.store.writing(caller) as db:
            gone = erase.count_mine(db, caller)
            leave_rounds(db, caller, everywhere=False)
            snapshots.forget(db, caller, everywhere=False)
            erase.mine(db, caller)
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
            leave_rounds(db, caller, everywhere=True)
            touched, boards = forgetting.everything(db, caller)
            every = (assessments.by_id(db, caller.workspace, each) for each in sorted(touched))
            teams = [each for each in every if each is not None and each.status == "open"]
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
        """Delete this very assessment. Raises `NotYours` for whoever may not."""
        with self.desk.store.writing() as db:
            team = assessments.by_id(db, caller.workspace, assessment)
            if team is None or team.channel != caller.channel:
                raise Refused("That assessment was deleted already.")
            self.rights.check_deleting(db, caller, team)
            reminders.drop_subject(db, caller.workspace, team.id)
            nobody_waits(db, caller, team.id)
            assessments.forget(db, caller.workspace, team.id)
            evidence.drop_all(db, caller.workspace, caller.channel)
            rounds.drop_all(db, caller.workspace, caller.channel)
            owed.forget_card(db, caller.workspace, team.id)
            if team.card_ts:
                owed.say(db, caller, "card_deleted", {"ts": team.card_ts})
            return team

    def uninstalling(self, caller: Caller, gone_at: float | None) -> None:
        """Owe the deletion of everything that is held for a workspace."""
        with self.desk.store.writing() as db:
            owed.say_once(db, caller, "purge", f"purge {gone_at}", {"gone_at": gone_at})

    def uninstalled(self, workspace: Workspace, gone_at: float | None) -> None:
        """Delete everything that is held for a workspace, but what it was installed with since."""
        with self.desk.store.writing() as db:
            erase.workspace(db, workspace, gone_at)
