"""Before the first run: the plan, the sealed budgets, who has which role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from bot.advisor import owing
from bot.advisor.changing import Changing
from bot.advisor.dossiers import Dossiers
from bot.advisor.meanwhile import FIRST_SEAL, in_words, saved_since, to_save
from bot.advisor.measurers import aim_saved
from bot.advisor.slice import CAN_LIVE, Fields, altered_rows, named_once, rows_of
from bot.domain.model import Answer, GoalMove
from bot.domain.pilot.goal import to_measure
from bot.domain.pilot.model import Dossier, Edit, PilotService, Plan, Sealed
from bot.domain.pilot.plan import one_driver
from bot.domain.pilot.seal import amend, changes, default_limits, limits_of, seal
from bot.domain.replies import OpenedForm, Shared
from bot.domain.team import Caller
from bot.errors import BadAnswers, MeshfitError, Refused
from bot.store import Database, pilot_log, pilots

Both = tuple[Fields, Fields]
"""What was typed, or is to be saved; and what is there now."""
_AIM = {
    "driver",
    "metric",
    "baseline",
    "target",
    "unit",
    "shows_on",
    "measured_by",
    "mesh",
}


Moved = Mapping[str, object]
"""What of a plan says that its numbers were moved."""
_NUMBERS = ("baseline", "target", "unit")
_WHY = (
    "The goal was measured already: say below why its numbers change. If this form does not ask, "
    "it was opened before that: open Plan again."
)


class Planning:
    """What a pilot agrees on while nothing is measured yet."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk
        self.changing = Changing(dossiers.desk)

    def aim(
        self, caller: Caller, pilot: str, drivers: Sequence[str], aim: Plan, opened: OpenedForm
    ) -> tuple[Dossier, Shared | None]:
        """Save driver, metric, baseline, target, mesh, and when the number shows if that is later.

        Raises `BadAnswers` for two drivers, a date that is past, or one that nobody waits for;
        `Stale` where somebody else saved meanwhile what this person altered too.
        """
        try:
            driver = one_driver(self.desk.pack, drivers)
        except MeshfitError as error:
            raise BadAnswers({"driver": error.sentence}) from None
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            board, plan = dossier.board, dossier.plan
            now = {**plan.model_dump(include=_AIM), "metric": plan.metric or board.metric}
            typed = {**aim.model_dump(include=_AIM), "driver": driver}
            fields = self._settled(db, caller, dossier, (typed, now), opened)
            after = to_measure(plan, plan.model_copy(update=fields), caller.user)
            after = after.model_copy(update=self._moved(dossier, after, aim.moved_why))
            if (after.shows_on, after.measured_by) != (plan.shows_on, plan.measured_by):
                self._check_later(after)
            pilots.set_plan(db, caller.workspace, pilot, after)
            aim_saved(db, caller, pilot, (plan, after))
            if after.metric != board.metric:
                pilots.set_metric(db, caller.workspace, pilot, after.metric, caller.user)
            answers = {"driver": after.driver, "success_metric": after.metric}
            learnt = {each: Answer(value=value) for each, value in answers.items() if value}
            shared = self.changing.learn(db, caller, learnt)
            return self._edited(db, caller, pilot, (fields, now)), shared

    def _moved(self, dossier: Dossier, after: Plan, why: str) -> Moved:
        """Why the numbers of a goal that was measured change, each time.

        Raises `BadAnswers` where nobody says why.
        """
        before = dossier.plan
        if after.metric != before.metric or not dossier.goal.figures:
            return {"moved_why": "", "moves": ()}
        if all(getattr(after, each) == getattr(before, each) for each in _NUMBERS):
            return {}
        if not why:
            raise BadAnswers({"target": _WHY})
        now = {"today": after.baseline, "aim": after.target, "unit": after.unit}
        move = GoalMove(**now, why=why, at=self.desk.clock())
        return {"moved_why": why, "moves": (*before.moves, move)}

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
        self,
        caller: Caller,
        pilot: str,
        rows: Sequence[PilotService | None],
        opened: OpenedForm,
        *,
        can_live: bool,
    ) -> Dossier:
        """Save the services of the slice, row by row; None is a row without a name.

        Raises `BadAnswers` when one is named twice, `Stale` as the aim does.
        """
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            plan = dossier.plan
            now = {**rows_of(plan.services, len(rows)), CAN_LIVE: plan.can_live_with_it}
            typed = {**rows_of(rows, len(rows)), CAN_LIVE: can_live}
            altered = opened.model_copy(update={"altered": altered_rows(opened)})
            fields = self._settled(db, caller, dossier, (typed, now), altered)
            chosen = {"services": named_once(fields), "can_live_with_it": fields[CAN_LIVE]}
            pilots.set_plan(db, caller.workspace, pilot, plan.model_copy(update=chosen))
            owing.below_board(db, caller, pilot, "planned")
            return self._edited(db, caller, pilot, (fields, now))

    def _settled(
        self, db: Database, caller: Caller, dossier: Dossier, both: Both, opened: OpenedForm
    ) -> Fields:
        """What is to be saved of what was typed and what is there now."""
        since = saved_since(db, caller, dossier, opened)
        worded = partial(in_words, self.desk.pack)
        return to_save(*both, opened.altered, since, worded)

    def _edited(self, db: Database, caller: Caller, pilot: str, both: Both) -> Dossier:
        """Note which fields were saved, so that a form that is still open learns of it."""
        after, before = both
        if moved := tuple(each for each in after if after[each] != before.get(each)):
            now = self.desk.clock()
            pilot_log.add(db, caller, pilot, "edit", now, Edit(fields=moved))
            if "shows_on" in moved and after["shows_on"]:
                owing.offer(db, caller, "end", "measure")
        return self.dossiers.read(db, caller, pilot)

    def limits(self, dossier: Dossier) -> Mapping[str, float]:
        """The budgets to begin the form with: as sealed, else the defaults and the estimate."""
        if dossier.seal:
            return limits_of(dossier.seal)
        estimate = dossier.estimate
        p99 = estimate.modes[0].latency.get("p99") if estimate and estimate.modes else None
        known = {} if p99 is None or p99.high is None else {"p95_added": round(p99.high, 2)}
        limits = {**default_limits(self.desk.pack), **known}
        if known and "p50_added" in limits:  # half of the calls are no slower than one in twenty
            limits["p50_added"] = min(limits["p50_added"], limits["p95_added"])
        return limits

    def seal(
        self,
        caller: Caller,
        pilot: str,
        limits: Mapping[str, float | None],
        reason: str,
        opened: OpenedForm,
    ) -> Sealed:
        """Seal the budgets, or amend them with the reason that stays on the record.

        Raises `BadAnswers` for an impossible limit or an amendment without a reason, `Refused` if
        nothing changed or the plan is not whole, `Stale`: who meant to seal first meant them all.
        """
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.to_seal(db, caller, pilot)
            now, pack, before = self.desk.clock(), self.desk.pack, dossier.seal
            if before is None:
                self.check_plan(dossier)
                sealed = seal(pack, _given(limits), by=caller.user, at=now)
            else:
                since = saved_since(db, caller, dossier, opened)
                altered = limits if FIRST_SEAL in since else opened.altered
                worded = partial(in_words, pack)
                chosen = _given(to_save(limits, limits_of(before), altered, since, worded))
                sealed = amend(pack, dossier.seals, chosen, by=caller.user, at=now, reason=reason)
            pilot_log.add(db, caller, pilot, "seal", now, sealed)
            owing.below_board(db, caller, pilot, "sealed", {"version": sealed.version})
            moved = changes(before, sealed) if before else ()
            dossier = self.dossiers.read(db, caller, pilot)
            return Sealed(dossier=dossier, seal=sealed, changes=moved)

    def sealed(self, dossier: Dossier, version: int) -> Sealed | None:
        """What sealing this version did; None where it is not on the record."""
        before = None
        for each in dossier.seals:
            if each.version == version:
                moved = changes(before, each) if before else ()
                return Sealed(dossier=dossier, seal=each, changes=moved)
            before = each
        return None

    def check_plan(self, dossier: Dossier) -> None:
        """Nothing, or `Refused` while the plan is not whole."""
        blocking = [each.text for each in dossier.remarks if each.blocks]
        if blocking:
            raise Refused("The plan comes before the budgets. " + " ".join(blocking[:3]))


def _given(limits: Mapping[str, float | None]) -> dict[str, float]:
    return {each: limit for each, limit in limits.items() if limit is not None}
