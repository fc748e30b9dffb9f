"""What times, sameness and requests that are in no figure say against comparing, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.runs.likeness import Sides
from bot.domain.words import listed


def same_runs(sides: Sides) -> str | None:
    """The headline where both sides are the same runs: no further one makes that a comparison."""
    again = _on_both(sides)
    if again < len(sides.base) or not all(run in sides.base for run in sides.mesh):
        return None
    return f"nothing to compare: the same run{'s' if again > 1 else ''} on both sides"


def some_again(sides: Sides) -> str | None:
    """How many runs stand on both sides, as a sentence begins; None where none does."""
    again = _on_both(sides)
    return (f"{again} runs stand" if again > 1 else "one run stands") if again else None


def given_again(sides: Sides) -> str | None:
    """That a side holds the same run more than once, as a sentence begins; None where none does."""
    again = [
        f"of {len(runs)} {name} runs {different} {'is' if different == 1 else 'are'} different"
        for name, runs in (("baseline", sides.base), ("mesh", sides.mesh))
        if (different := sum(run not in runs[:at] for at, run in enumerate(runs))) < len(runs)
    ]
    return listed(again) if again else None


def _on_both(sides: Sides) -> int:
    return sum(run in sides.mesh for run in sides.base)


def doubts(sides: Sides) -> Iterator[str]:
    """Where one run stands on both sides, and where a side was run wholly before the other."""
    if runs := some_again(sides):
        yield f"{runs} on both sides, so that nothing differs there: give each side its own"
    starts = [[run.started_at for run in side] for side in (sides.base, sides.mesh)]
    known = [[each for each in side if each is not None] for side in starts]
    if min(map(len, starts)) < 2 or [*map(len, known)] != [*map(len, starts)]:
        return
    if len({each.tzinfo is None for side in known for each in side}) > 1:
        return
    base, mesh = known
    if max(base) < min(mesh) or max(mesh) < min(base):
        first, then = (
            ("baselines", "mesh runs") if max(base) < min(mesh) else ("mesh runs", "baselines")
        )
        yield (
            f"all {first} came before all {then}, so that whatever changed meanwhile looks like "
            "the mesh: run them in turns"
        )


def never_sent(sides: Sides) -> Iterator[str]:
    """Runs of which some requests were not sent; many are refused as saturation."""
    for name, run in sides.named:
        if run.unsent:
            yield (
                f"In the {name}, {run.unsent:,} requests could not be sent in time and are in no "
                "figure: it fell short of its rate there"
            )


def slow_ones_missing(sides: Sides) -> Iterator[str]:
    """What to know of runs of which few answers are in no latency."""
    for name, run in sides.named:
        if run.requests and run.left_out:
            yield (
                f"In the {name}, {run.left_out:,} of {run.requests:,} answers were too slow for "
                f"{run.tool}'s timeout and are in no latency: mean and percentiles are too low"
            )
