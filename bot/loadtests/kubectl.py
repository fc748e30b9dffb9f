"""`kubectl top`: one snapshot of nodes, pods or containers, with or without its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from bot.domain.runs.model import Resources, Usage
from bot.errors import BadInput
from bot.loadtests.door import BESIDE, Upload
from bot.loadtests.figures import distinct, few
from bot.loadtests.quantities import NOTHING, number, shown
from bot.loadtests.snapshots import MOST_SNAPSHOTS, SNAPSHOTS, over_time, rows_and_words
from bot.loadtests.together import UNREAD, unread

FORMAT = "kubectl_top"
_HEADER = re.compile(r"^(?=.*CPU\(cores\))[A-Z].*MEMORY\(bytes\).*$", re.MULTILINE)
_CPU = re.compile(r"(\d{1,15}(?:\.\d{1,9})?)([num]?)")
_MEMORY = re.compile(r"(\d{1,18}(?:\.\d{1,9})?)(Ki|Mi|Gi|Ti|k|M|G|T)?")
_BARE = re.compile(
    r"(?:\S+[ \t]+){1,3}\d+[num]?[ \t]+(?:\d+%[ \t]+)?\d+(?:Ki|Mi|Gi)(?:[ \t]+\d+%)?[ \t]*"
)
_UNKNOWN = re.compile(r"(?:\S+[ \t]+){1,3}(?:<unknown>[ \t]+){1,3}<unknown>[ \t]*")
_HAS_FIGURE = re.compile(r"(?<!\S)(?:[\d.?]+(?:[num]|%|[KMGT]i|[kMGT])|<unknown>)(?!\S)")
_CORES = {"": 1.0, "m": 1e-3, "u": 1e-6, "n": 1e-9}
_BYTES = {"": 1, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}
_BYTES |= {"k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
SNAPSHOT = "One snapshot of the last 15 to 60 s: take several while the load runs."
UNKNOWN = "{n} of {all} rows are <unknown> and have no figures."

Kind = Literal["node", "pod", "container"]


def recognises(upload: Upload) -> bool:
    """Its header, or nothing but rows of its shape."""
    if _HEADER.search(upload.text):
        return True
    lines = _lines(upload.text)
    known = [each for each in lines if not _UNKNOWN.fullmatch(each)]
    return bool(known) and all(_BARE.fullmatch(each) for each in known)


def read(upload: Upload) -> Resources:
    """Every row; the sum below a line of underscores is none.

    Of several snapshots in one file CPU is averaged and memory taken at its highest.
    """
    headers = list(_HEADER.finditer(upload.text))
    few(headers, MOST_SNAPSHOTS)
    names = [each[0].split() for each in headers] or [[]]
    starts = [each.end() for each in headers] or [0]
    ends = [*(each.start() for each in headers[1:]), len(upload.text)]
    whole = [_lines(upload.text[start:end]) for start, end in zip(starts, ends, strict=True)]
    parts, beside = zip(*(rows_and_words(each, _HAS_FIGURE.search) for each in whole), strict=True)
    few([line for part in parts for line in part])
    if not any(parts):
        raise BadInput("This kubectl top has a header and no rows.")
    snapshots = [
        [_usage(line.split(), known) for line in part]
        for known, part in zip(names, parts, strict=True)
    ]
    for each in snapshots:
        distinct(usage.name for usage in each)
    usages = over_time([usage for each in snapshots for usage in each])
    left = unread("\n".join(line for part in beside for line in part))
    notes = _notes(usages, len(parts))
    notes = (UNREAD.format(what=left), *notes) if left else notes
    return Resources(format=FORMAT, tool="kubectl", usages=usages, notes=notes)


def _notes(usages: Sequence[Usage], snapshots: int) -> tuple[str, ...]:
    unknown = sum(each.cpu_cores is None for each in usages)
    taken = SNAPSHOT if snapshots == 1 else SNAPSHOTS.format(n=snapshots)
    return (taken, *((UNKNOWN.format(n=unknown, all=len(usages)),) if unknown else ()))


def _lines(text: str) -> list[str]:
    """Rows up to the sum, without prompts and fences."""
    lines = []
    for line in text.splitlines():
        if "____" in line:
            break
        if line.strip() and not BESIDE.match(line.strip()):
            lines.append(line.strip())
    return lines


def _usage(cells: Sequence[str], names: Sequence[str]) -> Usage:
    """One row: names first, then CPU and memory, each with its percent where it is a node.

    What newer versions add to the right (swap, which may be blank) is not looked at.
    """
    percents = any("%" in each for each in (names or cells))
    percents = percents or (not names and cells[-4:].count("<unknown>") == 4)
    values = 4 if percents else 2
    swap = sum(each.startswith("SWAP") for each in names)
    wanted = len(names) - swap or len(cells)
    if not wanted <= len(cells) <= wanted + swap or len(cells) <= values:
        raise BadInput(f'A row of this kubectl top is damaged: "{" ".join(cells)[:60]}".')
    figures = cells[wanted - values : wanted]
    return Usage(
        name=" / ".join(cells[: wanted - values]),
        kind=_kind(names, percents=percents),
        cpu_cores=_amount(figures[0], _CPU, _CORES),
        memory_bytes=_amount(figures[2 if percents else 1], _MEMORY, _BYTES),
    )


def _kind(names: Sequence[str], *, percents: bool) -> Kind:
    if percents:
        return "node"
    return "container" if "POD" in names else "pod"


def _amount(
    text: str, form: re.Pattern[str], factors: dict[str, float] | dict[str, int]
) -> float | None:
    if text in NOTHING:
        return None
    match = form.fullmatch(text)
    if not match:
        raise BadInput(f"A figure of this kubectl top is {shown(text)}: no amount with its unit.")
    return float(f"{(number(match[1], 'A figure') or 0) * factors[match[2] or '']:.12g}")
