"""`docker stats` and `podman stats`: the table, of one look or of a stream of them, and JSON lines.

CPU is in percent of one core, so that 150 % are 1.5 cores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.runs.model import Resources, Usage
from bot.errors import BadInput
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import few
from bot.loadtests.figures import name as clean
from bot.loadtests.quantities import number, shown
from bot.loadtests.snapshots import MOST_SNAPSHOTS, SNAPSHOTS, over_time

TEXT = "docker_stats"
JSON = "docker_stats_json"
SNAPSHOT = "One look of a moment: take several while the load runs."
STOPPED = "{n} rows are of containers that did not run and have no figures."
_STEERED = re.compile(r"\x1b\[[\d;?]{0,20}[A-Za-z]")
_HEADER = re.compile(
    r"^.{0,20}?\b(?:CONTAINER(?: ID)?|ID)[ \t]+(NAMES?[ \t]+)?CPU %[ \t]+"
    r"MEM USAGE[ \t]*/[ \t]*LIMIT\b.*$",
    re.MULTILINE,
)
_AMOUNT = r"\d{1,18}(?:\.\d{1,9})?[ ]?[kKMGT]?i?B|--"
_ROW = re.compile(
    rf"^[ \t#]*(\S{{1,200}})[ \t]+(?:(\S{{1,200}})[ \t]+)?(\d{{1,9}}(?:\.\d{{1,9}})?%|--)[ \t]+"
    rf"({_AMOUNT})[ \t]*/"
)
_BYTES = {"": 1, "k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_BYTES |= {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}


def recognises(upload: Upload) -> bool:
    """Its header."""
    return "CPU %" in upload.text and bool(_HEADER.search(_STEERED.sub("", upload.text)))


def read(upload: Upload) -> Resources:
    """Every container, over all the looks that a stream took."""
    text = _STEERED.sub("", upload.text)
    headers = list(_HEADER.finditer(text))
    few(headers, MOST_SNAPSHOTS)
    ends = [*(each.start() for each in headers[1:]), len(text)]
    bodies = [text[each.end() : end] for each, end in zip(headers, ends, strict=True)]
    looks = [rows for body in bodies if (rows := list(_rows(body)))]
    return _resources(TEXT, [usage for rows in looks for usage in rows], len(looks))


def _rows(body: str) -> Iterator[Usage]:
    for line in body.splitlines():
        if row := _ROW.match(line):
            yield _usage(row[2] or row[1], row[3], row[4])


def recognises_json(upload: Upload) -> bool:
    """Its keys, in one object or in many."""
    return bool(_objects(upload.document))


def _objects(document: object) -> list[Node]:
    rows = document if isinstance(document, list) else [document]
    nodes = [Node(each) for each in rows[:1]]
    return [Node(each) for each in rows] if nodes and nodes[0].has("CPUPerc", "MemUsage") else []


def read_json(upload: Upload) -> Resources:
    """Every object; those of one name are several looks at it."""
    nodes = _objects(upload.document)
    few(nodes)
    usages = [
        _usage(
            node.text("Name") or node.text("Container") or node.text("ID") or "",
            node.text("CPUPerc") or "--",
            (node.text("MemUsage") or "--").partition("/")[0].strip(),
        )
        for node in nodes
    ]
    names = [each.name for each in usages]
    return _resources(JSON, usages, max(map(names.count, set(names)), default=0))


def _usage(called: str, cpu: str, memory: str) -> Usage:
    share = None if cpu == "--" else number(cpu.removesuffix("%"), "CPU %")
    return Usage(
        name=clean(called),
        kind="container",
        cpu_cores=None if share is None else float(f"{share / 100:.12g}"),
        memory_bytes=_bytes(memory),
    )


def _bytes(text: str) -> float | None:
    if text == "--":
        return None
    match = re.fullmatch(r"([\d.]{1,30}) ?([kKMGT]?i?)B", text)
    if not match or match[2] not in _BYTES:
        raise BadInput(f"MEM USAGE in this docker stats is {shown(text)}: no amount of bytes.")
    return (number(match[1], "MEM USAGE") or 0) * _BYTES[match[2]]


def _resources(form: str, usages: list[Usage], looks: int) -> Resources:
    few(usages)
    if not usages:
        raise BadInput("This docker stats has a header and no rows.")
    stopped = sum(each.cpu_cores is None for each in usages)
    notes = (SNAPSHOTS.format(n=looks),) if looks > 1 else ((SNAPSHOT,) if form == TEXT else ())
    return Resources(
        format=form,
        tool="docker",
        usages=over_time(usages),
        notes=(*notes, *((STOPPED.format(n=stopped),) if stopped else ())),
    )
