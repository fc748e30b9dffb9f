"""Baseline runs against runs with the mesh: refused where unlike, else deltas and a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import inf
from statistics import fmean

from bot.domain.pack.tolerances import Tolerances
from bot.domain.runs.chance import p_value, runs_missing, smallest_p
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
from bot.domain.runs.resolution import blurred, cannot_tell, only_the_mean
from bot.domain.words import by_percent, in_percent
from bot.errors import BadInput

STANDARD = Tolerances()
ALPHA = 0.05
"""How often chance alone may pass for a difference."""
MOST_RUNS = 10
"""A side; the exact test looks at every way to divide them (184,756 for ten and ten)."""
TESTED: tuple[Metric, ...] = ("p50", "p95")
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/\s]+", re.IGNORECASE)
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


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
        notes=() if standing else tuple(slow_ones_missing(sides)),
        verdict=_verdict(sides, deltas, unresolved, len(standing)),
    )


def _overridden(
    found: Sequence[Refusal], overrides: Overrides
) -> tuple[tuple[Refusal, ...], tuple[Overridden, ...]]:
    """The refusals that stand, and those set aside with their reasons."""
    _check(overrides, {each.id for each in found})
    return (
        tuple(each for each in found if each.id not in overrides),
        tuple(
            Overridden(refusal=each, because=overrides[each.id].strip())
            for each in found
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
        )


def _values(runs: Sequence[Figures], metric: Metric) -> list[float]:
    """A metric of every run; none where one lacks it: a mean of the rest would mislead."""
    found = [
        getattr(run, metric) if metric in {"rps", "error_rate"} else getattr(run.latency_ms, metric)
        for run in runs
    ]
    return [] if None in found else found


def _verdict(
    sides: Sides, deltas: Sequence[Delta], unresolved: Sequence[Unresolved], refused: int
) -> str:
    if refused:
        reasons = f"{_in_words(refused)} reason{'s' if refused > 1 else ''}"
        return (
            f"not comparable, for {reasons}: repeat the runs alike, or override one with a reason"
        )
    whole = {each.metric: each for each in deltas if each.endpoint is None}
    judged = whole.get("p95") or whole.get("p50")
    blurry = [each for each in unresolved if each.endpoint is None]
    if judged is None and blurry:
        why = cannot_tell(blurry, sides.runs[0].tool)
        return f"cannot tell: {why}; {only_the_mean(deltas)}"
    if judged is None:
        return "nothing to judge: these files hold no p95 and no p50 of the whole run"
    shown = f"{_shown(judged)}{_instead(sides, judged)}"
    base, mesh = len(sides.base), len(sides.mesh)
    missing = runs_missing(base, mesh, ALPHA)
    more = f"{_in_words(missing)} more run{'s' if missing > 1 else ''} on each side"
    if min(base, mesh) == 1:
        return f"single observation: {shown}; {more} can tell it from chance"
    least = f"{smallest_p(base, mesh):.2g}"
    if missing:
        needed = "are" if missing > 1 else "is"
        reach = f"{base} and {mesh} runs reach p = {least} at best"
        return f"inconclusive: {more} {needed} needed ({shown}; {reach})"
    return _decided(judged, shown, least)


def _decided(judged: Delta, shown: str, least: str) -> str:
    """What enough runs a side say."""
    p = 1.0 if judged.p_value is None else judged.p_value
    reach = f"exact p = {p:.2g}, at best {least}"
    if p > ALPHA:
        return f"no difference shown: {shown} ({reach}); that is not the same as no overhead"
    return f"{'slower' if judged.absolute > 0 else 'faster'}: {shown} ({reach})"


def _instead(sides: Sides, judged: Delta) -> str:
    """Why p50 is judged where p95 is not known."""
    if judged.metric == "p95":
        return ""
    ranges = [run.latency_ms.p95_range for run in sides.runs]
    known = [each for each in ranges if each is not None]
    if len(known) < len(ranges):
        return "; p95 is not in these files"
    low = min(each[0] for each in known)
    high = max((inf if each[1] is None else each[1]) for each in known)
    lies = f"above {low:,.4g}" if high == inf else f"between {low:,.4g} and {high:,.4g}"
    return f"; p95 is not in these files, only that it lies {lies} ms"


def _shown(delta: Delta) -> str:
    percent = "" if delta.percent is None else f", {by_percent(delta.percent)}"
    return (
        f"{delta.metric} {delta.baseline:,.4g} → {delta.mesh:,.4g} ms "
        f"({delta.absolute:+,.4g} ms{percent})"
    )


def _in_words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def told(found: Comparison) -> Iterator[str]:
    """A comparison in lines: its verdict, the deltas that matter, what could not be checked."""
    yield found.verdict
    for each in found.deltas:
        if each.metric in ("p50", "p95", "error_rate") and each.endpoint is None:
            yield _delta(each)
    yield from found.notes
    for missing in found.unchecked:
        yield f"Not checked: {missing}"


def _delta(delta: Delta) -> str:
    if delta.metric == "error_rate":
        return f"failed calls: {in_percent(delta.baseline)} → {in_percent(delta.mesh)}"
    percent = f" ({by_percent(delta.percent)})" if delta.percent is not None else ""
    return f"{delta.metric}: {delta.baseline:.4g} → {delta.mesh:.4g} ms{percent}"
