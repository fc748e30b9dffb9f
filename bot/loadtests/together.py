"""Results of the pieces of one file: each run apart, and a word on whatever was not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.domain.runs.model import STATISTICS, Resources, Run
from bot.loadtests.door import JUNK
from bot.loadtests.figures import MOST_RUNS, few
from bot.loadtests.pieces import JSON_START
from bot.loadtests.quantities import shown
from bot.loadtests.snapshots import SNAPSHOTS, over_time

Result = tuple[Run, ...] | Resources
NEAR = 0.01
"""How far, as a share, the rates of one run may differ in what a tool prints and writes."""
UNREAD = "Not read, because it is no result that meshfit knows: {what}."
DAMAGED = "A part of this file was not read. {why}"
TWICE = "This run stands in the file twice, as {kept} and as {other}: read once."
BESIDE = "CPU and memory in this file ({formats}) were not read: give them in a file of their own."


def unread(text: str) -> str | None:
    """What stands in a piece that nobody reads; None where that is junk around a result."""
    lines = [each.strip() for each in text.splitlines() if not JUNK.match(each)]
    lines = [each for each in lines if any(map(str.isalnum, each))]
    if not lines:
        return None
    more = len(lines) - 1
    return f"{shown(lines[0])}{f' and {more:,} more line' + 's' * (more > 1) if more else ''}"


def noted_unread(run: Run, lines: Iterable[str]) -> Run:
    """A run with a word on lines of its report that were not read, where there are any."""
    what = unread("\n".join(lines))
    return run.model_copy(update={"notes": (UNREAD.format(what=what), *run.notes)}) if what else run


def begins_as_document(text: str) -> bool:
    """Whether nothing but junk stands before the first document."""
    match = JSON_START.search(text)
    return match is not None and all(
        JUNK.match(each) for each in text[: match.start()].splitlines()
    )


def together(results: Sequence[Result], missed: Iterable[str], damaged: Iterable[str]) -> Result:
    """All of them, with a note on what of the file is in none."""
    what = list(missed)
    notes = [DAMAGED.format(why=why) for why in dict.fromkeys(damaged)]
    notes += [UNREAD.format(what=", ".join(what[:3]) + ", …" * (len(what) > 3))] if what else []
    usage = [each for each in results if isinstance(each, Resources)]
    runs = [run for each in results if not isinstance(each, Resources) for run in each]
    if not runs:
        return _merged(usage, notes)
    few(runs, MOST_RUNS)
    if usage:
        notes.append(BESIDE.format(formats=", ".join(sorted({each.format for each in usage}))))
    kept = _once_each(runs)
    first = kept[0].model_copy(update={"notes": (*notes, *kept[0].notes)})
    return (first, *kept[1:])


def _merged(usage: Sequence[Resources], notes: Sequence[str]) -> Resources:
    every = [one for each in usage for one in each.usages]
    usages = over_time(every)
    looks = max(Counter((each.kind, each.name) for each in every).values(), default=1)
    seen = (SNAPSHOTS.format(n=looks),) if looks > 1 else ()
    every_note = dict.fromkeys((*notes, *seen, *(note for each in usage for note in each.notes)))
    return usage[0].model_copy(
        update={
            "usages": usages,
            "series": tuple(one for each in usage for one in each.series),
            "notes": tuple(every_note),
        }
    )


def _once_each(runs: Sequence[Run]) -> list[Run]:
    """Without what a tool printed of a run that it wrote to the same file as well."""
    kept: list[Run] = []
    for run in runs:
        same = next((at for at, each in enumerate(kept) if _same(each, run)), None)
        if same is None:
            kept.append(run)
            continue
        better, other = sorted((kept[same], run), key=lambda each: "json" not in each.format)
        note = TWICE.format(kept=better.format, other=other.format)
        kept[same] = better.model_copy(update={"notes": (note, *better.notes)})
    return kept


def _same(one: Run, other: Run) -> bool:
    """One run in two formats: the same tool, number of requests, rate and response times."""
    if one.tool != other.tool or one.format == other.format or not one.requests:
        return False
    if one.requests != other.requests or one.rps is None or other.rps is None:
        return False
    times = [
        (first, second)
        for name in STATISTICS
        if (first := getattr(one.latency_ms, name)) is not None
        and (second := getattr(other.latency_ms, name)) is not None
    ]
    figures = ((one.rps, other.rps), *times)
    return bool(times) and all(abs(low - high) <= NEAR * max(low, high) for low, high in figures)
