"""What the times and the sameness of runs say against comparing them, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.runs.likeness import Sides


def doubts(sides: Sides) -> Iterator[str]:
    """Where one run stands on both sides, and where a side was run wholly before the other."""
    both = sum(run in sides.mesh for run in sides.base)
    if both:
        runs = "one run stands" if both == 1 else f"{both} runs stand"
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
