"""What is kept of one spot of a pilot: its runs, what was set aside, and what they come to."""

from __future__ import annotations

from bot.advisor.given_files import Spot, spot_of
from bot.domain.pack import Pack
from bot.domain.pilot.kept_runs import comparison_of
from bot.domain.pilot.model import KeptRun, Override, Seal
from bot.domain.runs.budgeted import Budgeted
from bot.domain.runs.model import Comparison
from bot.domain.team import Caller
from bot.store import Database, pilot_log


def runs_at(db: Database, caller: Caller, pilot: str, spot: Spot) -> list[KeptRun]:
    """The runs of a spot, the oldest first."""
    kept = pilot_log.entries(db, caller.workspace, pilot, "run", KeptRun)
    return [each for each in kept if spot_of(each) == spot]


def overrides_at(db: Database, caller: Caller, pilot: str, spot: Spot) -> list[Override]:
    """What was set aside of a spot's refusals."""
    kept = pilot_log.entries(db, caller.workspace, pilot, "override", Override)
    return [each for each in kept if spot_of(each) == spot]


def comparison_at(
    db: Database, caller: Caller, pilot: str, spot: Spot, pack: Pack
) -> Comparison | None:
    """What the runs of a spot come to; None while a side has none."""
    runs, aside = runs_at(db, caller, pilot, spot), overrides_at(db, caller, pilot, spot)
    return comparison_of(runs, aside, pack.tolerances, _budgets(db, caller, pilot, pack))


def _budgets(db: Database, caller: Caller, pilot: str, pack: Pack) -> tuple[Budgeted, ...]:
    """The budgets as they are sealed; before that those that the pack begins with."""
    seals = [*pilot_log.entries(db, caller.workspace, pilot, "seal", Seal)]
    return tuple(seals[-1].terms.values() if seals else pack.budgets.values())
