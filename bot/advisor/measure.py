"""Figures that were typed, drills that were done, the verdict they lead to, the end."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor import owing
from bot.advisor.changing import Changing
from bot.advisor.dossiers import Dossiers
from bot.advisor.meanwhile import CLOCK, GOAL, drilled, measured, refuse, saved_since
from bot.advisor.typing_in import Read, Typed, check_place, figures_of
from bot.domain.model import Answer, Found, Reached
from bot.domain.pack.pilot import Drill
from bot.domain.pilot.model import (
    Clock,
    Dossier,
    DrillResult,
    DrillSeen,
    Measurement,
    Saving,
)
from bot.domain.pilot.ownership import platform_owner
from bot.domain.pilot.replacing import broken, saving
from bot.domain.replies import Opened, Shared
from bot.domain.team import Caller
from bot.errors import BadAnswers, Refused
from bot.store import pilot_log, pilots

BROKEN_BEFORE = "A budget was broken there. Why is it measured again? The reason stays."
Where = tuple[str, str]
"""(service, endpoint or node)."""
ENDS = {"roll_on": "passed", "stop": "failed", "running": "open"}
"""The verdict's whole → how a pilot that is closed then has ended."""


class Measuring:
    """From the first figure to the pilot's end."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk
        self.changing = Changing(dossiers.desk)

    def type_in(
        self, caller: Caller, pilot: str, where: Where, typed: Typed, opened: Opened
    ) -> Saving:
        """Save typed figures; `again` among them is why broken ones are measured again.

        Raises `BadAnswers` (`metric.baseline` or `metric.mesh` → sentence) where one side is
        missing or is no number, or `again` where a budget is broken and no reason is given;
        `Stale` where somebody else measured the same meanwhile.
        """
        read = figures_of(typed.figures)
        check_place(read, where[0])
        with self.desk.store.writing() as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            since = saved_since(db, caller, dossier, opened)
            figures = [self._figure(caller, where, typed, each) for each in read.items()]
            terms = dossier.seal.terms if dossier.seal else {}
            worse = [each for each in figures if broken(terms, dossier.measurements, each)]
            if worse and not typed.again:
                raise BadAnswers({"again": BROKEN_BEFORE})
            for figure in figures:
                refuse(since, measured(figure.metric, *where), _of(figure))
                pilot_log.add(db, caller, pilot, "measurement", figure.at, figure)
            made = saving(terms, figures)
            said = {"saving": made.model_dump()}
            owing.below_board(db, caller, pilot, "figures_saved", said)
            return made

    def _figure(self, caller: Caller, where: Where, typed: Typed, read: Read) -> Measurement:
        """One typed figure, with why it was measured again where somebody said so."""
        metric, (baseline, mesh) = read
        return Measurement(
            metric=metric,
            service=where[0],
            endpoint=where[1],
            baseline=baseline,
            mesh=mesh,
            origin="typed",
            reason=typed.again,
            by=caller.user,
            at=self.desk.clock(),
        )

    def reach(self, caller: Caller, pilot: str, found: Found, opened: Opened) -> Dossier:
        """Enter what the goal came to.

        Raises `BadAnswers` where a missed one is measured again without a reason, `Refused` where
        the plan names no number yet, `Stale` where somebody else measured it meanwhile.
        """
        with self.desk.store.writing() as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            goal, now = dossier.goal, self.desk.clock()
            refuse(saved_since(db, caller, dossier, opened), GOAL, "what the goal came to")
            if goal.today is None or goal.aim is None:
                raise Refused("The plan says no number to reach yet: write it down under Plan.")
            if goal.stands == "missed" and not found.reason:
                raise BadAnswers({"reason": "It was missed before. Why is it measured again?"})
            about = {"metric": goal.metric, "aim": goal.aim}
            reached = Reached(**found.model_dump(), **about, by=caller.user, at=now)
            pilot_log.add(db, caller, pilot, "goal", now, reached)
            owing.below_board(db, caller, pilot, "goal_measured")
            return self.dossiers.read(db, caller, pilot)

    def start_clock(self, caller: Caller, pilot: str, drill: str) -> Dossier:
        """Start a drill's clock; one runs at a time. Raises `Refused` for a drill that is gone."""
        self.drill(drill)
        with self.desk.store.writing() as db:
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
            return self.dossiers.read(db, caller, pilot)

    def stop_clock(self, caller: Caller, pilot: str, drill: str) -> Dossier:
        """Stop a drill's clock and record nothing. Raises `Refused` where it does not run."""
        with self.desk.store.writing() as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            if dossier.clock is None or dossier.clock.drill != drill:
                raise Refused("That clock is stopped already. See /meshfit drills.")
            pilot_log.drop(db, caller.workspace, pilot, "clock")
            return self.dossiers.read(db, caller, pilot)

    def drill(self, drill: str) -> Drill:
        """A drill of the pack; raises `Refused` for one that left it."""
        if drill not in self.desk.pack.drills:
            raise Refused("That drill is no longer in the knowledge pack. See /meshfit drills.")
        return self.desk.pack.drills[drill]

    def minutes_on_clock(self, dossier: Dossier, drill: str) -> float | None:
        """How long the drill's clock has been running, in minutes."""
        clock = dossier.clock
        if clock is None or clock.drill != drill:
            return None
        return round((self.desk.clock() - clock.at).total_seconds() / 60, 1)

    def record_drill(
        self, caller: Caller, pilot: str, seen: DrillSeen, opened: Opened
    ) -> tuple[Dossier, DrillResult]:
        """Save one run of a drill and stop its clock, unless somebody started it since.

        Raises `Refused` for one that is gone, `Stale` where somebody else recorded it meanwhile.
        """
        self.drill(seen.drill)
        result = DrillResult(**seen.model_dump(), by=caller.user, at=self.desk.clock())
        with self.desk.store.writing() as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            since = saved_since(db, caller, dossier, opened)
            side = "with the mesh" if seen.with_mesh else "without the mesh"
            refuse(since, drilled(seen.drill, with_mesh=seen.with_mesh), f"this drill {side}")
            pilot_log.add(db, caller, pilot, "drill", result.at, result)
            runs = dossier.clock and dossier.clock.drill == result.drill
            if runs and CLOCK not in since:
                pilot_log.drop(db, caller.workspace, pilot, "clock")
            at = {"at": len(dossier.drills)}
            owing.below_board(db, caller, pilot, "drill_recorded", at)
            return self.dossiers.read(db, caller, pilot), result

    def close(self, caller: Caller, pilot: str) -> tuple[Dossier, Shared | None]:
        """Close the pilot by its verdict; the team's assessment learns what was measured.

        While the goal is to show later it is closed without a result, and nothing is learnt but
        that it runs. Raises `Refused` while the verdict is to measure more.
        """
        with self.desk.store.writing() as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            if dossier.verdict.whole == "measure_more":
                raise Refused(f"The verdict is to measure more: {dossier.verdict.because}")
            result = ENDS[dossier.verdict.whole]
            pilots.close(db, caller, pilot, result, self.desk.clock())
            pilot_log.drop(db, caller.workspace, pilot, "clock")
            owing.below_board(db, caller, pilot, "pilot_closed")
            closed = self.dossiers.read(db, caller, pilot)
            there = caller.model_copy(update={"channel": closed.board.channel})
            shared = self.changing.learn(db, there, self._learnt(closed, result))
            return closed, shared

    def _learnt(self, dossier: Dossier, result: str) -> Mapping[str, Answer]:
        """What the pilot answers better than anybody guessed."""
        if result == "open":
            note = "Closed without a result: the goal shows later."
            return {"pilot_result": Answer(value="running", note=note)}
        plan = dossier.plan
        owner = platform_owner(self.desk.pack, dossier.owners)
        ready = Answer(value="yes", evidence="measured", note="The pilot was measured.")
        learnt = {
            "pilot_result": Answer(value=result, evidence="measured"),
            "measurement_ready": ready,
        }
        if owner == "named":
            learnt["platform_owner"] = Answer(value=owner, note="From the pilot's list of roles.")
        if plan.driver:
            learnt["driver"] = Answer(value=plan.driver)
        if plan.metric:
            learnt["success_metric"] = Answer(value=plan.metric)
        return learnt


def _of(figure: Measurement) -> str:
    at = " ".join(filter(None, (figure.service, figure.endpoint))) or "the nodes"
    return f"{figure.metric.replace('_', ' ')} of {at}"
