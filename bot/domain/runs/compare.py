"""Baseline runs against runs with the mesh: refused where unlike, else deltas and a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.pack.tolerances import Tolerances
from bot.domain.runs.budgeted import Budgeted, tested
from bot.domain.runs.chance import smallest_p
from bot.domain.runs.deltas import TESTED, deltas, unresolved
from bot.domain.runs.judged import verdict_of
from bot.domain.runs.lacking import lacking
from bot.domain.runs.likeness import Sides, refusals, unchecked
from bot.domain.runs.model import (
    WHOLE,
    Comparison,
    Delta,
    Metric,
    Overridden,
    Overrides,
    Refusal,
    Run,
)
from bot.domain.runs.order import doubts, never_sent, slow_ones_missing
from bot.domain.runs.outliers import far, far_told
from bot.domain.words import alike_once, by_percent, in_percent
from bot.errors import BadInput

STANDARD = Tolerances()
MOST_RUNS = 10
"""A side; the exact test looks at every way to divide them (184,756 for ten and ten)."""


def compare(
    base: Sequence[Run],
    mesh: Sequence[Run],
    overrides: Overrides | None = None,
    tolerances: Tolerances = STANDARD,
    budgets: Sequence[Budgeted] = (),
) -> Comparison:
    """What one or more runs a side show. Each override sets one refusal aside, with a reason.

    Budgets say what else is tested than p50 and p95, and what runs have to find. Raises `BadInput`
    for no runs on a side or too many, and for an override without a reason or a refusal.
    """
    sides = _sides(base, mesh)
    standing, overridden = _overridden(refusals(sides, tolerances), overrides or {})
    blurry = () if standing else tuple(unresolved(sides))
    judged = tested(TESTED, budgets)
    differences = () if standing else tuple(deltas(sides, blurry, judged))
    return Comparison(
        comparable=not standing,
        refusals=standing,
        overridden=overridden,
        unchecked=_unsaid(sides, standing, overridden),
        deltas=differences,
        tested=judged,
        far=far(sides, judged),
        smallest_p=_best(sides),
        unresolved=blurry,
        notes=tuple(_notes(sides, judged, alike=not standing)),
        verdict=verdict_of(sides, differences, blurry, {each.id for each in standing}, budgets),
    )


def _unsaid(
    sides: Sides, standing: Sequence[Refusal], overridden: Sequence[Overridden]
) -> tuple[str, ...]:
    """What is unchecked, save what a refusal speaks of: one thing is said once."""
    refused: set[str] = {each.id for each in (*standing, *(each.refusal for each in overridden))}
    return tuple(each for each in unchecked(sides) if each not in refused)


def _sides(base: Sequence[Run], mesh: Sequence[Run]) -> Sides:
    if not base or not mesh:
        raise BadInput("A comparison takes at least one run on each side.")
    if max(len(base), len(mesh)) > MOST_RUNS:
        raise BadInput(f"A comparison takes at most {MOST_RUNS} runs on each side.")
    return Sides(base, mesh)


def _best(sides: Sides) -> float | None:
    """The lowest p that these numbers of runs can reach; None for a single observation."""
    many = len(sides.base), len(sides.mesh)
    return smallest_p(*many) if min(many) > 1 else None


def _notes(sides: Sides, judged: Sequence[Metric], *, alike: bool) -> Iterator[str]:
    yield from doubts(sides)
    yield from far_told(sides, far(sides, judged))
    if alike:
        yield from slow_ones_missing(sides)
        yield from never_sent(sides)
        yield from lacking(sides)


def _overridden(
    refusals: Sequence[Refusal], overrides: Overrides
) -> tuple[tuple[Refusal, ...], tuple[Overridden, ...]]:
    """The refusals that stand, and those set aside with their reasons."""
    _check(overrides, {each.id for each in refusals})
    return (
        tuple(each for each in refusals if each.id not in overrides),
        tuple(
            Overridden(refusal=each, because=overrides[each.id].strip())
            for each in refusals
            if each.id in overrides
        ),
    )


def _check(overrides: Overrides, refused: set[str]) -> None:
    for kind, because in overrides.items():
        if kind not in refused:
            raise BadInput(f"There is no refusal {kind} to override here.")
        if not because.strip():
            raise BadInput(f"To override {kind}, say why: the reason stays on the record.")


def told(comparison: Comparison, runs: Sequence[tuple[str, Run]] = ()) -> Iterator[str]:
    """A comparison in lines: its verdict, what was overridden, the deltas, what was not checked.

    Then what is noted of the runs, each given with its file.
    """
    yield comparison.verdict
    for kind, because, differs in comparison.set_aside:
        yield f"Overridden, {kind}: {because.rstrip('.')}. What differs: {differs}"
    for each in comparison.deltas:
        if each.metric in ("p50", "p95", "error_rate") and each.endpoint is None:
            yield _delta(each)
    yield from (each for each in comparison.untold if each.startswith(f"{WHOLE}:"))
    yield from comparison.notes
    for missing in comparison.not_in_every_file:
        yield f"Not checked: {missing}"
    yield from noted(runs)


def noted(runs: Sequence[tuple[str, Run]]) -> Iterator[str]:
    """The notes of runs, each given with its file, once each, with the files they are said of."""
    notes = [(file.rpartition("/")[2], note) for file, run in runs for note in run.notes]
    return alike_once(notes, len(runs))


def _delta(delta: Delta) -> str:
    if delta.metric == "error_rate":
        return f"failed calls: {in_percent(delta.baseline)} → {in_percent(delta.mesh)}"
    percent = f" ({by_percent(delta.percent)})" if delta.percent is not None else ""
    return f"{delta.metric}: {delta.told} ms{percent}"
