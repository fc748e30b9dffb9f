"""Runs that were kept of one endpoint: what they come to, which make way for new ones."""

from __future__ import annotations

from collections.abc import Container, Sequence

from bot.domain.pack.tolerances import Tolerances
from bot.domain.pilot.model import KeptRun, Override
from bot.domain.runs.budgeted import Budgeted
from bot.domain.runs.compare import compare
from bot.domain.runs.model import Comparison, Figures, Refusal, Run, Side
from bot.domain.words import shortened
from bot.errors import BadInput


def about(run: Run, endpoint: str) -> Run:
    """A run as far as it is about one endpoint; an empty endpoint means all of them.

    A file of one endpoint is about that one, whatever it calls it. Raises `BadInput` where a file
    of several does not name the endpoint, and where there is nothing to compare.
    """
    named = [each for each in run.endpoints if each.name.casefold() == endpoint.casefold()]
    if endpoint and len(run.endpoints) > 1 and not named:
        names = ", ".join(shortened(each.name) for each in run.endpoints[:5])
        raise BadInput(f"names no endpoint {endpoint}, but {names}. Empty: all of them together.")
    if endpoint and named:
        own = {name: getattr(named[0], name) for name in Figures.model_fields}
        run = run.model_copy(update={**own, "endpoints": ()})
    if not any(map(_says_something, (run, *run.endpoints))):
        raise BadInput("holds neither latencies nor errors, so there is nothing in it to compare.")
    return run


def _says_something(figures: Figures) -> bool:
    latency = figures.latency_ms
    known = (latency.p50, latency.p90, latency.p95, latency.p99, latency.mean, latency.p95_range)
    return figures.error_rate is not None or any(each is not None for each in known)


def sides_of(runs: Sequence[KeptRun]) -> tuple[list[Run], list[Run]]:
    """The runs without the mesh, and with it."""
    base = [each.run for each in runs if each.side == "baseline"]
    return base, [each.run for each in runs if each.side == "mesh"]


def comparison_of(
    runs: Sequence[KeptRun],
    overrides: Sequence[Override],
    tolerances: Tolerances,
    budgets: Sequence[Budgeted] = (),
) -> Comparison | None:
    """What runs come to, given what is budgeted; None while a side has none."""
    base, mesh = sides_of(runs)
    if not base or not mesh:
        return None
    reasons = _still_standing(compare(base, mesh, tolerances=tolerances).refusals, overrides)
    return compare(base, mesh, reasons, tolerances, budgets)


def giving_way(
    runs: Sequence[KeptRun],
    overrides: Sequence[Override],
    sides: Container[Side],
    tolerances: Tolerances,
) -> set[tuple[str, Side]]:
    """What of refused runs makes way for new ones, as (batch, side).

    The newest batches, where those before them could be compared; else all of the sides that are
    given anew, so that a wrong first run is not kept for ever.
    """
    comparison = comparison_of(runs, overrides, tolerances)
    if comparison is None or comparison.comparable:
        return set()
    batches = list(dict.fromkeys(each.batch for each in runs))
    for end in range(len(batches) - 1, 0, -1):
        first = [each for each in runs if each.batch in batches[:end]]
        early = comparison_of(first, overrides, tolerances)
        if early is not None and early.comparable:
            return {(each.batch, each.side) for each in runs if each.batch in batches[end:]}
    return {(each.batch, each.side) for each in runs if each.side in sides}


def once_each(runs: Sequence[KeptRun]) -> None:
    """Nothing, or `BadInput` where a run is there twice: it is one observation all the same."""
    for at, each in enumerate(runs):
        if any(each.side == other.side and each.run == other.run for other in runs[:at]):
            raise BadInput(
                f"{each.file} holds a run that is counted here already: the same run twice shows "
                "no more than once."
            )


def _still_standing(refusals: Sequence[Refusal], overrides: Sequence[Override]) -> dict[str, str]:
    """The reasons to set aside what is refused now as it was then."""
    standing: dict[str, set[str]] = {}
    for each in refusals:
        standing.setdefault(each.id, set()).add(each.text)
    return {
        each.refusal: each.reason
        for each in overrides
        if standing.get(each.refusal, {""}) <= set(each.texts)
    }
