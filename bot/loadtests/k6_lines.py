"""Lines of k6's JSON stream: cut from blocks, checked, and those picked that count."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from bot.errors import BadInput
from bot.loadtests.document import Node, parse
from bot.loadtests.door import LONGEST_LINE, Upload

DEFINED = b'"Metric"'
_TYPED = re.compile(rb'"type"\s*:\s*"(?:Metric|Point)"')
_NEXT = b'}\n{"metric":"'
"""Where one line ends and the next begins, as k6 writes them."""
_COUNTING = tuple(
    b'{"metric":"' + name + b'"'
    for name in (b"http_req_duration", b"http_req_failed", b"vus_max", b"grpc_req_duration")
)
CHUNK = 2**16
DAMAGED = "A line of this k6 JSON is damaged or cut off."


def blocks(upload: Upload) -> Iterator[bytes]:
    """Whole lines, some of them at a time."""
    rest = b""
    while chunk := upload.stream.read(CHUNK):
        lines, end, more = chunk.rpartition(b"\n")
        if end:
            yield rest + lines
            rest = more
        elif len(rest) > LONGEST_LINE:
            raise BadInput("This file has a line of more than 1 MB: no load tester writes that.")
        else:
            rest += chunk
    if rest:
        yield rest


def whole(block: bytes, upload: Upload) -> list[bytes]:
    """Its lines; what else stands between is put aside. Raises `BadInput` where one is cut off."""
    lines = block.split(b"\n")
    if block.count(_NEXT) == len(lines) - 1 and block.startswith(_NEXT[2:]) and block[-1:] == b"}":
        return lines
    kept = []
    for line in lines:
        bare = line.strip()
        if bare[:1] + bare[-1:] == b"{}" and _TYPED.search(bare):
            kept.append(line)
        elif (
            _TYPED.search(bare)
            or b'"value":' in bare
            or (bare.startswith(b'{"') and bare[-1:] != b"}")
        ):
            raise BadInput(DAMAGED)
        elif bare:
            upload.put_aside(line + b"\n")
    return kept


def streams(
    lines: list[bytes], defined: set[str], defines: bool
) -> list[tuple[list[bytes], set[str]]]:
    """Lines, cut where a metric is defined that was defined already: there another run begins."""
    if not defines:
        return [(lines, defined)]
    streams: list[tuple[list[bytes], set[str]]] = [([], defined)]
    for line in lines:
        if DEFINED in line and (name := _defined(line)):
            if name in streams[-1][1]:
                streams.append(([], set()))
            streams[-1][1].add(name)
        streams[-1][0].append(line)
    return streams


def _defined(line: bytes) -> str | None:
    """The metric that a line defines, if it does."""
    node = point(line)
    return node.text("metric") if node.text("type") == "Metric" else None


def point(line: bytes) -> Node:
    """A line, parsed. Raises `BadInput` where it is damaged."""
    try:
        return Node(parse(line.decode("utf-8", "replace").strip()))
    except json.JSONDecodeError:
        raise BadInput(DAMAGED) from None


def counted(lines: Sequence[bytes]) -> list[bytes]:
    """Lines that may be of a metric that counts; most are of another one."""
    return [
        line
        for line in lines
        if line.startswith(_COUNTING)
        or (
            not line.startswith(_NEXT[2:])
            and (b'_req_duration"' in line or b'"http_req_failed"' in line or b'"vus_max"' in line)
        )
    ]
