"""`meshfit compare --report`: the page, with what only the machine knows: digests and the hour."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.documents.comparison import Report, report
from bot.documents.every_run import RunRow
from bot.domain.pack import Pack
from bot.domain.runs.model import Comparison, Metric
from bot.errors import BadInput
from bot.terminal.compared import NamedRun


def write_report(
    path: Path,
    pack: Pack,
    comparison: Comparison,
    sides: Mapping[str, Sequence[NamedRun]],
    notes: Sequence[str],
) -> None:
    """Write the page. Raises `BadInput` where that cannot be done or would cost a result."""
    if path.resolve() in {Path(file).resolve() for runs in sides.values() for file, _ in runs}:
        raise BadInput(f"{path} is one of the results: name another file to write.")
    page = report(
        Report(
            comparison=comparison,
            rows=tuple(_rows(sides, comparison.far)),
            notes=notes,
            pack=pack,
            made=datetime.now(UTC),
        )
    )
    try:
        path.write_text(page, "utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written ({error.strerror}): name another.") from None


def _rows(
    sides: Mapping[str, Sequence[NamedRun]], far: Sequence[tuple[Metric, ...]]
) -> Iterator[RunRow]:
    odd = iter(far)
    for side, runs in enumerate(sides.values()):
        for file, run in runs:
            yield RunRow(side=side, file=file, digest=_digest(file), run=run, far=next(odd))


def _digest(file: str) -> str:
    """The SHA-256 of a file; empty for a pipe, which was read already, and for one that is gone."""
    path = Path(file)
    try:
        if path.is_file():
            with path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        pass
    return ""
