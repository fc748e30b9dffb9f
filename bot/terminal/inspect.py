"""`meshfit inspect`: what was read from a load test's result, and how each figure is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.domain.runs.model import STATISTICS, Latency, Quantity, Resources, Run
from bot.domain.words import amount, in_percent
from bot.terminal.output import say, say_json, visible
from bot.terminal.results import document, result, several

if TYPE_CHECKING:
    from rich.table import Table

UNSAID = "What the query measured is not in its answer: say so with --as cpu or --as memory."
MOST_ROWS = 50
"""Endpoints that a person is shown; JSON has all."""


def inspect(file: str, *, as_json: bool, quantity: Quantity | None = None) -> int:
    """Print what a file holds. Raises `Faults` where that is nothing usable."""
    measured = result(file)
    if isinstance(measured, Resources):
        measured = measured.measured_as(quantity) if quantity else measured
        say_json(_resources(measured)) if as_json else _say_resources(measured)
    elif as_json:
        say_json(document(measured[0]) if len(measured) == 1 else several(measured))
    else:
        for run in measured:
            _say_run(run)
    return 0


def _say_run(run: Run) -> None:
    say("\n".join(_facts(run)))
    if any(getattr(run.latency_ms, each) is not None for each in STATISTICS):
        say(_latencies(run))
    if run.endpoints:
        say(_endpoints(run))
    _say_notes(run.notes)


def _say_notes(notes: Sequence[str]) -> None:
    if notes:
        say("\n".join(f"Note: {visible(each)}" for each in notes))


def _resources(resources: Resources) -> dict[str, Any]:
    """The same fields as for runs, which this file does not say, and what it does."""
    return {
        **document(Run(format=resources.format, tool=resources.tool)),
        "resources": [each.model_dump() for each in resources.usages],
        "series": [
            {
                "labels": dict(each.labels),
                "samples": len(each.points),
                "missing": each.missing,
                "mean": each.mean,
                "max": each.highest,
                "last": each.last,
            }
            for each in resources.series
        ],
    }


def _say_resources(resources: Resources) -> None:
    heads = ("CPU, cores", "memory, MiB") if resources.usages else ("mean", "highest")
    table = _table("", *heads)
    for each in resources.usages:
        memory = None if each.memory_bytes is None else each.memory_bytes / 2**20
        table.add_row(visible(each.name), amount(each.cpu_cores), amount(memory))
    met = Counter(one.name for one in resources.series)
    for one in () if resources.usages else resources.series:
        named = one.name if met[one.name] == 1 else one.told
        table.add_row(visible(named), amount(one.mean), amount(one.highest))
    say(f"{resources.tool} ({resources.format})")
    say(table)
    unsaid = resources.series and not resources.usages
    _say_notes((*resources.notes, UNSAID) if unsaid else resources.notes)


def _facts(run: Run) -> list[str]:
    """The run in lines: what the file says, and nothing of what it does not."""
    asked = f", asked for {amount(run.requested_rps)}/s" if run.requested_rps else ""
    facts = (
        ("started", run.started_at and run.started_at.isoformat(sep=" ", timespec="seconds")),
        ("took", run.duration_s is not None and f"{amount(run.duration_s)} s"),
        ("load from", run.connections and f"at most {run.connections:,} connections or users"),
        ("sent with", ", ".join(f"{name} {value}" for name, value in run.settings.items())),
        ("rate", run.rps is not None and f"{amount(run.rps)}/s{asked}{_good(run)}"),
        ("requests", run.requests is not None and f"{run.requests:,}"),
        ("errors", _errors(run)),
        ("not sent", run.unsent and f"{run.unsent:,}, for which it was too late"),
    )
    where = visible(" ".join(each for each in (run.target, run.protocol) if each))
    head = f"{run.tool} ({run.format}){f': {where}' if where else ''}"
    return [head, *(f"  {name:<10} {text}" for name, text in facts if text)]


def _good(run: Run) -> str:
    """Throughput of failures is no throughput."""
    if not run.error_rate or run.rps is None:
        return ""
    return f", {amount(run.rps * (1 - run.error_rate))}/s of them good"


def _errors(run: Run) -> str:
    """How many, which share, and of what kinds."""
    if run.errors is None:
        rate = run.error_rate
        return "" if rate is None else f"{in_percent(rate)}; how many is not known"
    share = "" if run.error_rate is None else f" ({in_percent(run.error_rate)})"
    kinds = ", ".join(f"{kind}: {n:,}" for kind, n in list(run.errors_by_kind.items())[:10] if n)
    return f"{run.errors:,}{share}{f' - {visible(kinds)}' if kinds else ''}"


def _latencies(run: Run) -> Table:
    table = _table("latency", "ms", "known")
    for name in STATISTICS:
        value, how = getattr(run.latency_ms, name), getattr(run.latency_ms.how, name)
        table.add_row(name, amount(value) + lies(name, run.latency_ms), how)
    return table


def lies(name: str, times: Latency) -> str:
    """Between which values a statistic lies, where the file says no more."""
    low, high = times.range_of(name) or (None, None)
    if low is None:
        return ""
    return (
        f" (above {amount(low)})"
        if high is None
        else f" (between {amount(low)} and {amount(high)})"
    )


def _endpoints(run: Run) -> Table:
    table = _table("endpoint", "requests", "errors", "1/s", "p50 ms", "p95 ms", "p99 ms")
    for each in run.endpoints[:MOST_ROWS]:
        times = each.latency_ms
        share = "-" if each.error_rate is None else in_percent(each.error_rate)
        counted = "-" if each.requests is None else f"{each.requests:,}"
        values = (each.rps, times.p50, times.p95, times.p99)
        table.add_row(visible(each.name), counted, share, *map(amount, values))
    if (more := len(run.endpoints) - MOST_ROWS) > 0:
        table.add_row(f"and {more} more, in --json")
    return table


def _table(*heads: str) -> Table:
    from rich import box  # noqa: PLC0415 - JSON output need not wait for it
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for at, head in enumerate(heads):
        table.add_column(head, justify="right" if at else "left", overflow="fold")
    return table
