"""From runs and readings to measurements that a budget can be held against."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from statistics import fmean
from typing import NamedTuple

from bot.domain.delta import Comparison, Delta
from bot.domain.measurement import Figures, Resources, Run, Usage
from bot.domain.pilotbook import Metric
from bot.domain.piloting import Measurement

MIB = 2**20
_TIMED: tuple[Metric, ...] = ("p50", "p90", "p95", "p99", "mean")


class Witness(NamedTuple):
    """What every measurement of one occasion has in common."""

    service: str
    place: str
    origin: str
    overridden: tuple[str, ...]
    by: str
    at: datetime

    def saw(
        self, metric: Metric, baseline: Sequence[float], mesh: Sequence[float], place: str = ""
    ) -> Measurement:
        """One figure of both sides, here or at a place of its own."""
        return Measurement(
            metric=metric,
            service=self.service,
            place=place or self.place,
            baseline=tuple(baseline),
            mesh=tuple(mesh),
            origin=self.origin,
            overridden=self.overridden,
            by=self.by,
            at=self.at,
        )


def from_runs(witness: Witness, base: Sequence[Run], mesh: Sequence[Run]) -> Iterator[Measurement]:
    """Every figure that all runs have: of the whole, and of the endpoints both sides name."""
    yield from _sides(witness, base, mesh, "")
    if witness.place:
        return
    ours, theirs = _endpoints(base), _endpoints(mesh)
    for name in ours.keys() & theirs.keys():
        yield from _sides(witness, ours[name], theirs[name], name)


def _sides(
    witness: Witness, base: Sequence[Figures], mesh: Sequence[Figures], place: str
) -> Iterator[Measurement]:
    for metric in _TIMED:
        ours = [getattr(each.latency_ms, metric) for each in base]
        theirs = [getattr(each.latency_ms, metric) for each in mesh]
        if None not in (*ours, *theirs):
            yield witness.saw(metric, ours, theirs, place)
    failed = [each.error_rate for each in (*base, *mesh)]
    known = [each for each in failed if each is not None]
    if len(known) == len(failed):
        yield witness.saw("error_rate", known[: len(base)], known[len(base) :], place)


def _endpoints(runs: Sequence[Run]) -> dict[str, list[Figures]]:
    """Endpoints that every run of a side has."""
    found: dict[str, list[Figures]] = {}
    for run in runs:
        for each in run.endpoints:
            found.setdefault(each.name, []).append(each)
    return {name: each for name, each in found.items() if len(each) == len(runs)}


def from_usage(
    witness: Witness, base: Sequence[Resources], mesh: Sequence[Resources]
) -> Iterator[Measurement]:
    """CPU and memory of each node, and their mean where the nodes' names differ."""
    ours, theirs = _nodes(base), _nodes(mesh)
    shared = set(ours) & set(theirs)
    if not shared and ours and theirs:
        ours, theirs = {"": _flat(ours)}, {"": _flat(theirs)}
        shared = set(ours)
    for name in sorted(shared):
        for metric, of in _USED.items():
            sides = (_averages(ours[name], of), _averages(theirs[name], of))
            if all(sides):
                yield witness.saw(metric, *sides, name)


def _nodes(files: Sequence[Resources]) -> dict[str, list[list[Usage]]]:
    """Node → what each file says of it; other usages count as one node without a name."""
    found: dict[str, list[list[Usage]]] = {}
    for file in files:
        here: dict[str, list[Usage]] = {}
        nodes = [each for each in file.usages if each.kind == "node"] or list(file.usages)
        for each in nodes:
            here.setdefault(each.name, []).append(each)
        for name, usages in here.items():
            found.setdefault(name, []).append(usages)
    return found


def _flat(nodes: dict[str, list[list[Usage]]]) -> list[list[Usage]]:
    """All nodes of a file as one, so that their mean is taken."""
    files = max(len(each) for each in nodes.values())
    return [
        [usage for each in nodes.values() if at < len(each) for usage in each[at]]
        for at in range(files)
    ]


def _cpu(usage: Usage) -> float | None:
    return usage.cpu_cores


def _memory(usage: Usage) -> float | None:
    return None if usage.memory_bytes is None else usage.memory_bytes / MIB


_USED: Mapping[Metric, Callable[[Usage], float | None]] = {"cpu": _cpu, "memory": _memory}


def _averages(files: list[list[Usage]], of: Callable[[Usage], float | None]) -> list[float]:
    """One mean for each file that says anything."""
    found = [[value for each in usages if (value := of(each)) is not None] for usages in files]
    return [fmean(each) for each in found if each]


def told(found: Comparison) -> Iterator[str]:
    """A comparison in lines: its verdict, the deltas that matter, what could not be checked."""
    yield found.verdict
    for each in found.deltas:
        if each.metric in ("p50", "p95", "error_rate") and each.endpoint is None:
            yield _delta(each)
    for unchecked in found.unchecked:
        yield f"Not checked: {unchecked}"


def _delta(delta: Delta) -> str:
    if delta.metric == "error_rate":
        return f"failed calls: {delta.baseline:.2%} → {delta.mesh:.2%}"
    percent = f" ({delta.percent:+.1f} %)" if delta.percent is not None else ""
    return f"{delta.metric}: {delta.baseline:.4g} → {delta.mesh:.4g} ms{percent}"
