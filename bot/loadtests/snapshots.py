"""Several snapshots of the same things: CPU is averaged, memory is taken at its highest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean

from bot.domain.runs.model import Usage

MOST_SNAPSHOTS = 1000
SNAPSHOTS = "{n} snapshots: CPU is their average, memory their highest."


def rows_and_words(
    lines: Sequence[str], is_row: Callable[[str], object]
) -> tuple[list[str], list[str]]:
    """A table's lines to its last row, and what a loop printed below it, before the next table."""
    last = max((at for at, line in enumerate(lines) if is_row(line)), default=-1)
    return list(lines[: last + 1]), list(lines[last + 1 :])


def over_time(usages: Sequence[Usage]) -> tuple[Usage, ...]:
    """One usage a kind and name."""
    by_name: dict[tuple[str, str], list[Usage]] = {}
    for each in usages:
        by_name.setdefault((each.kind, each.name), []).append(each)
    return tuple(_merged(each) for each in by_name.values())


def _merged(several: Sequence[Usage]) -> Usage:
    cores = [each.cpu_cores for each in several if each.cpu_cores is not None]
    memory = [each.memory_bytes for each in several if each.memory_bytes is not None]
    return several[0].model_copy(
        update={
            "cpu_cores": fmean(cores) if cores else None,
            "memory_bytes": max(memory, default=None),
        }
    )
