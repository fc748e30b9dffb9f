"""From what files hold to what budgets are held against: one figure a run, on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from bot.domain.pack.pilot import PER_NODE, Metric
from bot.domain.pilot.model import FigureOrigin, Measurement
from bot.domain.runs.model import Figures, Range, Resources, Run
from bot.domain.runs.resolution import finer_than
from bot.errors import BadInput

PER_ENDPOINT: tuple[Metric, ...] = ("p50", "p90", "p95", "p99", "mean", "error_rate")
MIB = 1024 * 1024
Sides = tuple[tuple[float | None, ...], tuple[float | None, ...]]
"""One figure a run without the mesh, and with it."""


def of_runs(
    where: tuple[str, str], base: Sequence[Figures], mesh: Sequence[Figures], origin: FigureOrigin
) -> tuple[Measurement, ...]:
    """What load tests say about (service, endpoint): each metric that all of them have."""
    figures = []
    for metric in PER_ENDPOINT:
        before, after = _of(metric, base), _of(metric, mesh)
        if before and after:
            figure = _measurement(metric, where, (before, after), origin)
            figures.append(figure.model_copy(update=_ranges(metric, base, mesh, origin.tool)))
    return tuple(figures)


def of_everywhere(
    where: tuple[str, str], base: Sequence[Run], mesh: Sequence[Run], origin: FigureOrigin
) -> tuple[Measurement, ...]:
    """What the runs say as wholes, and of each endpoint that all of them name.

    Where the place is an endpoint already, the runs are about it alone.
    """
    figures = of_runs(where, base, mesh, origin)
    if where[1]:
        return figures
    ours, theirs = (_by_endpoint(side) for side in (base, mesh))
    for name in ours:
        if name in theirs:
            figures += of_runs((where[0], name), ours[name], theirs[name], origin)
    return figures


def _by_endpoint(runs: Sequence[Run]) -> dict[str, list[Figures]]:
    """Endpoints that every run of a side has."""
    figures: dict[str, list[Figures]] = {}
    for run in runs:
        for each in run.endpoints:
            figures.setdefault(each.name, []).append(each)
    return {name: each for name, each in figures.items() if len(each) == len(runs)}


def of_nodes(
    base: Sequence[Resources], mesh: Sequence[Resources], origin: FigureOrigin
) -> tuple[Measurement, ...]:
    """What nodes used: each node that is known on both sides, or the mean of all where none is.

    Raises `BadInput` for a file that is about pods alone.
    """
    if any(map(_of_pods, (*base, *mesh))):
        raise BadInput(
            "A file holds pods and no node, and the budgets are for nodes: give what `kubectl top "
            "nodes` prints, once without the mesh and once with it."
        )
    return tuple(
        _measurement(metric, ("", node), sides, origin)
        for metric in PER_NODE
        for node, sides in _nodes(metric, base, mesh).items()
    )


def _of_pods(used: Resources) -> bool:
    return bool(used.usages) and {each.kind for each in used.usages} <= {"pod", "container"}


def _of(metric: Metric, runs: Sequence[Figures]) -> tuple[float | None, ...]:
    """A metric of every run, None where only its range is known; none where one says nothing."""
    holders = runs if metric == "error_rate" else [run.latency_ms for run in runs]
    values = tuple(getattr(each, metric) for each in holders)
    pairs = zip(values, _lies(metric, runs), strict=True)
    return () if any(value is None and lies is None for value, lies in pairs) else values


def _lies(metric: Metric, runs: Sequence[Figures]) -> tuple[Range | None, ...]:
    return tuple(run.latency_ms.range_of(metric) for run in runs)


def _ranges(
    metric: Metric, base: Sequence[Figures], mesh: Sequence[Figures], tool: str
) -> dict[str, object]:
    """Where the figures lie, and what would tell more; nothing where all are exact."""
    sides = _lies(metric, base), _lies(metric, mesh)
    known = [each for side in sides for each in side if each]
    if not known:
        return {}
    finer = finer_than(tool, known)
    return {"baseline_ranges": sides[0], "mesh_ranges": sides[1], "finer": finer}


def _nodes(
    metric: Metric, base: Sequence[Resources], mesh: Sequence[Resources]
) -> dict[str, Sides]:
    before, after = ([_by_node(metric, each) for each in side] for side in (base, mesh))
    if not before or not after or not all((*before, *after)):
        return {}
    shared = [name for name in before[0] if all(name in each for each in (*before, *after))]
    if shared:
        return {name: (_each(name, before), _each(name, after)) for name in shared}
    return {"": (_means(before), _means(after))}


def _by_node(metric: Metric, used: Resources) -> dict[str, float]:
    """Node → cores or MiB; pods and containers are left out."""
    nodes = [each for each in used.usages if each.kind == "node"]
    if metric == "cpu":
        return {each.name: each.cpu_cores for each in nodes if each.cpu_cores is not None}
    return {each.name: each.memory_bytes / MIB for each in nodes if each.memory_bytes is not None}


def _each(name: str, looks: Sequence[dict[str, float]]) -> tuple[float, ...]:
    return tuple(each[name] for each in looks)


def _means(looks: Sequence[dict[str, float]]) -> tuple[float, ...]:
    return tuple(fmean(each.values()) for each in looks)


def _measurement(
    metric: Metric, where: tuple[str, str], sides: Sides, origin: FigureOrigin
) -> Measurement:
    return Measurement(
        metric=metric,
        service=where[0],
        endpoint=where[1],
        baseline=sides[0],
        mesh=sides[1],
        origin=origin.words,
        overridden=origin.overridden,
        by=origin.by,
        at=origin.at,
    )
