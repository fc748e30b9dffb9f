"""Questions answered: how many rightly, how many wrongly, how fast.

    python -m bench.search [FILE]

FILE holds one JSON object a line: question, expected (acceptable entries, best first) and scope:
"out" must not be answered. Without FILE the committed questions are asked. Each is asked once;
times are CPU time, so that what else the machine does is not counted.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bot.domain.search import Found, Index
from bot.knowledge import load

COMMITTED = Path(__file__).parent.parent / "tests" / "domain" / "questions.jsonl"
AIMS = {
    "right answer first": (0.85, "at least"),
    "right within three": (0.95, "at least"),
    "wrong answer": (0.05, "at most"),
    "answered though out of scope": (0.05, "at most"),
}
SLOWEST_MS = 2.0


class Asked(NamedTuple):
    """One question, what came of it, and what should have."""

    question: str
    expected: Sequence[str]
    in_scope: bool
    found: Found
    milliseconds: float

    @property
    def right(self) -> bool:
        """Answered, with an entry that is acceptable."""
        return self.found.answer in self.expected

    @property
    def wrong(self) -> bool:
        """Answered, with an entry that is not."""
        return self.found.answer is not None and not self.right

    @property
    def near(self) -> bool:
        """An acceptable entry is the answer or among the first offered, three in all."""
        first = [self.found.answer] if self.found.answer else []
        return any(each in self.expected for each in [*first, *self.found.related][:3])


def ask_all(index: Index, file: Path) -> list[Asked]:
    """Every question of a file, asked once."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [_ask(index, json.loads(line)) for line in lines if line.strip()]


def _ask(index: Index, line: Mapping[str, object]) -> Asked:
    question, expected = str(line["question"]), line["expected"]
    assert isinstance(expected, list)
    start = time.thread_time()
    found = index.ask(question)
    took = (time.thread_time() - start) * 1000
    return Asked(question, expected, line["scope"] == "in", found, took)


def figures(asked: Sequence[Asked]) -> dict[str, float]:
    """Shares, 0 to 1: the first three of what is in scope, the last of what is not."""
    ours = [each for each in asked if each.in_scope]
    others = [each for each in asked if not each.in_scope]
    return {
        "right answer first": _share([each.right for each in ours]),
        "right within three": _share([each.near for each in ours]),
        "wrong answer": _share([each.wrong for each in ours]),
        "answered though out of scope": _share([bool(each.found.answer) for each in others]),
    }


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


def main(file: Path = COMMITTED) -> None:
    """Build the index from the shipped pack, ask everything, print the table."""
    pack = load()
    start = time.thread_time()
    index = Index.build(pack.entries, pack.synonyms)
    built = (time.thread_time() - start) * 1000
    asked = ask_all(index, file)
    ours = sum(each.in_scope for each in asked)
    title = f"{file.name}: {ours} questions in scope, {len(asked) - ours} out of scope"
    table = Table("", "share", "aim", title=title)
    for name, share in figures(asked).items():
        aim, side = AIMS[name]
        met = share >= aim if side == "at least" else share <= aim
        table.add_row(name, f"{share:.1%}", f"{side} {aim:.0%}" + ("" if met else ", missed"))
    Console().print(table, _speed([each.milliseconds for each in asked], built))


def _speed(milliseconds: Sequence[float], built: float) -> Table:
    cuts = statistics.quantiles(milliseconds, n=100, method="inclusive")
    table = Table("", "ms", "aim", title="Speed, CPU time")
    table.add_row("a question, p50", f"{cuts[49]:.2f}", f"under {SLOWEST_MS:g}")
    table.add_row("a question, p99", f"{cuts[98]:.2f}", f"under {SLOWEST_MS:g}")
    table.add_row("building the index, once", f"{built:.0f}", "")
    return table


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
