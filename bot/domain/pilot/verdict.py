"""What a pilot's figures say: every budget, and the whole by the first row of a table that holds.

The table is `verdicts` in knowledge/pilot.yaml. Pure: the same figures under the same seals give
the same verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import get_args

from bot.domain.model import Fact, Facts, Goal, GoalStands
from bot.domain.pack import Pack
from bot.domain.pack.pilot import GOAL, Whole
from bot.domain.pilot.goal import goal_row, moved_goal
from bot.domain.pilot.judging import ALPHA
from bot.domain.pilot.model import (
    DrillResult,
    Measurement,
    Owners,
    PilotEvidence,
    Plan,
    Result,
    Seal,
    TermChange,
    Verdict,
    VerdictRow,
)
from bot.domain.pilot.ownership import blank_roles
from bot.domain.pilot.plan import missing_traits, plan_remarks
from bot.domain.pilot.redoing import redone
from bot.domain.pilot.replacing import replaced
from bot.domain.pilot.results import rows_of
from bot.domain.pilot.seal import changes, intact
from bot.domain.runs.chance import runs_missing
from bot.domain.runs.judged import in_words
from bot.domain.words import worded

SINGLE = (
    f"rests on a single run a side: {in_words(runs_missing(1, 1, ALPHA))} more runs on each "
    "side can tell it from chance at the earliest."
)
COUNTED: Mapping[str, Result] = {
    "passes": "pass",
    "fails": "fail",
    "missing": "missing",
    "inconclusive": "inconclusive",
}
"""What the table calls the number of rows with a result."""


def verdict(
    pack: Pack,
    plan: Plan,
    seals: Sequence[Seal],
    measurements: Sequence[Measurement],
    drills: Sequence[DrillResult],
    about: tuple[Owners, Goal],
) -> Verdict:
    """The verdict as it stands; seals, measurements and drills come oldest first."""
    owners, goal = about
    seal = seals[-1] if seals else None
    evidence = PilotEvidence.of(measurements, drills)
    budgets = rows_of(pack, plan, seal.terms, evidence) if seal else ()
    rows = (goal_row(goal), *budgets) if seal else ()
    facts: dict[str, Fact] = {
        **_counts(rows),
        **_standing(seals, goal),
        "overridden": len(_overridden(evidence)),
        "open_plan": sum(each.blocks for each in plan_remarks(pack, plan)),
        "blank_roles": len(blank_roles(pack, owners)),
    }
    caveats = (
        *_of_seals(pack, seals, _times(measurements, drills)),
        *moved_goal(goal),
        *_of_figures(facts, evidence),
        *(trait.missing for trait in missing_traits(pack, plan)),
    )
    terms = seal.terms if seal else {}
    again = (*replaced(terms, measurements), *redone(pack, terms, drills))
    return _ruled(pack, facts, rows, seal, caveats).model_copy(update={"replaced": again})


def _ruled(
    pack: Pack,
    facts: Facts,
    rows: tuple[VerdictRow, ...],
    seal: Seal | None,
    caveats: tuple[str, ...],
) -> Verdict:
    """The whole, by the first row of the table that holds; the last holds always."""
    rule = next(each for each in pack.verdicts.values() if each.when.holds(facts))
    because = worded(rule.because, facts)
    return Verdict(
        rows=rows,
        whole=rule.whole,
        rule=rule.id,
        title=rule.title,
        because=f"{because} {_by_one_run(rule.whole, rows)}".strip(),
        action=worded(rule.action, facts),
        source=rule.source,
        version=seal and seal.version,
        digest=seal and seal.digest,
        caveats=caveats,
    )


def _by_one_run(whole: Whole, rows: Sequence[VerdictRow]) -> str:
    """That it is to stop, or what is broken beside a missed goal, by one run a side alone."""
    failed = [row for row in rows if row.result == "fail"]
    broken = [row for row in failed if row.budget != GOAL]
    if whole != "stop" or not broken or not all(row.single for row in broken):
        return ""
    return f"{'That' if broken == failed else 'What is broken'} {SINGLE}"


def _standing(seals: Sequence[Seal], goal: Goal) -> dict[str, Fact]:
    """Whether budgets are sealed and were loosened, and how the goal stands."""
    stands: dict[str, Fact] = {f"goal_{each}": goal.stands == each for each in get_args(GoalStands)}
    return {**stands, "sealed": bool(seals), "loosened": len(_loosened(seals))}


def _counts(rows: Sequence[VerdictRow]) -> dict[str, Fact]:
    """How many rows have each result, rest on one run a side, or were measured too coarsely.

    The goal is missing like any other row; kept or broken are budgets alone.
    """
    budgets = [row for row in rows if row.budget != GOAL]
    counts: dict[str, Fact] = {
        name: sum(row.result == result for row in (rows if result == "missing" else budgets))
        for name, result in COUNTED.items()
    }
    return counts | {
        "singles": sum(row.single for row in rows),
        "too_coarse": sum(row.too_coarse for row in rows),
    }


def _overridden(evidence: PilotEvidence) -> tuple[Measurement, ...]:
    """The figures that count although their runs differ."""
    known = (each for spots in evidence.figures.values() for each in spots.values())
    return tuple(each for each in known if each.overridden)


def _loosened(seals: Sequence[Seal]) -> tuple[TermChange, ...]:
    """Budgets that allow more now than when they were first sealed."""
    moved = changes(seals[0], seals[-1]) if seals else ()
    return tuple(each for each in moved if each.looser)


def _times(measurements: Sequence[Measurement], drills: Sequence[DrillResult]) -> list[datetime]:
    """When each result was recorded."""
    return [*(each.at for each in measurements), *(each.at for each in drills)]


def _of_seals(pack: Pack, seals: Sequence[Seal], runs: Sequence[datetime]) -> Iterator[str]:
    """What to know about the budgets: changed, loosened, or sealed after the first run."""
    if not seals:
        return
    if not intact(seals[-1]):
        yield "The budgets are not the ones that were sealed: their fingerprint does not match."
    early = sum(at < seals[0].at for at in runs)
    if early:
        yield f"Known before the budgets were sealed: {early} of {len(runs)} results on record."
    late = sum(each.at > min(runs) for each in seals[1:]) if runs else 0
    if len(seals) > 1:
        after = f", {late} of them after the first result" if late else ""
        yield f"Amendments to the budgets: {len(seals) - 1}{after}."
    for change in _loosened(seals):
        line = pack.budgets.get(change.budget)
        yield f"Allows more than when it was first sealed: {line.label if line else change.budget}."


def _of_figures(facts: Facts, evidence: PilotEvidence) -> Iterator[str]:
    """What to know about the figures: single runs, unlike runs."""
    if facts["singles"]:
        yield f"Results that rest on a single observation, one run a side: {facts['singles']}."
    reasons = dict.fromkeys(text for each in _overridden(evidence) for text in each.overridden)
    yield from (f"Unlike runs were compared, with a reason: {text}" for text in reasons)
