"""What the notes of runs say, once each, also where they say the same of other figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.domain.runs.model import Run
from bot.domain.words import listed

_FIGURE = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
"""A figure in a sentence; what follows a letter, as in p95, is none."""
FEW = 2
"""Notes that differ in nothing but their figures and are written out."""
Said = tuple[str, str]
"""Of which run, and what."""


def noted(runs: Sequence[tuple[str, Run]]) -> Iterator[str]:
    """The notes of runs, each given with its file, with the files that each is said of."""
    said = [(file.rpartition("/")[2], note) for file, run in runs for note in run.notes]
    alike: dict[str, list[Said]] = {}
    for file, note in said:
        alike.setdefault(_FIGURE.sub("#", note), []).append((file, note))
    for held in alike.values():
        if len({note for _, note in held}) <= FEW:
            yield from each_once(held, len(runs))
        else:
            (first, note), files = held[0], [file for file, _ in held]
            yield f"{_of(files, len(runs))}: {note} (the figures of {first}; each has its own)"


def each_once(said: Sequence[Said], runs: int) -> Iterator[str]:
    """What is said of some of so many runs, once each."""
    found: dict[str, list[str]] = {}
    for file, what in said:
        found.setdefault(what, []).append(file)
    yield from (f"{_of(files, runs)}: {what}" for what, files in found.items())


def _of(files: Sequence[str], runs: int) -> str:
    everywhere = len(files) == runs > 1
    return "every run" if everywhere else listed(list(dict.fromkeys(files)))
