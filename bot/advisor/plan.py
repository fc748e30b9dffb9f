"""Before the first run: the plan, the sealed budgets, who has which role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.advisor.changing import Changing
from bot.advisor.dossiers import Dossiers
from bot.domain.model import Answer
from bot.domain.pilot.model import Dossier, Owner, PilotService, Plan, Sealed
from bot.domain.pilot.ownership import asked, platform_owner, settled
from bot.domain.pilot.plan import one_driver
from bot.domain.pilot.seal import amend, changes, default_limits, limits_of, seal
from bot.domain.replies import Shared
from bot.domain.team import Caller
from bot.errors import BadAnswers, MeshfitError, Refused
from bot.store import Database, pilot_log, pilots


class Planning:
    """What a pilot agrees on while nothing is measured yet."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk
        self.turning = Changing(dossiers.desk)

    def aim(
        self, caller: Caller, pilot: str, drivers: Sequence[str], aim: Plan
    ) -> tuple[Dossier, Shared | None]:
        """Save driver, metric, baseline, target, mesh, and when the number shows if that is later.

        Raises `BadAnswers` for two drivers, a date that is past, or one that nobody waits for.
        """
        try:
            driver = one_driver(self.desk.pack, drivers)
        except MeshfitError as error:
            raise BadAnswers({"driver": error.sentence}) from None
        with self.desk.store.writing() as db:
            before = self.dossiers.open_one(db, caller, pilot).plan
            if aim.shows_on != before.shows_on or aim.measured_by != before.measured_by:
                self._check_later(aim)
            kept = {"services": before.services, "can_live_with_it": before.can_live_with_it}
            plan = aim.model_copy(update={"driver": driver, **kept})
            pilot_log.set_plan(db, caller.workspace, pilot, plan)
            pilots.set_metric(db, caller.workspace, pilot, plan.metric, caller.user)
            learnt = {
                "driver": Answer(value=driver), "success_metric": Answer(value=plan.metric)
            }  # fmt: skip
            shared = self.turning.learn(db, caller, learnt)
            return self.dossiers.read(db, caller, pilot), shared

    def _check_later(self, aim: Plan) -> None:
        """Nothing, or `BadAnswers`: a number that shows later has a day and who measures it."""
        wrong = {}
        if aim.shows_on and aim.shows_on <= self.desk.clock().date():
            wrong["shows_on"] = "Is not later than today: leave it empty, and measure the goal."
        if aim.shows_on and not aim.measured_by:
            wrong["measured_by"] = "Who will measure it on that day?"
        if aim.measured_by and not aim.shows_on:
            wrong["shows_on"] = "On which day will they measure it?"
        if wrong:
            raise BadAnswers(wrong)

    def choose_slice(
        self, caller: Caller, pilot: str, services: Sequence[PilotService], *, can_live: bool | None
    ) -> Dossier:
        """Save the services of the slice. Raises `BadAnswers` when one is named twice."""
        names = [each.name for each in services]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise BadAnswers({"services": f"{', '.join(sorted(twice))} is named twice."})
        with self.desk.store.writing() as db:
            before = self.dossiers.open_one(db, caller, pilot).plan
            chosen = {"services": tuple(services), "can_live_with_it": can_live}
            plan = before.model_copy(update=chosen)
            pilot_log.set_plan(db, caller.workspace, pilot, plan)
            return self.dossiers.read(db, caller, pilot)

    def limits(self, dossier: Dossier) -> Mapping[str, float]:
        """The budgets to begin the form with: as sealed, else the defaults and the estimate."""
        if dossier.seal:
            return limits_of(dossier.seal)
        found = dossier.estimate
        p99 = found.modes[0].latency.get("p99") if found and found.modes else None
        known = {} if p99 is None or p99.high is None else {"p95_added": round(p99.high, 2)}
        return {**default_limits(self.desk.pack), **known}

    def seal(self, caller: Caller, pilot: str, limits: Mapping[str, float], reason: str) -> Sealed:
        """Seal the budgets, or amend them with the reason that stays on the record.

        Raises `BadAnswers` for a limit that cannot be, `Refused` where nothing changed or the plan
        is not whole, `BadInput` for an amendment without a reason.
        """
        with self.desk.store.writing() as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            now, pack = self.desk.clock(), self.desk.pack
            blocking = [each.text for each in dossier.remarks if each.blocks]
            if blocking and not dossier.seals:
                raise Refused("The plan comes before the budgets. " + " ".join(blocking[:3]))
            if dossier.seal is None:
                sealed = seal(pack, limits, by=caller.user, at=now)
            else:
                sealed = amend(pack, dossier.seals, limits, by=caller.user, at=now, reason=reason)
            pilot_log.add(db, caller, pilot, "seal", now, sealed)
            moved = changes(dossier.seal, sealed) if dossier.seal else ()
            after = self.dossiers.read(db, caller, pilot)
            return Sealed(dossier=after, seal=sealed, changes=moved)

    def name_owners(
        self, caller: Caller, pilot: str, named: Mapping[str, Owner]
    ) -> tuple[Dossier, Shared | None]:
        """Ask people for the roles. Who names themselves accepts; who has a role keeps it so long.

        Once every role is accepted, the team's card learns that the mesh has an owner.
        """
        with self.desk.store.writing() as db:
            held = self.dossiers.open_one(db, caller, pilot).owners
            for role, owner in named.items():
                now = asked(held.get(role, Owner()), owner, caller.user)
                pilot_log.set_owner(db, caller.workspace, pilot, role, now)
            dossier = self.dossiers.read(db, caller, pilot)
            return dossier, self._owned(db, caller, dossier)

    def answer_roles(
        self, caller: Caller, pilot: str, *, accepts: bool
    ) -> tuple[Dossier, Shared | None]:
        """Accept every role this person is asked for, or none of them.

        Who declines leaves each role with whoever had it before. Raises `Refused` where nothing
        is asked of them.
        """
        with self.desk.store.writing() as db:
            held = self.dossiers.open_one(db, caller, pilot).owners
            mine = {role: each for role, each in held.items() if each.user == caller.user}
            waiting = {role: each for role, each in mine.items() if not each.accepted}
            if not waiting:
                raise Refused("You are not asked for a role, so there is nothing to answer.")
            for role, owner in waiting.items():
                now = settled(owner, accepts=accepts)
                pilot_log.set_owner(db, caller.workspace, pilot, role, now)
            dossier = self.dossiers.read(db, caller, pilot)
            return dossier, self._owned(db, caller, dossier)

    def _owned(self, db: Database, caller: Caller, dossier: Dossier) -> Shared | None:
        """Tell the assessment of the owner, if every role is accepted and it does not know yet."""
        if platform_owner(self.desk.pack, dossier.owners) != "named":
            return None
        there = caller.model_copy(update={"channel": dossier.board.channel})
        owner = Answer(value="named", note="Every role of the pilot's list is accepted.")
        shared = self.turning.learn(db, there, {"platform_owner": owner})
        return shared if shared and shared.changes else None
