"""Result files of load testers at the terminal: read with a bar where that takes a while."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from bot.domain.runs.model import STATISTICS, Endpoint, Figures, Latency, Run
from bot.errors import BadInput, Faults
from bot.loadtests import registry
from bot.loadtests.together import Result

LARGE = 8 * 2**20
"""Bytes from which on a progress bar is worth its while."""


def result(file: str) -> Result:
    """What a file holds.

    Raises `BadInput` where it cannot be opened, `Faults` where it is no result that can be used.
    """
    try:
        path = Path(file)
        size = path.stat().st_size
        with path.open("rb") as stream, _watched(stream, size, path.name) as watched:
            return registry.read(watched, size=size)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadInput(f"{file} cannot be read ({reason}): name a result file.") from None
    except BadInput as error:
        raise Faults([f"{file}: {error.sentence}"]) from None


@contextmanager
def _watched(stream: BinaryIO, size: int, name: str) -> Iterator[BinaryIO]:
    """The stream, with a bar on standard error where somebody looks and the file is large."""
    if size < LARGE or not sys.stderr.isatty():
        yield stream
        return
    from rich.console import Console  # noqa: PLC0415 - small files need not wait for it
    from rich.progress import wrap_file  # noqa: PLC0415

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    with wrap_file(stream, size, description=name, console=console, transient=True) as watched:
        yield watched


def document(run: Run) -> dict[str, Any]:
    """The fields of `inspect --json`; what a file does not say is None."""
    started = run.started_at.isoformat() if run.started_at else None
    return {
        "format": run.format,
        "tool": run.tool,
        "target": run.target,
        "protocol": run.protocol,
        "started_at": started,
        "duration_s": run.duration_s,
        "connections": run.connections,
        "requested_rps": run.requested_rps,
        "settings": dict(run.settings),
        **_figures(run),
        "unanswered": run.unanswered,
        "left_out": run.left_out,
        "unsent": run.unsent,
        "notes": list(run.notes),
        "endpoints": [_endpoint(each) for each in run.endpoints],
    }


def _endpoint(each: Endpoint) -> dict[str, Any]:
    return {"name": each.name, **_figures(each)}


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "rps": figures.rps,
        "requests": figures.requests,
        "errors": figures.errors,
        "error_rate": figures.error_rate,
        "latency_ms": latency_ms(figures.latency_ms),
        "how": figures.latency_ms.how.model_dump(),
    }


def latency_ms(times: Latency) -> dict[str, Any]:
    """Every statistic, and the range of each that a file only brackets; null where it is open."""
    times_ms: dict[str, Any] = {each: getattr(times, each) for each in STATISTICS}
    ranges = {f"{each}_range": times.range_of(each) for each in STATISTICS}
    return times_ms | {name: list(lies) for name, lies in ranges.items() if lies}


def several(runs: tuple[Run, ...]) -> dict[str, Any]:
    """Several runs in one file: what they share, and each of them under `runs`."""
    each = [document(run) for run in runs]
    blank = document(Run(format=runs[0].format, tool=runs[0].tool))
    shared = {
        key: value if all(other[key] == each[0][key] for other in each) else blank[key]
        for key, value in each[0].items()
    }
    if any(other["latency_ms"] != each[0]["latency_ms"] for other in each):
        shared["how"] = blank["how"]
    return {**shared, "runs": each}
