"""A file cut where one result ends and another begins: fenced blocks, JSON after JSON, reports.

What is cut is looked at piece by piece, so that two runs are never fused, and what is in none of
them can be said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from bot.errors import BadInput
from bot.loadtests.document import MOST_DOCUMENTS, one, past_blanks, weighed

LINE_END = "\r\n"
FENCE = re.compile(r"^[ \t]*```.*$", re.MULTILINE)
JSON_START = re.compile(
    r"^(?:\{(?=\s*[\"}])|\[[ \t]*(?:$|[\[{\"]|\d(?![\d:]*[-:]\d)))", re.MULTILINE
)
"""A line that begins a document; a series in Prometheus' own writing, `{job=…`, is none."""
FENCES = 4
"""Lines that open or close a block: two blocks."""
_ENDED = re.compile(r"[ \t\r]*(?:,[ \t\r]*(?=[\n{]))?(?:$|[\[{\n])")
"""What may stand behind a document: `[0] 1 socket used` is no list."""
_COMMA = re.compile(r"[ \t\r]*,(?=[ \t\r]*[\n{])")
"""What copying from a list left behind a document."""
_POINTS = ("Point", "Metric")
"""What k6 writes a line of for each value: together they are one result."""
MOST_TRIES = 20
"""Places that look like the begin of a document and are none, before nothing more is tried."""
_BEGINS = re.compile(
    r"^[ \t]*(?:"
    r"Running (?:[\d.]+\w+|\d+ requests) test @"
    r"|Summary:[ \t]*$"
    r"|This is ApacheBench"
    r"|Server Software:|Document Path:[ \t]"
    r"|Requests[ \t]+\[total, rate"
    r"|Value\(ms\)[ \t]+Percentile[ \t]+TotalCount"
    r"|[A-Z].*\bLATENCY_P50\b"
    r"|[A-Z].*CPU\(cores\).*MEMORY\(bytes\)"
    r"|Fortio \S+ running at"
    r"|execution: (?:local|cloud)"
    r"|█[ \t]*(?:THRESHOLDS|TOTAL RESULTS)"
    r"|(?:checks|data_received|http_req_blocked|(?:http|grpc)_req_duration) ?[.…]{2,200} ?:[ \t]"
    r"|Type[ \t]+Name[ \t]+# req"
    r"|Bombarding \S+ "
    r"|Transactions:[ \t]+\d+ hits"
    r"|Test run id:"
    r"|All VUs finished\."
    r"|starting benchmark\.\.\."
    r"|-{4} Global Information"
    r"|MIGRATED TCP"
    r"|Creating summariser <"
    r"|\[[\d:.]{5,20}\]\[\d+\]\[I\] Starting \d+ threads"
    r"|Nighthawk - A layer 7"
    r"|Concurrency \d+[ \t]*\n[ \t]*Iterations \d+"
    r"|Time taken for tests[ \t]+[\d.]+ seconds"
    r"|Statistics[ \t]+Avg[ \t]+Stdev[ \t]+Max"
    r"|┌[─┬]{1,200}┐[ \t]*\n[ \t]*│ Stat[ \t]+│ 2\.5%"
    r"|\*\* (?:SIEGE|Preparing) \d"
    r"|={40,200}[ \t]*\n\d{4}-\d\d-\d\d \d\d:\d\d:\d\d.{1,80}s elapsed"
    r"|Simulation \S{1,200} (?:started|completed)"
    r"|Started phase \d"
    r"|Summary report @"
    r")",
    re.MULTILINE,
)
"""The first line of a report, by tool; two of them may belong to one report."""
AGAIN = ("Type ", "=", "Started phase")
"""How a tool begins what it prints several times of one run."""


class Piece(NamedTuple):
    """A part of a file: its text, and the document in it where it is JSON."""

    text: str
    document: object = None


class Cut(NamedTuple):
    """All the pieces, in their order, and what of the file is damaged."""

    pieces: tuple[Piece, ...]
    damaged: tuple[str, ...] = ()


def cut(text: str) -> Cut:
    """A text in pieces. Raises `BadInput` where its JSON holds more than any result."""
    if JSON_START.search(text):
        weighed(text)
    pieces: list[Piece] = []
    damaged = [each for block in _blocks(text) for each in _documents(block, pieces)]
    return Cut(tuple(each for each in pieces if each.text.strip()), tuple(damaged))


def apart(piece: Piece, known: Callable[[Piece], bool]) -> Iterator[Piece]:
    """The members of a list of documents, as `jq -s` makes one; else the piece as it is."""
    listed = piece.document
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_DOCUMENTS or known(piece):
        yield piece
        return
    members = [Piece(json.dumps(each), each) for each in listed if isinstance(each, dict | list)]
    yield from members if len(members) == len(listed) and any(map(known, members)) else [piece]


def _blocks(text: str) -> Iterator[str]:
    """What stands in fences and what between them, where there are two fenced blocks or more."""
    fences = list(FENCE.finditer(text)) if "```" in text else []
    if len(fences) < FENCES:
        yield text
        return
    bounds = [(0, 0), *(each.span() for each in fences), (len(text), len(text))]
    for (_, low), (high, _) in pairwise(bounds):
        yield f"{text[low:high].strip(LINE_END)}\n"


def _documents(text: str, pieces: list[Piece]) -> Iterator[str]:
    """Add JSON documents and the text around them; a sentence for each that is damaged."""
    at = since = tries = 0
    while tries < MOST_TRIES and len(pieces) < MOST_DOCUMENTS:
        follows = at == since > 0 and text[at : at + 1] in {"{", "["}
        start = at if follows else _start(text, at)
        if start is None:
            break
        try:
            value, end = one(text, start)
        except BadInput as error:
            tries, at = tries + 1, start + 1
            yield error.sentence
            continue
        if not _ENDED.match(text, end):
            tries, at = tries + 1, end
            continue
        if isinstance(value, dict) and value.get("type") in _POINTS:
            at = past_blanks(text, end)
            continue
        pieces += _reports(text[since:start])
        comma = _COMMA.match(text, end)
        at = since = past_blanks(text, comma.end() if comma else end)
        pieces.append(Piece(text[start:end] + "\n", value))
    pieces += _reports(text[since:])


def _start(text: str, at: int) -> int | None:
    """The next line that begins like a document."""
    match = JSON_START.search(text, at)
    return match.start() if match else None


def begins(text: str) -> str:
    """The words, without figures, of a text's first line that begins a report; else none."""
    match = _BEGINS.search(text)
    return _words(match) if match else ""


def begun_again(text: str) -> list[str]:
    """A text cut wherever a run of it begins with the words with which its first one does."""
    first = begins(text)
    if first.startswith(AGAIN):
        return [text]
    starts = [each.start() for each in _BEGINS.finditer(text) if _words(each) == first]
    return [text[low:high] for low, high in pairwise([0, *starts[1:], len(text)])]


def _words(match: re.Match[str]) -> str:
    return " ".join(re.sub(r"[\d.]+\w*", "", match[0]).split())


def _reports(text: str) -> list[Piece]:
    """Reports, each from its first line on, and what stands before the first."""
    starts = [each.start() for each in _BEGINS.finditer(text)][: 10 * MOST_DOCUMENTS]
    bounds = [0, *starts, len(text)]
    return [Piece(text[low:high]) for low, high in pairwise(bounds) if low < high]
