"""Results with several runs: which of them count, where they are not all of one test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.advisor.compare import Comparing, Files
from bot.advisor.given_files import NOTHING_ASKED, BesideFiles, Spot, kept_run, read_file
from bot.domain.pilot.model import Compared, KeptFile, KeptRun, ToChoose
from bot.domain.runs.compare import MOST_RUNS
from bot.domain.runs.likeness import of_one_test
from bot.domain.runs.model import Resources, Run, Side
from bot.domain.team import Caller
from bot.errors import BadInput, Refused
from bot.loadtests.together import Result
from bot.store import Database, imports


class ChosenRun(NamedTuple):
    """A file that was kept, the side it is of, and which of its runs counts; None for all."""

    side: Side
    file: str
    run: int | None = None
    """From 1 on, in the order of the file."""


class Choosing:
    """A sweep is not refused run by run: it waits until somebody says which run is meant."""

    def __init__(self, comparing: Comparing) -> None:
        self.comparing, self.desk = comparing, comparing.desk

    def add_files(
        self,
        caller: Caller,
        pilot: str,
        spot: Spot,
        files: Files,
        asked: BesideFiles = NOTHING_ASKED,
    ) -> Compared | ToChoose:
        """What all runs of this spot come to now, or what must be chosen before.

        Raises `BadInput` naming the file that cannot be used; then nothing is kept.
        """
        sides = {
            side: [(each.name, read_file(each)) for each in handed_in]
            for side, handed_in in files.items()
        }
        every = [(side, name, read) for side, read_of in sides.items() for name, read in read_of]
        if not spot.service or not any(self._to_choose(read) for _, _, read in every):
            return self.comparing.add(caller, pilot, spot, sides, asked)
        kept: list[tuple[Side, KeptFile]] = []
        for side, name, read in every:
            if isinstance(read, Resources):
                raise BadInput(f"{name} is no load test and others are: give one kind at once.")
            kept.append((side, self.file(caller, self.keep(caller, name, read))))
        return ToChoose(files=tuple(kept))

    def keep(self, caller: Caller, name: str, runs: tuple[Run, ...]) -> str:
        """Keep the runs of a file that somebody sent until they are put to use; answers its id."""
        with self.desk.store.writing(caller) as db:
            return imports.keep(db, caller, (name, runs), self.desk.clock())

    def file(self, caller: Caller, kept: str) -> KeptFile:
        """A file that was kept. Raises `Refused` when it is gone, or not this person's to see."""
        with self.desk.store.reading() as db:
            return self._file(db, caller, kept)

    def use(
        self,
        caller: Caller,
        pilot: str,
        spot: Spot,
        chosen: Sequence[ChosenRun],
        asked: BesideFiles = NOTHING_ASKED,
    ) -> Compared:
        """Put runs to use that were kept before, in a pilot within this person's reach."""
        there = self.comparing.dossiers.reached(caller, pilot)
        with self.desk.store.writing(there) as db:
            runs = [run for each in chosen for run in self._meant(db, caller, spot, each)]
            compared = self.comparing.enter(db, there, pilot, spot, runs, asked)
            for each in chosen:
                imports.drop(db, caller, each.file)
            return compared

    def _file(self, db: Database, caller: Caller, kept: str) -> KeptFile:
        kept_file = imports.by_id(db, caller, kept)
        if kept_file is None:
            raise Refused("That file was put to use already, or deleted. Send it again.")
        name, runs = kept_file
        return KeptFile(id=kept, name=name, runs=runs, choices=self._to_choose(runs))

    def _meant(self, db: Database, caller: Caller, spot: Spot, chosen: ChosenRun) -> list[KeptRun]:
        file = self._file(db, caller, chosen.file)
        if chosen.run is None and file.choices:
            raise BadInput(
                f"{file.name}: choose one run. A side takes those of one test, 10 at most."
            )
        only, called = file.runs, file.name
        if chosen.run is not None:
            only, called = file.runs[chosen.run - 1 : chosen.run], f"{file.name}, run {chosen.run}"
        return [kept_run(spot, chosen.side, called, run) for run in only]

    def _to_choose(self, read: Result) -> bool:
        if isinstance(read, Resources) or len(read) == 1:
            return False
        return len(read) > MOST_RUNS or not of_one_test(read, self.desk.pack.tolerances)
