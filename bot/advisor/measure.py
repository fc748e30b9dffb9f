"""Figures that were typed, drills that were done, the verdict they lead to, the end."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor import owing
from bot.advisor.changing import NOBODYS_ANSWER, Changing
from bot.advisor.dossiers import Dossiers
from bot.advisor.figures import Where, WhyAgain, record
from bot.advisor.meanwhile import CLOCK, drilled, measured, refuse, saved_since
from bot.advisor.typing_in import Read, Typed, figures_of
from bot.domain.model import Answer
from bot.domain.pack.pilot import Drill
from bot.domain.pilot.known import ended, figures_known
from bot.domain.pilot.model import (
    Clock,
    Dossier,
    DrillResult,
    DrillSeen,
    Edit,
    Measurement,
    Saving,
)
from bot.domain.pilot.ownership import platform_owner
from bot.domain.pilot.redoing import asks_why
from bot.domain.pilot.replacing import saved_at
from bot.domain.replies import OpenedForm, Shared
from bot.domain.team import Caller
from bot.domain.words import on_day
from bot.errors import Refused
from bot.store import Database, pilot_log, pilots

ENDS = {"roll_on": "passed", "stop": "failed", "running": "open"}
"""The verdict's whole → how a pilot that is closed then has ended."""

FAILED_BEFORE = "It failed there before. Why is it done again? The reason stays."


class Measuring:
    """From the first figure to the pilot's end."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk
        self.changing = Changing(dossiers.desk)

    def type_in(
        self, caller: Caller, pilot: str, where: Where, typed: Typed, opened: OpenedForm
    ) -> Saving:
        """Save typed figures; `again` among them is why broken ones are measured again.

        Raises `BadAnswers` (`metric.baseline` or `metric.mesh` → sentence) where one side is
        missing or is no number, or `again` where a budget is broken and no reason is given;
        `Stale` where somebody else measured the same meanwhile.
        """
        read = figures_of(typed.figures)
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            since = saved_since(db, caller, dossier, opened)
            figures = [self._figure(caller, where, each) for each in read.items()]
            for figure in figures:
                refuse(since, measured(figure.metric, *where), _of(figure))
            return record(db, caller, dossier, figures, typed.again)

    def _figure(self, caller: Caller, where: Where, read: Read) -> Measurement:
        """One typed figure."""
        metric, (baseline, mesh) = read
        return Measurement(
            metric=metric,
            service=where[0],
            endpoint=where[1],
            baseline=baseline,
            mesh=mesh,
            origin="typed",
            by=caller.user,
            at=self.desk.clock(),
        )

    def saving(self, caller: Caller, pilot: str, at: str) -> Saving:
        """What was saved at one moment; raises `Refused` where it is gone."""
        dossier = self.dossiers.of(caller, pilot)
        saving = saved_at(dossier.seals, dossier.measurements, at)
        if saving is None:
            raise Refused("These figures are gone. /meshfit verdict shows what counts.")
        return saving

    def start_clock(self, caller: Caller, pilot: str, drill: str) -> Dossier:
        """Start a drill's clock; one runs at a time. Raises `Refused` for a drill that is gone."""
        self.drill(drill)
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            if dossier.clock is not None:
                running = self.desk.pack.drills.get(dossier.clock.drill)
                raise Refused(
                    f"A clock is running already, for “{running.title if running else 'a drill'}”. "
                    "Record that drill first, which stops its clock, or stop the clock alone: "
                    "/meshfit drills has both."
                )
            now = self.desk.clock()
            clock = Clock(drill=drill, by=caller.user, at=now)
            pilot_log.add(db, caller, pilot, "clock", now, clock)
            self._tell(db, caller, pilot, clock, "clock_started")
            return self.dossiers.read(db, caller, pilot)

    def _tell(self, db: Database, caller: Caller, pilot: str, clock: Clock, kind: str) -> None:
        """Where others may feel a drill, the pilot's thread hears of its clock."""
        known = self.desk.pack.drills.get(clock.drill)
        if known is not None and known.lasts:
            owing.below_board(db, caller, pilot, kind, {"clock": clock.model_dump(mode="json")})

    def stop_clock(self, caller: Caller, pilot: str, drill: str) -> Dossier:
        """Stop a drill's clock and record nothing. Raises `Refused` where it does not run."""
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            if dossier.clock is None or dossier.clock.drill != drill:
                raise Refused("That clock is stopped already. See /meshfit drills.")
            pilot_log.drop(db, caller.workspace, pilot, "clock")
            self._tell(db, caller, pilot, dossier.clock, "clock_stopped")
            return self.dossiers.read(db, caller, pilot)

    def drill(self, drill: str) -> Drill:
        """A drill of the pack; raises `Refused` for one that left it."""
        if drill not in self.desk.pack.drills:
            raise Refused("That drill is no longer in the knowledge pack. See /meshfit drills.")
        return self.desk.pack.drills[drill]

    def minutes_on_clock(self, dossier: Dossier, drill: str) -> float | None:
        """How long the drill's clock has been running, in minutes; None where nobody can tell."""
        clock = dossier.clock
        if clock is None or clock.drill != drill:
            return None
        took = (self.desk.clock() - clock.at).total_seconds()
        return round(took / 60, 1) if took >= 0 else None  # a clock that was set back

    def record_drill(
        self, caller: Caller, pilot: str, seen: DrillSeen, opened: OpenedForm
    ) -> tuple[Dossier, DrillResult]:
        """Save one run of a drill and stop its clock, unless somebody started it since.

        Raises `Refused` for one that is gone, `Stale` where somebody else recorded it meanwhile,
        `WhyAgain` as `check_redone` does.
        """
        self.drill(seen.drill)
        result = DrillResult(**seen.model_dump(), by=caller.user, at=self.desk.clock())
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            since = saved_since(db, caller, dossier, opened)
            side = "with the mesh" if seen.side == "mesh" else "without the mesh"
            refuse(since, drilled(seen.drill, seen.side), f"this drill {side}")
            self.check_redone(dossier, seen)
            pilot_log.add(db, caller, pilot, "drill", result.at, result)
            runs = dossier.clock and dossier.clock.drill == result.drill
            if runs and CLOCK not in since:
                pilot_log.drop(db, caller.workspace, pilot, "clock")
            at = {"at": len(dossier.drills)}
            owing.below_board(db, caller, pilot, "drill_recorded", at)
            return self.dossiers.read(db, caller, pilot), result

    def may_ask_why(self, dossier: Dossier, drill: str) -> bool:
        """Whether a drill that is done again asks why, on one side at least."""
        terms = dossier.seal.terms if dossier.seal else {}
        sides = {each.side for each in dossier.drills}
        return any(asks_why(terms, dossier.drills, drill, side) for side in sides)

    def check_redone(self, dossier: Dossier, seen: DrillSeen) -> None:
        """Nothing, or `WhyAgain` where nobody says why a failed drill is redone."""
        terms = dossier.seal.terms if dossier.seal else {}
        if not seen.reason and asks_why(terms, dossier.drills, seen.drill, seen.side):
            raise WhyAgain(FAILED_BEFORE, "Open its form anew, which asks for that.")

    def close(self, caller: Caller, pilot: str) -> tuple[Dossier, Shared | None]:
        """Close the pilot by its verdict; the team's assessment learns what was measured.

        While the goal is to show later it is closed without a result, and nothing is learnt but
        that it was closed so. Raises `Refused` while the verdict is to measure more.
        """
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            self.dossiers.rights.check_pilot(db, caller, dossier.board, "Closing the pilot")
            if dossier.verdict.whole == "measure_more":
                raise Refused(f"The verdict is to measure more: {dossier.verdict.because}")
            result = ENDS[dossier.verdict.whole]
            pilots.close(db, caller, pilot, result, self.desk.clock())
            pilot_log.drop(db, caller.workspace, pilot, "clock")
            owing.below_board(db, caller, pilot, "pilot_closed")
            if result == "open" and not _had_its_day(db, caller, dossier):
                owing.offer(db, caller, "end")
            closed = self.dossiers.read(db, caller, pilot)
            there = caller.model_copy(update={"channel": closed.board.channel})
            shared = self.changing.learn(db, there, self._learnt(closed, result), NOBODYS_ANSWER)
            return closed, shared

    def _learnt(self, dossier: Dossier, result: str) -> Mapping[str, Answer]:
        """What the pilot answers better than anybody guessed."""
        if result == "open":
            shows = dossier.goal.shows_on
            note = f"It shows on {on_day(shows)}." if shows else ""
            return {"pilot_result": Answer(value="closed", note=note)}
        plan = dossier.plan
        owner = platform_owner(self.desk.pack, dossier.owners)
        learnt = ended(dossier, result)
        if figures := figures_known(dossier):
            ready = Answer(value="yes", evidence=figures, note="The pilot was measured.")
            learnt["measurement_ready"] = ready
        if owner == "named":
            learnt["platform_owner"] = Answer(value=owner, note="From the pilot's list of roles.")
        if plan.driver:
            learnt["driver"] = Answer(value=plan.driver)
        if plan.metric:
            learnt["success_metric"] = Answer(value=plan.metric)
        return learnt


def _had_its_day(db: Database, caller: Caller, dossier: Dossier) -> bool:
    """Whether whoever closes it gave the goal its day, or took it on: they were offered it then."""
    plan, log = dossier.plan, pilot_log.since(db, caller.workspace, dossier.board.id, 0)
    gave = (
        "shows_on" in Edit.model_validate_json(text).fields
        for kind, by, text in log
        if kind == "edit" and by == caller.user
    )
    return (plan.measured_by, plan.measurer) == (caller.user, "accepted") or any(gave)


def _of(figure: Measurement) -> str:
    at = " ".join(filter(None, (figure.service, figure.endpoint))) or "the nodes"
    return f"{figure.metric.replace('_', ' ')} of {at}"
