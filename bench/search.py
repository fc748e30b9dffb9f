"""Questions answered: how many rightly, how many wrongly, how sure it was, how fast.

    python -m bench search [FILE…] [--split] [--without-words]

A FILE holds one JSON object a line: question, expected (acceptable entries, best first) and scope:
"out" must not be answered. `then` holds the ids that are acceptable once the pack has them; ids
that it lacks count for nothing, and a question of which none is left is out of scope. Without FILE
the committed questions are asked. Each is asked once; times are CPU time, so that what else the
machine does is not counted. `--split` tells composed questions from those of real threads (they
have an `origin`), and shows how sure answers were against how often they were right.
`--without-words` asks the same pack without its lists of single words, which should matter little.
"""

from __future__ import annotations

import json
import math
import statistics
import time
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import click
from rich.console import Console
from rich.table import Table

from bot.domain.pack import Entry, Pack
from bot.domain.search import Index, MessageAnswer
from bot.knowledge import load

QUESTIONS = Path(__file__).parent.parent / "tests" / "domain"
SETS = (
    *("questions", "threads", "doubtful", "strangers", "practitioners"),
    *("passers_by", "short", "neighbours", "outside"),
)
COMMITTED = tuple(QUESTIONS / f"{name}.jsonl" for name in SETS)
COMPOSED = {
    "first": (0.93, "at least"),
    "within three": (0.95, "at least"),
    "answered right": (0.82, "at least"),
    "answered wrong": (0.03, "at most"),
    "answered though out of scope": (0.03, "at most"),
    "right among answers given": (0.85, "at least"),
}
REAL = {
    "first": (0.82, "at least"),
    "within three": (0.93, "at least"),
    "answered right": (0.62, "at least"),
    "answered wrong": (0.05, "at most"),
    "answered though out of scope": (0.06, "at most"),
    "right among answers given": (0.85, "at least"),
}
"""What is aimed at, for questions made up for us and for those of real threads."""
SLOWEST_MS = 2.0
BANDS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 1.01)
"""Where the calibration table cuts confidence."""
Z = 1.96
"""Of a 95 % interval."""


class Asked(NamedTuple):
    """One question, what came of it, and what should have."""

    question: str
    expected: Sequence[str]
    """Empty where it is out of scope."""
    real: bool
    answer: str | None
    offered: Sequence[str]
    """The answer, or what is guessed, then what is offered beside it; three in all."""
    met: MessageAnswer
    milliseconds: float

    @property
    def first(self) -> bool:
        """What comes first is acceptable, answered or guessed."""
        return any(each in self.expected for each in self.offered[:1])

    @property
    def near(self) -> bool:
        """An acceptable entry is among the three."""
        return any(each in self.expected for each in self.offered)

    @property
    def right(self) -> bool:
        """Answered, with an entry that is acceptable."""
        return self.answer in self.expected

    @property
    def wrong(self) -> bool:
        """Answered, with an entry that is not."""
        return self.answer is not None and not self.right


def ask_all(index: Index, *files: Path, entries: Mapping[str, Entry] | None = None) -> list[Asked]:
    """Every question of these files, asked once; `entries` says which are special cases."""
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    whole = {key: each.within for key, each in (entries or {}).items() if each.within}
    return [_ask(index, json.loads(line), whole) for line in lines if line.strip()]


def _ask(index: Index, line: Mapping[str, object], whole: Mapping[str, str]) -> Asked:
    question = str(line["question"])
    start = time.thread_time()
    met = index.ask(question)
    took = (time.thread_time() - start) * 1000
    answer = whole.get(met.answer, met.answer) if met.answer else None
    ids = [*filter(None, [answer]), *(whole.get(each, each) for each in met.related)]
    offered = list(dict.fromkeys(ids))[:3]
    accepted = expected(line, index.ids)
    return Asked(question, accepted, "origin" in line, answer, offered, met, took)


def expected(line: Mapping[str, object], known: Collection[str]) -> list[str]:
    """What answers a question in a pack of these entries; nothing: it is out of scope."""
    for ids in (line.get("then"), line["expected"]):
        usable = [str(each) for each in ids if each in known] if isinstance(ids, list) else []
        if usable:
            return usable
    return []


class Share(NamedTuple):
    """How many of how many."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """0 to 1; 0 of nothing."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval, which holds for few questions and near 0 and 1 as well."""
        if not self.of:
            return 0.0, 1.0
        centre = (self.hits + Z * Z / 2) / (self.of + Z * Z)
        spread = self.hits * (self.of - self.hits) / self.of + Z * Z / 4
        half = Z * math.sqrt(spread) / (self.of + Z * Z)
        return centre - half, centre + half


def figures(asked: Sequence[Asked]) -> dict[str, Share]:
    """What is aimed at, by name."""
    ours = [each for each in asked if each.expected]
    others = [each for each in asked if not each.expected]
    answered = [each for each in asked if each.answer]
    return {
        "first": _share([each.first for each in ours]),
        "within three": _share([each.near for each in ours]),
        "answered right": _share([each.right for each in ours]),
        "answered wrong": _share([each.wrong for each in ours]),
        "answered though out of scope": _share([each.wrong for each in others]),
        "right among answers given": _share([each.right for each in answered]),
    }


def _share(hits: Sequence[bool]) -> Share:
    return Share(sum(hits), len(hits))


def met(name: str, share: Share, *, real: bool) -> bool:
    """Whether a figure is where it is aimed."""
    aim, side = (REAL if real else COMPOSED)[name]
    return share.value >= aim if side == "at least" else share.value <= aim


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--split", is_flag=True, help="Composed and real apart, and the calibration.")
@click.option("--without-words", is_flag=True, help="Leave out the entries' lists of words.")
def command(files: tuple[Path, ...], *, split: bool, without_words: bool) -> None:
    """Ask every question of these files, or the committed ones."""
    main(*files, split=split, without_words=without_words)


def bare(pack: Pack) -> Pack:
    """The pack without the lists of words of its entries."""
    entries = {key: each.model_copy(update={"words": ()}) for key, each in pack.entries.items()}
    return pack.model_copy(update={"entries": entries})


def main(*files: Path, split: bool = False, without_words: bool = False) -> None:
    """Build the index from the shipped pack, ask everything, print the tables."""
    pack = bare(load()) if without_words else load()
    start = time.thread_time()
    index = Index.build(pack.entries, pack.synonyms)
    built = (time.thread_time() - start) * 1000
    asked = [(each.name, ask_all(index, each, entries=pack.entries)) for each in files or COMMITTED]
    everything = [one for _, some in asked for one in some]
    if split:
        halves = [("composed", False), ("real", True)]
        asked = [(name, [one for one in everything if one.real == real]) for name, real in halves]
    console = Console()
    for name, some in asked:
        if some:
            console.print(_figures(name, some))
    if split:
        console.print(_calibration(everything))
    console.print(_speed([each.milliseconds for each in everything], built))


def _figures(name: str, asked: Sequence[Asked]) -> Table:
    real = asked[0].real
    ours = sum(bool(each.expected) for each in asked)
    title = f"{name}: {ours} questions in scope, {len(asked) - ours} out of scope"
    table = Table("", "share", "95 % interval", "aim", title=title)
    for what, share in figures(asked).items():
        if not share.of:
            continue  # a set without such questions says nothing of them
        aim, side = (REAL if real else COMPOSED)[what]
        low, high = share.interval
        missed = "" if met(what, share, real=real) else ", missed"
        table.add_row(
            what, f"{share.value:.3f}", f"{low:.3f} to {high:.3f}", f"{side} {aim:.2f}{missed}"
        )
    return table


def _calibration(asked: Sequence[Asked]) -> Table:
    """How sure it was of what came first, against how often that was right."""
    table = Table("confidence", "questions", "mean", "right", title="Calibration")
    for low, high in pairwise(BANDS):
        band = [each for each in asked if low <= each.met.confidence < high]
        if band:
            mean = statistics.fmean(each.met.confidence for each in band)
            right = _share([each.first for each in band]).value
            name = f"{low:.1f} to {min(high, 1.0):.1f}"
            table.add_row(name, str(len(band)), f"{mean:.2f}", f"{right:.2f}")
    return table


def _speed(milliseconds: Sequence[float], built: float) -> Table:
    cuts = statistics.quantiles(milliseconds, n=100, method="inclusive")
    table = Table("", "ms", "aim", title="Speed, CPU time")
    table.add_row("a question, p50", f"{cuts[49]:.2f}", f"under {SLOWEST_MS:g}")
    table.add_row("a question, p99", f"{cuts[98]:.2f}", f"under {SLOWEST_MS:g}")
    table.add_row("building the index, once", f"{built:.0f}", "")
    return table


if __name__ == "__main__":
    command()
