"""How long meshfit thinks: a whole assessment with its what-ifs, loading the pack, a verdict.

    python -m bench thinking

CPU time of this thread, so that what else the machine does is not counted. As a yardstick for the
machine, each figure also stands as a multiple of one JSON trip of the pack's text.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bot.domain.answers import parse_answers
from bot.domain.decision import decide
from bot.domain.decision.facts import state
from bot.domain.decision.flips import flips_of
from bot.domain.decision.trials import Trials
from bot.knowledge import load

ROUNDS = 5


class Row(NamedTuple):
    """One thing that was timed, in milliseconds."""

    what: str
    median: float
    worst: float
    aim: float


def main() -> None:
    """Measure, then print the table."""
    pack = load()
    text = pack.model_dump_json()
    yardstick = statistics.median(_times(lambda: json.dumps(json.loads(text))))
    examples = [parse_answers(pack, each.answers) for each in pack.examples.values()]
    decided = [ms for each in examples for ms in _times(partial(decide, pack, each))]
    loaded = list(_times(load))
    rows = (
        Row("a full assessment with every what-if", statistics.median(decided), max(decided), 50),
        Row("loading and checking the shipped pack", statistics.median(loaded), max(loaded), 150),
    )
    most = 0
    for each in examples:
        trials = Trials(pack, state(pack, each))
        flips_of(pack, each, trials)
        most = max(most, trials.count)
    _draw(rows, yardstick, most)


def _times(work: Callable[[], object]) -> Iterator[float]:
    """Milliseconds of each round."""
    for _ in range(ROUNDS):
        start = time.thread_time()
        work()
        yield (time.thread_time() - start) * 1000


def _draw(rows: tuple[Row, ...], yardstick: float, most: int) -> None:
    table = Table("what", "median ms", "worst ms", "aim ms", "x one JSON trip of the pack")
    for row in rows:
        multiple = f"{row.median / yardstick:.1f}"
        table.add_row(row.what, f"{row.median:.1f}", f"{row.worst:.1f}", f"{row.aim:g}", multiple)
    Console().print(table)
    Console().print(f"At most {most:,} evaluations of the table for one assessment.")


if __name__ == "__main__":
    main()
