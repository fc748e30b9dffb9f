"""`meshfit look`: what a cluster's dump shows before a mesh, counted and judged on this machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from bot.cluster.apps import Cluster
from bot.cluster.looking import Look, Occurrence, backends, cluster_of, modes_of
from bot.cluster.looking import look as looked_at
from bot.cluster.model import Dump, DumpSource
from bot.cluster.reading import Input, read
from bot.cluster.summarizing import summary
from bot.documents.answers_file import answers_file
from bot.domain.evidence.model import LookSummary
from bot.domain.pack import Pack
from bot.errors import BadInput
from bot.terminal.documents import STDIN
from bot.terminal.environment import environment, knowledge_pack
from bot.terminal.output import say, say_json


class LookOptions(NamedTuple):
    """What was asked for beside the look itself."""

    modes: tuple[str, ...] = ()
    everything: bool = False
    """Every finding, not only those that matter most."""
    summary: Path | None = None
    names: bool = False
    answers: Path | None = None


def look(files: Sequence[str], wanted: LookOptions, *, as_json: bool) -> int:
    """Look at dumps, print what they show, write what was asked for; answers the exit code."""
    _check(files, wanted)
    pack = knowledge_pack(environment())
    modes = modes_of(pack, wanted.modes)
    dump = dump_of(files)
    if not dump.items and not dump.kinds:
        raise BadInput("There are no objects in it: ask kubectl for more kinds, or with -A.")
    cluster = cluster_of(pack, dump)
    looked = looked_at(pack, cluster, modes)
    short = summary(pack, dump, looked, seen_on(dump), names=wanted.names)
    _write(pack, wanted, short)
    if as_json:
        say_json(printed(cluster, looked, short))
    else:
        from bot.terminal.look_page import drawn  # noqa: PLC0415 - not needed for JSON

        say(drawn(pack, dump, looked, short, everything=wanted.everything))
    return 0


def dump_of(files: Sequence[str]) -> Dump:
    """The dumps in files, or on standard input for `-`. Raises `BadInput` naming what is wrong."""
    with ExitStack() as opened:
        return read(_inputs(files, opened))


def seen_on(dump: Dump) -> date:
    """The day of a dump: of the file that was written first, where there are several."""
    days = [each.written for each in dump.sources if each.written]
    return min(days, default=datetime.now(UTC)).date()


def printed(cluster: Cluster, look: Look, short: LookSummary) -> dict[str, Any]:
    """A look as `--json` prints it."""
    return {
        "seen": short.seen.isoformat(),
        "sources": [_source(each) for each in cluster.dump.sources],
        "kubernetes": list(look.kubernetes),
        "modes": list(look.modes),
        "counts": look.counts.model_dump(mode="json"),
        "service_backends": backends(cluster),
        "meshed": look.meshed.model_dump(mode="json"),
        "findings": [_finding(each) for each in look.findings],
        "offered": short.offered.model_dump(mode="json"),
        "not_judged": [each._asdict() for each in look.unjudged],
        "pack": short.pack.model_dump(mode="json"),
    }


def _finding(occurrence: Occurrence) -> dict[str, Any]:
    one = occurrence.finding
    return {
        "id": one.id,
        "severity": occurrence.severity,
        "objects": list(occurrence.objects),
        "source": one.source,
        "sources": [one.source, *one.sources],
        "modes": list(one.modes),
        "seen": one.seen,
        "remedy": one.remedy,
        "wrong": one.wrong,
        "date": one.date.isoformat(),
    }


def _source(source: DumpSource) -> dict[str, Any]:
    written = source.written.isoformat(timespec="seconds") if source.written else None
    return source._asdict() | {"written": written}


def _check(files: Sequence[str], wanted: LookOptions) -> None:
    if wanted.names and wanted.summary is None:
        raise BadInput("--names is about the summary: give --summary FILE too.")
    inputs = {Path(each).resolve() for each in files if each != STDIN}
    for path in filter(None, (wanted.summary, wanted.answers)):
        if path.resolve() in inputs:
            raise BadInput(f"{path} is the dump itself: name another file to write.")
    if list(files).count(STDIN) > 1:
        raise BadInput("Standard input can be read once: give - once.")


def _inputs(files: Sequence[str], opened: ExitStack) -> Iterator[Input]:
    for each in files:
        if each == STDIN:
            yield Input("standard input", _stdin(), datetime.now(UTC))
        else:
            yield _file(Path(each), opened)


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise BadInput("standard input is closed: name a file, or pipe kubectl into it.")
    return sys.stdin.buffer


def _file(path: Path, opened: ExitStack) -> Input:
    try:
        stream = opened.enter_context(path.open("rb"))
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or "no such name is possible"
        raise BadInput(f"{path} cannot be read ({reason}): name a file, or - for input.") from None
    return Input(str(path), stream, written)


def _write(pack: Pack, wanted: LookOptions, short: LookSummary) -> None:
    if wanted.summary:
        _put(wanted.summary, short.model_dump_json(indent=2) + "\n")
    if wanted.answers:
        _put(wanted.answers, answers_file(pack, short))


def _put(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name is possible"
        raise BadInput(f"{path} cannot be written ({reason}): name another file.") from None
