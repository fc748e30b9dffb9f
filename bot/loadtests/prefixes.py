"""What logs put before each line: compose, kubectl's --prefix, stern, a node's CRI, journald, CI.

It is taken off as the bytes come, so that every reader sees what the load tester wrote.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from bot.loadtests.bounded import Readable

NEARLY_ALL = 0.8
"""Of the lines that are not blank; others may stand between."""
MOST_LAYERS = 3
"""A prefix may stand before another: compose before a time, a quote before compose."""
FEWEST = 8
"""Lines that begin with the same two words, before these are taken for a pod and its container."""
LONGEST_LINE = 2**20
_COLOUR = rb"(?:\x1b\[[\d;]{0,20}m)*"
_TIME = rb"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)"
_CLOCK = rb"\d\d:\d\d:\d\d(?:\.\d{1,9}|,\d{3}(?=[ \]]|$))?(?:Z|[+-]\d\d:?\d\d)?"
_WHEN = rb"(?:[12]\d{3}[-/]\d\d[-/]\d\d[T ]|[A-Z][a-z]{2} [ \d]\d )?" + _CLOCK
_FORMS = tuple(
    re.compile(form)
    for form in (
        rb"(?P<cri>" + _TIME + rb" (?:stdout|stderr) (?P<tag>[FP])(?: |$))",
        rb"(?P<pod>"
        + _COLOUR
        + rb"\[(?:pod|deployment|job)/[\w./-]{1,300}\]"
        + _COLOUR
        + rb"(?: |$))",
        rb"(?P<compose>"
        + _COLOUR
        + rb"[\w.-]{1,120} *\|"
        + _COLOUR
        + rb"(?: "
        + _COLOUR
        + rb"|$))",
        rb"(?P<journal>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,120} "
        rb"[\w./-]{1,60}(?:\[\d+\])?:(?: |$))",
        rb"(?P<time>" + _TIME + rb"(?: \d\d[OE]\+?)?(?: |$))",
        rb"(?P<when>(?:\[" + _WHEN + rb"\]|" + _WHEN + rb")(?: |$))",
        rb"(?P<quote>>[ \t]?(?=[^\n]*,[^\n]*,|\{\"|$))",
        rb"(?P<level>\[(?:INFO|DEBUG|WARN|WARNING|ERROR)\](?: |$))",
        rb"(?P<stern>"
        + _COLOUR
        + rb"[a-z0-9][a-z0-9.-]{0,252}"
        + _COLOUR
        + rb" "
        + _COLOUR
        + rb"[a-z0-9][a-z0-9-]{0,62}"
        + _COLOUR
        + rb"(?: |$))",
    )
)
_ITS_OWN = {"compose", "pod"}
"""Who prints lines of its own between: which containers it attaches to, and which exited."""
_SAYS = re.compile(rb"Attaching to |[\w.-]{1,120} exited with code \d")
_DOCKER = re.compile(rb'\{"log": ?"')


def before_each_line(head: bytes) -> re.Pattern[bytes] | None:
    """What stands before nearly all lines of a head, where that is a log's."""
    lines = [line for line in head.splitlines()[:2000] if line.strip() and not _SAYS.match(line)]
    for form in (_DOCKER, *_FORMS):
        found = [match for each in lines if (match := form.match(each))]
        if not found or len(found) < NEARLY_ALL * len(lines):
            continue
        if _fits(form, [each[0] for each in found]):
            return form
    return None


def _fits(form: re.Pattern[bytes], prefixes: list[bytes]) -> bool:
    """Where a form could be words of a table as well: whether it is a log's after all."""
    if "compose" in form.groupindex:
        return _padded(prefixes)
    if "when" in form.groupindex:
        return any(each.endswith(b" ") for each in prefixes)  # else a column of times
    if "stern" in form.groupindex:
        return len(prefixes) >= FEWEST and len({each.strip() for each in prefixes}) == 1
    return True


def _padded(prefixes: list[bytes]) -> bool:
    """Compose pads the names of its services to one width; columns of a table are not of one."""
    bare = [re.sub(_COLOUR, b"", each) for each in prefixes]
    few = len({each.strip() for each in bare})
    return len({each.index(b"|") for each in bare}) == 1 and few <= max(3, len(bare) // 10)


class Unprefixed:
    """A source without what stands before its lines."""

    def __init__(self, source: Readable, form: re.Pattern[bytes]) -> None:
        self._lines = _lines(source)
        self._form, self._rest = form, b""

    def read(self, size: int = -1, /) -> bytes:
        """At most this many bytes; none at the end."""
        while not self._rest:
            line = next(self._lines, None)
            if line is None:
                return b""
            self._rest = self._bare(line)
        given, self._rest = self._rest[:size], self._rest[size:]
        return given

    def _bare(self, line: bytes) -> bytes:
        if self._form is _DOCKER:
            return _written(line)
        match = self._form.match(line.rstrip(b"\r\n"))
        if not match:
            return b"" if self._form.groupindex.keys() & _ITS_OWN else line
        rest = line[match.end() :]
        cut = "tag" in self._form.groupindex and match["tag"] == b"P"
        return rest.rstrip(b"\r\n") if cut else rest


def _written(line: bytes) -> bytes:
    """What a container wrote, as Docker's json-file keeps it."""
    try:
        tree = json.loads(line)
    except ValueError:
        return line
    text = tree.get("log") if isinstance(tree, dict) else None
    return text.encode("utf-8", "replace") if isinstance(text, str) else line


def _lines(source: Readable) -> Iterator[bytes]:
    """Lines with their ends; one without an end is given in pieces."""
    rest = b""
    while more := source.read(2**16):
        *whole, rest = (rest + more).split(b"\n")
        for each in whole:
            yield each + b"\n"
        if len(rest) > LONGEST_LINE:
            yield rest
            rest = b""
    if rest:
        yield rest
