"""`meshfit compare`: results without and with the mesh; refused where they are unlike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from bot.domain.runs import compare as domain
from bot.domain.runs.model import REFUSALS, Comparison, Delta, Refusal, Resources, Run, Span
from bot.domain.words import amount, by_amount, by_percent
from bot.errors import BadInput, Faults
from bot.terminal.compared import NamedRun, chosen, document_of, runs_table
from bot.terminal.environment import environment, knowledge_pack
from bot.terminal.output import console, say, say_json, visible
from bot.terminal.results import result

SAME = (
    "{n} {side} runs, {different} of them different: the same run given again is no new "
    "observation, so a p is smaller here than it should be"
)
MOST_ALIKE = 2
"""Refusals of one kind, beside the first, that are written out."""
MOST_UNTOLD = 6
"""Lines of what cannot be told that are written out."""
_UNITS = {"rps": "rate, 1/s", "error_rate": "failed, 0 to 1"}
"""What is no latency, with its unit."""


class CompareOptions(NamedTuple):
    """The options of one call."""

    override: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    """Which run of a file with several: its number, or the rate it asked for."""
    report: Path | None = None
    """Where the page to hand on is written."""


def compare(
    base: Sequence[str], mesh: Sequence[str], wanted: CompareOptions, *, as_json: bool
) -> int:
    """Print what the runs show: 0 where they can be compared, 1 where not.

    The pack in use says how unlike they may be. Raises `Faults` for a file that holds no run,
    `BadInput` for an override that makes no sense, a run that is in no file, or a report that
    cannot be written.
    """
    overrides = dict(_override(each) for each in wanted.override)
    pack = knowledge_pack(environment())
    sides_given = {"baseline": _runs(base, wanted.run), "mesh": _runs(mesh, wanted.run)}
    notes = list(_doubts(sides_given, chosen=bool(wanted.run)))
    sides = (_only(sides_given["baseline"]), _only(sides_given["mesh"]))
    comparison = domain.compare(*sides, overrides, pack.tolerances, [*pack.budgets.values()])
    notes += comparison.notes
    if wanted.report:
        from bot.terminal.report import write_report  # noqa: PLC0415 - drawing is slow to load

        write_report(wanted.report, pack, comparison, sides_given, notes)
    if as_json:
        say_json(document_of(comparison, sides_given, notes))
    else:
        _say(comparison, notes)
        say(runs_table(sides_given, comparison.far))
        for note in domain.noted([each for runs in sides_given.values() for each in runs]):
            say(f"Note: {visible(note)}")
        if wanted.report:
            say(f"The report is in {visible(str(wanted.report))}.")
    return 0 if comparison.comparable else 1


def _override(text: str) -> tuple[str, str]:
    kind, _, because = text.partition("=")
    if kind not in REFUSALS:
        raise BadInput(f"{kind} is no refusal: one of {', '.join(REFUSALS)}.")
    return kind, because


def _doubts(sides: Mapping[str, Sequence[NamedRun]], *, chosen: bool) -> Iterator[str]:
    """What the files that were named make doubtful: runs given twice, several in one."""
    for side, named_runs in sides.items():
        runs = _only(named_runs)
        different = sum(run not in runs[:at] for at, run in enumerate(runs))
        if different < len(runs):
            yield SAME.format(side=side, n=len(runs), different=different)
    if not chosen:
        yield from dict.fromkeys(
            note for named_runs in sides.values() for note in _several(named_runs)
        )


def _several(runs: Sequence[NamedRun]) -> Iterator[str]:
    """That a file of a side holds several runs, each of which counts as one."""
    for file, many in Counter(file for file, _ in runs).items():
        times = runs.count(next(each for each in runs if each[0] == file))
        if many > times:
            yield f"{visible(file)} holds {many // times} runs, and all count: --run N takes one"


def _only(runs: Sequence[NamedRun]) -> tuple[Run, ...]:
    return tuple(run for _, run in runs)


def _runs(files: Sequence[str], wanted: Sequence[str]) -> tuple[NamedRun, ...]:
    """(file, run) of each; of a file with several those that were asked for."""
    runs: list[NamedRun] = []
    for file in files:
        measured = result(file)
        if isinstance(measured, Resources):
            raise Faults([f"{file}: holds CPU and memory, not latencies: see meshfit inspect."])
        choose = wanted or len(measured) > domain.MOST_RUNS
        runs += [(file, run) for run in (chosen(file, measured, wanted) if choose else measured)]
    return tuple(runs)


def _say(comparison: Comparison, notes: Sequence[str]) -> None:
    say(f"{comparison.verdict[0].upper()}{comparison.verdict[1:]}.")
    if comparison.refusals:
        say("\n".join(_refused(comparison.refusals)))
    for id_, because, differs in comparison.set_aside:
        say(f"  Overridden, {id_}: {visible(because)}\n  What differs: {visible(differs)}")
    if comparison.deltas:
        _table(comparison.deltas)
    if untold := _untold(comparison):
        say("\n".join(untold))
    if comparison.unchecked:
        say(f"Not in every file, so not compared: {', '.join(comparison.not_in_every_file)}.")
    if notes:
        say("\n".join(f"Note: {each}." for each in notes))


def _untold(comparison: Comparison) -> list[str]:
    """What cannot be told beside the verdict; of much the first."""
    lines = [f"Note: {visible(each)}." for each in comparison.untold]
    rest = len(lines) - MOST_UNTOLD
    more = [f"Note: {rest} more lines of that kind are in --json."] if rest > 0 else []
    return lines[:MOST_UNTOLD] + more


def _refused(refusals: Sequence[Refusal]) -> Iterator[str]:
    """Each reason; of many that are alike, as a sweep has them, the first and their number."""
    for kind, group in groupby(refusals, key=lambda each: each.id):
        first, *rest = [visible(each.text) for each in group]
        yield f"  {kind}: {first}"
        if len(rest) > MOST_ALIKE:
            yield f"  {kind}: and {len(rest)} more like it, all of them in --json."
        else:
            yield from (f"  {kind}: {each}" for each in rest)


def _table(deltas: Sequence[Delta]) -> None:
    from rich import box  # noqa: PLC0415 - JSON output need not wait for it
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, width=min(console().width, 100))
    heads = ("", "", "baseline", "mesh", "difference", "", "p")
    for at, head in enumerate(heads):
        table.add_column(
            head,
            justify="right" if at > 1 else "left",
            no_wrap=head in {"baseline", "mesh", "difference"},
            overflow="fold",
        )
    above: str | None = ""
    for each in deltas:
        called = "" if each.endpoint == above else visible(each.endpoint or "whole run")
        above = each.endpoint
        percent = "" if each.percent is None else by_percent(each.percent)
        chance = "" if each.p_value is None else f"{each.p_value:.2g}"
        table.add_row(
            called,
            _UNITS.get(each.metric, f"{each.metric}, ms"),
            _side(each.baseline, each.baseline_within),
            _side(each.mesh, each.mesh_within),
            f"{'≈ ' if each.within else ''}{by_amount(each.absolute)}",
            percent,
            chance,
        )
    say(table)


def _side(value: float, within: Span | None) -> str:
    """A figure, and below it where it lies, if it was read off buckets."""
    if within is None:
        return amount(value)
    return f"≈ {amount(value)}\n{'-'.join(map(amount, within))}"
