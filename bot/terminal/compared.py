"""What `meshfit compare` keeps of the runs: those chosen, a table of them, all in JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.domain.numbers import read_number
from bot.domain.runs.model import Comparison, Metric, Run, Statistic
from bot.domain.words import amount, listed
from bot.errors import BadInput
from bot.terminal.output import visible
from bot.terminal.results import document

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.table import Table

_SHOWN: tuple[Statistic, ...] = ("p50", "p95", "p99")
NamedRun: TypeAlias = tuple[str, Run]
"""The file, and a run in it."""


def chosen(file: str, runs: Sequence[Run], wanted: Sequence[str]) -> list[Run]:
    """The runs of one file that were asked for, by number (`2`) or by rate (`1000/s`).

    A file with one run gives that one. Raises `BadInput` where none of several is meant.
    """
    if len(runs) == 1:
        return list(runs)
    fitting = [
        run
        for at, run in enumerate(runs, 1)
        if any(each.strip() == str(at) or _is_rate(each, run) for each in wanted)
    ]
    if not fitting:
        rates = [f"{run.requested_rps:,.6g}/s" for run in runs if run.requested_rps]
        by_rate = f", or by the rate asked for: {', '.join(rates)}" if rates else ""
        raise BadInput(
            f"{visible(file)} holds {len(runs)} runs: choose with --run 1 to {len(runs)}{by_rate}."
        )
    return fitting


def _is_rate(wanted: str, run: Run) -> bool:
    if not wanted.strip().endswith("/s") or not run.requested_rps:
        return False
    try:
        return read_number(wanted.strip().removesuffix("/s")) == run.requested_rps
    except ValueError:
        return False


def document_of(
    comparison: Comparison, sides: Mapping[str, Sequence[NamedRun]], notes: Sequence[str]
) -> dict[str, Any]:
    """Everything that the text says, for scripts."""
    far = iter(comparison.far)
    return {
        "comparable": comparison.comparable,
        "refusals": [each.text for each in comparison.refusals],
        "deltas": [each.model_dump() for each in comparison.deltas],
        "verdict": comparison.verdict,
        "refusal_ids": [each.id for each in comparison.refusals],
        "overridden": [
            {"id": each.refusal.id, "text": each.refusal.text, "because": each.because}
            for each in comparison.overridden
        ],
        "unchecked": list(comparison.unchecked),
        "unresolved": [each.model_dump() for each in comparison.unresolved],
        "smallest_p": comparison.smallest_p,
        "notes": list(notes),
        "runs": {
            side: [
                {"file": file, **document(run), "far_from_others": list(next(far))} | _errors(run)
                for file, run in runs
            ]
            for side, runs in sides.items()
        },
    }


def _errors(run: Run) -> dict[str, Any]:
    return {"errors_by_kind": dict(run.errors_by_kind)} if run.errors_by_kind else {}


def runs_table(sides: Mapping[str, Sequence[NamedRun]], far: Sequence[tuple[Metric, ...]]) -> Table:
    """Every run of both sides, in the order in which they were given, and each side's range."""
    from rich import box  # noqa: PLC0415 - JSON output need not wait for it
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    heads = ("run", "when", "asked", "1/s", "requests", "failed", *_SHOWN)
    for at, head in enumerate(heads):
        justify: JustifyMethod = "right" if at > 1 else "left"
        table.add_column(head, justify=justify, no_wrap=at > 0, overflow="fold")
    odd = iter(far)
    for side, named_runs in sides.items():
        table.add_row(f"{side}:")
        for file, run in named_runs:
            table.add_row(*_cells(file, run, next(odd)))
        for row in _range([run for _, run in named_runs]):
            table.add_row(*row)
    return table


def _cells(file: str, run: Run, far: Sequence[Metric]) -> list[str]:
    """One row; what a file does not say stays empty."""
    figures = [_narrow(run.latency_ms.told(name)) for name in _SHOWN]
    tall = any("\n" in each for each in figures)
    form = "%m-%d\n%H:%M" if tall else "%m-%d %H:%M"
    when = f"{run.started_at:{form}}" if run.started_at else ""
    marks = f" (far from the others: {listed(far)})" if far else ""
    return [
        f"  {visible(file.rpartition('/')[2])}{marks}",
        when,
        *("" if each is None else amount(each) for each in _counted(run)),
        *figures,
    ]


def _narrow(cells: Sequence[str]) -> str:
    """A statistic in lines of at most nine letters or so: 80 columns hold a row."""
    lines = (each.replace("≈ ", "≈").replace("above ", ">").replace(" to ", "-") for each in cells)
    return "\n".join(each if len(each) < 10 else each.replace("-", "-\n") for each in lines)


def _counted(run: Run) -> tuple[float | None, ...]:
    return run.requested_rps, run.rps, run.requests, run.errors


def _range(runs: Sequence[Run]) -> Iterator[list[str]]:
    """The lowest and the highest figure of a side, where all of its several runs have one."""
    if len(runs) < 2:
        return
    figures = [
        (*_counted(run), *(getattr(run.latency_ms, name) for name in _SHOWN)) for run in runs
    ]
    for called, end in (("lowest", min), ("highest", max)):
        yield [
            f"  {called}",
            "",
            *("" if None in each else amount(end(each)) for each in zip(*figures, strict=True)),
        ]
