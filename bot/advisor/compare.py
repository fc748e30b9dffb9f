"""Load-test results put to use: read, kept as runs, compared, turned into measurements."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from bot.advisor import owing
from bot.advisor.dossiers import Dossiers
from bot.advisor.figures import named, record
from bot.advisor.given_files import (
    NOTHING_ASKED,
    Aside,
    BesideFiles,
    File,
    Spot,
    kept_run,
    waits,
)
from bot.advisor.kept_here import comparison_at, overrides_at, runs_at
from bot.advisor.meanwhile import refuse, run_at, saved_since
from bot.advisor.usages import usage, usages
from bot.domain.pilot.evidence import of_everywhere, of_nodes
from bot.domain.pilot.kept_runs import giving_way, once_each, sides_of
from bot.domain.pilot.model import (
    Compared,
    Dossier,
    FigureOrigin,
    KeptRun,
    Override,
    Reported,
)
from bot.domain.replies import OpenedForm
from bot.domain.runs.compare import told
from bot.domain.runs.model import SIDES, Resources, Side
from bot.domain.team import Caller
from bot.errors import BadAnswers, BadInput, Refused
from bot.loadtests.together import Result
from bot.store import Database, pilot_log
from bot.store.rows import new_id

Files = Mapping[Side, Sequence[File]]
Readings = Mapping[Side, Sequence[tuple[str, Result]]]


class Comparing:
    """Nothing is kept of files of which one cannot be read."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk

    def add(
        self,
        caller: Caller,
        pilot: str,
        spot: Spot,
        readings: Readings,
        asked: BesideFiles = NOTHING_ASKED,
    ) -> Compared:
        """Keep what was read of either side and say what all runs of this spot come to now.

        Raises `BadInput` naming the file that cannot be used; then nothing is kept.
        """
        runs = []
        for side, results in readings.items():
            for name, result in results:
                if isinstance(result, Resources):
                    return self._add_usage(caller, pilot, spot, readings, asked)
                runs += [kept_run(spot, side, name, run) for run in result]
        with self.desk.store.writing(caller) as db:
            return self.enter(db, caller, pilot, spot, runs, asked)

    def report(self, caller: Caller, pilot: str, spot: Spot) -> Reported:
        """All runs of a spot, to be handed on; raises `Refused` while a side has none."""
        with self.desk.store.reading() as db:
            dossier = self.dossiers.read(db, caller, pilot)
            runs = runs_at(db, caller, pilot, spot)
            comparison = comparison_at(db, caller, pilot, spot, self.desk.pack)
        if comparison is None:
            raise Refused("A report takes runs of both sides, and one side has none by now.")
        ordered = sorted(runs, key=lambda each: each.side)
        return Reported(
            dossier=dossier,
            service=spot.service,
            endpoint=spot.endpoint,
            comparison=comparison,
            runs=tuple(ordered),
            at=self.desk.clock(),
        )

    def post_report(self, caller: Caller, pilot: str, spot: Spot) -> None:
        """Owe the report to the pilot's thread; raises `Refused` as it does itself."""
        self.report(caller, pilot, spot)
        with self.desk.store.writing(caller) as db:
            owing.below_board(db, caller, pilot, "report", {"spot": list(spot)})

    def set_aside(
        self, caller: Caller, pilot: str, spot: Spot, aside: Aside, opened: OpenedForm
    ) -> Compared:
        """Set one refusal aside; the reason stays on the record.

        Raises `Stale` where somebody else added runs that the reason knows nothing of.
        """
        refusal, reason, again = aside
        if not reason.strip():
            raise BadAnswers({"reason": "Say why it may be overridden: it stays on the record."})
        now = self.desk.clock()
        with self.desk.store.writing(caller) as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            self._check_seen(db, caller, dossier, spot, opened)
            comparison = comparison_at(db, caller, pilot, spot, self.desk.pack)
            override = Override(
                service=spot.service,
                endpoint=spot.endpoint,
                refusal=refusal,
                texts=tuple(
                    r.text for r in (comparison.refusals if comparison else ()) if r.id == refusal
                ),
                reason=reason.strip(),
                by=caller.user,
                at=now,
            )
            pilot_log.add(db, caller, pilot, "override", now, override)
            owing.board(db, caller, pilot)
            return self._compare(db, caller, pilot, spot, again or override.reason)

    def enter(
        self,
        db: Database,
        caller: Caller,
        pilot: str,
        spot: Spot,
        runs: Sequence[KeptRun],
        asked: BesideFiles = NOTHING_ASKED,
    ) -> Compared:
        """Enter runs, and say what all of their spot come to.

        Raises `BadInput` for no service, `WhyAgain` where a broken figure would be replaced.
        """
        if not spot.service:
            raise BadInput("These are load tests: choose the service that they were sent to.")
        dossier = self.dossiers.open_one(db, caller, pilot)
        if asked.anew:
            self._check_seen(db, caller, dossier, spot, asked.anew)
        now, batch = self.desk.clock(), new_id()
        going = None if asked.anew else {each.side for each in runs}
        self._give_way(db, caller, pilot, spot, going)
        once_each([*runs_at(db, caller, pilot, spot), *runs])
        for each in runs:
            one = each.model_copy(update={"batch": batch})
            pilot_log.add(db, caller, pilot, "run", now, one)
        owing.board(db, caller, pilot)
        return self._compare(db, caller, pilot, spot, asked.again)

    def check_seen(self, caller: Caller, pilot: str, spot: Spot, opened: OpenedForm) -> None:
        """Nothing, or `Stale` where somebody else added runs of this spot since."""
        with self.desk.store.reading() as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            self._check_seen(db, caller, dossier, spot, opened)

    def _check_seen(
        self, db: Database, caller: Caller, dossier: Dossier, spot: Spot, opened: OpenedForm
    ) -> None:
        since = saved_since(db, caller, dossier, opened)
        refuse(since, run_at(*spot), f"runs of {' '.join(filter(None, spot))}")

    def _give_way(
        self, db: Database, caller: Caller, pilot: str, spot: Spot, sides: Container[Side] | None
    ) -> None:
        """Runs that are refused do not spoil the next; without sides all runs go."""
        runs = runs_at(db, caller, pilot, spot)
        overrides = overrides_at(db, caller, pilot, spot)
        everything = {(each.batch, each.side) for each in runs}
        tolerances = self.desk.pack.tolerances
        going = everything if sides is None else giving_way(runs, overrides, sides, tolerances)
        for batch, side in going:
            pilot_log.drop_runs(db, caller.workspace, pilot, batch, side)

    def _compare(
        self, db: Database, caller: Caller, pilot: str, spot: Spot, again: str
    ) -> Compared:
        """All runs of one spot, and their figures on the record once they can be compared."""
        kept = runs_at(db, caller, pilot, spot)
        base, mesh = sides_of(kept)
        runs = [(each.file, each.run) for each in kept]
        comparison = comparison_at(db, caller, pilot, spot, self.desk.pack)
        if comparison is not None and comparison.comparable:
            tools = ", ".join(dict.fromkeys(each.run.tool for each in kept))
            reasons = tuple(
                f"{each.refusal.text} ({each.because})" for each in comparison.overridden
            )
            rough = comparison.unresolved or any(each.within for each in comparison.deltas)
            read = f"{tools}, {len(kept)} runs{', read off a histogram' if rough else ''}"
            words = named((each.file for each in kept), read)
            origin = FigureOrigin(caller.user, self.desk.clock(), words, reasons, base[0].tool)
            if figures := of_everywhere(spot, base, mesh, origin):
                record(db, caller, self.dossiers.read(db, caller, pilot), figures, again)
        return Compared(
            dossier=self.dossiers.read(db, caller, pilot),
            what="runs",
            service=spot.service,
            endpoint=spot.endpoint,
            baseline=len(base),
            mesh=len(mesh),
            refusals=tuple((r.id, r.text) for r in (comparison.refusals if comparison else ())),
            lines=tuple(told(comparison, runs)) if comparison else (waits(base),),
        )

    def _add_usage(
        self, caller: Caller, pilot: str, spot: Spot, readings: Readings, asked: BesideFiles
    ) -> Compared:
        """CPU and memory of nodes: both sides at once, of the same kind."""
        sides = {side: usages(readings.get(side, ()), asked.quantity) for side in SIDES}
        if not all(sides.values()):
            raise BadInput("CPU and memory are compared at once: give a file for each side.")
        names = (name for results in readings.values() for name, _ in results)
        words = named(names, sides["baseline"][0].tool)
        origin = FigureOrigin(caller.user, self.desk.clock(), words)
        measured = of_nodes(sides["baseline"], sides["mesh"], origin)
        if not measured:
            raise BadInput(
                "These files hold no CPU and no memory of nodes. For a Prometheus answer, say what "
                "was asked for."
            )
        with self.desk.store.writing(caller) as db:
            record(db, caller, self.dossiers.open_one(db, caller, pilot), measured, asked.again)
            return Compared(
                dossier=self.dossiers.read(db, caller, pilot),
                what="readings",
                service=spot.service,
                endpoint=spot.endpoint,
                baseline=len(sides["baseline"]),
                mesh=len(sides["mesh"]),
                lines=tuple(usage(each) for each in measured),
            )
