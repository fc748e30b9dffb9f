"""Baseline runs against runs with the mesh: refused where unlike, else deltas and a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import fmean

from bot.domain.pack.tolerances import Tolerances
from bot.domain.runs.chance import p_value, smallest_p
from bot.domain.runs.difference import interval, middle
from bot.domain.runs.judged import ALPHA, verdict_of
from bot.domain.runs.likeness import Sides, refusals, slow_ones_missing, unchecked
from bot.domain.runs.model import (
    METRICS,
    Comparison,
    Delta,
    Figures,
    Metric,
    Overridden,
    Overrides,
    Refusal,
    Run,
    Unresolved,
)
from bot.domain.runs.order import doubts
from bot.domain.runs.resolution import blurred
from bot.domain.words import by_percent, in_percent, listed
from bot.errors import BadInput

STANDARD = Tolerances()
MOST_RUNS = 10
"""A side; the exact test looks at every way to divide them (184,756 for ten and ten)."""
TESTED: tuple[Metric, ...] = ("p50", "p95")
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/\s]+", re.IGNORECASE)


def compare(
    base: Sequence[Run],
    mesh: Sequence[Run],
    overrides: Overrides | None = None,
    tolerances: Tolerances = STANDARD,
) -> Comparison:
    """What one or more runs a side show. Each override sets one refusal aside, with a reason.

    Raises `BadInput` for a side without runs or with too many, and for an override without a
    reason or without a refusal.
    """
    if not base or not mesh:
        raise BadInput("A comparison takes at least one run on each side.")
    if max(len(base), len(mesh)) > MOST_RUNS:
        raise BadInput(f"A comparison takes at most {MOST_RUNS} runs on each side.")
    sides = Sides(base, mesh)
    standing, overridden = _overridden(refusals(sides, tolerances), overrides or {})
    unresolved = () if standing else tuple(_unresolved(sides))
    deltas = () if standing else tuple(_deltas(sides, unresolved))
    return Comparison(
        comparable=not standing,
        refusals=standing,
        overridden=overridden,
        unchecked=unchecked(sides),
        deltas=deltas,
        smallest_p=smallest_p(len(base), len(mesh)) if min(len(base), len(mesh)) > 1 else None,
        unresolved=unresolved,
        notes=(*doubts(sides), *(() if standing else slow_ones_missing(sides))),
        verdict=verdict_of(sides, deltas, unresolved, len(standing)),
    )


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


Pair = tuple[str | None, Sequence[Figures], Sequence[Figures]]
"""What is compared: the whole (None) or an endpoint, on both sides."""


def _pairs(sides: Sides) -> Iterator[Pair]:
    """The whole first, then every endpoint that both sides have."""
    yield None, sides.base, sides.mesh
    base, mesh = _endpoints(sides.base), _endpoints(sides.mesh)
    for key, (called, figures) in base.items():
        other = mesh.get(key, ("", []))[1]
        if len(figures) == len(sides.base) and len(other) == len(sides.mesh):
            yield called, figures, other


def _unresolved(sides: Sides) -> Iterator[Unresolved]:
    for pair in _pairs(sides):
        yield from blurred(*pair)


def _deltas(sides: Sides, unresolved: Sequence[Unresolved]) -> Iterator[Delta]:
    blurry = {(each.endpoint, each.metric) for each in unresolved}
    for pair in _pairs(sides):
        for delta in _of(*pair):
            if (delta.endpoint, delta.metric) not in blurry:
                yield delta


def _endpoints(runs: Sequence[Run]) -> dict[str, tuple[str, list[Figures]]]:
    """Endpoints by name without host, which a mesh may change."""
    found: dict[str, tuple[str, list[Figures]]] = {}
    for run in runs:
        for each in run.endpoints:
            key = _ORIGIN.sub("", each.name)
            found.setdefault(key, (each.name, []))[1].append(each)
    return found


def _of(endpoint: str | None, base: Sequence[Figures], mesh: Sequence[Figures]) -> Iterator[Delta]:
    for metric in METRICS:
        first, second = _values(base, metric), _values(mesh, metric)
        if not first or not second:
            continue
        before, after = fmean(first), fmean(second)
        tested = metric in TESTED and min(len(first), len(second)) > 1
        yield Delta(
            endpoint=endpoint,
            metric=metric,
            baseline=before,
            mesh=after,
            absolute=after - before,
            percent=(after - before) / before * 100 if before else None,
            p_value=p_value(first, second) if tested else None,
            middle=middle(first, second) if tested else None,
            interval=interval(first, second, ALPHA) if tested else None,
            baseline_range=(min(first), max(first)),
            mesh_range=(min(second), max(second)),
        )


def _values(runs: Sequence[Figures], metric: Metric) -> list[float]:
    """A metric of every run; none where one lacks it: a mean of the rest would mislead."""
    found = [
        getattr(run, metric) if metric in {"rps", "error_rate"} else getattr(run.latency_ms, metric)
        for run in runs
    ]
    return [] if None in found else found


def told(comparison: Comparison, runs: Sequence[tuple[str, Run]] = ()) -> Iterator[str]:
    """A comparison in lines: its verdict, the deltas that matter, what could not be checked.

    Then what is noted of the runs, each given with its file.
    """
    yield comparison.verdict
    for each in comparison.deltas:
        if each.metric in ("p50", "p95", "error_rate") and each.endpoint is None:
            yield _delta(each)
    yield from comparison.notes
    for missing in comparison.not_in_every_file:
        yield f"Not checked: {missing}"
    yield from noted(runs)


def noted(runs: Sequence[tuple[str, Run]]) -> Iterator[str]:
    """What the notes of runs say, once each, with the files that it is said of."""
    said: dict[str, list[str]] = {}
    for file, run in runs:
        for note in run.notes:
            said.setdefault(note, []).append(file.rpartition("/")[2])
    for note, files in said.items():
        everywhere = len(files) == len(runs) > 1
        yield f"{'every run' if everywhere else listed(list(dict.fromkeys(files)))}: {note}"


def _delta(delta: Delta) -> str:
    if delta.metric == "error_rate":
        return f"failed calls: {in_percent(delta.baseline)} → {in_percent(delta.mesh)}"
    percent = f" ({by_percent(delta.percent)})" if delta.percent is not None else ""
    return f"{delta.metric}: {delta.baseline:.4g} → {delta.mesh:.4g} ms{percent}"
