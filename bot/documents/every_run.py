"""Every run of a comparison on a page: its curve, its figures, the file that it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.documents.curves import Curve, drawn, legend, steep
from bot.documents.page import table
from bot.domain.runs.model import SIDES, Metric, Range, Run, Statistic
from bot.domain.words import alike_once, amount, each_once, in_percent, listed

_CURVE: tuple[Statistic, ...] = ("p50", "p90", "p95", "p99", "max")
STYLE = """
table { font-size: 13px; font-variant-numeric: tabular-nums }
th, td { padding: .3rem .9rem .3rem 0 }
td:first-child, .files td { overflow-wrap: anywhere }
.figures td:nth-child(n+3), .figures th:nth-child(n+3) { text-align: right; white-space: nowrap }
.files td:nth-child(4) { white-space: nowrap }
.hours td:nth-child(n+2), .hours th:nth-child(n+2) { text-align: right; padding-left: 1.5rem }
.figures td:nth-child(-n+2) { min-width: 6rem }
figure { margin: 0; break-inside: avoid }
figure > svg { display: block }
figcaption, .small { font-size: 13px; color: #444 }
@page { size: A4; margin: 14mm }
@media print { body { padding: 0; font-size: 12px } table { font-size: 10px }
  figcaption, .small { font-size: 10px }
  td, th { padding: .2rem .35rem .2rem 0 } }
"""


class RunRow(NamedTuple):
    """One run and where it comes from."""

    side: int
    """0 without the mesh, 1 with it."""
    file: str
    digest: str
    """The SHA-256 of the file; empty where it could be read only once."""
    run: Run
    far: Sequence[Metric]
    """By which latencies it lies far from the others of its side."""


def curves(rows: Sequence[RunRow], *, alike: bool) -> Iterator[str]:
    """The percentiles that each run gives, drawn; a caption says what is not."""
    yield "<h2>Percentiles of every run</h2>"
    lines = [each for each in map(_curve, rows) if _enough(each)]
    if not any(value is not None for each in lines for value in each.values):
        yield f"<p>No curve: no run gives two of {listed(_CURVE)}.</p>"
        return
    first, second = legend()
    scale = "logarithmic" if steep(lines) else "linear, from 0"
    hollow = len(rows) - len(lines)
    gap = any(None in each.values for each in lines)
    broken = " A line is broken where the file does not give the figure." if gap else ""
    missing = f" Runs with fewer than two of these figures, not drawn: {hollow}." if hollow else ""
    unlike = " These runs are not comparable; the reasons stand above." if not alike else ""
    yield (
        f"<figure>{drawn(_CURVE, lines)}<figcaption>{first} baseline, {second} mesh; one line a "
        f"run. The scale of latencies is {scale}; the steps to the right are evenly drawn and mean "
        f"no distance.{broken}{_inexact(rows, lines)}{missing}{unlike}</figcaption></figure>"
    )


def _curve(row: RunRow) -> Curve:
    times = row.run.latency_ms
    return Curve(
        row.side,
        tuple(getattr(times, name) for name in _CURVE),
        tuple(times.range_of(name) for name in _CURVE),
    )


def _enough(curve: Curve) -> bool:
    return sum(value is not None or bool(lies) for value, lies in _points(curve)) > 1


def _points(curve: Curve) -> Iterator[tuple[float | None, Range | None]]:
    return zip(curve.values, curve.ranges, strict=True)


def _inexact(rows: Sequence[RunRow], lines: Sequence[Curve]) -> str:
    """What bars mean, and which figures ought to have one."""
    ranges = [lies for each in lines for lies in each.ranges if lies]
    text = ""
    if ranges:
        text = (
            " A bar: the figure lies between its ends, and a dot beside it is no exact one. "
            "Bars of the baseline stand to the left, those of the mesh to the right."
        )
    if any(high is None for _, high in ranges):
        text += " A bar up to the top edge: above its lower end; how far, the file does not say."
    if any(row.run.latency_ms.lost_range(name) for row in rows for name in _CURVE):
        text += (
            " Some figures were read off a histogram and kept without their range: they are drawn "
            "without a bar and are not exact."
        )
    return text


def every_run(rows: Sequence[RunRow]) -> Iterator[str]:
    """A row of figures for each run."""
    yield "<h2>Every run</h2>"
    heads = ("Run", "When", "Asked/s", "Rate/s", "Requests", "Failed", *_CURVE)
    yield table(heads, map(_run, rows), "figures")
    lost = any(row.run.latency_ms.lost_range(name) for row in rows for name in _CURVE)
    once = " Range not kept: the run was kept before ranges were." if lost else ""
    yield (
        '<p class="small">Latencies in ms. ≈: read off a histogram, exact only to its steps. '
        "Two figures: it lies between them, which is all that the file says where nothing stands "
        f"above them.{once} A dash: not in the file.</p>"
    )


def _run(row: RunRow) -> tuple[str, ...]:
    run = row.run
    far = f"\nfar from the others: {listed(row.far)}" if row.far else ""
    return (
        f"{SIDES[row.side]}: {_base(row.file)}{far}",
        f"{run.started_at:%Y-%m-%d %H:%M %Z}".strip() if run.started_at else "-",
        *(amount(each) for each in (run.requested_rps, run.rps, run.requests)),
        _failed(run),
        *("\n".join(run.latency_ms.told(name)) or "-" for name in _CURVE),
    )


def _failed(run: Run) -> str:
    if run.errors is None:
        return "-"
    share = "" if run.error_rate is None else f"\n{in_percent(run.error_rate)}"
    return f"{run.errors:,}{share if run.errors else ''}"


def _base(file: str) -> str:
    return file.rpartition("/")[2]


def said_by_runs(rows: Sequence[RunRow]) -> Iterator[str]:
    """What the reading of runs says, and the kinds of their failures, once each."""
    noted = [(_called(row), note) for row in rows for note in row.run.notes]
    yield from alike_once(noted, len(rows))
    failed = [(_called(row), f"failures: {kinds}") for row in rows if (kinds := _kinds(row.run))]
    yield from each_once(failed, len(rows))


def _called(row: RunRow) -> str:
    return f"{SIDES[row.side]} {_base(row.file)}"


def _kinds(run: Run) -> str:
    kinds = [f"{kind}: {n:,}" for kind, n in run.errors_by_kind.items() if n]
    return ", ".join(kinds[:10])


def files(rows: Sequence[RunRow]) -> Iterator[str]:
    """What each run was read from."""
    yield "<h2>The files</h2>"
    heads = ("File", "Read as", "Target", "Took", "Connections or users", "SHA-256")
    width = len(heads) if any(row.digest for row in rows) else -1
    yield table(heads[:width], (_file(row)[:width] for row in rows), "files")


def _file(row: RunRow) -> tuple[str, ...]:
    run = row.run
    return (
        f"{SIDES[row.side]}: {_base(row.file)}",
        f"{run.tool} ({run.format})",
        " ".join(each for each in (run.target, run.protocol) if each) or "-",
        "-" if run.duration_s is None else f"{amount(run.duration_s)} s",
        amount(run.connections),
        row.digest or "-",
    )
