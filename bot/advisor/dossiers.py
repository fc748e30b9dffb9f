"""A pilot's dossier, read together in one look."""

from __future__ import annotations

from bot.advisor.desk import Desk
from bot.advisor.rights import SEALING, Rights
from bot.domain.estimate import estimate
from bot.domain.estimate.model import Estimate
from bot.domain.metric import smell
from bot.domain.model import Goal, Reached
from bot.domain.pilot.goal import goal_of
from bot.domain.pilot.model import (
    Clock,
    Dossier,
    DrillResult,
    Measurement,
    Plan,
    PolicyException,
    Seal,
)
from bot.domain.pilot.ownership import owner_remarks
from bot.domain.pilot.plan import aim_of, plan_remarks
from bot.domain.pilot.replacing import broken_told
from bot.domain.pilot.steps import steps_known
from bot.domain.pilot.verdict import verdict
from bot.domain.team import Caller, PilotBoard, Standing
from bot.errors import Refused
from bot.store import Database, assessments, estimates, nominations, pilot_log, pilots


class Dossiers:
    """Reads dossiers; every journey of the pilot begins and ends with one."""

    def __init__(self, desk: Desk, rights: Rights) -> None:
        self.desk, self.rights = desk, rights

    def of(self, caller: Caller, pilot: str) -> Dossier:
        """The dossier of one pilot; raises `Refused` when it was deleted."""
        with self.desk.store.reading() as db:
            return self.read(db, caller, pilot)

    def here(self, caller: Caller) -> Dossier:
        """The dossier of the channel's pilot; raises `Refused` where there is none."""
        with self.desk.store.reading() as db:
            return self.of_team(db, caller)

    def if_any(self, caller: Caller) -> Dossier | None:
        """The dossier of the channel's pilot; None where there is none."""
        with self.desk.store.reading() as db:
            board = pilots.of_team(db, caller)
            return self._gather(db, board) if board else None

    def within_reach(self, caller: Caller) -> tuple[Dossier, ...]:
        """The open pilots with services: the channel's, else those in which this person took part.

        Raises `Refused` where there is none.
        """
        with self.desk.store.reading() as db:
            here = pilots.open_of_team(db, caller)
            boards = [here] if here else pilots.with_person(db, caller.workspace, caller.user)
            dossiers = tuple(self._gather(db, each) for each in boards)
        if planned := tuple(each for each in dossiers if each.plan.services):
            return planned
        raise Refused(
            "No pilot with services to measure yet: /meshfit pilot opens the channel's checklist, "
            "and Plan names them."
        )

    def reached(self, caller: Caller, pilot: str) -> Caller:
        """The same person in the channel of a pilot within their reach; raises `Refused`."""
        for each in self.within_reach(caller):
            if each.board.id == pilot:
                return caller.model_copy(update={"channel": each.board.channel})
        raise Refused("You take no part in that pilot, so nothing was added to it.")

    def there(self, db: Database, caller: Caller, pilot: str) -> Caller:
        """The same person in the channel of a pilot that asks them, wherever they answer."""
        channel = pilots.channel_of(db, caller.workspace, pilot)
        return caller.model_copy(update={"channel": channel or caller.channel})

    def open_thread(self, caller: Caller) -> str:
        """The message whose thread belongs to the channel's open pilot; empty without one."""
        with self.desk.store.reading() as db:
            here = pilots.open_of_team(db, caller)
        return (here and here.card_ts) or ""

    def card_thread(self, caller: Caller) -> str:
        """The card's message, whose thread belongs to it; empty where there is none."""
        with self.desk.store.reading() as db:
            team = assessments.open_of(db, caller)
        return (team and team.card_ts) or ""

    def of_team(self, db: Database, caller: Caller) -> Dossier:
        """The dossier of the channel's pilot inside a transaction."""
        board = pilots.of_team(db, caller)
        if board is None:
            raise Refused("This channel has no pilot yet. /meshfit pilot opens its checklist.")
        return self._gather(db, board)

    def read(self, db: Database, caller: Caller, pilot: str) -> Dossier:
        """The dossier inside a transaction."""
        board = pilots.by_id(db, caller, pilot)
        if board is None:
            raise Refused("This checklist was deleted. /meshfit pilot opens a new one.")
        return self._gather(db, board)

    def to_change(self, caller: Caller, pilot: str) -> Dossier:
        """The same outside of one, before a form opens that could not be saved."""
        with self.desk.store.reading() as db:
            return self.open_one(db, caller, pilot)

    def before_sealing(self, caller: Caller, pilot: str) -> Dossier:
        """The same before budgets are sealed or amended."""
        with self.desk.store.reading() as db:
            return self.to_seal(db, caller, pilot)

    def to_seal(self, db: Database, caller: Caller, pilot: str) -> Dossier:
        """An open pilot for who may seal or amend its budgets; raises `NotYours` with who may."""
        self.open_one(db, caller, pilot)
        return self.binding(db, caller, pilot, SEALING)

    def binding(self, db: Database, caller: Caller, pilot: str, what: str) -> Dossier:
        """The dossier for who may do what binds others; raises `NotYours` with who that is."""
        dossier = self.read(db, caller, pilot)
        self.rights.check_pilot(db, caller, dossier.board, what)
        return dossier

    def to_measure(self, db: Database, caller: Caller, pilot: str) -> Dossier:
        """One whose goal may be measured: open, or closed before it showed; raises `Refused`."""
        dossier = self.read(db, caller, pilot)
        return dossier if dossier.goal_open else self.open_one(db, caller, pilot)

    def goal_to_measure(self, caller: Caller, pilot: str) -> Dossier:
        """The same outside of a transaction, before its form opens."""
        with self.desk.store.reading() as db:
            return self.to_measure(db, caller, pilot)

    def open_one(self, db: Database, caller: Caller, pilot: str) -> Dossier:
        """The dossier of a pilot that can still be changed; raises `Refused` for a closed one."""
        dossier = self.read(db, caller, pilot)
        if dossier.board.result is not None:
            raise Refused("This pilot is closed, so its record stays as it is.")
        return dossier

    def _gather(self, db: Database, board: PilotBoard) -> Dossier:
        pack, key = self.desk.pack, (db, board.workspace, board.id)
        plan, owners = pilots.plan(*key), pilots.owners(*key)
        seals = tuple(pilot_log.entries(*key, "seal", Seal))
        measured = tuple(pilot_log.entries(*key, "measurement", Measurement))
        drills = tuple(pilot_log.entries(*key, "drill", DrillResult))
        exceptions = pilot_log.entries(*key, "exception", PolicyException)
        remarks, rollout = plan_remarks(pack, plan), pilots.rollout(*key)
        goal = self._goal(db, board, plan)
        judged = verdict(pack, plan, seals, measured, drills, (owners, goal))
        return Dossier(
            board=board.model_copy(update=_smelt(board, plan)),
            plan=plan,
            remarks=remarks,
            goal=goal,
            seals=seals,
            measurements=measured,
            broken=broken_told(seals, measured),
            drills=drills,
            clock=next(reversed(list(pilot_log.entries(*key, "clock", Clock))), None),
            owners=owners,
            owner_remarks=owner_remarks(pack, owners),
            exceptions=tuple({each.id: each for each in exceptions}.values()),
            declined=nominations.declined(*key),
            rollout=rollout,
            verdict=judged,
            known=steps_known(pack, plan, remarks, judged, (owners, rollout)),
            estimate=self._estimated(db, board, plan.mesh),
            team=self._team(db, board),
        )

    def _goal(self, db: Database, board: PilotBoard, plan: Plan) -> Goal:
        figures = tuple(pilot_log.entries(db, board.workspace, board.id, "goal", Reached))
        return goal_of(plan, figures, self.desk.clock().date())

    def _team(self, db: Database, board: PilotBoard) -> Standing | None:
        """The team's open assessment in the channel, as it stands."""
        there = Caller(workspace=board.workspace, channel=board.channel, user="")
        team = assessments.open_of(db, there)
        return self.desk.standing(db, team) if team else None

    def _estimated(self, db: Database, board: PilotBoard, mesh: str | None) -> Estimate | None:
        """What the channel's last count means for the mesh that the plan names."""
        load, pack = estimates.of_channel(db, board.workspace, board.channel), self.desk.pack
        modes = [
            each.id
            for each in pack.modes.values()
            if each.mesh == mesh and each.id in pack.overhead
        ]
        return estimate(pack, load, modes) if load and modes else None


def _smelt(board: PilotBoard, plan: Plan) -> dict[str, str]:
    return {"smell": smell(board.metric, *aim_of(plan)) if board.metric else ""}
