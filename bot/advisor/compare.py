"""Load-test results put to use: read, kept as runs, compared, turned into measurements."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from secrets import token_hex
from typing import NamedTuple

from bot.advisor import owing
from bot.advisor.dossiers import Dossiers
from bot.advisor.given_files import File, Spot, kept_run, spot_of, waits
from bot.advisor.meanwhile import refuse, run_at, saved_since
from bot.advisor.usages import usage, usages
from bot.domain.pilot.evidence import Origin, of_everywhere, of_nodes
from bot.domain.pilot.kept_runs import comparison_of, giving_way, once_each, sides_of
from bot.domain.pilot.model import (
    Compared,
    Dossier,
    KeptRun,
    Measurement,
    Override,
    Reported,
    Side,
)
from bot.domain.replies import Opened
from bot.domain.runs.compare import told
from bot.domain.runs.difference import far
from bot.domain.runs.model import Comparison, Quantity, Resources
from bot.domain.team import Caller
from bot.errors import BadAnswers, BadInput, Refused
from bot.loadtests.together import Result
from bot.store import Database, pilot_log


class Asked(NamedTuple):
    """What goes with files: what a query asked Prometheus for, and the form that begins anew."""

    quantity: Quantity | None = None
    anew: Opened | None = None


NOTHING_ASKED = Asked()
Aside = tuple[str, str]
"""A refusal, and why it may be set aside."""
Files = Mapping[Side, Sequence[File]]
Readings = Mapping[Side, Sequence[tuple[str, Result]]]


class Comparing:
    """Nothing is kept of files of which one cannot be read."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers, self.desk = dossiers, dossiers.desk

    def add(
        self, caller: Caller, pilot: str, spot: Spot, found: Readings, asked: Asked = NOTHING_ASKED
    ) -> Compared:
        """Keep what was read of either side and say what all runs of this spot come to now.

        Raises `BadInput` naming the file that cannot be used; then nothing is kept.
        """
        runs = []
        for side, results in found.items():
            for name, result in results:
                if isinstance(result, Resources):
                    return self._add_usage(caller, pilot, spot, found, asked.quantity)
                runs += [kept_run(spot, side, name, run) for run in result]
        with self.desk.store.writing() as db:
            return self.enter(db, caller, pilot, spot, runs, asked.anew)

    def report(self, caller: Caller, pilot: str, spot: Spot) -> Reported:
        """All runs of a spot, to be handed on; raises `Refused` while a side has none."""
        with self.desk.store.reading() as db:
            dossier = self.dossiers.read(db, caller, pilot)
            held, found = self._runs(db, caller, pilot, spot), self._found(db, caller, pilot, spot)
        if found is None:
            raise Refused("A report takes runs of both sides, and one side has none by now.")
        base, mesh = sides_of(held)
        odd = (far(base), far(mesh))
        ordered = sorted(held, key=lambda each: each.side)
        return Reported(
            dossier=dossier,
            service=spot.service,
            endpoint=spot.endpoint,
            comparison=found,
            runs=tuple(ordered),
            far=tuple(at + n * len(base) for n, at in enumerate(odd) if at is not None),
            at=self.desk.clock(),
        )

    def post_report(self, caller: Caller, pilot: str, spot: Spot) -> None:
        """Owe the report to the pilot's thread; raises `Refused` as it does itself."""
        self.report(caller, pilot, spot)
        with self.desk.store.writing() as db:
            owing.below_board(db, caller, pilot, "report", {"spot": list(spot)})

    def set_aside(
        self, caller: Caller, pilot: str, spot: Spot, aside: Aside, opened: Opened
    ) -> Compared:
        """Set one refusal aside; the reason stays on the record.

        Raises `Stale` where somebody else added runs that the reason knows nothing of.
        """
        refusal, reason = aside
        if not reason.strip():
            raise BadAnswers({"reason": "Say why it may be set aside: it stays on the record."})
        now = self.desk.clock()
        with self.desk.store.writing() as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            self._check_seen(db, caller, dossier, spot, opened)
            found = self._found(db, caller, pilot, spot)
            given = Override(
                service=spot.service,
                endpoint=spot.endpoint,
                refusal=refusal,
                texts=tuple(r.text for r in (found.refusals if found else ()) if r.id == refusal),
                reason=reason.strip(),
                by=caller.user,
                at=now,
            )
            pilot_log.add(db, caller, pilot, "override", now, given)
            owing.board(db, caller, pilot)
            return self._compare(db, caller, pilot, spot)

    def enter(
        self,
        db: Database,
        caller: Caller,
        pilot: str,
        spot: Spot,
        runs: Sequence[KeptRun],
        anew: Opened | None = None,
    ) -> Compared:
        """Enter runs, and say what all of their spot come to. Raises `BadInput` for no service."""
        if not spot.service:
            raise BadInput("These are load tests: choose the service that they were sent to.")
        dossier = self.dossiers.open_one(db, caller, pilot)
        if anew:
            self._check_seen(db, caller, dossier, spot, anew)
        now, batch = self.desk.clock(), token_hex(8)
        self._give_way(db, caller, pilot, spot, None if anew else {each.side for each in runs})
        once_each([*self._runs(db, caller, pilot, spot), *runs])
        for each in runs:
            one = each.model_copy(update={"batch": batch})
            pilot_log.add(db, caller, pilot, "run", now, one)
        owing.board(db, caller, pilot)
        return self._compare(db, caller, pilot, spot)

    def check_seen(self, caller: Caller, pilot: str, spot: Spot, opened: Opened) -> None:
        """Nothing, or `Stale` where somebody else added runs of this spot since."""
        with self.desk.store.reading() as db:
            dossier = self.dossiers.open_one(db, caller, pilot)
            self._check_seen(db, caller, dossier, spot, opened)

    def _check_seen(
        self, db: Database, caller: Caller, dossier: Dossier, spot: Spot, opened: Opened
    ) -> None:
        since = saved_since(db, caller, dossier, opened)
        refuse(since, run_at(*spot), f"runs of {' '.join(filter(None, spot))}")

    def _give_way(
        self, db: Database, caller: Caller, pilot: str, spot: Spot, sides: Container[Side] | None
    ) -> None:
        """Runs that are refused do not spoil the next; without sides all runs go."""
        held = self._runs(db, caller, pilot, spot)
        given = self._overrides(db, caller, pilot, spot)
        everything = {(each.batch, each.side) for each in held}
        tolerances = self.desk.pack.tolerances
        going = everything if sides is None else giving_way(held, given, sides, tolerances)
        for batch, side in going:
            pilot_log.drop_runs(db, caller.workspace, pilot, batch, side)

    def _runs(self, db: Database, caller: Caller, pilot: str, spot: Spot) -> list[KeptRun]:
        kept = pilot_log.entries(db, caller.workspace, pilot, "run", KeptRun)
        return [each for each in kept if spot_of(each) == spot]

    def _found(self, db: Database, caller: Caller, pilot: str, spot: Spot) -> Comparison | None:
        """What the runs of a spot come to; None while a side has none."""
        held, given = self._runs(db, caller, pilot, spot), self._overrides(db, caller, pilot, spot)
        return comparison_of(held, given, self.desk.pack.tolerances)

    def _overrides(self, db: Database, caller: Caller, pilot: str, spot: Spot) -> list[Override]:
        kept = pilot_log.entries(db, caller.workspace, pilot, "override", Override)
        return [each for each in kept if spot_of(each) == spot]

    def _compare(self, db: Database, caller: Caller, pilot: str, spot: Spot) -> Compared:
        """All runs of one spot, and their figures on the record once they can be compared."""
        held = self._runs(db, caller, pilot, spot)
        base, mesh = sides_of(held)
        found = self._found(db, caller, pilot, spot)
        if found is not None and found.comparable:
            tools = ", ".join(dict.fromkeys(each.run.tool for each in held))
            said = tuple(f"{each.refusal.text} ({each.because})" for each in found.overridden)
            words = f"{tools}, {len(held)} runs"
            origin = Origin(caller.user, self.desk.clock(), words, said)
            self._record(db, caller, pilot, of_everywhere(spot, base, mesh, origin))
        return Compared(
            dossier=self.dossiers.read(db, caller, pilot),
            what="runs",
            service=spot.service,
            endpoint=spot.endpoint,
            baseline=len(base),
            mesh=len(mesh),
            refusals=tuple((each.id, each.text) for each in found.refusals) if found else (),
            lines=tuple(told(found)) if found else (waits(base),),
        )

    def _add_usage(
        self, caller: Caller, pilot: str, spot: Spot, found: Readings, quantity: Quantity | None
    ) -> Compared:
        """CPU and memory of nodes: both sides at once, of the same kind."""
        sides = {side: usages(found.get(side, ()), quantity) for side in ("baseline", "mesh")}
        if not all(sides.values()):
            raise BadInput("CPU and memory are compared at once: give a file for each side.")
        words = f"{sides['baseline'][0].tool}, {sum(map(len, sides.values()))} files"
        origin = Origin(caller.user, self.desk.clock(), words)
        measured = of_nodes(sides["baseline"], sides["mesh"], origin)
        if not measured:
            raise BadInput(
                "These files hold no CPU and no memory of nodes. For a Prometheus answer, say what "
                "was asked for."
            )
        with self.desk.store.writing() as db:
            self.dossiers.open_one(db, caller, pilot)
            self._record(db, caller, pilot, measured)
            owing.board(db, caller, pilot)
            return Compared(
                dossier=self.dossiers.read(db, caller, pilot),
                what="readings",
                service=spot.service,
                endpoint=spot.endpoint,
                baseline=len(sides["baseline"]),
                mesh=len(sides["mesh"]),
                lines=tuple(usage(each) for each in measured),
            )

    def _record(
        self, db: Database, caller: Caller, pilot: str, measured: Iterable[Measurement]
    ) -> None:
        for each in measured:
            pilot_log.add(db, caller, pilot, "measurement", each.at, each)
