"""A comparison of runs in lines: its verdict, the deltas that matter, what was not checked."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.delta import Comparison, Delta
from bot.domain.words import by_percent, in_percent


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
        return f"failed calls: {in_percent(delta.baseline)} → {in_percent(delta.mesh)}"
    percent = f" ({by_percent(delta.percent)})" if delta.percent is not None else ""
    return f"{delta.metric}: {delta.baseline:.4g} → {delta.mesh:.4g} ms{percent}"
