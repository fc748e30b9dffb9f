"""Everything one pilot has gathered, at one moment; what its screens are drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from bot.domain.estimate.model import Estimate
from bot.domain.model import Frozen, Goal
from bot.domain.model.nominations import Nomination
from bot.domain.pack.pilot import StepKnown
from bot.domain.pilot.model.drill import DrillResult
from bot.domain.pilot.model.exceptions import PolicyException
from bot.domain.pilot.model.owner import Owner
from bot.domain.pilot.model.work import (
    Measurement,
    Plan,
    Remark,
    RolloutState,
    Seal,
    TermChange,
    Verdict,
)
from bot.domain.runs.model import Comparison, Run, Side
from bot.domain.team import PilotBoard, Standing


class KeptRun(Frozen):
    """One load-test result that counts for one side of one endpoint."""

    service: str
    endpoint: str
    side: Side
    file: str
    batch: str
    """What was dropped together; a refused batch gives way to the next."""
    run: Run


class Override(Frozen):
    """One refusal that somebody set aside, with the reason that stays on the record."""

    service: str
    endpoint: str
    refusal: str
    texts: tuple[str, ...]
    """What it said then: with other figures it is another refusal, and stands again."""
    reason: str
    by: str
    at: datetime


class Clock(Frozen):
    """A drill's clock that is running."""

    drill: str
    by: str
    at: datetime


class Edit(Frozen):
    """What somebody saved of the plan, the metric or the roles, so that others learn of it."""

    fields: tuple[str, ...]


class Dossier(Frozen):
    """One pilot with its plan, budgets, figures, drills, owners and what they come to."""

    board: PilotBoard
    plan: Plan
    remarks: tuple[Remark, ...] = ()
    """What the plan still lacks, and warnings."""
    goal: Goal
    seals: tuple[Seal, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    broken: tuple[str, ...] = ()
    """The figures that count and break a budget now: `p95 nightly: +129 ms (broken)`."""
    drills: tuple[DrillResult, ...] = ()
    clock: Clock | None = None
    owners: Mapping[str, Owner] = {}
    owner_remarks: tuple[Remark, ...] = ()
    exceptions: tuple[PolicyException, ...] = ()
    declined: tuple[Nomination, ...] = ()
    """Who said no to a role or to an exception, the oldest first."""
    rollout: RolloutState | None = None
    verdict: Verdict
    known: frozenset[StepKnown] = frozenset()
    """What of the steps meshfit sees for itself."""
    estimate: Estimate | None = None
    """What the channel's estimate said of the plan's mesh, before anybody measured."""
    team: Standing | None = None
    """What the channel's card says, where one is open."""

    @property
    def deadline(self) -> date | None:
        """The day by which an auditor or a contract wants it proven, as the card says."""
        return self.team.advice.deadline if self.team else None

    @property
    def goal_open(self) -> bool:
        """Whether the goal may be measured: the pilot is open, or was closed before it showed."""
        after = any(each.afterwards for each in self.goal.figures)
        return after or self.board.result in (None, "open")

    @property
    def seal(self) -> Seal | None:
        """The budgets as they stand now."""
        return self.seals[-1] if self.seals else None


class Sealed(Frozen):
    """What sealing did."""

    dossier: Dossier
    seal: Seal
    changes: tuple[TermChange, ...] = ()
    """Against the seal before; empty for the first."""


class KeptFile(Frozen):
    """A result that was read, and is kept until it is put to use."""

    id: str
    name: str
    runs: tuple[Run, ...]
    choices: bool
    """Whether one of its runs has to be chosen: they are not all of one test, or too many."""


class ToChoose(Frozen):
    """Files of which at least one holds runs of several tests; nothing of them counts yet."""

    files: tuple[tuple[Side, KeptFile], ...]


class Reported(Frozen):
    """All the runs of one endpoint and what they come to, as a page to hand on has it."""

    dossier: Dossier
    service: str
    endpoint: str
    comparison: Comparison
    runs: tuple[KeptRun, ...]
    """Those without the mesh first."""
    at: datetime


class Compared(Frozen):
    """What the runs of one endpoint came to."""

    dossier: Dossier
    what: Literal["runs", "readings"]
    """Load tests of a service, or CPU and memory of nodes, whatever service was chosen."""
    service: str
    endpoint: str
    baseline: int
    mesh: int
    """How many runs each side has."""
    refusals: tuple[tuple[str, str], ...] = ()
    """(id, sentence) of each reason why the runs are unlike; none may be left to count."""
    lines: tuple[str, ...] = ()
    """What was found: deltas, p-values, what is still needed."""
